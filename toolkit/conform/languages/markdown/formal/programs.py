"""Effects that are written as programs are: `n = n + 1` and below it `if n > Max: …`.

All assignments of an effect are made at once. A program makes one after the other: where that is
not the same, its later lines are prose. An effect with a `:=` or a prime is written in the
notation, whatever its other lines look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.languages.markdown.formal.assignments import assigned
from conform.languages.markdown.formal.document import FormalLine, ProseLine
from conform.languages.markdown.formal.lines import LinesRead
from conform.languages.markdown.formal.traversal import names_in
from conform.languages.markdown.formal.worded_formulas import PLACE

_BY_EQUALS = re.compile(rf"\s*{PLACE}\s*(?:[+-]=|=(?![=>]))")
"""An assignment without a sign of its own, and without a prime."""
_IN_THE_NOTATION = re.compile(r":=|←|[\w\]]'(?!\w)")
"""A sign of an assignment, or a prime, which no program has."""


def without_sequences(effect: LinesRead) -> LinesRead:
    """Return an effect in which no line of a program reads what a line above it assigns."""
    texts = [line.text for line in effect.formal]
    if any(map(_IN_THE_NOTATION.search, texts)) or not any(map(_BY_EQUALS.match, texts)):
        return effect
    later = list(_later(effect.formal))
    formal = tuple(line for line in effect.formal if line not in later)
    return LinesRead(formal, (*effect.prose, *(_prose(line) for line in later)))


def _later(lines: tuple[FormalLine, ...]) -> Iterator[FormalLine]:
    """Yield the lines that read what a line above them assigns."""
    above: set[str] = set()
    for line in lines:
        if not above.isdisjoint(names_in(line.statements)):
            yield line
        above.update(assigned(line.statements))


def _prose(line: FormalLine) -> ProseLine:
    return ProseLine(line.text, line.span, None)
