"""The tables and lists of a page by what they describe: rows by their headers, fields of a part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import Span

FIELD = r"(?:json )?fields?(?: names?)?|attributes?|(?:attribute )?names?|propert(?:y|ies)"
"""Headers of the names in a table of fields."""

_OF_FIELDS = r"(?:json )?fields?(?: names?)?|attributes?(?: names?)?"
"""Headers that are of a table of fields, whatever other columns it has."""

_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*|[a-z]+(?:[A-Z][a-z0-9]*)+")
_BARE = re.compile(r"\s(?://|#(?!\[)).*$|^\s*(?://|#).*$")
_OPENING = re.compile(
    r"\s*(?:(?:pub|export)\s+)?(?:(?:struct|interface|type|record|message|class|object)\s+)?"
    r"(?:(?P<name>[A-Z]\w*)\s*=?\s*)?\{\s*"
)
_ENTRY = re.compile(r"\s*(?:pub\s+)?\"?(?P<name>[A-Za-z_]\w*)\"?\??\s*:(?!:)")
_CLOSING = re.compile(r"\s*[\]}]+[,;]?\s*")


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

    `part` is the last word of the heading; `has_default` says that a table has such a column. The
    name begins at `start` in the lead. `is_example` says that a JSON document shows it, which need
    not have all fields.
    """

    part: str
    name: str
    lead: Passage
    said: tuple[Passage, ...]
    heading: str = ""
    has_default: bool = False
    start: int = 0
    is_example: bool = False

    def place(self) -> Span:
        """Return where the name stands."""
        return self.lead.span(self.start, self.start + len(self.name))


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
            first, typed = row.under(FIELD), row.under(r"(?:json )?types?")
            name = _name_in(first) if first is not None else ""
            if first is None or not name or (typed is None and row.under(_OF_FIELDS) is not first):
                continue
            above = [text for line, text in headings if line < first.span().line]
            words = re.findall(r"[A-Za-z_]\w*", above[-1]) if above else []
            part, heading = words[-1] if words else "", above[-1] if above else ""
            has_default = row.under(r"defaults?(?: values?)?") is not None
            yield ListedField(part, name, first, (typed or first,), heading, has_default)


def _name_in(cell: Passage) -> str:
    """Return the name that is all of a cell, set in code or not."""
    return code_alone(cell) or (found[0] if (found := _NAME.fullmatch(cell.text.strip())) else "")


def shown_fields(page: Prose) -> Iterator[ListedField]:
    """Yield the fields of the JSON documents, and of the types, that blocks of code show.

    Those of a JSON document belong to the heading above it, those of a type to its name.
    """
    headings = sorted((each.span().line, each.text) for each in page.headings())
    for lines in page.blocks(PassageKind.CODE):
        above = [text for line, text in headings if line < lines[0].span().line]
        yield from _in_braces(lines, above[-1] if above else "")


def _in_braces(lines: tuple[Passage, ...], heading: str) -> Iterator[ListedField]:
    """Yield the fields of the one object of a block; nothing if a line of it is not understood."""
    written = [line for line in lines if _BARE.sub("", line.text).strip()]
    opening = _OPENING.fullmatch(_BARE.sub("", written[0].text)) if written else None
    if opening is None:
        return
    words = re.findall(r"[A-Za-z_]\w*", heading)
    part = opening["name"] or (words[-1] if words else "")
    depth, found = 1, []
    for line in written[1:]:
        text = _BARE.sub("", line.text)
        if depth < 1:
            return
        entry = _ENTRY.match(text)
        if depth == 1 and entry:
            at = entry.start("name")
            found.append(
                ListedField(
                    part, entry["name"], line, (line,), heading, False, at, not opening["name"]
                )
            )
        elif depth == 1 and not _CLOSING.fullmatch(text):
            return
        depth += sum(text.count(each) for each in "{[") - sum(text.count(each) for each in "}]")
    yield from found if depth == 0 else ()


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
