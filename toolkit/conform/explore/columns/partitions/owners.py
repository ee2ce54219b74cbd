"""Which of several processes owns a state: told by what some of its leaves hold.

Leaves are hashed by their codes, not by the bits of a row: a code stays what it is when a layout
grows wider, and so does the owner of a state.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from conform.explore.columns.layout import Layout, Words

Numbers = NDArray[np.uint8]

MOST = 1 << 8
"""Owners at most: a number of theirs is a byte."""

MOST_LEAVES = 12
"""Leaves that are hashed at most: those whose values tell most states apart."""

SAMPLES = 1 << 14
"""States by which leaves are chosen."""

_FOLD = 0x9E3779B97F4A7C15
_HALF = np.uint64(32)


class Owners(Struct, frozen=True):
    """`count` owners, numbered from 0, of states that are hashed by these leaves."""

    count: int
    leaves: tuple[int, ...]

    def of(self, words: Words, layout: Layout) -> Numbers:
        """Return the number of each row's owner."""
        codes = layout.codes(words, self.leaves).view(np.uint64)
        mixed = codes @ _factors(len(self.leaves))
        mixed ^= mixed >> _HALF
        mixed *= np.uint64(_FOLD)
        mixed >>= _HALF
        mixed *= np.uint64(self.count)
        mixed >>= _HALF
        return mixed.astype(np.uint8)


def owners_of(rows: Words, layout: Layout, count: int) -> Owners:
    """Return `count` owners among which rows like these are spread."""
    step = max(1, len(rows) // SAMPLES)
    codes = layout.codes(rows[::step])
    entropies = [_entropy(column) for column in codes.T]
    chosen = sorted(range(len(entropies)), key=lambda leaf: -entropies[leaf])[:MOST_LEAVES]
    return Owners(count, tuple(sorted(chosen)))


def _factors(count: int) -> NDArray[np.uint64]:
    """Return odd factors, the powers of one."""
    return np.array([pow(_FOLD, power, 1 << 64) for power in range(1, count + 1)], np.uint64)


def _entropy(column: NDArray[np.int64]) -> float:
    """Return how much the values of a leaf tell, in bits a state (Shannon 1948)."""
    _, counts = np.unique(column, return_counts=True)
    shares = counts / len(column)
    return float(-(shares * np.log2(shares)).sum())


def places_by_owner(numbers: Numbers, owners: int) -> Sequence[NDArray[np.intp]]:
    """Return for each owner where its number is."""
    return [np.flatnonzero(numbers == number) for number in range(owners)]
