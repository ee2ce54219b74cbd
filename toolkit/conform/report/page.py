"""A page for people: lines and tables with styles, and its plain rendering in stable bytes.

What a page shows may come from anyone, so control characters, which could drive a terminal, are
shown as escapes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum
from typing import TypeAlias, assert_never

from msgspec import Struct

from conform.domain.finding import Severity
from conform.domain.report import Verdict


class Style(Enum):
    """What a piece of text is; a terminal gives each its look."""

    NORMAL = "normal"
    TITLE = "title"
    GOOD = "good"
    BAD = "bad"
    UNSURE = "unsure"
    QUIET = "quiet"


class Piece(Struct, frozen=True):
    """A stretch of text of one style."""

    text: str
    style: Style = Style.NORMAL


class Line(Struct, frozen=True):
    """One line; without pieces an empty one."""

    pieces: tuple[Piece, ...] = ()


class Table(Struct, frozen=True):
    """Rows of as many cells as there are headers; never without rows."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Piece, ...], ...]


Block: TypeAlias = Line | Table

INDENT = 2
"""Spaces before a table, and before what belongs to the line above."""

_GAP = "  "
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

_OF_VERDICT = {
    Verdict.PASS: Style.GOOD,
    Verdict.FAIL: Style.BAD,
    Verdict.INCOMPLETE: Style.UNSURE,
    Verdict.ERROR: Style.BAD,
}
_OF_SEVERITY = {
    Severity.ERROR: Style.BAD,
    Severity.INCOMPLETE: Style.UNSURE,
    Severity.WARNING: Style.UNSURE,
}


def verdict_piece(verdict: Verdict) -> Piece:
    """Return a verdict in its style."""
    return Piece(verdict, _OF_VERDICT[verdict])


def severity_piece(severity: Severity, text: str) -> Piece:
    """Return `text` in the style of a severity."""
    return Piece(text, _OF_SEVERITY[severity])


def line(*pieces: str | Piece) -> Line:
    """Return the line of these pieces."""
    return Line(tuple(p if isinstance(p, Piece) else Piece(p) for p in pieces))


def indented(text: str, style: Style = Style.NORMAL) -> Iterable[Line]:
    """Yield the lines of `text`, indented."""
    for each in text.split("\n"):
        yield line(Piece(f"{' ' * INDENT}{each}", style))


def visible(text: str) -> str:
    """Return `text` with every control character but the line break as an escape; tabs as spaces.

    Marks that turn the direction of writing are escaped too: they can make a line lie.
    """
    return _UNPRINTABLE.sub(_escape, text.expandtabs(8))


def width_of(text: str) -> int:
    """Return the columns that `text` takes on a screen."""
    return sum(map(_columns, text))


def to_plain(blocks: Iterable[Block]) -> str:
    """Return the page without any styling; every line ends in a line break."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case Line(pieces):
                lines.append("".join(visible(piece.text) for piece in pieces).rstrip())
            case Table():
                lines.extend(_plain_table(block))
            case _:
                assert_never(block)
    return "".join(f"{each}\n" for each in lines)


def _plain_table(table: Table) -> Iterable[str]:
    rows = [table.headers, *(tuple(_cell(piece) for piece in row) for row in table.rows)]
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (f"{cell}{' ' * (w - width_of(cell))}" for cell, w in zip(row, widths, strict=True))
        yield f"{' ' * INDENT}{_GAP.join(cells)}".rstrip()


def _cell(piece: Piece) -> str:
    return visible(piece.text).replace("\n", " ")


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
