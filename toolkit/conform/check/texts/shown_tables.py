"""The tables of documents as they are written, cell by cell, with cells missing or repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from conform.check.context import Context
from conform.check.linking import constructs
from conform.domain.prose import Passage, PassageKind
from conform.domain.spec import ConstructKind
from conform.text import Span

_PROSE = re.compile(
    r"\s*(?:descriptions?|notes?|meanings?|comments?|remarks?|rationale|reasons?|why|purpose"
    r"|explanation|details?)?\s*",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d]\w*")


class Header(Struct, frozen=True):
    """The header of a column; `is_prose` where the column holds words alone, as Notes do."""

    text: str
    is_prose: bool
    span: Span


class ShownTable(Struct, frozen=True):
    """A table: its headers, and the cells of each row that are there."""

    headers: tuple[Header, ...]
    rows: tuple[tuple[Passage, ...], ...]


def protocol_tables(context: Context) -> Iterator[ShownTable]:
    """Yield the tables of the protocol's documents in which some name is one of its constructs."""
    known = _known(context)
    for table in own_tables(context):
        if any(_names_one(cell, known) for row in table.rows for cell in row):
            yield table


def own_tables(context: Context) -> Iterator[ShownTable]:
    """Yield the tables of the protocol's documents, whatever they are about."""
    own = {document.path for document in context.documents}
    for page in context.pages:
        if page.path not in own:
            continue
        rows: dict[int, dict[int, list[Passage]]] = {}
        for cell in page.of(PassageKind.CELL):
            rows.setdefault(cell.block, {}).setdefault(cell.row, []).append(cell)
        for headers in page.blocks(PassageKind.HEADER):
            found = tuple(map(tuple, rows.get(headers[0].block, {}).values()))
            yield ShownTable(tuple(Header(h.text, _is_prose(h), h.span()) for h in headers), found)


def _is_prose(header: Passage) -> bool:
    return _PROSE.fullmatch(header.text) is not None


def _names_one(cell: Passage, known: frozenset[str]) -> bool:
    return any((match := _NAME.match(text)) and match[0] in known for _at, text in cell.coded())


def _known(context: Context) -> frozenset[str]:
    return frozenset(
        found.name for kind in ConstructKind for found in constructs(context.document, kind)
    )
