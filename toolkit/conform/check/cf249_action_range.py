"""A text gives a part of the protocol another range of actions than the document's section has.

What it means
    The document's section `4.2 Compaction` holds actions 5 to 9, and a table, a sentence or a
    comment says `Compaction: actions 5-8`. An action was added, moved or renumbered since.

    What is compared is a title beside a range of numbers: in a row of a table, or directly before
    the range in a comment. A part is a section with several numbered actions, or else a mapping row
    such as `Actions 5-9: Compaction`. Letters count as their number.

Example
    | Compaction | 5-8 |     above a section Compaction with actions 5 to 9

What to do
    Correct the range.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from conform.check.context import Context
from conform.check.model_comments import model_sources, remarks_of
from conform.check.numbering import Number, numbers_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import Span

CODE = Code("CF249", "range of actions of another part")

_RANGE = (
    r"(?P<first>\d{1,3})\s*(?:[-\N{EN DASH}\N{EM DASH}]|to|through)\s*(?P<last>\d{1,3})(?![\w.])"
)
_ACTIONS = re.compile(rf"\bActions?\s+{_RANGE}", re.IGNORECASE)
_BARE = re.compile(rf"\s*(?:Actions?\s+)?{_RANGE}\s*", re.IGNORECASE)
_ROW = re.compile(rf"\bActions\s+{_RANGE}\s*:\s*(?P<title>[^`|]+)", re.IGNORECASE)
_TITLE_NUMBER = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.):]?\s+)?")
_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset(("action", "actions", "protocol", "path", "sub", "model", "models", "state"))
_NEAR = 60
"""So many characters before or behind a range are searched for a title."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A section with numbered actions: the words of its title, the ends of its range, and where."""

    title: str
    words: frozenset[str]
    first: int
    last: int
    span: Span


def ranges_of_actions(context: Context) -> Iterator[Finding]:
    """Yield a finding for each range beside a part's title that is not the part's."""
    parts = list(_parts(context.page()))
    parts += _titled_rows(context, {word for part in parts for word in part.words})
    if not parts:
        return
    for page in context.pages:
        if page.path == context.document.path or _speaks_of(page, context):
            yield from _in_tables(context, page, parts)
    for source in model_sources(context):
        for remark in remarks_of(source):
            for line in remark.lines:
                for match in _ACTIONS.finditer(line.text):
                    part = _beside(line.text, match, parts)
                    if part is not None and _differs(match, part):
                        span = line.span(match.start("first"), match.end("last"))
                        yield _finding(context, match, part, span)


def _parts(page: Prose) -> Iterator[_Part]:
    """Yield the lowest sections above headings of actions, where several actions lie below one."""
    actions = [number for number in numbers_of(page) if number.series == "Action"]
    by_line = {number.heading.span().line: number for number in actions}
    open_heading: Passage | None = None
    found: list[Number] = []
    for heading in page.headings():
        number = by_line.get(heading.span().line)
        if number is None:
            yield from _part(open_heading, found)
            open_heading, found = heading, []
        else:
            found.append(number)
    yield from _part(open_heading, found)


def _titled_rows(context: Context, known: set[str]) -> Iterator[_Part]:
    """Yield the mapping rows such as `Actions 5-9: Compaction`, where no section has the word."""
    for row in context.rows():
        match = _ROW.search(row.subject.text)
        words = frozenset(word.lower() for word in _WORD.findall(match["title"])) if match else None
        if match and words and not (words - _COMMON) & known and words - _COMMON:
            first, last = int(match["first"]), int(match["last"])
            yield _Part(match["title"].strip(), words - _COMMON, first, last, row.subject.span)


def _part(heading: Passage | None, numbers: list[Number]) -> Iterator[_Part]:
    if heading is None or not numbers:
        return
    title = _TITLE_NUMBER.sub("", heading.text).strip()
    words = frozenset(word.lower() for word in _WORD.findall(title)) - _COMMON
    firsts = [number.parts[0] for number in numbers]
    if words:
        yield _Part(title, words, min(firsts), max(firsts), heading.span())


def _speaks_of(page: Prose, context: Context) -> bool:
    return any(table.span.path == page.path for table in context.document.mapping)


def _in_tables(context: Context, page: Prose, parts: list[_Part]) -> Iterator[Finding]:
    """Yield the ranges in rows whose first cell is a part's title."""
    rows: dict[tuple[int, int], list[Passage]] = {}
    for cell in page.of(PassageKind.CELL):
        rows.setdefault((cell.block, cell.row), []).append(cell)
    for cells in rows.values():
        part = _titled(cells[0].text, parts)
        for cell in cells[1:] if part else ():
            match = _BARE.fullmatch(cell.text)
            if match and part and _differs(match, part):
                span = cell.span(match.start("first"), match.end("last"))
                yield _finding(context, match, part, span)


def _titled(text: str, parts: list[_Part]) -> _Part | None:
    words = frozenset(word.lower() for word in _WORD.findall(text)) - _COMMON
    found = [part for part in parts if words and words == part.words]
    return found[0] if len(found) == 1 else None


def _beside(text: str, match: re.Match[str], parts: list[_Part]) -> _Part | None:
    """Return the part whose title stands directly before a range, or behind it and a colon."""
    before = text[max(0, match.start() - _NEAR) : match.start()]
    words = _WORD.findall(before.rstrip(" (:,-"))
    behind = re.match(
        r"\s*[:\N{EM DASH}\N{EN DASH}-]+\s*(?P<word>[^\W\d_]{4,})", text[match.end() :]
    )
    near = [words[-1].lower()] if words and before.rstrip().endswith("(") else []
    near += [behind["word"].lower()] if behind else []
    found = [part for part in parts if any(word in part.words for word in near)]
    return found[0] if len(found) == 1 else None


def _differs(match: re.Match[str], part: _Part) -> bool:
    return (int(match["first"]), int(match["last"])) != (part.first, part.last)


def _finding(context: Context, match: re.Match[str], part: _Part, span: Span) -> Finding:
    own = f"{part.first} to {part.last}" if part.first != part.last else str(part.first)
    return CODE.finding(
        f"`{part.title}` is actions {own} in the document, not {match['first']} to {match['last']}",
        span,
        excerpt=context.excerpt(span),
        details=(f"stated at {part.span}",),
        hint="correct the range",
    )
