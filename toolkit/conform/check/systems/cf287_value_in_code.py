"""The sources give a setting or a field another value to begin with than the specification does.

What it means
    A table of defaults, or a list of fields with their initial values, and the code beside it
    disagree: who relies on the text is told something else than what runs.

    Looked at are values that both write out: numbers and what is calculated from them, durations,
    texts, truth values, names in capitals, and nothing; what a function makes is left out. What
    stands in for a variable of the environment that is not set is such a value too. Likewise a
    constant such as `MAX_NAME_LENGTH`, and *names have at most 64 characters*.

Example
    | `max_retries` | integer | `10` |     and     `max_retries: 5,` in `impl Default`

What to do
    Correct the one that is out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from conform.check.context import Context
from conform.check.systems.command_line import DEFAULT_VALUE
from conform.check.systems.page_tables import (
    FIELD,
    Row,
    code_alone,
    listed_fields,
    tabled_fields,
    tables_of,
)
from conform.check.systems.system import System, level, systems_of
from conform.check.systems.written_values import (
    UNIT,
    meaning,
    same_as_said,
    unit_of_name,
    without_unit,
)
from conform.domain.code_index import Initial
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import Span

CODE = Code("CF287", "first value differs between text and code")

_DEFAULT = r"(?:recommended |suggested )?defaults?(?: values?)?(?: \([^()]*\))?"
_VALUE = r"values?"
_SETTING = r"(?:settings?|parameters?|constants?|limits?)"
_VARIABLE = r"(?:env(?:ironment)?\b.*|variables?)"
_INITIAL = r"initial(?:ly|ized to| values?)?|first values?"
_NUMBER = re.compile(r"\d[\d_,]*")
_IN_CELL = re.compile(rf"(?P<number>\d[\d_,]*)(?![.\d])(?:\s*(?P<unit>{UNIT})\b)?")
_TEXT = re.compile(r'"?[A-Za-z][\w.:/-]*"?')
_STATED = re.compile(
    r"\b(?P<kind>defaults?(?:\s+value)?|initial(?:ly|\s+value)?|initiali[sz]ed|first\s+value|(?:start(?:s|ing)|begin(?:s|ning))(?=\s+(?:at|with)\b))"
    r"(?:\s*(?:[:=]|is|to|at|with))*\s*`?"
    rf"(?P<value>\d[\d_,]*(?![\d.]*\s*[-*/])(?:`?\s*(?P<unit>{UNIT})\b)?|[A-Z][A-Z_]+\b|null\b)",
    re.IGNORECASE,
)
_OF_NAME = re.compile(
    r"(?:\s*\((?:[^()]{0,60}?[\s,])?|\s+|,?\s+which\s+)default(?:s\s+to|\s+is)?\s*:?\s*`?"
    rf"(?P<value>\d(?:[\d_,]*\d)?)(?![\d.]*\s*[-*/])(?:`?\s*(?P<unit>{UNIT})\b)?"
    rf"|\s*(?:,|\(|is|attempts\s*\()\s*`?(?P<first>\d(?:[\d_,]*\d)?)(?:`?\s*(?P<its_unit>{UNIT}))?\s+by\s+default\b",
    re.IGNORECASE,
)
"""The default that a sentence gives the setting that it has just named."""

_SETTING_NAME = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")
_ASSIGNED = re.compile(
    r"\s*(?:pub\s+)?\"?(?P<name>[a-z]\w*)\"?\s*[:=]\s*(?P<text>[^#]*?)\s*[,;]?\s*(?:(?:#|//)(?P<note>.*))?"
)
_LEAST = 3
"""So many lines of a block have to give settings a value before it is one of defaults."""

_AT_MOST = re.compile(
    r"\b(?:at\s+most|up\s+to|no\s+(?:more|longer)\s+than|a?\s*maximum\s+(?:length\s+)?of)\s+`?"
    r"(?P<value>\d{1,9})`?\s+(?:characters|chars|letters)\b",
    re.IGNORECASE,
)
_LENGTHS = frozenset(("length", "len", "chars", "characters"))
_BY_FUNCTION = re.compile(r"\bdefault\s*=\s*\"(?:\w+::)*(?P<name>\w+)\"")


class Stated(Struct, frozen=True):
    """A value that a page gives a name, of a part of the model or of none, and where.

    `unit` is what stands behind a number, as it is written.
    """

    part: str
    name: str
    value: str
    span: Span
    unit: str = ""

    @property
    def said(self) -> str:
        """The value with its unit."""
        return f"{self.value} {self.unit}".strip()

    def meanings(self) -> frozenset[str]:
        """Return what a source may give instead, in the notation of `meaning`."""
        value = meaning(self.value)
        if value is None or not value.isdecimal():
            return frozenset((value,) if value else ())
        return same_as_said(value, self.unit, self.name)


def values_in_code(context: Context) -> Iterator[Finding]:
    """Yield a finding for each first value in a source that a page gives otherwise."""
    for system in systems_of(context):
        initials = [*system.initials(), *_by_attribute(system)]
        constants = {each.field: each.text for each in initials if not each.record}
        told = set()
        for page in system.pages:
            for stated in (*stated_values(page), *_further_values(page)):
                given = _given(initials, stated, constants)
                if given is not None and given.span not in told:
                    told.add(given.span)
                    yield CODE.finding(
                        f"`{stated.name}` is {given.text} here, and {stated.said} in "
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
            given = meaning(initial.text)
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
                unit = match["unit"] or ""
                value = match["value"].removesuffix(unit).rstrip("` ")
                start = match.start("value")
                span = passage.span(start, start + len(value))
                yield Stated(part, field.name, value, span, unit)
                break


def _further_values(page: Prose) -> Iterator[Stated]:
    """Yield the defaults that sentences give a setting, and those in blocks of settings."""
    for passage in page.of(PassageKind.TEXT, PassageKind.ITEM):
        for start, name in passage.coded():
            match = _OF_NAME.match(passage.text, start + len(name))
            if match and _SETTING_NAME.fullmatch(name):
                part = "value" if match["value"] else "first"
                unit = match["unit"] or match["its_unit"] or ""
                yield Stated("", name, match[part], passage.span(*match.span(part)), unit)
    before = ""
    for lines in _blocks(page):
        if lines[0].kind is PassageKind.CODE:
            yield from _in_block(lines, before)
        before = lines[-1].text


def _blocks(page: Prose) -> Iterator[tuple[Passage, ...]]:
    """Yield the blocks of code of a page as wholes, and its other passages one by one."""
    block: list[Passage] = []
    for passage in page.passages:
        is_code = passage.kind is PassageKind.CODE
        if block and not (is_code and passage.block == block[0].block):
            yield tuple(block)
            block = []
        block.append(passage)
        if not is_code:
            yield (passage,)
            block = []
    yield from [tuple(block)] if block else []


def _in_block(lines: tuple[Passage, ...], before: str) -> Iterator[Stated]:
    """Yield what lines such as `name = 10` say, if the text above, or their note, says default."""
    matches = [(line, match) for line in lines if (match := _ASSIGNED.fullmatch(line.text))]
    found = []
    for line, match in matches:
        noted = _STATED.search(match["note"] or "")
        if noted and noted["kind"].lower().startswith("default"):
            unit = noted["unit"] or ""
            value = noted["value"].removesuffix(unit).rstrip("` ")
            start = match.start("note") + noted.start("value")
            found.append(
                Stated("", match["name"], value, line.span(start, start + len(value)), unit)
            )
        elif (
            _NUMBER.fullmatch(match["text"])
            and _SETTING_NAME.fullmatch(match["name"])
            and re.search(r"\bdefaults?\b", before, re.IGNORECASE)
        ):
            place = line.span(*match.span("text"))
            found.append(Stated("", match["name"], match["text"], place))
    yield from found if len(found) >= _LEAST else ()


def _in_row(row: Row) -> Iterator[Stated]:
    first = row.first()
    is_setting = re.fullmatch(_SETTING, next(iter(row.cells))) is not None
    cell = row.under(_DEFAULT) or (row.under(_VALUE) if is_setting else None)
    named = [
        code[1] for each in (first, row.under(_VARIABLE)) if each for code in [*each.coded()][:1]
    ]
    named += [first.text.strip()] if _SETTING_NAME.fullmatch(first.text.strip()) else []
    for name in dict.fromkeys(named) if cell else ():
        if cell is not None and re.fullmatch(r"[A-Za-z][\w-]*", name):
            yield from _in_cell(cell, name)


def _in_cell(cell: Passage, name: str) -> Iterator[Stated]:
    """Yield the value at the beginning of a cell, or the text that is all of it."""
    text = cell.text.strip("` ")
    if match := _IN_CELL.match(text):
        start = cell.text.index(match[0])
        place = cell.span(start, start + len(match["number"]))
        yield Stated("", name, match["number"], place, match["unit"] or "")
    elif _TEXT.fullmatch(value := code_alone(cell)):
        is_word = value in ("true", "false") or value.startswith('"')
        yield Stated("", name, value if is_word else f'"{value}"', cell.span(0, len(cell.text)))


def _initial(row: Row, parts: Mapping[int, str]) -> Iterator[Stated]:
    """Yield the first value in a row of a table of fields."""
    name, cell = row.under(FIELD), row.under(_INITIAL)
    if name is not None and cell is not None and (part := parts.get(id(name))):
        value = cell.text.strip('` "')
        if re.fullmatch(rf"{_NUMBER.pattern}|[A-Z][A-Z_]+|null", value):
            start = cell.text.index(value)
            yield Stated(part, code_alone(name), value, cell.span(start, start + len(value)))


def _by_attribute(system: System) -> Iterator[Initial]:
    """Yield the values of the fields whose attribute has one, or names a function that gives it."""
    given = {each.field: each for each in system.initials() if not each.record}
    for record in (each for file in system.files for each in file.records):
        for field in record.fields:
            named = _BY_FUNCTION.search(field.attributes)
            if named and (found := given.get(named["name"])):
                yield Initial(record.name, field.name, found.text, found.span)
            elif written := DEFAULT_VALUE.search(field.attributes):
                yield Initial(record.name, field.name, written["written"], field.span)


def _given(initials: list[Initial], stated: Stated, constants: Mapping[str, str]) -> Initial | None:
    """Return what the code gives otherwise, None where it agrees or gives nothing for sure."""
    found = [
        (each, value)
        for each in initials
        if _names(each, stated) and (value := meaning(each.text, constants)) is not None
    ]
    wanted = stated.meanings()
    if len({value for _each, value in found}) != 1 or not wanted:
        return None
    initial, value = min(found, key=lambda each: meaning(each[0].text) is None)
    return None if value in wanted or not _of_one_kind(value, wanted) else initial


def _of_one_kind(value: str, wanted: frozenset[str]) -> bool:
    """Say whether both are texts, or neither; a duration is compared with durations alone."""
    return (value[:1] == '"') == any(each[:1] == '"' for each in wanted) and (
        value.endswith(" ms") <= any(each.endswith(" ms") for each in wanted)
    )


def _names(initial: Initial, stated: Stated) -> bool:
    field, name = re.sub(r"^default_|_default$", "", initial.field.lower()), stated.name
    if stated.unit and not unit_of_name(name):
        field = without_unit(field)
    if "Duration" in initial.text:  # has its unit in the value, and need not have it in the name
        field, name = without_unit(field), without_unit(name)
    if level(field) != level(name):
        return False
    return level(initial.record) == level(stated.part) if stated.part else True
