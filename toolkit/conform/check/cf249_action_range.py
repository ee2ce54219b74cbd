"""A text gives a part of the protocol another range of actions than the document's section has.

What it means
    The document's section `4.2 Compaction` holds actions 5 to 9, and a table, a sentence or a
    comment says `Compaction: actions 5-8`. An action was added, moved or renumbered since.

    What is compared is a title beside a range of numbers: in a row of a table, or directly before
    the range in a sentence or a comment. A part is a section with several numbered actions, or else
    a mapping row such as `Actions 5-9: Compaction`, or what the document itself calls so first.
    Letters count as their number. Two parts of the document whose ranges overlap, so that neither
    holds the other, are found as well.

Example
    | Compaction | 5-8 |     above a section Compaction with actions 5 to 9
    Writing (Actions 1-5), then compaction (Actions 5-9)

What to do
    Correct the range.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from conform.check.comments.model_comments import CommentLine, model_sources, remarks_of
from conform.check.context import Context
from conform.check.texts.numbering import Number, numbers_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import Span

CODE = Code("CF249", "range of actions of another part")

_RANGE = (
    r"(?P<first>\d{1,3})\s*(?:[-\N{EN DASH}\N{EM DASH}]|to|through)\s*(?P<last>\d{1,3})(?![\w.])"
)
_ACTIONS = re.compile(rf"\bActions?\s+{_RANGE}", re.IGNORECASE)
_SAID = re.compile(
    r"(?P<phrase>[^.,;:()\N{EM DASH}\N{EN DASH}]{4,80})\(\s*Actions?\s+(?P<first>\d{1,3})"
    r"(?:\s*(?:[-\N{EN DASH}\N{EM DASH}]|to|through|and)\s*(?P<last>\d{1,3}))?\s*\)",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"(?P<phrase>[^.,;:()\N{EM DASH}\N{EN DASH}]{4,80})\s*(?::|\s[\N{EM DASH}\N{EN DASH}-]+)\s+"
    rf"\(?Actions?\s+{_RANGE}\)?[.;]?\s*",
    re.IGNORECASE,
)
"""An item that says no more than a title and a range: Compaction: actions 5-9"""
_BARE = re.compile(rf"\s*(?:Actions?\s+)?{_RANGE}\s*", re.IGNORECASE)
_ROW = re.compile(rf"\bActions\s+{_RANGE}\s*:\s*(?P<title>[^`|]+)", re.IGNORECASE)
_TITLE_NUMBER = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.):]?\s+)?")
_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset(("action", "actions", "protocol", "path", "sub", "model", "models", "state"))
_LINKING = frozenset(
    ("because", "since", "when", "where", "while", "with", "plus", "then", "also", "from", "into")
)
"""Words that stand between a sentence and the title of a part."""
_NEAR = 60
"""So many characters before or behind a range are searched for a title."""


class _Part(Struct, frozen=True):
    """A section with numbered actions: the words of its title, the ends of its range, and where."""

    title: str
    words: frozenset[str]
    first: int
    last: int
    span: Span


def ranges_of_actions(context: Context) -> Iterator[Finding]:
    """Yield a finding for each range beside a part's title that is not the part's."""
    overlapping: list[tuple[Finding, Span]] = []
    rest = list(_every_range(context, overlapping))
    told = {finding.span for finding in rest}
    # Of two ranges that overlap, one that is not its part's is wrong, and told already.
    every = [finding for finding, other in overlapping if other not in told] + rest
    found: dict[Span | None, Finding] = {}
    for finding in every:
        found.setdefault(finding.span, finding)
    yield from found.values()


def _every_range(context: Context, overlapping: list[tuple[Finding, Span]]) -> Iterator[Finding]:
    """Yield what differs from a part, and add what overlaps, with the place of the other range."""
    parts = list(_parts(context.page()))
    parts += _titled_rows(context, {word for part in parts for word in part.words})
    said = list(_said(context))
    overlapping += _overlapping(context, said)
    yield from _said_otherwise(context, _first_said(parts, said), said)
    if not parts:
        return
    for page in context.pages:
        if page.path == context.document.path or _speaks_of(page, context):
            yield from _in_tables(context, page, parts)
    for line in _comment_lines(context):
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


def _said(context: Context) -> Iterator[_Part]:
    """Yield the parts that the sentences and headings of the document have before a range."""
    page = context.page()
    for passage in (*page.headings(), *page.running()):
        for match in _SAID.finditer(passage.text):
            end = match.end("last") if match["last"] else match.end("first")
            if part := _titled_by(match, passage.span(match.start("first"), end)):
                yield part
        item = _ITEM.fullmatch(passage.text) if passage.kind is PassageKind.ITEM else None
        if item and (part := _titled_by(item, passage.span(item.start("first"), item.end("last")))):
            yield part


def _titled_by(match: re.Match[str], span: Span) -> _Part | None:
    words = frozenset(word.lower() for word in _WORD.findall(match["phrase"]))
    words -= _COMMON | _LINKING
    first, last = int(match["first"]), int(match["last"] or match["first"])
    joined_by = match[0][match.end("first") - match.start() :]
    if not words or last < first or ("and" in joined_by and last != first + 1):
        return None
    return _Part(match["phrase"].strip(), words, first, last, span)


def _first_said(parts: list[_Part], said: list[_Part]) -> list[_Part]:
    """Return the parts, and what the document calls so where no part has exactly these words."""
    found = list(parts)
    for each in said:
        if all(each.words != part.words for part in found):
            found.append(each)
    return found


def _said_otherwise(context: Context, parts: list[_Part], said: list[_Part]) -> Iterator[Finding]:
    """Yield the ranges behind exactly the words of a part, in the document and in comments."""
    every = list(said)
    for line in _comment_lines(context):
        for match in _SAID.finditer(line.text):
            end = match.end("last") if match["last"] else match.end("first")
            part = _titled_by(match, line.span(match.start("first"), end))
            every += [part] if part else []
    for each in every:
        known = next((part for part in parts if part.words == each.words), None)
        if known is not None and (known.first, known.last) != (each.first, each.last):
            yield _differing(context, known, each.first, each.last, each.span)


def _overlapping(context: Context, said: list[_Part]) -> Iterator[tuple[Finding, Span]]:
    """Yield the ranges of the document that share numbers with one before, without holding it."""
    for place, each in enumerate(said):
        for other in said[:place]:
            low, high = sorted((each, other), key=lambda part: (part.first, -part.last))
            if low.first < high.first <= low.last < high.last:
                finding = CODE.finding(
                    f"actions {each.first} to {each.last} are `{each.title}` here, and "
                    f"{other.first} to {other.last} are `{other.title}`",
                    each.span,
                    excerpt=context.excerpt(each.span),
                    details=(f"stated at {other.span}",),
                    hint="correct one of the ranges",
                )
                yield finding, other.span
                break


def _comment_lines(context: Context) -> Iterator[CommentLine]:
    for source in model_sources(context):
        for remark in remarks_of(source, context):
            yield from remark.lines


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
    return _differing(context, part, int(match["first"]), int(match["last"]), span)


def _differing(context: Context, part: _Part, first: int, last: int, span: Span) -> Finding:
    own, other = _range_words(part.first, part.last), _range_words(first, last)
    return CODE.finding(
        f"`{part.title}` is {own} in the document, not {other}",
        span,
        excerpt=context.excerpt(span),
        details=(f"stated at {part.span}",),
        hint="correct the range",
    )


def _range_words(first: int, last: int) -> str:
    return f"actions {first} to {last}" if first != last else f"action {first}"
