"""The states found so far, as sorted runs of fingerprints with the number of each state.

Runs are merged when they are of like size, so that there are few. Fingerprints of rows that are one
word are those rows; wider rows that share one are told apart by comparing them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from conform.explore.columns.layout import Words, fingerprints

Keys = NDArray[np.uint64]
Numbers = NDArray[np.int64]

NONE = -1


class CollisionError(Exception):
    """Two states share a fingerprint."""


class Visited:
    """Finds the numbers of rows."""

    def __init__(self) -> None:
        self._runs: list[tuple[Keys, Numbers]] = []

    def add(self, keys: Keys, numbers: Numbers) -> None:
        """Add states by their fingerprints, in any order; none of them is there yet."""
        if not len(keys):
            return
        order = np.argsort(keys)
        run = (keys[order], numbers[order])
        while self._runs and len(self._runs[-1][0]) <= 2 * len(run[0]):
            run = _merged(self._runs.pop(), run)
        self._runs.append(run)

    def find(self, keys: Keys) -> Numbers:
        """Return the number of the state with each fingerprint, NONE where there is none.

        `keys` are sorted.
        """
        found = np.full(len(keys), NONE, np.int64)
        for run, numbers in self._runs:
            places = np.searchsorted(run, keys)
            places[places == len(run)] = 0
            hits = run[places] == keys
            found[hits] = numbers[places[hits]]
        return found

    def transform(self, change: Callable[[Words], Words]) -> None:
        """Replace rows of one word by others, which are in the same order."""
        self._runs = [
            (fingerprints(change(keys.reshape(-1, 1))), numbers) for keys, numbers in self._runs
        ]


def _merged(one: tuple[Keys, Numbers], other: tuple[Keys, Numbers]) -> tuple[Keys, Numbers]:
    keys = np.concatenate((one[0], other[0]))
    order = np.argsort(keys, kind="stable")  # two sorted runs: that is a merge
    return keys[order], np.concatenate((one[1], other[1]))[order]
