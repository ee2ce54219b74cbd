"""A setting of the specification has no counterpart in the sources, or nothing there reads it.

What it means
    A table of settings names one that no source has, while the others are fields of a record; or a
    field of that record gets its value and is read nowhere, so that setting it changes nothing. Or
    an operation has one setting in its pseudo-code, and another one in its section or its source.
    Or a name in pseudo-code, which stands nowhere else, is a setting's but for one of its words.

Example
    | `max_wait_s` | `30` |     where the record of settings has `max_wait` alone.

What to do
    Add the setting to the code or use it there, or correct the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.systems.page_tables import Row, listed_fields, tables_of
from conform.check.systems.system import System, level, systems_of
from conform.check.systems.written_values import unit_of_name, without_unit
from conform.domain.code_index import Record
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import nearest

CODE = Code("CF292", "setting without a counterpart in code")

_LEAST_SAME = 2
_LEAST_WORDS = 3
_SNAKE = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
_DEFAULT = r"(?:recommended |suggested )?defaults?(?: values?)?"
_NAME = re.compile(r"[a-z]+(?:_[a-z0-9]+)+|[a-z]+(?:[A-Z]\w*)+")


def settings_in_code(context: Context) -> Iterator[Finding]:
    """Yield a finding for each setting that only the pages have, and each that nothing reads."""
    for system in systems_of(context):
        settings: dict[str, tuple[Passage, int]] = {}
        for page in system.pages:
            for name, passage, start in _settings(page):
                settings.setdefault(name, (passage, start))
        for file in system.files:
            for record in file.records:
                if _is_of(record, settings):
                    yield from _unread(context, system, record, settings)
                    yield from _missing(context, system, record, settings)


def unknown_settings(context: Context) -> Iterator[Finding]:
    """Yield a finding for each name in pseudo-code that is a setting's but for a word in it."""
    for system in systems_of(context):
        for page in system.pages:
            settings = {name: set(name.split("_")) for name in settings_of(page)}
            told = [passage for passage in page.passages if passage.kind is not PassageKind.CODE]
            words = {word for passage in told for word in _SNAKE.findall(passage.text)}
            for passage in page.of(PassageKind.CODE):
                for match in _SNAKE.finditer(passage.text):
                    name, parts = match[0], match[0].split("_")
                    if name in words or level(name) in system.names or len(parts) < _LEAST_WORDS:
                        continue
                    alike = [each for each, own in settings.items() if _differs_by_one(parts, own)]
                    if len(alike) == 1:
                        span = passage.span(*match.span())
                        yield CODE.finding(
                            f"`{name}` is none of the settings, and stands nowhere else",
                            span,
                            excerpt=context.excerpt(span),
                            hint=f"did you mean `{alike[0]}`?",
                        )


def _differs_by_one(parts: list[str], words: set[str]) -> bool:
    """Say whether all words of a name but one are a setting's, and all of its but one are there."""
    both = len(words & set(parts))
    return both >= max(len(words), len(parts)) - 1 and both >= _LEAST_WORDS - 1


def settings_of(page: Prose) -> Iterator[str]:
    """Yield the names of the settings in the tables of defaults and the lists of a page."""
    yield from (name for name, _passage, _start in _settings(page))


def _settings(page: Prose) -> Iterator[tuple[str, Passage, int]]:
    for rows in tables_of(page):
        yield from (found for row in rows for found in _in_row(row))
    for field in listed_fields(page):
        said = any(re.search(r"\bdefault", each.text, re.IGNORECASE) for each in field.said)
        if said and _NAME.fullmatch(field.name):
            yield field.name, field.lead, 0


def _in_row(row: Row) -> Iterator[tuple[str, Passage, int]]:
    first = row.first()
    name = next(first.coded(), None)
    if row.under(_DEFAULT) is not None and name and _NAME.fullmatch(name[1]):
        yield name[1], first, name[0]


def _is_of(record: Record, settings: dict[str, tuple[Passage, int]]) -> bool:
    """Say whether most fields of a record, and most settings, are the same."""
    fields = {level(without_unit(field.name)) for field in record.fields}
    same = len(fields & {level(without_unit(name)) for name in settings})
    return same >= _LEAST_SAME and 2 * same > max(len(fields) // 2, len(settings))


def _missing(
    context: Context,
    system: System,
    record: Record,
    settings: dict[str, tuple[Passage, int]],
) -> Iterator[Finding]:
    for name, (passage, start) in settings.items():
        if level(name) not in system.names and not _has_unit_apart(record, name):
            span = passage.span(start, start + len(name))
            close = nearest(name, [field.name for field in record.fields])
            yield CODE.finding(
                f"`{record.name}` in {record.span.path} has no field for `{name}`",
                span,
                excerpt=context.excerpt(span),
                hint=f"did you mean `{close}`?" if close else "add it, or correct the table",
            )


def _has_unit_apart(record: Record, name: str) -> bool:
    """Say whether a field is a setting but for the unit, which its type or its name alone has."""
    is_named = unit_of_name(name) != ""
    return any(
        level(without_unit(field.name)) == level(without_unit(name))
        and ("Duration" in field.type_text if is_named else unit_of_name(field.name) != "")
        for field in record.fields
    )


def _unread(
    context: Context,
    system: System,
    record: Record,
    settings: dict[str, tuple[Passage, int]],
) -> Iterator[Finding]:
    known = {level(name) for name in settings}
    for field in record.fields:
        given = sum(
            (each.record, each.field) == (record.name, field.name) for each in system.initials()
        )
        found = sum(file.words.get(field.name, 0) for file in system.files)
        if level(field.name) in known and found <= 1 + given:
            yield CODE.finding(
                f"nothing in the sources reads the setting `{field.name}`",
                field.span,
                excerpt=system.excerpt(context, field.span),
                hint="use it as the document says, or take it out of both",
            )
