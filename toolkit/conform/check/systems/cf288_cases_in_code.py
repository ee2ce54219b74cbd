"""The cases of a type in the sources are not those that the specification lists.

What it means
    A table or a list of errors, states or results has a name that no source has, while most of its
    names are the cases of one type; or the type has a case that no page names. Likewise where the
    text that a case is written as differs from the name in capitals. Names need not be set in code
    where they begin the items of a list, fill a column or stand between arrows.

Example
    | `QueueFull` | ... | in the table of errors, and `enum QueueError` without a case `QueueFull`.

What to do
    Add the case, or correct the list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from msgspec import Struct

from conform.check.context import Context
from conform.check.systems.page_tables import listed_fields, tabled_fields, tables_of
from conform.check.systems.system import System, level, systems_of
from conform.domain.code_index import Enumerated, Variant
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import Span, nearest

CODE = Code("CF288", "cases differ between text and code")

_NAME = re.compile(r"[A-Z]\w+")
_CAPITALS = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*\b")
_ARROW = re.compile(
    r"-+>|=+>|[\N{RIGHTWARDS ARROW}\N{BLACK RIGHT-POINTING POINTER}"
    r"\N{BLACK RIGHT-POINTING TRIANGLE}]"
)
_JOINT = re.compile(
    r"\s*(?:,|\||/|,?\s+(?:and|or)\s|[-=]+>"
    r"|[\N{RIGHTWARDS ARROW}\N{BLACK RIGHT-POINTING POINTER}])\s*"
)
_PLAIN = re.compile(r"[A-Z][A-Za-z0-9]*(?:_[A-Z0-9]+)*")
_LEADING = re.compile(
    rf"(?P<name>{_PLAIN.pattern})\s*(?:[:(,.\N{{EM DASH}}\N{{EN DASH}}-]|$|\s[a-z])"
)
"""A name that begins an item, set in bold or in nothing."""

_ENDS = re.compile(r"from|to|source|target|state|next(?: state)?|(?:current|new) state")
_TRANSITION = re.compile(r"\s*(?P<source>[A-Z]\w+)\s*-->\s*(?P<target>[A-Z]\w+)\s*(?::.*)?")
_RENAMED = re.compile(r"rename_all\s*=\s*\"(?P<form>[\w-]+)\"")
_RENAME = re.compile(r"\brename\s*=\s*\"(?P<name>\w+)\"")
_AS_WRITTEN: Mapping[str, Callable[[str], str]] = {
    "lowercase": str.lower,
    "UPPERCASE": str.upper,
    "PascalCase": str,
    "snake_case": lambda name: _in_words(name).lower(),
    "SCREAMING_SNAKE_CASE": lambda name: _in_words(name).upper(),
}
_LEAST = 2
"""So many names have to be the same before a list and a type are taken to be about one thing."""


def _in_words(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name)


Named = tuple[str, Span]
"""A name as written, and its place."""


class Listed(Struct, frozen=True):
    """Names that a page lists side by side, each with its place, as written."""

    names: tuple[Named, ...]

    def levelled(self) -> set[str]:
        """Return the names without what their notation adds."""
        return {level(name) for name, _span in self.names}


def cases_in_code(context: Context) -> Iterator[Finding]:
    """Yield a finding for each name that only one of a list and its type has."""
    for system in systems_of(context):
        lists = [listed for page in system.pages for listed in lists_of(page)]
        for enumerated in system.enumerations():
            alike = [listed for listed in lists if is_alike(listed, enumerated)]
            alike += [] if alike else _of_field(system, enumerated)
            if alike:
                yield from _compared(context, system, enumerated, alike)
                yield from _spelled(context, system, enumerated, alike)


def lists_of(page: Prose) -> Iterator[Listed]:
    """Yield the columns of names in code, the names in a row in a sentence, and lists of names."""
    for rows in tables_of(page):
        for header in rows[0].cells:
            cells = [row.cells[header] for row in rows if header in row.cells]
            names = [found[0] for found in map(_name_alone, cells) if len(found) == 1]
            if len(names) == len(cells):
                yield Listed(tuple(names))
        ends = [cell for row in rows for header, cell in row.cells.items() if _ENDS.match(header)]
        found = {name: span for cell in ends for name, span in _name_alone(cell)}
        yield Listed(tuple(found.items()))
    for passage in page.of(PassageKind.TEXT, PassageKind.ITEM, PassageKind.CELL):
        yield from _in_a_row(passage)
        for start, text in passage.coded():
            yield from _in_one_span(passage, start, text)
    yield from _leading(page)
    parts: dict[str, list[Named]] = {}
    for field in listed_fields(page):
        if _NAME.fullmatch(field.name):
            span = field.lead.span(0, len(field.name))
            parts.setdefault(field.part, []).append((field.name, span))
    yield from (Listed(tuple(names)) for names in parts.values())
    for lines in page.blocks(PassageKind.CODE):
        yield from _drawn(lines)


def _drawn(lines: tuple[Passage, ...]) -> Iterator[Listed]:
    """Yield the names in capitals of a drawing, if it is one: arrows stand between names."""
    found: dict[str, Span] = {}
    for line in lines:
        if _ARROW.search(line.text):
            for match in _CAPITALS.finditer(line.text.partition(" : ")[0]):
                if len(match[0]) > 1:
                    found.setdefault(match[0], line.span(*match.span()))
        if transition := _TRANSITION.fullmatch(line.text):
            for end in ("source", "target"):
                found.setdefault(transition[end], line.span(*transition.span(end)))
    yield from [Listed(tuple(found.items()))] if len(found) > _LEAST else []


def _name_alone(cell: Passage) -> list[Named]:
    """Return the name in code of a cell, or the one that is all of it."""
    text = cell.text.strip()
    is_name = not cell.codes and len(text) > 1 and _PLAIN.fullmatch(text)
    return [(text, cell.span())] if is_name else _names_in(cell)


def _in_one_span(passage: Passage, start: int, text: str) -> Iterator[Listed]:
    """Yield the names that arrows or bars divide in one piece of code."""
    names = list(_PLAIN.finditer(text))
    gaps = [text[one.end() : other.start()] for one, other in pairwise(names)]
    if len(names) > _LEAST and all(_JOINT.fullmatch(gap) for gap in gaps):
        yield Listed(
            tuple(
                (each[0], passage.span(start + each.start(), start + each.end())) for each in names
            )
        )


def _leading(page: Prose) -> Iterator[Listed]:
    """Yield the names that begin the items of a list without being set in code."""
    names: list[Named] = []
    for passage in (*page.passages, None):
        if passage is not None and passage.kind is PassageKind.ITEM:
            match = _LEADING.match(passage.text)
            if match and not passage.is_code(0):
                names.append((match["name"], passage.span(*match.span("name"))))
        elif passage is None or not passage.level or passage.kind is PassageKind.HEADING:
            yield from [Listed(tuple(names))] if len(names) > _LEAST else []
            names = []


def _names_in(passage: Passage) -> list[Named]:
    coded = (each for each in passage.coded() if _NAME.fullmatch(each[1]))
    return [(text, passage.span(start, start + len(text))) for start, text in coded]


def _in_a_row(passage: Passage) -> Iterator[Listed]:
    """Yield the names in code of a passage that only commas and the like divide."""
    row: list[Named] = []
    end = 0
    for start, text in passage.coded():
        if not _JOINT.fullmatch(passage.text[end:start]):
            yield from [Listed(tuple(row))] if len(row) >= _LEAST else []
            row = []
        name = text.strip('"')
        if _NAME.fullmatch(name):
            at = start + text.index(name)
            row.append((name, passage.span(at, at + len(name))))
        end = start + len(text)
    yield from [Listed(tuple(row))] if len(row) >= _LEAST else []


def is_alike(listed: Listed, enumerated: Enumerated) -> bool:
    """Return whether most names of both are the same."""
    names, cases = listed.levelled(), {level(each.name) for each in enumerated.variants}
    both = len(names & cases)
    return both >= _LEAST and 3 * both >= 2 * max(len(names), len(cases))


def _of_field(system: System, enumerated: Enumerated) -> list[Listed]:
    """Return the names that a page gives a field whose type in the sources has the cases."""
    fields = {
        (level(record.name), level(field.name))
        for file in system.files
        for record in file.records
        for field in record.fields
        if field.type_text == enumerated.name
    }
    found = []
    for page in system.pages:
        for said in (*listed_fields(page), *tabled_fields(page)):
            if (level(said.part), level(said.name)) in fields:
                found += [each for passage in said.said for each in _in_a_row(passage)]
    cases = {level(each.name) for each in enumerated.variants}
    return [each for each in found if each.levelled() & cases]


def _compared(
    context: Context, system: System, enumerated: Enumerated, alike: list[Listed]
) -> Iterator[Finding]:
    cases = {level(each.name) for each in enumerated.variants}
    missing: dict[str, Named] = {}
    for listed in alike:
        for name, span in listed.names:
            if level(name) not in cases and level(name) not in system.names:
                missing.setdefault(level(name), (name, span))
    further = [each for each in enumerated.variants if level(each.name) not in system.written]
    lone = next(iter(missing.values())) if len(missing) == len(further) == 1 else None
    if lone and nearest(lone[0], [further[0].name]):
        name, span, variant = *lone, further[0]
        yield _further(context, system, enumerated, variant, f"{span} has `{name}`")
        return
    for name, span in missing.values():
        close = nearest(name, [each.name for each in enumerated.variants])
        yield CODE.finding(
            f"`{enumerated.name}` in {enumerated.span.path} has no case for `{name}`",
            span,
            excerpt=context.excerpt(span),
            hint=f"did you mean `{close}`?" if close else "add the case, or correct the list",
        )
    for variant in further:
        yield _further(context, system, enumerated, variant, "")


def _further(
    context: Context, system: System, enumerated: Enumerated, variant: Variant, detail: str
) -> Finding:
    return CODE.finding(
        f"`{variant.name}` of `{enumerated.name}` is named in no document beside the code",
        variant.span,
        excerpt=system.excerpt(context, variant.span),
        details=(detail,) if detail else (),
        hint="add it to the list, or correct the name",
    )


def _spelled(
    context: Context, system: System, enumerated: Enumerated, alike: list[Listed]
) -> Iterator[Finding]:
    """Yield a finding where names in capitals are written otherwise by a derived serializer."""
    for variant in enumerated.variants:
        own = _RENAME.search(variant.attributes)
        names = {name: span for listed in alike for name, span in listed.names if name.isupper()}
        stated = next((name for name in names if level(name) == level(variant.name)), None)
        if own and stated and own["name"] not in names:
            yield CODE.finding(
                f"`{variant.name}` is written as `{own['name']}`, and {names[stated].path} has "
                f"`{stated}`",
                variant.span,
                excerpt=system.excerpt(context, variant.span),
                details=(f"named at {names[stated]}",),
                hint="write it as the document says, or correct it",
            )
    match = _RENAMED.search(enumerated.attributes)
    is_written = "Serialize" in enumerated.attributes and "into" not in enumerated.attributes
    convert = _AS_WRITTEN.get(match["form"]) if match else str if is_written else None
    is_apart = any(_RENAME.search(each.attributes) for each in enumerated.variants)
    if convert is None or (is_apart and match is None):
        return
    cases = {level(each.name): convert(each.name) for each in enumerated.variants}
    for listed in alike:
        for name, span in listed.names:
            written = cases.get(level(name))
            if written is not None and name.isupper() and written != name:
                yield CODE.finding(
                    f"the cases of `{enumerated.name}` are written as `{written}`, "
                    f"and {span.path} has `{name}`",
                    enumerated.span,
                    excerpt=system.excerpt(context, enumerated.span),
                    details=(f"named at {span}",),
                    hint="write them as the document says, or correct it",
                )
                return
