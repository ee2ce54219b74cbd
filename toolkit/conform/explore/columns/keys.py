"""From the codes that a question reads to the row of a table: what was asked before, and where.

While keys are short, a row is found in an array that has an entry for each possible key; keys that
are longer are in a hash table. Where what is read is wider than a key, combinations of values of
some leaves are numbered, and the numbers are the key.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from conform.explore.columns.joined_numbers import JoinedNumbers, TooManyError
from conform.explore.columns.key_set import KeyNumbers, Keys
from conform.explore.columns.layout import Codes, Field, Layout, Words, key_of

DENSE_BITS = 18
"""Bits of keys that index an array: a megabyte of rows."""

MAX_BITS = 63
"""Bits of a key, one less than a word has: none looks like a free place among numbered ones."""

MOST_PARTS = 12
"""Parts of what is read, each as wide as a key, whose combinations are numbered."""

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
    """Rows of a table by what they are asked about: the codes of the leaves `leaves`."""

    def __init__(self) -> None:
        self.leaves: tuple[int, ...] = ()
        self._known = Combinations(0)
        self._rows: Rows = np.zeros(0, np.int32)
        self._fields: list[Field] = []
        self._widths: list[int] = []
        self._parts: list[list[int]] = []
        self._joined = JoinedNumbers(0, MAX_BITS, 2)
        self._layout = Layout.of(())
        self._dense: Rows | None = None
        self._numbers = KeyNumbers()
        self._shift = 0

    def reset(self, leaves: Sequence[int], layout: Layout) -> None:
        """Forget all rows: keys are of these leaves from now on. Raises TooWideError."""
        self.leaves = tuple(sorted(leaves))
        self._known = Combinations(len(self.leaves))
        self._rows = np.zeros(0, np.int32)
        self.lay_out(layout)

    def lay_out(self, layout: Layout) -> None:
        """Take up another layout; rows stay what they are. Raises TooWideError."""
        self._layout = layout
        self._widths = [layout.bits[leaf] for leaf in self.leaves]
        bits = sum(self._widths)
        self._fields = layout.joined(self.leaves) if bits <= MAX_BITS else []
        self._parts = [] if bits <= MAX_BITS else self._parted()
        self._joined = JoinedNumbers(len(self._parts), MAX_BITS, 2)
        keys = self._keys_of_codes(self._known.matrix)
        self._dense = None
        self._numbers = KeyNumbers()
        if bits <= DENSE_BITS:
            self._dense = np.full(1 << bits, UNKNOWN, np.int32)
            self._dense[keys] = self._rows
        else:
            self._numbers.numbers(keys)

    def _parted(self) -> list[list[int]]:
        """Return the columns of leaves side by side, in parts that a key can hold."""
        found: list[list[int]] = []
        used = MAX_BITS
        for column, width in enumerate(self._widths):
            if used + width > MAX_BITS:
                found.append([])
                used = 0
            found[-1].append(column)
            used += width
        if len(found) > MOST_PARTS:
            raise TooWideError
        return found

    def keys(self, words: Words) -> Keys:
        """Return the keys of some states. Raises TooWideError."""
        if not self._parts:
            return key_of(words, self._fields)
        leaves = [[self.leaves[column] for column in part] for part in self._parts]
        return self._numbered([key_of(words, self._layout.joined(each)) for each in leaves])

    def _numbered(self, parts: Sequence[Keys]) -> Keys:
        try:
            return self._joined.of(parts)
        except TooManyError:
            raise TooWideError from None

    def rows(self, keys: Keys) -> Rows:
        """Return the rows of keys, UNKNOWN for those that were never asked about."""
        if self._dense is not None:
            return self._dense.take(keys.view(np.int64))
        numbers = self._numbers.found(keys)
        found = self._rows.take(numbers, mode="clip") if len(self._rows) else numbers
        found[numbers < 0] = UNKNOWN
        return found

    def add(self, codes: Sequence[tuple[int, ...]], rows: Sequence[int]) -> None:
        """Add combinations of codes, none of which is there yet, and the row of each."""
        keys = self._keys_of_codes(self._known.add(codes))
        more = np.array(rows, np.int32)
        self._rows = np.concatenate((self._rows, more))
        if self._dense is not None:
            self._dense[keys] = more
        else:
            self._numbers.numbers(keys)

    def _keys_of_codes(self, matrix: Codes) -> Keys:
        if not self._parts:
            return self._side_by_side(matrix, range(len(self._widths)))
        return self._numbered([self._side_by_side(matrix, part) for part in self._parts])

    def _side_by_side(self, matrix: Codes, columns: Sequence[int]) -> Keys:
        keys = np.zeros(len(matrix), np.uint64)
        for column in columns:
            width = np.uint64(self._widths[column])
            keys = (keys << width) | matrix[:, column].astype(np.uint64)
        return keys
