"""Rows under other shapes: each combination of a variable's codes is taken apart anew, once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from conform.domain.values import Value
from conform.explore.columns.basis import Basis
from conform.explore.columns.layout import KEY_BITS, Codes, Layout, Words, key_of

_Places = NDArray[np.intp]


def combinations(layout: Layout, words: Words, leaves: Sequence[int]) -> tuple[Codes, _Places]:
    """Return the distinct combinations of codes that some leaves have, and each row's place."""
    if sum(layout.bits[leaf] for leaf in leaves) <= KEY_BITS:
        keys = key_of(words, layout.joined(leaves))
        _, firsts, inverse = np.unique(keys, return_index=True, return_inverse=True)
    else:
        codes = layout.codes(words, leaves)
        _, firsts, inverse = np.unique(codes, axis=0, return_index=True, return_inverse=True)
    return layout.codes(words.take(firsts, axis=0), leaves), inverse.reshape(-1)


class Reencoding:
    """From rows of one basis to the rows that they are in another: first `learn`, then `into`."""

    def __init__(self, before: Basis) -> None:
        self._before = before
        self._values: list[dict[tuple[int, ...], Value]] = [{} for _ in before.shapes.roots]
        self._codes: list[dict[tuple[int, ...], list[int]]] = []
        self._after = before

    def learn(self, words: Words) -> None:
        """Note which values the variables have in some rows."""
        basis = self._before
        for variable, known in enumerate(self._values):
            leaves = basis.shapes.taken_leaves(variable)
            for row in map(tuple, combinations(basis.layout, words, leaves)[0].tolist()):
                if row not in known:
                    decoded = basis.codes.decoded(leaves, row)
                    known[row] = basis.shapes.assembled(variable, decoded)

    @property
    def values(self) -> list[list[Value]]:
        """The values of each variable."""
        return [list(known.values()) for known in self._values]

    def into(self, after: Basis) -> None:
        """Give each value its codes in another basis."""
        self._after = after
        self._codes = [
            {row: after.codes_of(variable, value) for row, value in known.items()}
            for variable, known in enumerate(self._values)
        ]

    def rows(self, words: Words) -> Words:
        """Return what learnt rows are in the other basis, whose layout has room for all values."""
        before, after = self._before, self._after
        found = np.zeros((len(words), after.shapes.leaf_count), np.int64)
        for variable, known in enumerate(self._codes):
            leaves = before.shapes.taken_leaves(variable)
            codes, inverse = combinations(before.layout, words, leaves)
            others = [known[row] for row in map(tuple, codes.tolist())]
            target = after.shapes.leaves_of[variable]
            matrix = np.array(others, np.int64).reshape(len(others), len(target))
            found[:, target] = matrix.take(inverse, axis=0)
        return after.layout.packed(found)
