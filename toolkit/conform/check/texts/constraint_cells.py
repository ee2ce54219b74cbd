"""What the cells of a column *Constraint* ask of the constants of their rows: `≥ CompactStart`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from conform.check.context import Context
from conform.domain.prose import Passage, PassageKind
from conform.text import Span

_HEADER = re.compile(r"constraints?|assumptions?|bounds?|requirements?", re.IGNORECASE)
_NAMES = re.compile(r"constants?|parameters?|names?|symbols?", re.IGNORECASE)
_OPERAND = r"(?:[^\W\d]\w*|\d{1,9})"
_SIGN = r"(?:\N{LESS-THAN OR EQUAL TO}|<=|=<|<|\N{GREATER-THAN OR EQUAL TO}|>=|>)"
_PART = re.compile(rf"(?P<left>{_OPERAND})?\s*(?P<sign>{_SIGN})\s*(?P<right>{_OPERAND})")
_BETWEEN = re.compile(r"\s*(?:,\s*(?:and\b)?|;|\band\b|\N{LOGICAL AND}|/\\)\s*")


class Comparison(Struct, frozen=True):
    """`left sign right`, the left side being the constant of the row where a cell has none."""

    left: str
    sign: str
    right: str
    span: Span


def compared_in_cells(context: Context) -> Iterator[Comparison]:
    """Yield what the tables of the canonical document ask of constants, a cell at a time.

    A cell with anything but comparisons, as *non-empty*, says nothing here.
    """
    constants = {constant.name for constant in context.document.constants}
    columns: dict[tuple[int, int], bool] = {}
    names: dict[tuple[int, int], str] = {}
    for passage in context.page().passages:
        match passage.kind:
            case PassageKind.HEADER:
                pattern = _HEADER if passage.column else _NAMES
                text = passage.text.strip()
                columns[passage.block, passage.column] = bool(pattern.fullmatch(text))
            case PassageKind.CELL if not passage.column:
                names[passage.block, passage.row] = passage.text.strip()
            case PassageKind.CELL if columns.get((passage.block, passage.column)):
                name = names.get((passage.block, passage.row), "")
                if columns.get((passage.block, 0)) and name in constants:
                    yield from _in_cell(passage, name)
            case _:
                continue


def _in_cell(cell: Passage, name: str) -> Iterator[Comparison]:
    found: list[Comparison] = []
    start = 0
    ends = [(match.start(), match.end()) for match in _BETWEEN.finditer(cell.text)]
    for end, following in (*ends, (len(cell.text), len(cell.text))):
        part = _PART.fullmatch(cell.text[start:end].strip())
        if part is None:
            return
        span = cell.span(start, end)
        found.append(Comparison(part["left"] or name, part["sign"], part["right"], span))
        start = following
    yield from found
