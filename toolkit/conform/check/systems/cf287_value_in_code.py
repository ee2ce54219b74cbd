"""The sources give a setting or a field another value to begin with than the specification does.

What it means
    A table of defaults, or a list of fields with their initial values, and the code beside it
    disagree: who relies on the text is told something else than what runs.

    Looked at are values that both write out: numbers and products of numbers, names in capitals,
    and nothing; what a function makes is left out. Likewise a constant such as `MAX_NAME_LENGTH`,
    and *names have at most 64 characters*.

Example
    | `max_retries` | integer | `10` |     and     `max_retries: 5,` in `impl Default`

What to do
    Correct the one that is out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import prod

from msgspec import Struct
from msgspec.structs import replace

from conform.check.context import Context
from conform.check.systems.page_tables import (
    Row,
    code_alone,
    listed_fields,
    tabled_fields,
    tables_of,
)
from conform.check.systems.system import System, level, systems_of
from conform.domain.code_index import Initial
from conform.domain.finding import Code, Finding
from conform.domain.prose import Prose
from conform.text import Span

CODE = Code("CF287", "first value differs between text and code")

_DEFAULT = r"defaults?(?: values?)?"
_INITIAL = r"initial(?:ly|ized to| values?)?|first values?"
_NUMBER = re.compile(r"\d[\d_,]*")
_STATED = re.compile(
    r"\b(?P<kind>defaults?(?:\s+value)?|initial(?:ly|\s+value)?|initiali[sz]ed|(?:starts|begins)(?=\s+(?:at|with)\b))"
    r"(?:\s*(?:[:=]|is|to|at|with))*\s*`?(?P<value>\d[\d_,]*(?![\d.]*\s*[-*/])|[A-Z][A-Z_]+\b|null\b)",
    re.IGNORECASE,
)
_PRODUCT = re.compile(r"\d[\d_]*(?:[ui]\d+|usize)?(?:\s*\*\s*\d[\d_]*(?:[ui]\d+|usize)?)*")
_SHIFTED = re.compile(r"(?P<number>\d[\d_]*)(?:[ui]\d+|usize)?\s*<<\s*(?P<by>\d{1,2})")
_PATH = re.compile(r"(?:\w+::)+(?P<name>[A-Z]\w*)")
_AT_MOST = re.compile(
    r"\b(?:at\s+most|up\s+to|no\s+(?:more|longer)\s+than|a?\s*maximum\s+(?:length\s+)?of)\s+`?"
    r"(?P<value>\d{1,9})`?\s+(?:characters|chars|letters)\b",
    re.IGNORECASE,
)
_LENGTHS = frozenset(("length", "len", "chars", "characters"))
_BY_FUNCTION = re.compile(r"\bdefault\s*=\s*\"(?:\w+::)*(?P<name>\w+)\"")
_NOTHING = frozenset(("none", "null", "nil"))


class Stated(Struct, frozen=True):
    """A value that a page gives a name, of a part of the model or of none, and where."""

    part: str
    name: str
    value: str
    span: Span


def values_in_code(context: Context) -> Iterator[Finding]:
    """Yield a finding for each first value in a source that a page gives otherwise."""
    for system in systems_of(context):
        initials = [*system.initials(), *_by_function(system)]
        for page in system.pages:
            for stated in stated_values(page):
                given = _given(initials, stated)
                if given is not None and not _agree(stated.value, given.text):
                    yield CODE.finding(
                        f"`{stated.name}` is {given.text} here, and {stated.value} in "
                        f"{stated.span.path}",
                        given.span,
                        excerpt=system.excerpt(context, given.span),
                        details=(f"stated at {stated.span}",),
                        hint="correct the one that is out of date",
                    )


def bounds_in_code(context: Context) -> Iterator[Finding]:
    """Yield a finding for each constant of a greatest length that a sentence gives otherwise."""
    for system in systems_of(context):
        for initial in system.initials():
            words = _bounded(initial)
            found = (
                [stated for page in system.pages for stated in _bounds(page, words)]
                if words
                else []
            )
            given = _meaning(initial.text)
            if given is not None and len(found) == 1 and found[0].value != given:
                yield CODE.finding(
                    f"`{initial.field}` is {initial.text} here, and at most {found[0].value} "
                    f"in {found[0].span.path}",
                    initial.span,
                    excerpt=system.excerpt(context, initial.span),
                    details=(f"stated at {found[0].span}",),
                    hint="correct the one that is out of date",
                )


def _bounded(initial: Initial) -> set[str]:
    """Return the words for what a constant bounds the length of; nothing for another constant."""
    words = set(initial.field.lower().split("_"))
    is_length = "max" in words and words & _LENGTHS and not initial.record
    return words - _LENGTHS - {"max"} if is_length else set()


def _bounds(page: Prose, words: set[str]) -> Iterator[Stated]:
    """Yield the greatest lengths in the sentences with all of some words, if each has just one."""
    for passage in page.running():
        for sentence in re.finditer(r"[^.;]+(?:\.(?=\w)[^.;]*)*", passage.text):
            own = {word.lower().removesuffix("s") for word in re.findall(r"[A-Za-z]+", sentence[0])}
            matches = list(_AT_MOST.finditer(sentence[0])) if words <= own else []
            if len(matches) == 1:
                start, end = (sentence.start() + at for at in matches[0].span("value"))
                yield Stated("", "", matches[0]["value"], passage.span(start, end))


def stated_values(page: Prose) -> Iterator[Stated]:
    """Yield the defaults in the tables of a page, and the values that its lists of fields give."""
    parts = {id(field.lead): field.part for field in tabled_fields(page)}
    for rows in tables_of(page):
        for row in rows:
            yield from _in_row(row)
            yield from _initial(row, parts)
    for field in listed_fields(page):
        for passage in field.said:
            if match := _STATED.search(passage.text):
                part = "" if match["kind"].lower().startswith("default") else field.part
                span = passage.span(match.start("value"), match.end("value"))
                yield Stated(part, field.name, match["value"], span)
                break


def _in_row(row: Row) -> Iterator[Stated]:
    cell = row.under(_DEFAULT)
    name = next(row.first().coded(), None)
    if cell is None or name is None or not re.fullmatch(r"[a-z]\w*", name[1]):
        return
    if match := _NUMBER.match(cell.text.strip("` ")):
        start = cell.text.index(match[0])
        yield Stated("", name[1], match[0], cell.span(start, start + len(match[0])))


def _initial(row: Row, parts: Mapping[int, str]) -> Iterator[Stated]:
    """Yield the first value in a row of a table of fields."""
    name, cell = row.under("fields?"), row.under(_INITIAL)
    if name is not None and cell is not None and (part := parts.get(id(name))):
        value = cell.text.strip('` "')
        if re.fullmatch(rf"{_NUMBER.pattern}|[A-Z][A-Z_]+|null", value):
            start = cell.text.index(value)
            yield Stated(part, code_alone(name), value, cell.span(start, start + len(value)))


def _by_function(system: System) -> Iterator[Initial]:
    """Yield the values of the fields whose attribute names a function that gives theirs."""
    given = {each.field: each for each in system.initials() if not each.record}
    for record in (each for file in system.files for each in file.records):
        for field in record.fields:
            named = _BY_FUNCTION.search(field.attributes)
            if named and (found := given.get(named["name"])):
                yield Initial(record.name, field.name, found.text, found.span)


def _given(initials: list[Initial], stated: Stated) -> Initial | None:
    """Return what the code gives, None where it gives nothing that is understood, or several."""
    constants = {each.field: each.text for each in initials if not each.record}
    resolved = (
        replace(each, text=constants.get(each.text.strip(), each.text)) for each in initials
    )
    found = [each for each in resolved if _names(each, stated) and _meaning(each.text) is not None]
    different = {_meaning(each.text) for each in found}
    return found[0] if len(different) == 1 else None


def _names(initial: Initial, stated: Stated) -> bool:
    field = re.sub(r"^default_", "", initial.field.lower())
    if level(field) != level(stated.name):
        return False
    return level(initial.record) == level(stated.part) if stated.part else True


def _agree(stated: str, given: str) -> bool:
    return _meaning(stated) == _meaning(given)


def _meaning(text: str) -> str | None:
    """Return a value in one notation for text and code, None for one that has to be run."""
    text = text.strip().replace(",", "")
    if text.lower() in _NOTHING:
        return "nothing"
    if shifted := _SHIFTED.fullmatch(text):
        return str(int(shifted["number"].replace("_", "")) << int(shifted["by"]))
    if _PRODUCT.fullmatch(text):
        factors = (re.match(r"\d[\d_]*", part.strip()) for part in text.split("*"))
        return str(prod(int(factor[0].replace("_", "")) for factor in factors if factor))
    path = _PATH.fullmatch(text)
    if path:
        return level(path["name"])
    return level(text) if re.fullmatch(r"[A-Z][A-Z_]+", text) else None
