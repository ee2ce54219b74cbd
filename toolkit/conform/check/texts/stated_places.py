"""What an example says of places of the state: `x = 1`, `x[k].f = A`, a value below a header."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from conform.check.texts.shown_tables import Header
from conform.domain.prose import Passage, PassageKind, Prose
from conform.domain.values import FunctionValue, Value, format_value

_PLACE = r"(?P<name>[^\W\d]\w*)(?:\[(?P<key>\w+)\])?(?:\.(?P<field>[^\W\d]\w*))?"
_VALUE = r"(?P<value>\"?\w+\"?|\{\w+(?:\s*,\s*\w+)*\}|\(\w+(?:\s*,\s*\w+)+\))"
STATED = re.compile(
    rf"(?<![\w.\]]){_PLACE}\s*(?:=|:=|\N{{RIGHTWARDS ARROW}})\s*{_VALUE}"
    r"(?!\s*(?:[+*/(\[]|-\s?\w|\.\w|\.\.))"
)
_HEADER = re.compile(_PLACE)
_CELL = re.compile(rf"\s*{_VALUE}\s*")


_AFTER_STEP = re.compile(
    rf"\bafter\s+step\s+(?P<number>\d{{1,3}}),?\s+(?:the\s+)?{_PLACE}"
    r"\s+(?:is|equals|becomes|has\s+become|stands\s+at)\s+(?P<value>\d+|[A-Z][A-Z0-9_]+)\b"
    r"(?!\s*[-+*/])",
    re.IGNORECASE,
)
_WORDED = re.compile(
    r"(?<![\w.\[])(?P<any>(?:the|its)\s+)?(?P<key>\w+)"
    r"(?:\s*:|\s+(?:is(?:\s+now)?|becomes|goes\s+to(?:\s+the)?|moves\s+to(?:\s+the)?"
    r"|stays(?:\s+in)?|remains))\s+(?P<value>[A-Z][A-Z0-9_]+)(?![\w(\[]|\.\w|\s+(?:or|and)\s+[A-Z])"
)
"""*w1: IDLE*, *w1 is IDLE*: the value tells the variable; *the task is IDLE*: some task is."""


ANY = "any"
"""The key of a place that is not named: one of them has the value."""


class Stated(Struct, frozen=True):
    """A value that is stated of a place, `key` and `field` empty without them, and where."""

    passage: Passage
    start: int
    end: int
    name: str
    key: str
    field: str
    value: str

    def place(self) -> str:
        """Return the place as it is written in formulas."""
        index = f"[{self.key}]" if self.key not in ("", ANY) else ""
        return f"{self.name}{index}{f'.{self.field}' if self.field else ''}"

    def said(self) -> str:
        """Return the value in the form of `held_in`: the values of a record in any order."""
        if self.value[:1] in "{(":
            return _joined(part.strip() for part in self.value[1:-1].split(","))
        return self.value.strip('"')

    def held_in(self, value: Value | None) -> str | None:
        """Return what the place has where its variable is `value`; None where there is no such."""
        if self.key == ANY and isinstance(value, FunctionValue):
            held = {word(each) for each in value.values}
            return self.value if self.value in held else " or ".join(sorted(held))
        for part in filter(None, (self.key, self.field)):
            if not isinstance(value, FunctionValue):
                return None
            value = next((held for key, held in value.items() if word(key) == part), None)
        if value is None or isinstance(value, FunctionValue) != (self.value[:1] in "{("):
            return None
        return _joined(map(word, value.values)) if isinstance(value, FunctionValue) else word(value)


def stated_by(match: re.Match[str], passage: Passage, at: int = 0) -> Stated:
    """Return what a match of `STATED` says; `at` is where in the passage its text begins."""
    start, end = at + match.start(), at + match.end()
    return _stated(match, passage, start, end, match["value"])


def stated_below(
    headers: Sequence[Header], row: Sequence[Passage], names: Collection[str]
) -> Iterator[Stated]:
    """Yield what the cells of a row say of the places that are the headers of their columns."""
    for cell in row:
        header = headers[cell.column].text.strip() if cell.column < len(headers) else ""
        place, value = _HEADER.fullmatch(header), _CELL.fullmatch(cell.text)
        if place and value and place["name"] in names:
            yield _stated(place, cell, 0, len(cell.text), value["value"])


def said_after_steps(page: Prose, table: int) -> dict[int, list[Stated]]:
    """Return what the text between a table and the next heading says of its steps, by number."""
    found: dict[int, list[Stated]] = {}
    is_below = False
    for passage in page.passages:
        is_below = passage.kind is not PassageKind.HEADING and (is_below or passage.block == table)
        if is_below and passage.kind is PassageKind.TEXT:
            for match in _AFTER_STEP.finditer(passage.text):
                start, end = match.start("name"), match.end("value")
                stated = _stated(match, passage, start, end, match["value"])
                found.setdefault(int(match["number"]), []).append(stated)
    return found


def stated_in_words(passage: Passage, start: int, owners: Mapping[str, str]) -> Iterator[Stated]:
    """Yield what a text says from `start` on of the values that `owners` has the variables of."""
    for match in _WORDED.finditer(passage.text, start):
        if variable := owners.get(match["value"]):
            key = ANY if match["any"] else match["key"]
            yield Stated(passage, *match.span(), variable, key, "", match["value"])


def word(value: Value) -> str:
    """Return a value as an example writes it: without quotes."""
    return format_value(value).strip('"')


def _stated(match: re.Match[str], passage: Passage, start: int, end: int, value: str) -> Stated:
    key, field = match["key"] or "", match["field"] or ""
    return Stated(passage, start, end, match["name"], key, field, value)


def _joined(parts: Iterator[str]) -> str:
    return "{" + ", ".join(sorted(parts)) + "}"
