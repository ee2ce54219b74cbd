"""Where a page shows commands of a program: lines that run it, lists of commands, printed help."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from conform.domain.prose import Passage, PassageKind, Prose

WORD = re.compile(r"[a-z][a-z0-9-]*")
_REST = r"(?P<rest>(?:<[\w.|-]+>|[^|;&#<>])*)"
_CARGO = r"cargo\s+run\b(?P<flags>[^|;&#]*?)\s--\s+"
_OTHER = re.compile(r"(?:--(?:bin|example|package)|-p)[ =](\S+)")
_LEADS = re.compile(r"\s*(?:[$%>]\s+)?(?:[A-Z]\w*=\S+\s+)*(?:[\w.~-]*/)*")
_TITLE = re.compile(r"\s*(?:sub)?commands:\s*", re.IGNORECASE)
_ENTRY = re.compile(r"\s+(?P<text>(?P<name>[a-z][a-z0-9-]*)(?: [<\[-].*?)?)(?:\s{2,}.*)?")
_OPTION = re.compile(r"\s*(?:-\w(?:, |/| ))?--(?P<name>[a-z][a-z0-9-]*)(?![\w-])")
_VARIABLE = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
_DEFAULT = re.compile(
    r"\bdefaults?(?:\s+(?:to|is|value))*\s*[:=]?\s*(?P<mark>[`\"]?)(?P<value>[\w./:+-]*[\w/+-])",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:,|,?\s+(?:and|or)\s)\s*")
_LEAST = 3


class Shown(Struct, frozen=True):
    """A text that begins with the name of a command, or with options in front of it.

    It begins at `start` in the passage; `is_run` says that it stands behind the program's name,
    `is_first` that this is the first thing of its line or code.
    """

    passage: Passage
    start: int
    text: str
    is_run: bool = True
    is_first: bool = False


class ShownOption(Struct, frozen=True):
    """An option that a list item or a line of a help tells of: its variable and default, if any."""

    name: str
    variable: str
    default: str
    passage: Passage
    start: int


def options(page: Prose) -> Iterator[tuple[ShownOption, ...]]:
    """Yield the options of each list and each help that begin an item, or a line."""
    found: list[ShownOption] = []
    block = -1
    for passage in page.of(PassageKind.ITEM, PassageKind.CODE, PassageKind.HEADING):
        where = passage.block if passage.kind is PassageKind.CODE else -1
        if passage.kind is PassageKind.HEADING or where != block:
            yield from [tuple(found)] if found else []
            found, block = [], where
        if passage.kind is not PassageKind.HEADING and (match := _OPTION.match(passage.text)):
            variables = set(_VARIABLE.findall(passage.text))
            default = _DEFAULT.search(passage.text)
            is_whole = default and (
                passage.kind is PassageKind.CODE or passage.is_code(default.start("value"))
            )
            found.append(
                ShownOption(
                    match["name"],
                    variables.pop() if len(variables) == 1 else "",
                    default["value"] if default and is_whole else "",
                    passage,
                    match.start("name") - 2,
                )
            )
    yield from [tuple(found)] if found else []


def calls(page: Prose, program: str, package: str) -> Iterator[Shown]:
    """Yield what stands behind the program in lines of code, and in the code in sentences."""
    call = re.compile(rf"(?:^|(?<=[\s/;|&$]))(?:{re.escape(program)}\s+|{_CARGO}){_REST}")
    for passage in page.passages:
        pieces = [(0, passage.text)] if passage.kind is PassageKind.CODE else passage.coded()
        for start, text in pieces:
            for match in call.finditer(text):
                if {*_OTHER.findall(match["flags"] or "")} <= {program, package}:
                    is_first = _LEADS.fullmatch(text[: match.start()]) is not None
                    at = start + match.start("rest")
                    yield Shown(passage, at, match["rest"], True, is_first)


def listings(page: Prose) -> Iterator[tuple[Shown, ...]]:
    """Yield lists of texts in code: the items of a list, names in a row, commands in a help."""
    yield from _items(page)
    for passage in page.of(PassageKind.TEXT, PassageKind.ITEM):
        yield from _in_a_row(passage)
    for lines in page.blocks(PassageKind.CODE):
        yield from _helps(lines)


def _items(page: Prose) -> Iterator[tuple[Shown, ...]]:
    found: list[Shown] = []
    above = 0
    for passage in (*page.passages, None):
        if passage is not None and passage.kind is PassageKind.ITEM:
            first = next(passage.coded(), None)
            is_first = first is not None and not passage.text[: first[0]].strip()
            if first and is_first and (not found or passage.level == above):
                above = passage.level
                found.append(Shown(passage, *first, is_run=False))
        elif passage is None or not passage.level or passage.kind is PassageKind.HEADING:
            yield from [tuple(found)] if len(found) >= _LEAST else []
            found = []


def _in_a_row(passage: Passage) -> Iterator[tuple[Shown, ...]]:
    row: list[Shown] = []
    end = 0
    for start, text in (*passage.coded(), (len(passage.text), "")):
        if not text or not _JOINT.fullmatch(passage.text[end:start]):
            yield from [tuple(row)] if len(row) >= _LEAST else []
            row = []
        row.append(Shown(passage, start, text, is_run=False))
        end = start + len(text)


def _helps(lines: tuple[Passage, ...]) -> Iterator[tuple[Shown, ...]]:
    found: list[Shown] | None = None
    for line in (*lines, None):
        if line is not None and _TITLE.fullmatch(line.text):
            found = []
            continue
        entry = _ENTRY.fullmatch(line.text) if line is not None else None
        if entry and line and found is not None:
            found.append(Shown(line, entry.start("text"), entry["text"], is_run=False))
        elif found:
            yield tuple(each for each in found if WORD.match(each.text))
            found = None
