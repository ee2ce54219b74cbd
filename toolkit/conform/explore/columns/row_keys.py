"""One exact 64-bit key for each row, however wide: never a fingerprint.

A row of 63 bits is its own key. A wider one falls into groups of leaves side by side, and its key
is that of their combination (`joined_numbers`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from conform.explore.columns.joined_numbers import JoinedNumbers, TooManyError
from conform.explore.columns.key_set import KeyNumbers, Keys
from conform.explore.columns.layout import Layout, Words, key_of

WIDEST = 63
"""Bits of a key, one less than a word has: so no key looks like a free place in a table."""

SIDE_BY_SIDE = 3
"""Numbers of groups in a key at most: of more of them each would have few bits."""

MOST_GROUPS = 12
"""Groups of a row at most."""

__all__ = ["RowKeys", "TooManyError"]


class RowKeys:
    """Keys of rows and back; each layout has its own, `relaid` from those of the one before."""

    def __init__(self, layout: Layout) -> None:
        """Number combinations from the beginning. Raises TooManyError."""
        self.layout = layout
        self._groups = [] if sum(layout.bits) <= WIDEST else _grouped(layout)
        self._joined = JoinedNumbers(len(self._groups), WIDEST, SIDE_BY_SIDE)

    @property
    def is_direct(self) -> bool:
        """Whether a row is its own key."""
        return not self._groups

    def of(self, words: Words) -> Keys:
        """Return the keys of rows. Raises TooManyError."""
        if self.is_direct:
            return words[:, 0]
        return self._joined.of([key_of(words, self.layout.joined(each)) for each in self._groups])

    def rows(self, keys: Keys) -> Words:
        """Return the rows that have these keys."""
        if self.is_direct:
            return keys.reshape(-1, 1)
        found = np.zeros((len(keys), self.layout.words), np.uint64)
        parts = zip(self._groups, self._joined.parts, self._joined.numbers(keys), strict=True)
        for leaves, known, numbers in parts:
            found |= self._placed(leaves, known.keys).take(numbers.view(np.int64), axis=0)
        return found

    def _placed(self, leaves: Sequence[int], combinations: Keys) -> Words:
        """Return rows that have these combinations in a group, and zeros elsewhere."""
        found = np.zeros((len(combinations), self.layout.words), np.uint64)
        shift = 0
        for each in reversed(self.layout.joined(leaves)):
            part = (combinations >> np.uint64(shift)) & np.uint64((1 << each.bits) - 1)
            found[:, each.word] |= part << np.uint64(each.shift)
            shift += each.bits
        return found

    def relaid(self, layout: Layout) -> RowKeys | None:
        """Return what gives the same keys to rows of a layout with wider leaves.

        None if no such thing is: then all keys are to be made anew.
        """
        widths = [sum(layout.bits[leaf] for leaf in leaves) for leaves in self._groups]
        if self.is_direct or max(widths) > WIDEST:
            return None
        after = RowKeys.__new__(RowKeys)
        after.layout, after._groups = layout, self._groups
        found = []
        for leaves, known in zip(self._groups, self._joined.parts, strict=True):
            rows = layout.transferred(self._placed(leaves, known.keys), self.layout)
            same = KeyNumbers()
            same.numbers(key_of(rows, layout.joined(leaves)))
            found.append(same)
        after._joined = self._joined.renumbered(found)
        return after


def _grouped(layout: Layout) -> list[list[int]]:
    """Return groups of about as many bits each, as few as can be. Raises TooManyError."""
    total = sum(layout.bits)
    for count in range(2, MOST_GROUPS + 1):
        ends = np.cumsum(layout.bits)
        places: NDArray[np.int64] = np.clip((ends - 1) * count // total, 0, count - 1)
        groups = [np.flatnonzero(places == place).tolist() for place in range(count)]
        if all(sum(layout.bits[leaf] for leaf in leaves) <= WIDEST for leaves in groups):
            return [leaves for leaves in groups if leaves]
    raise TooManyError
