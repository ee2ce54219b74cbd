"""Moves from one value to another: *`state[w]`: `IDLE` → `BUSY`*, *`x` moves from `A` to `B`*.

Such a line of an effect says two things: what the place is before the step, which is a condition of
it, and what it is behind it.
"""

from __future__ import annotations

import re

from conform.languages.markdown.formal.phrases import in_new_order
from conform.languages.markdown.manuscript import Fragment

_PLACE = r"[^\W\d]\w*(?:\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)?\]|\.[^\W\d]\w*)*"
_VALUE = r"[A-Z][A-Za-z0-9_]*|-?\d+|\"[^\"\n]*\""
_ARROW = r"\N{RIGHTWARDS ARROW}|\N{LONG RIGHTWARDS ARROW}|->"
_MOVE = re.compile(
    rf"`?(?P<place>{_PLACE})`?\s*(?:"
    rf":\s*(?:from\s+)?`?(?P<one>{_VALUE})`?\s*(?:{_ARROW}|\bto\b)"
    r"|\s(?:moves|goes|changes|transitions|switches|is\s+(?:moved|changed|switched))"
    rf"\s+from\s+`?(?P<two>{_VALUE})`?\s+to)"
    rf"\s*`?(?P<after>{_VALUE})`?[\s.;]*"
)


def is_move(text: str) -> bool:
    """Say whether a line tells from which value to which other one a place goes."""
    return _MOVE.fullmatch(text) is not None


def move_as_condition(text: Fragment) -> Fragment:
    """Return what a move says of the state before it, `x = A`; other text as it is."""
    match = _MOVE.fullmatch(text.text)
    if match is None:
        return text
    before = text.part(*match.span("one" if match["one"] else "two"))
    return in_new_order(text, [("", text.part(*match.span("place"))), (" = ", before)])


def move_as_assignment(text: Fragment) -> Fragment:
    """Return what a move assigns, `x := B`; other text as it is."""
    match = _MOVE.fullmatch(text.text)
    if match is None:
        return text
    place, after = text.part(*match.span("place")), text.part(*match.span("after"))
    return in_new_order(text, [("", place), (" := ", after)])
