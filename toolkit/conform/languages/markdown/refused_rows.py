"""Rows of tables that cannot be read: each is told, left out, and the rest of the document read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from conform.domain.spec import Spec
from conform.errors import InputError
from conform.languages.markdown.blocks import Block, Row, Table
from conform.languages.markdown.columns import names_in
from conform.text import Span

MAX_REFUSED = 50
"""So many rows of a document are left out; the next one that cannot be read stops the reading."""

T = TypeVar("T")


def read_without_refused(
    blocks: Sequence[Block],
    read: Callable[[Sequence[Block]], T],
    refused: list[InputError],
    beside: Spec | None,
) -> T:
    """Return what `read` makes of the blocks without the rows that stop it, added to `refused`.

    Where most rows of a table have too many cells, its header lacks one: that is told once. Rows of
    tables that have less than half of their names from the canonical document that this one is read
    `beside` are about another protocol, and left out without a word. Raises InputError for
    what is wrong elsewhere than in a row.
    """
    for _attempt in range(MAX_REFUSED):
        try:
            return read(blocks)
        except InputError as error:
            table = _table_at(blocks, error.span)
            if table is None or error.span is None:
                raise
            if beside is None or _is_about(table, beside):
                refused.append(error)
            left = replace(table, rows=tuple(_left(table, error.span.line)))
            blocks = [left if block is table else block for block in blocks]
    return read(blocks)


def _table_at(blocks: Sequence[Block], span: Span | None) -> Table | None:
    for block in blocks:
        if isinstance(block, Table) and span is not None:
            for row in block.rows:
                if row.span().line == span.line:
                    return block
    return None


def _left(table: Table, line: int) -> list[Row]:
    width = len(table.header.cells)
    long = [row for row in table.rows if len(row.cells) > width]
    at_fault = next(row for row in table.rows if row.span().line == line)
    if at_fault in long and 2 * len(long) > len(table.rows):
        return [row for row in table.rows if row not in long]
    return [row for row in table.rows if row is not at_fault]


def _is_about(table: Table, document: Spec) -> bool:
    known = {
        found.name
        for kind in (document.constants, document.variables, document.helpers, document.properties)
        for found in kind
    }
    known |= {action.name for action in document.actions}
    known |= {leaf.name for leaf in document.leaf_actions()}
    names = [
        name.name in known for row in table.rows if row.cells for name in names_in(row.cells[0])
    ]
    return not names or 2 * sum(names) >= len(names)
