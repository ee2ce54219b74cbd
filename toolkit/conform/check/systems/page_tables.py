"""The tables and lists of a page by what they describe: rows by their headers, fields of a part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from conform.domain.prose import Passage, PassageKind, Prose

FIELD = r"(?:json )?fields?(?: names?)?|attributes?|(?:attribute )?names?|propert(?:y|ies)"
"""Headers of the names in a table of fields."""


class Row(Struct, frozen=True):
    """One row of a table: its cells by the header above, in lower case, in order."""

    cells: Mapping[str, Passage]

    def first(self) -> Passage:
        """Return the cell of the first column."""
        return next(iter(self.cells.values()))

    def under(self, pattern: str) -> Passage | None:
        """Return the first cell whose header is matched as a whole, None where there is none."""
        return next(
            (cell for name, cell in self.cells.items() if re.fullmatch(pattern, name)), None
        )


class ListedField(Struct, frozen=True):
    """A list item that begins with a name in code, what is said of it, and the heading above.

    `part` is the last word of the heading; `has_default` says that a table has such a column.
    """

    part: str
    name: str
    lead: Passage
    said: tuple[Passage, ...]
    heading: str = ""
    has_default: bool = False


def tables_of(page: Prose) -> Iterator[tuple[Row, ...]]:
    """Yield the tables of a page, each as its rows; one without rows is left out."""
    headers: dict[int, dict[int, str]] = {}
    for header in page.of(PassageKind.HEADER):
        name = header.text.strip().lower()
        headers.setdefault(header.block, {})[header.column] = name
    for cells in page.blocks(PassageKind.CELL):
        names = headers.get(cells[0].block, {})
        rows: dict[int, dict[str, Passage]] = {}
        for cell in cells:
            if cell.column in names:
                rows.setdefault(cell.row, {})[names[cell.column]] = cell
        if found := tuple(Row(cells) for cells in rows.values() if cells):
            yield found


def code_alone(cell: Passage) -> str:
    """Return what a cell or an item holds, if that is one code span, else nothing."""
    codes = list(cell.coded())
    return codes[0][1] if len(codes) == 1 and cell.text.strip() == codes[0][1] else ""


def tabled_fields(page: Prose) -> Iterator[ListedField]:
    """Yield the rows of tables of fields, each with the heading above and its cell of the type."""
    headings = sorted((each.span().line, each.text) for each in page.headings())
    for rows in tables_of(page):
        for row in rows:
            first, typed = row.under(FIELD), row.under("types?")
            if first is None or typed is None or not (name := code_alone(first)):
                continue
            above = [text for line, text in headings if line < first.span().line]
            words = re.findall(r"[A-Za-z_]\w*", above[-1]) if above else []
            part, heading = words[-1] if words else "", above[-1] if above else ""
            has_default = row.under(r"defaults?(?: values?)?") is not None
            yield ListedField(part, name, first, (typed,), heading, has_default)


def listed_fields(page: Prose) -> Iterator[ListedField]:
    """Yield the list items that begin with a name in code, with the items below each."""
    heading = ""
    items: list[Passage] = []
    for passage in (*page.passages, None):
        if passage is not None and passage.level and passage.kind is not PassageKind.HEADING:
            items.append(passage)
            continue
        yield from _fields(heading, items)
        items = []
        if passage is not None and passage.kind is PassageKind.HEADING:
            heading = passage.text


def _fields(heading: str, items: list[Passage]) -> Iterator[ListedField]:
    words = re.findall(r"[A-Za-z_]\w*", heading)
    part = words[-1] if words else ""
    for at, item in enumerate(items):
        first = next(item.coded(), None)
        if first is None or first[0] > 0 or not re.fullmatch(r"[A-Za-z_]\w*", first[1]):
            continue
        below = at + 1
        while below < len(items) and items[below].level > item.level:
            below += 1
        yield ListedField(part, first[1], item, (item, *items[at + 1 : below]), heading)
