"""From the codes that a question reads to the row of a table: what was asked before, and where.

While keys are short, a row is found in an array that has an entry for each possible key; keys that
are longer are kept sorted.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from conform.explore.columns.layout import Codes, Field, Layout, Words, key_of

DENSE_BITS = 18
"""Bits of keys that index an array: a megabyte of rows."""

MAX_BITS = 64

Rows = NDArray[np.int32]

UNKNOWN = -1


class TooWideError(Exception):
    """A question reads more than a key can hold."""


class Combinations:
    """Combinations of codes of some `width` leaves, which are added one by one and read as one."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._rows: list[tuple[int, ...]] = []
        self._matrix: Codes = np.empty((0, width), np.int64)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: int) -> tuple[int, ...]:
        return self._rows[place]

    def add(self, rows: Sequence[tuple[int, ...]]) -> Codes:
        """Add combinations behind all others, and return them as a matrix."""
        self._rows.extend(rows)
        return np.array(rows, np.int64).reshape(len(rows), self._width)

    @property
    def matrix(self) -> Codes:
        """All combinations, one row each."""
        known = len(self._matrix)
        if known < len(self):
            more = np.array(self._rows[known:], np.int64).reshape(len(self) - known, self._width)
            self._matrix = np.concatenate((self._matrix, more))
        return self._matrix


class KeyIndex:
    """The rows of one table by what they are asked about: the codes of the leaves `leaves`."""

    def __init__(self) -> None:
        self.leaves: tuple[int, ...] = ()
        self._known = Combinations(0)
        self._fields: list[Field] = []
        self._dense: Rows | None = None
        self._sorted: tuple[NDArray[np.uint64], Rows] | None = None
        self._shift = 0

    def reset(self, leaves: Sequence[int], layout: Layout) -> None:
        """Forget all rows: keys are of these leaves from now on. Raises TooWideError."""
        self.leaves = tuple(sorted(leaves))
        self._known = Combinations(len(self.leaves))
        self.lay_out(layout)

    def lay_out(self, layout: Layout) -> None:
        """Take up another layout; rows stay what they are. Raises TooWideError."""
        self._fields = layout.joined(self.leaves)
        self._widths = [layout.bits[leaf] for leaf in self.leaves]
        bits = sum(self._widths)
        if bits > MAX_BITS:
            raise TooWideError
        keys = self._keys_of_codes(self._known.matrix)
        rows = np.arange(len(keys), dtype=np.int32)
        self._dense = self._sorted = None
        if bits <= DENSE_BITS:
            self._dense = np.full(1 << bits, UNKNOWN, np.int32)
            self._dense[keys] = rows
        else:
            order = np.argsort(keys)
            self._sorted = (keys[order], rows[order])

    def keys(self, words: Words) -> NDArray[np.uint64]:
        """Return the keys of some states."""
        return key_of(words, self._fields)

    def rows(self, keys: NDArray[np.uint64]) -> Rows:
        """Return the rows of keys, UNKNOWN for those that were never asked about."""
        if self._dense is not None:
            return self._dense[keys]
        assert self._sorted is not None, "a layout was taken up"
        known, rows = self._sorted
        if not len(known):
            return np.full(len(keys), UNKNOWN, np.int32)
        places = np.searchsorted(known, keys)
        places[places == len(known)] = 0
        return np.where(known[places] == keys, rows[places], np.int32(UNKNOWN))

    def add(self, codes: Sequence[tuple[int, ...]]) -> None:
        """Add a row for each combination of codes, none of which is there yet."""
        first = len(self._known)
        keys = self._keys_of_codes(self._known.add(codes))
        rows = np.arange(first, len(self._known), dtype=np.int32)
        if self._dense is not None:
            self._dense[keys] = rows
            return
        assert self._sorted is not None, "a layout was taken up"
        all_keys = np.concatenate((self._sorted[0], keys))
        order = np.argsort(all_keys, kind="stable")
        self._sorted = (all_keys[order], np.concatenate((self._sorted[1], rows))[order])

    def _keys_of_codes(self, matrix: Codes) -> NDArray[np.uint64]:
        keys = np.zeros(len(matrix), np.uint64)
        for place, width in enumerate(self._widths):
            keys = (keys << np.uint64(width)) | matrix[:, place].astype(np.uint64)
        return keys
