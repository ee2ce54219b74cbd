"""A table of the steps that a question about a state leads to."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from conform.explore.columns.basis import Basis, Changes, Reads, Row
from conform.explore.columns.keys import Rows
from conform.explore.columns.layout import KEPT, Codes, Words
from conform.explore.columns.packed_changes import PackedChanges
from conform.explore.columns.tables import EARLY_TRIAL, Table

PACKED = 2048
"""Answers that are packed at once: in between there is a number for each leaf."""

Asked = Callable[[Row], tuple[Reads, tuple[Changes, ...]]]
"""The codes of a state -> what was read of it, and the changes of each successor."""


class TableOfSteps:
    """The successors of many states, as `ask` gives those of one."""

    def __init__(self, basis: Basis, ask: Asked) -> None:
        self._basis = basis
        shapes = basis.shapes
        self.table: Table[tuple[Changes, ...]] = Table(
            ask, basis.layout, shapes.sets, early=EARLY_TRIAL
        )
        self._packed = PackedChanges(basis.layout)
        self._version = 0

    def take(self, words: Words, rows: Rows) -> tuple[NDArray[np.int64], NDArray[np.int64], Words]:
        """Return the steps from states whose answers are in `rows`, as PackedChanges gives them."""
        return self._up_to_date().take(words, rows)

    def targets(self, words: Words, rows: Rows, outcomes: NDArray[np.int64]) -> Words:
        """Return the successors at some places among those that each state's answer has.

        Raises NoSuchMoveError where an answer has fewer.
        """
        return self._up_to_date().targets(words, rows, outcomes)

    def _up_to_date(self) -> PackedChanges:
        """Return the packed answers, those that were learnt since included."""
        table, layout = self.table, self._basis.layout
        if (self._packed.layout, self._version) != (layout, table.version):
            self._packed, self._version = PackedChanges(layout), table.version
        while len(self._packed) < len(table.answers):
            self._packed.append(*self.changes(len(self._packed), PACKED))
        return self._packed

    def changes(self, first: int, most: int | None = None) -> tuple[NDArray[np.int64], Codes]:
        """Return the answers from `first` on: how many successors each has, and their codes."""
        answers = self.table.answers[first:][:most]
        counts = np.array([len(answer) for answer in answers], np.int64)
        changes = [change for answer in answers for change in answer]
        codes = np.full((len(changes), self._basis.shapes.leaf_count), KEPT, np.int64)
        for place, change in enumerate(changes):
            for leaf, code in change:
                codes[place, leaf] = code
        return counts, codes
