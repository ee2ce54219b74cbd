"""Pieces of a guard or an effect that name a value first: *with `last = f(w)`: `x := last`*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.languages.markdown.inline import CODE, masked
from conform.languages.markdown.manuscript import Fragment

_LET_BEFORE = re.compile(
    rf"(?:with|let|where|for)\s+(?P<let>{CODE}+)\s*(?:[:,;]|\bset\b)\s*(?={CODE})", re.I
)
_EQUATION = re.compile(r"`\s*[^\W\d]\w*\s*(?:=|:=|\u225c)(?![=>])[^`]+`")


def worded_pieces(piece: Fragment) -> Iterator[Fragment]:
    """Yield a piece, or what it names and then what it says of that."""
    match = _LET_BEFORE.match(masked(piece.text))
    if match is not None and _EQUATION.fullmatch(piece.text, *match.span("let")):
        yield piece.part(0, match.end("let"))
        piece = piece.part(match.end()).strip()
    yield piece
