"""How a report is to be written: how much of it, and for what kind of screen."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class Detail(Enum):
    """How much a person is shown; formats for machines always carry everything."""

    QUIET = "findings and verdict"
    NORMAL = "what was looked at, findings and verdict"
    VERBOSE = "everything, seconds included"


class WriteOptions(Struct, frozen=True):
    """`width` is that of the terminal in characters; None when no terminal reads the output."""

    detail: Detail = Detail.NORMAL
    width: int | None = None
