"""The states of a graph by columns: for some slots, each state's values there as one number.

Whoever looks at all states of a graph, or at all its edges, works on these arrays; values are
looked at once for each number, whatever the number of states. Numbers are read off the packed
states, slot by slot and once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from conform.explore.packing import Packing
from conform.explore.space import NOWHERE

Numbers: TypeAlias = NDArray[np.integer[Any]]
"""Numbers of states, edges, nodes, or of whatever the name says."""

Flags: TypeAlias = NDArray[np.bool_]
"""Whether something holds, place by place."""

LIMB_BITS = 64
"""Bits of the machine words that a packed state is cut into."""

MAX_KEY = 1 << 62
"""A bound on keys of several codes: above it they are numbered anew."""


class Column(Struct, frozen=True):
    """What some slots hold in all states, or what is seen of states on all edges.

    `codes` has a number for each, equal where the values are. The numbers are 0 to n - 1 in the
    order in which they first appear; `firsts` has, for each number, the first that has it.
    """

    codes: Numbers
    firsts: Numbers

    def __len__(self) -> int:
        return len(self.firsts)


@dataclass
class StateColumns:
    """The columns of packed states; each is made when it is first asked for."""

    words: Sequence[int]
    packing: Packing
    _codes: dict[int, Numbers] = field(default_factory=dict)
    _known: dict[frozenset[int], Column] = field(default_factory=dict)

    def column(self, slots: Iterable[int]) -> Column:
        """Return the column of these slots; one of equal numbers where there are none."""
        chosen = frozenset(slots)
        known = self._known.get(chosen)
        if known is None:
            known = self._known[chosen] = self._made(chosen)
        return known

    def codes(self, slot: int) -> Numbers:
        """Return for each state the code of its value in `slot`: equal values, equal codes."""
        known = self._codes.get(slot)
        if known is None:
            known = self._codes[slot] = self._unpacked(slot)
        return known

    def _made(self, slots: frozenset[int]) -> Column:
        return combined((self.codes(slot) for slot in sorted(slots)), len(self.words))

    def _unpacked(self, slot: int) -> Numbers:
        codes, known = np.zeros(len(self.words), np.uint64), 0
        for shift, bits in self.packing.places(slot):
            codes |= self._bits(shift, bits) << np.uint64(known)
            known += bits
        return codes.astype(np.int64)

    def _bits(self, shift: int, bits: int) -> NDArray[np.uint64]:
        limb, offset = divmod(shift, LIMB_BITS)
        found: NDArray[np.uint64] = self._limbs[limb] >> np.uint64(offset)
        if offset + bits > LIMB_BITS:
            found |= self._limbs[limb + 1] << np.uint64(LIMB_BITS - offset)
        found &= np.uint64((1 << bits) - 1)
        return found

    @cached_property
    def _limbs(self) -> NDArray[np.uint64]:
        """The packed states, the lowest bits first: a row for each 64 bits."""
        count = -(-self.packing.width // LIMB_BITS) or 1
        size = count * LIMB_BITS // 8
        joined = b"".join([word.to_bytes(size, "little") for word in self.words])
        return np.ascontiguousarray(np.frombuffer(joined, "<u8").reshape(-1, count).T)


def numbered(keys: Numbers, size: int) -> Column:
    """Return the column of keys that are under `size`, and not negative."""
    if size > 4 * len(keys) + 1024:  # a table would be mostly empty
        return in_order_of_appearance(keys)
    places = np.full(size, NOWHERE, np.int64)
    places[keys[::-1]] = np.arange(len(keys) - 1, -1, -1)  # the last one written is the first place
    firsts = np.sort(places.compress(places != NOWHERE))
    table = np.zeros(size, np.int64)
    table[keys.take(firsts)] = np.arange(len(firsts))
    return Column(table.take(keys), firsts)


def combined(parts: Iterable[Numbers], count: int) -> Column:
    """Return the column of what several arrays of `count` codes say together, none negative."""
    keys: Numbers = np.zeros(count, np.int64)
    size = 1
    for codes in parts:
        width = int(codes.max(initial=0)) + 1
        if size * width >= MAX_KEY:
            column = numbered(keys, size)
            keys, size = column.codes, len(column)
        keys = keys * width + codes
        size *= width
    return numbered(keys, size)


def distinct(keys: Numbers) -> Numbers:
    """Return the different ones of some numbers, ascending.

    By sorting: numpy's own `unique` puts them into a hash table, which takes many times as long.
    """
    ordered = np.sort(keys)
    is_new = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_new[1:])
    found: Numbers = ordered.compress(is_new)
    return found


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
    return Column(ranks.take(numbers.reshape(-1)), firsts.take(order).astype(np.int64))
