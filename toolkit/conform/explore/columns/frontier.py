"""The rows of the states that were found and wait to be expanded: a queue in parts.

States are expanded in the order of their numbers, which is the order in which they were found. A
part goes once all of it is expanded, so there are never two levels as a whole.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

import numpy as np

from conform.explore.columns.layout import Words

PART = 1 << 14
"""Rows of a part, which are expanded at once at most: their places are numbers of 16 bits, which
sort quickly."""


class Frontier:
    """Rows by the numbers of their states: those from `first` up to `end` are here."""

    def __init__(self, first: int) -> None:
        """Begin with no rows; the next ones are those of the state `first` and following."""
        self.first = self.end = first
        self._parts: deque[Words] = deque()

    def append(self, rows: Words) -> None:
        """Add the rows of the next states."""
        done = 0
        while done < len(rows):
            place = (self.end - self.first) % PART
            if not place:
                self._parts.append(np.empty((PART, rows.shape[1]), np.uint64))
            count = min(PART - place, len(rows) - done)
            self._parts[-1][place : place + count] = rows[done : done + count]
            self.end, done = self.end + count, done + count

    def end_of_part(self, number: int) -> int:
        """Return the number after the last state in the part that a state is in."""
        return min(self.end, number + PART - (number - self.first) % PART)

    def rows(self, first: int, end: int) -> Words:
        """Return the rows of some states; they are not copied where they are in one part."""
        place, offset = divmod(first - self.first, PART)
        if end <= self.end_of_part(first):
            return self._parts[place][offset : offset + end - first]
        found: list[Words] = []
        while first < end:
            after = min(end, self.end_of_part(first))
            found.append(self.rows(first, after))
            first = after
        return np.concatenate(found)

    def parts(self) -> Iterator[Words]:
        """Yield all rows, some at a time."""
        for first in range(self.first, self.end, PART):
            yield self.rows(first, self.end_of_part(first))

    def drop(self, end: int) -> None:
        """Let go of the parts that hold no states from the number `end` on."""
        while end - self.first >= PART:
            self._parts.popleft()
            self.first += PART

    def changed(self, change: Callable[[Words], Words]) -> Frontier:
        """Return the same states with other rows."""
        after = Frontier(self.first)
        for part in self.parts():
            after.append(change(part))
        return after
