"""Items of an effect that have items in themselves: *If `P`:*, and below it what is done then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from conform.domain.spec import Line

_OPENS = re.compile(
    r"(?:if|when|for\s+(?:each|every|all))\b.*:|(?:else|otherwise)\s*(?P<bare>[:,])",
    re.I | re.DOTALL,
)
_NAMES_VALUE = re.compile(r"(?:let|with)\b", re.I)

DeepLine = tuple[int, Line]
"""A line with the number of lists around its item."""


def nested(lines: Sequence[DeepLine]) -> Iterator[Line]:
    """Yield the lines, those below an item that opens a condition or a loop as one with it.

    What is named there (`Let x = e`) stands in front: it is evaluated where it is used.
    """
    place = 0
    while place < len(lines):
        depth, line = lines[place]
        end = place + 1
        while end < len(lines) and lines[end][0] > depth:
            end += 1
        inner = lines[place + 1 : end]
        if inner and _OPENS.fullmatch(line.text.strip()):
            yield from _with_inner(line, list(nested(inner)))
            place = end
        else:
            yield line
            place += 1


def _with_inner(line: Line, inner: Sequence[Line]) -> Iterator[Line]:
    yield from (each for each in inner if _NAMES_VALUE.match(each.text))
    done = tuple(each for each in inner if not _NAMES_VALUE.match(each.text))
    opening = _OPENS.fullmatch(line.text.strip())
    is_formal = line.is_formal or bool(opening and opening["bare"])
    yield replace(
        line,
        text=f"{line.text.strip()} ({'; '.join(each.text for each in done)})",
        is_formal=is_formal and bool(done) and all(each.is_formal for each in done),
        inner=done,
    )
