"""The states of a graph by columns: for some slots, each state's values there as one number.

Whoever looks at all states of a graph, or at all its edges, works on these arrays; values are
looked at once for each number, whatever the number of states.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from conform.explore.packing import Packing

Numbers = NDArray[np.int64]
"""Numbers of states, of edges, or of combinations of values."""

_PART_BITS = 64


@dataclass(frozen=True, slots=True)
class Column:
    """Some slots in all states: `codes` has a number for each state, equal where the values are.

    The numbers are 0 to n - 1 in the order in which they first appear; `firsts` has, for each, the
    first state that has it.
    """

    codes: Numbers
    firsts: Numbers


@dataclass(slots=True)
class StateColumns:
    """The columns of packed states; each is made when it is first asked for."""

    words: Sequence[int]
    packing: Packing
    _parts: NDArray[np.uint64] | None = None
    _known: dict[frozenset[int], Column] = field(default_factory=dict)

    def column(self, slots: Iterable[int]) -> Column:
        """Return the column of these slots; one of equal numbers where there are none."""
        chosen = frozenset(slots)
        known = self._known.get(chosen)
        if known is None:
            known = self._known[chosen] = self._made(chosen)
        return known

    def _made(self, slots: frozenset[int]) -> Column:
        """Return the column of slots that nobody asked for yet."""
        if self._parts is None:
            self._parts = _parts(self.words)
        bits = self.packing.mask(slots).bits
        codes = np.zeros(len(self.words), np.int64)
        for part in self._parts:
            wanted, bits = bits & (1 << _PART_BITS) - 1, bits >> _PART_BITS
            if wanted:
                codes = joined(codes, part & np.uint64(wanted))
        return in_order_of_appearance(codes)


def _parts(words: Sequence[int]) -> NDArray[np.uint64]:
    """Return the words cut into parts of 64 bits, the lowest first: a row for each part."""
    longest = max((word.bit_length() for word in words), default=0)
    count = max(1, -(-longest // _PART_BITS))
    data = b"".join([word.to_bytes(count * 8, "little") for word in words])
    rows = np.frombuffer(data, np.dtype("<u8")) if data else np.zeros(0, np.uint64)
    return np.ascontiguousarray(rows.reshape(-1, count).T)


def joined(one: NDArray[np.generic], other: NDArray[np.generic]) -> Numbers:
    """Return numbers from 0 that are equal where both arrays have equal elements."""
    _, firsts = np.unique(one, return_inverse=True)
    values, seconds = np.unique(other, return_inverse=True)
    pairs = firsts.astype(np.int64) * max(1, len(values)) + seconds
    numbers: Numbers = np.unique(pairs, return_inverse=True)[1].astype(np.int64)
    return numbers


def in_order_of_appearance(codes: NDArray[np.generic]) -> Column:
    """Return the column of these elements, numbered in the order in which they first appear."""
    _, firsts, numbers = np.unique(codes, return_index=True, return_inverse=True)
    order = np.argsort(firsts, kind="stable")
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return Column(ranks[numbers], firsts[order].astype(np.int64))
