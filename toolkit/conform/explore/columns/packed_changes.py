"""What the answers about one instance change in a row: masks of what is kept, and what is new."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from conform.explore.columns.keys import Rows
from conform.explore.columns.layout import Codes, Layout, Words

_Numbers = NDArray[np.int64]


class NoSuchMoveError(Exception):
    """An instance does not lead from a state to as many successors as was said."""


class PackedChanges:
    """The successors of each answer of a table, packed; an answer may have any number of them."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._counts: _Numbers = np.zeros(0, np.int64)
        self._firsts: _Numbers = np.zeros(0, np.int64)
        self._leads_on: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._is_single = True
        self._kept: Words = np.zeros((0, layout.words), np.uint64)
        self._changed: Words = np.zeros((0, layout.words), np.uint64)

    def __len__(self) -> int:
        return len(self._counts)

    def append(self, counts: _Numbers, codes: Codes) -> None:
        """Add answers: how many successors each has, and the codes of all of them, in order."""
        layout = self.layout
        self._counts = np.concatenate((self._counts, counts))
        self._firsts = np.cumsum(self._counts) - self._counts
        self._leads_on = self._counts > 0
        self._is_single = not len(self._counts) or bool(self._counts.max() <= 1)
        self._kept = np.concatenate((self._kept, layout.kept(codes)))
        self._changed = np.concatenate((self._changed, layout.packed(codes)))

    def take(self, words: Words, rows: Rows) -> tuple[_Numbers, _Numbers, Words]:
        """Return the steps from states whose answers are in `rows`.

        For each step the place of the state in `words`, that of the successor among those of the
        state, and the successor.
        """
        if self._is_single:
            sources = np.flatnonzero(self._leads_on.take(rows))
            outcomes = np.zeros(len(sources), np.int64)
            places = self._firsts.take(rows.take(sources))
        else:
            counts = self._counts.take(rows)
            sources = np.repeat(np.arange(len(rows)), counts)
            starts = np.cumsum(counts) - counts
            outcomes = np.arange(len(sources)) - starts.take(sources)
            places = self._firsts.take(rows.take(sources)) + outcomes
        return sources, outcomes, self._after(words.take(sources, axis=0), places)

    def targets(self, words: Words, rows: Rows, outcomes: _Numbers) -> Words:
        """Return the successors at some places among those that each state's answer has.

        Raises NoSuchMoveError where an answer has fewer.
        """
        if (outcomes >= self._counts.take(rows)).any():
            raise NoSuchMoveError
        return self._after(words, self._firsts.take(rows) + outcomes)

    def _after(self, words: Words, places: _Numbers) -> Words:
        found: Words = words & self._kept.take(places, axis=0)
        found |= self._changed.take(places, axis=0)
        return found
