"""Numbers of rows that a page states: in a sentence about a table, or in a table of counts.

A sentence is about the table of its section with a header that it counts, if it is about what the
heading names: *The store has eight operations.* below *Store*, beside `| Operation | Result |`.
*The 24 tests below* are the rows of all such tables up to the next heading of that level. A table
of counts has names of sections, and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from conform.check.cf235_stated_number import CODE, is_about_table
from conform.check.context import Context
from conform.check.systems.page_tables import Row, tables_of
from conform.check.texts.number_words import NUMBER, value_of
from conform.domain.finding import Finding
from conform.domain.prose import Passage, PassageKind, Prose

_SAID = re.compile(
    r"(?:^|[.;]\s+)(?P<subject>[^.;:]{1,60}?)\s(?:has|have|exposes?|offers?|provides?|defines?|lists?|contains?"
    rf"|comprises?|knows?|consists?\s+of|supports?)\s+{NUMBER}\s+(?P<noun>[a-z]+s)\s*(?:[.:;]|$)",
    re.IGNORECASE,
)
_ALL = re.compile(
    rf"\b(?:the|all|these)\s+{NUMBER}\s+(?P<noun>[a-z]+s)\s+(?:below|that\s+follow|of\s+this\s+section)",
    re.IGNORECASE,
)
_THERE_ARE = re.compile(rf"there\s+are\s+{NUMBER}\s+(?P<noun>[a-z -]+?)[.:]", re.IGNORECASE)
_TOTAL = re.compile(r"(?:in\s+)?(?:total|sum|all|overall)", re.IGNORECASE)
_LEADING = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[A-Z]\.)\s+")
_SECTION = frozenset(("table", "list", "section", "matrix", "catalogue", "catalog", "document"))
_OF_PROTOCOLS = frozenset(("variable", "action", "transition", "constant", "helper", "primitive"))
"""What other rules count."""

_LEAST = 2


class _Table(Struct, frozen=True):
    """The rows of a table, the names of its columns, and its first line."""

    rows: tuple[Row, ...]
    headers: tuple[str, ...]
    line: int


def wrong_counts(context: Context) -> Iterator[Finding]:
    """Yield a finding for each such number that is another one."""
    for page in context.pages:
        tables = [
            _Table(rows, tuple(rows[0].cells), rows[0].first().span().line)
            for rows in tables_of(page)
        ]
        for passage in page.of(PassageKind.TEXT):
            yield from _in_sentence(context, page, passage, tables)
            yield from _of_items(context, page, passage)
        for table in tables:
            yield from _in_table(context, page, table, tables)


def _in_sentence(
    context: Context, page: Prose, passage: Passage, tables: list[_Table]
) -> Iterator[Finding]:
    if is_about_table(passage):
        return
    place = passage.span().line
    for pattern, is_whole in ((_SAID, False), (_ALL, True)):
        for match in pattern.finditer(passage.text):
            noun = match["noun"].lower().removesuffix("s")
            if noun in _OF_PROTOCOLS:
                continue
            first, last = _section(page, place, is_whole=is_whole)
            sizes = [
                len(table.rows)
                for table in tables
                if first <= table.line < last and noun in table.headers
            ]
            if not is_whole and not _is_about(match["subject"], page, first):
                continue
            known = sum(sizes) if is_whole or len(sizes) == 1 else 0
            if known and value_of(match["number"]) != known:
                message = f"the text says {match['number']} {match['noun']}, and there are {known}"
                yield _finding(context, passage, *match.span("number"), message)


def _is_about(subject: str, page: Prose, line: int) -> bool:
    """Say whether a sentence is about what the heading in a line names, or about the section."""
    heading = next((each.text for each in page.headings() if each.span().line == line), "")
    words = {word.lower() for word in re.findall(r"[A-Za-z]{3,}", subject)}
    about = {word.lower() for word in re.findall(r"[A-Za-z]{3,}", heading)}
    return bool(words & (about | _SECTION))


def _of_items(context: Context, page: Prose, passage: Passage) -> Iterator[Finding]:
    """Yield a finding where *There are 7 error classes.* is not the list below *Error Classes*."""
    match = _THERE_ARE.match(passage.text)
    first, last = _section(page, passage.span().line, is_whole=False)
    heading = next((each.text for each in page.headings() if each.span().line == first), "")
    if match is None or _LEADING.sub("", heading).strip().lower() != match["noun"].lower():
        return
    within = [each for each in page.passages if first < each.span().line < last]
    items = [each for each in within if each.kind is PassageKind.ITEM and each.level == 1]
    is_list = all(each.kind in (PassageKind.ITEM, PassageKind.TEXT) for each in within)
    if len(items) >= _LEAST and is_list and value_of(match["number"]) != len(items):
        message = f"the text says {match['number']} {match['noun']}, and the list has {len(items)}"
        yield _finding(context, passage, *match.span("number"), message)


def _section(page: Prose, line: int, *, is_whole: bool) -> tuple[int, int]:
    """Return the lines of the section around a line, without or with the sections in it."""
    headings = [(each.span().line, each.level) for each in page.headings()]
    first, level = max(((at, level) for at, level in headings if at <= line), default=(1, 1))
    ends = (at for at, other in headings if at > line and (not is_whole or other <= level))
    return first, min(ends, default=10**9)


def _in_table(
    context: Context, page: Prose, table: _Table, tables: list[_Table]
) -> Iterator[Finding]:
    """Yield the wrong numbers of a table of counts, or its wrong sum."""
    if len(table.headers) != _LEAST or len(table.rows) <= _LEAST:
        return
    name, header = table.headers
    cells = [(row.cells.get(name), row.cells.get(header)) for row in table.rows]
    pairs = [(about, cell) for about, cell in cells if about is not None and cell is not None]
    if len(pairs) < len(cells) or not all(
        re.fullmatch(r"\d{1,4}", c.text.strip()) for _a, c in pairs
    ):
        return
    noun = header.removesuffix("s")
    counted = 0
    for about, cell in pairs:
        known = _rows_of(page, about.text, noun, tables)
        if known and int(cell.text) != known:
            message = f"the table says {cell.text.strip()} {header}, and the section has {known}"
            yield _finding(context, cell, 0, len(cell.text), message)
        counted += 0 if _TOTAL.fullmatch(about.text.strip()) else known or int(cell.text)
    about, cell = pairs[-1]
    if _TOTAL.fullmatch(about.text.strip()) and int(cell.text) != counted:
        message = f"the sum is given as {cell.text.strip()}, and is {counted}"
        yield _finding(context, cell, 0, len(cell.text), message)


def _rows_of(page: Prose, title: str, noun: str, tables: list[_Table]) -> int:
    """Return how many rows of such things the section with a title has, 0 where that is unsure."""
    wanted = title.strip().lower()
    headings = [
        each.span().line
        for each in page.headings()
        if _LEADING.sub("", each.text).strip().lower() == wanted
    ]
    sizes = {
        len(table.rows)
        for line in headings
        for table in tables
        if noun in table.headers
        and _section(page, line, is_whole=False)[0] == line
        and line <= table.line < _section(page, line, is_whole=False)[1]
    }
    return min(sizes) if len(sizes) == 1 else 0


def _finding(context: Context, passage: Passage, start: int, end: int, message: str) -> Finding:
    span = passage.span(start, end)
    return CODE.finding(
        message, span, excerpt=context.excerpt(span), hint="correct the number, or the table"
    )
