"""The rendering of a page for a terminal: colours, and tables that fit its width."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import assert_never

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from conform.report.page import INDENT, Block, Line, Piece, Style, Table, visible, width_of

WORD_WIDTH = 16
"""Columns no wider hold words, kinds and verdicts, which are not broken over lines."""

_LOOKS = {
    Style.NORMAL: "",
    Style.TITLE: "bold",
    Style.GOOD: "green",
    Style.BAD: "bold red",
    Style.UNSURE: "yellow",
    Style.QUIET: "dim",
}


def to_terminal(blocks: Iterable[Block], width: int) -> str:
    """Return the page with the terminal's codes; NO_COLOR in the environment leaves them out."""
    console = Console(
        file=io.StringIO(), force_terminal=True, width=width, highlight=False, legacy_windows=False
    )
    with console.capture() as capture:
        for block in blocks:
            match block:
                case Line(pieces):
                    # Wrapping is the terminal's: a copied line stays one line.
                    console.print(_text(pieces), soft_wrap=True)
                case Table():
                    console.print(Padding(_table(block), (0, 0, 0, INDENT)))
                case _:
                    assert_never(block)
    return capture.get()


def _text(pieces: Iterable[Piece]) -> Text:
    return Text.assemble(*((visible(piece.text), _LOOKS[piece.style]) for piece in pieces))


def _table(table: Table) -> RichTable:
    grid = RichTable(box=None, padding=(0, 2, 0, 0), header_style=_LOOKS[Style.QUIET])
    for header, *cells in zip(table.headers, *table.rows, strict=True):
        widest = max(width_of(header), *(width_of(cell.text) for cell in cells))
        grid.add_column(Text(header), overflow="fold", no_wrap=widest <= WORD_WIDTH)
    for row in table.rows:
        grid.add_row(*(_text([piece]) for piece in row))
    return grid
