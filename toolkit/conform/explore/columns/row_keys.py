"""One exact 64-bit key for each row, however wide: never a fingerprint.

A row of 63 bits is its own key. A wider one falls into two or three groups of leaves side by side;
the combinations of values that a group takes are few beside the states, and are numbered as they
appear. The numbers side by side are the key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from conform.explore.columns.key_set import KeyNumbers, Keys
from conform.explore.columns.layout import Layout, Words, key_of

WIDEST = 63
"""Bits of a key, one less than a word has: so no key looks like a free place in a table."""

MOST_GROUPS = 3
"""Groups of a row at most: the numbers of more would have few bits each."""


class TooManyError(Exception):
    """Rows are too wide, or have too many combinations or images of values, for keys."""


@dataclass(slots=True)
class _Group:
    """Leaves side by side, and the numbers of the combinations that they take."""

    leaves: Sequence[int]
    numbers: KeyNumbers = field(default_factory=KeyNumbers)


class RowKeys:
    """Keys of rows and back; each layout has its own, `relaid` from those of the one before."""

    def __init__(self, layout: Layout) -> None:
        """Number combinations from the beginning. Raises TooManyError."""
        self.layout = layout
        self._groups = [] if sum(layout.bits) <= WIDEST else _grouped(layout)
        self._width = WIDEST // max(1, len(self._groups))

    @property
    def is_direct(self) -> bool:
        """Whether a row is its own key."""
        return not self._groups

    def of(self, words: Words) -> Keys:
        """Return the keys of rows. Raises TooManyError."""
        if self.is_direct:
            return words[:, 0]
        found = np.zeros(len(words), np.uint64)
        for group in self._groups:
            numbers = group.numbers.numbers(key_of(words, self.layout.joined(group.leaves)))
            if len(group.numbers) >> self._width:
                raise TooManyError
            found <<= np.uint64(self._width)
            found |= numbers.view(np.uint64)
        return found

    def rows(self, keys: Keys) -> Words:
        """Return the rows that have these keys."""
        if self.is_direct:
            return keys.reshape(-1, 1)
        found = np.zeros((len(keys), self.layout.words), np.uint64)
        mask = np.uint64((1 << self._width) - 1)
        for place, group in enumerate(reversed(self._groups)):
            numbers = (keys >> np.uint64(place * self._width)) & mask
            found |= self._placed(group, group.numbers.keys)[numbers.view(np.int64)]
        return found

    def _placed(self, group: _Group, combinations: Keys) -> Words:
        """Return rows that have these combinations in a group, and zeros elsewhere."""
        found = np.zeros((len(combinations), self.layout.words), np.uint64)
        shift = 0
        for each in reversed(self.layout.joined(group.leaves)):
            part = (combinations >> np.uint64(shift)) & np.uint64((1 << each.bits) - 1)
            found[:, each.word] |= part << np.uint64(each.shift)
            shift += each.bits
        return found

    def relaid(self, layout: Layout) -> RowKeys | None:
        """Return what gives the same keys to rows of a layout with wider leaves.

        None if no such thing is: then all keys are to be made anew.
        """
        widths = [sum(layout.bits[leaf] for leaf in group.leaves) for group in self._groups]
        if self.is_direct or max(widths) > WIDEST:
            return None
        after = RowKeys.__new__(RowKeys)
        after.layout, after._width = layout, self._width
        after._groups = []
        for group in self._groups:
            rows = layout.transferred(self._placed(group, group.numbers.keys), self.layout)
            same = _Group(group.leaves)
            same.numbers.numbers(key_of(rows, layout.joined(group.leaves)))
            after._groups.append(same)
        return after


def _grouped(layout: Layout) -> list[_Group]:
    """Return groups of about as many bits each, as few as can be. Raises TooManyError."""
    total = sum(layout.bits)
    for count in range(2, MOST_GROUPS + 1):
        ends = np.cumsum(layout.bits)
        places: NDArray[np.int64] = np.clip((ends - 1) * count // total, 0, count - 1)
        groups = [np.flatnonzero(places == place).tolist() for place in range(count)]
        if all(sum(layout.bits[leaf] for leaf in leaves) <= WIDEST for leaves in groups):
            return [_Group(leaves) for leaves in groups if leaves]
    raise TooManyError
