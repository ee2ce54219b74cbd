"""Sets and numberings of 64-bit keys as arrays: hash tables with open addressing, asked in bulk.

Facts followed: linear probing (Knuth, The Art of Computer Programming 3, 6.4), all keys of a call
taking each step together. A key of a set takes 8 bytes and about as much again of free room.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Places = NDArray[np.int64]
Numbers = NDArray[np.int32]
Flags = NDArray[np.bool_]

FIRST_BITS = 12
"""Bits of a place in the smallest table."""

LOAD = 0.66
"""The share of all places that keys may take."""

FREE = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
"""Marks a place that no key has taken; no key looks like it."""

MOVED = 1 << 20
"""Keys that are moved at once when a table grows."""

_FOLD = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)


def scattered(keys: Keys, bits: int) -> Places:
    """Return a place for each key, of so many bits, that depends on all bits of the key."""
    mixed = keys >> _HALF
    mixed ^= keys
    mixed *= _FOLD
    mixed >>= np.uint64(64 - bits)
    return mixed.view(np.int64)


def places_of(table: Keys, bits: int, keys: Keys) -> tuple[Places, Flags]:
    """Return the place of each key, or the free one where it would be; and which are free."""
    places = scattered(keys, bits)
    found = table.take(places)
    is_free: Flags = found == FREE
    pending = np.flatnonzero((found != keys) & ~is_free)
    mask = len(table) - 1
    while len(pending):
        further = (places.take(pending) + 1) & mask
        places[pending] = further
        found = table.take(further)
        ended = found == FREE
        is_free[pending.compress(ended)] = True
        pending = pending.compress((found != keys.take(pending)) & ~ended)
    return places, is_free


def put(table: Keys, bits: int, keys: Keys) -> None:
    """Put distinct keys, none of which is there, into a table that has room for them."""
    mask = len(table) - 1
    places = scattered(keys, bits)
    while len(keys):
        is_free = table.take(places) == FREE
        table[places.compress(is_free)] = keys.compress(is_free)  # of several, one stays
        left = np.flatnonzero(table.take(places) != keys)
        keys, places = keys.take(left), (places.take(left) + 1) & mask


def bits_for(count: int, bits: int) -> int:
    """Return how many bits places have in a table for so many keys, `bits` at least."""
    while count > LOAD * (1 << bits):
        bits += 1
    return bits


def most_in(places: int) -> int:
    """Return how many keys fill the largest table of at most so many places."""
    return int(LOAD * (1 << places.bit_length() >> 1))


class KeySet:
    """Keys that were met; those that are added must be distinct, and absent before."""

    def __init__(self, room: int = 0) -> None:
        """Have room for so many keys from the beginning."""
        self._bits = bits_for(room, FIRST_BITS)
        self._table: Keys = np.full(1 << self._bits, FREE)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def nbytes(self) -> int:
        """The bytes that the keys take, their free room included."""
        return self._table.nbytes

    def close(self) -> None:
        """There is nothing to let go of."""

    def parts(self) -> Iterator[Keys]:
        """Yield all keys in no particular order, some at a time."""
        for first in range(0, len(self._table), MOVED):
            part = self._table[first : first + MOVED]
            yield part.compress(part != FREE)

    def absent(self, keys: Keys) -> Flags:
        """Return which keys, among which one may be twice, are not in the set."""
        return places_of(self._table, self._bits, keys)[1]

    def add(self, keys: Keys) -> None:
        """Add distinct keys, none of which is there."""
        self._count += len(keys)
        while self._count > LOAD * len(self._table):
            self._double()
        put(self._table, self._bits, keys)

    def _double(self) -> None:
        """Make the table twice as large, where it is.

        A place has the highest bits of what scatters its key: so keys move up, to about twice the
        place that they had, and those at the end are moved first.
        """
        count = len(self._table)
        self._table.resize(2 * count, refcheck=False)
        self._table[count:] = FREE
        self._bits += 1
        for first in reversed(range(0, count, MOVED)):
            part = self._table[first : min(first + MOVED, count)]
            keys = part.compress(part != FREE)
            part[:] = FREE
            put(self._table, self._bits, keys)


class KeyNumbers:
    """Keys numbered in the order in which they were met."""

    def __init__(self) -> None:
        self._bits = FIRST_BITS
        self._table: Keys = np.full(1 << FIRST_BITS, FREE)
        self._numbers = np.zeros(1 << FIRST_BITS, np.int32)
        self._keys: Keys = np.zeros(1 << FIRST_BITS, np.uint64)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def keys(self) -> Keys:
        """The keys by their numbers."""
        return self._keys[: self._count]

    def found(self, keys: Keys) -> Numbers:
        """Return the number of each key, -1 for one that was not met."""
        places, is_free = places_of(self._table, self._bits, keys)
        numbers: Numbers = self._numbers.take(places)
        numbers[is_free] = -1
        return numbers

    def numbers(self, keys: Keys) -> Places:
        """Return the number of each key; one that is new gets the next."""
        places, is_free = places_of(self._table, self._bits, keys)
        if is_free.any():
            new = keys.compress(is_free)
            self._add(new.take(first_places(new)))
            places, _ = places_of(self._table, self._bits, keys)
        return self._numbers.take(places).astype(np.int64)

    def _add(self, keys: Keys) -> None:
        count = self._count + len(keys)
        if count > len(self._keys):
            kept = np.zeros(2 * count, np.uint64)
            kept[: self._count] = self.keys
            self._keys = kept
        self._keys[self._count : count] = keys
        first, self._count = self._count, count
        bits = bits_for(count, self._bits)
        if bits > self._bits:
            self._bits, first = bits, 0
            self._table = np.full(1 << bits, FREE)
            self._numbers = np.zeros(1 << bits, np.int32)
        put(self._table, self._bits, self._keys[first:count])
        places, _ = places_of(self._table, self._bits, self._keys[first:count])
        self._numbers[places] = np.arange(first, count)


def first_places(keys: Keys) -> Places:
    """Return where each distinct key is first, in ascending order.

    Each key is written to a place in a table, the first of all last; keys that lost their place to
    another are few, and sorted.
    """
    count = len(keys)
    if not count:
        return np.zeros(0, np.int64)
    bits = (4 * count).bit_length()
    places = scattered(keys, bits)
    numbers = np.arange(count, dtype=np.int64)
    table = np.empty(1 << bits, np.int64)
    table[places[::-1]] = numbers[::-1]  # assigned in order: the last one stays
    holders = table.take(places)
    firsts: Places = numbers.compress(holders == numbers)
    lost = np.flatnonzero(keys.take(holders) != keys)
    if not len(lost):
        return firsts
    _, others = np.unique(keys[lost], return_index=True)
    return np.sort(np.concatenate((firsts, lost[others])))
