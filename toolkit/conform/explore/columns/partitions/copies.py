"""Copies of remembered answers, for who knows no model: what is missing is told, not evaluated."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from conform.explore.columns.keys import UNKNOWN, Rows
from conform.explore.columns.layout import Layout, Words
from conform.explore.columns.packed_changes import PackedChanges
from conform.explore.columns.partitions.messages import Answers, Conjunction
from conform.explore.columns.staged_keys import StagedKeys


class _Lookup:
    """The places of the answers of one table."""

    def __init__(self) -> None:
        self._keys = StagedKeys()

    def learn(self, answers: Answers, layout: Layout) -> None:
        """Know more answers, about states, or steps, of this layout."""
        if answers.is_all:
            self._keys.reset(answers.leaves, answers.stages, layout)
        self._keys.add([tuple(row) for row in answers.codes.tolist()], answers.stage_of)

    def lay_out(self, layout: Layout) -> None:
        """Take up another layout."""
        self._keys.lay_out(layout)

    def rows(self, words: Words) -> tuple[Rows, Words | None]:
        """Return the places of answers, and one state for each answer that is missing, or None."""
        rows = self._keys.rows(words)
        missing = np.flatnonzero(rows == UNKNOWN)
        if not len(missing):
            return rows, None
        return rows, self._keys.different(words[missing])


class CopiedAnswers:
    """What the tables of all questions hold; `missed` collects what they lack, `asked` how much.

    The tables of the first questions are those of the instances, in their order.
    """

    def __init__(self, layout: Layout, instances: int) -> None:
        self.layout = layout
        self.missed: list[tuple[int, Words]] = []
        self.asked: dict[int, int] = {}
        self._instances = instances
        self._lookups: dict[int, _Lookup] = {}
        self._changes: list[PackedChanges] = [PackedChanges(layout) for _ in range(instances)]
        self._told: list[list[Answers]] = [[] for _ in range(instances)]
        self._values: dict[int, NDArray[np.int8]] = {}
        self._steps: set[int] = set()

    def learn(self, answers: Answers) -> None:
        """Know more answers of a table."""
        number = answers.number
        lookup = self._lookups.setdefault(number, _Lookup())
        if answers.of_steps:
            self._steps.add(number)
        lookup.learn(answers, self._layout_of(number))
        if answers.changes is None:
            values = answers.counts.astype(np.int8)
            if not answers.is_all:
                values = np.concatenate((self._values[number], values))
            self._values[number] = values
            return
        if answers.is_all:
            self._told[number].clear()
            self._changes[number] = PackedChanges(self.layout)
        self._told[number].append(answers)
        self._changes[number].append(answers.counts, answers.changes)

    def _layout_of(self, number: int) -> Layout:
        return self.layout.doubled() if number in self._steps else self.layout

    def lay_out(self, layout: Layout) -> None:
        """Take up another layout."""
        self.layout = layout
        for number, lookup in self._lookups.items():
            lookup.lay_out(self._layout_of(number))
        for number, told in enumerate(self._told):
            changes = self._changes[number] = PackedChanges(layout)
            for answers in told:
                assert answers.changes is not None, "an instance has successors"
                changes.append(answers.counts, answers.changes)

    def begin(self) -> None:
        """Collect anew."""
        self.missed = []
        self.asked = {}

    def instance_rows(self, words: Words) -> list[Rows]:
        """Return the places of the answers of all instances."""
        return [self._rows(number, words) for number in range(self._instances)]

    def successors(
        self, number: int, words: Words, rows: Rows
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], Words]:
        """Return the steps of an instance, as PackedChanges gives them."""
        return self._changes[number].take(words, rows)

    def values(self, conjunction: Conjunction, words: Words) -> NDArray[np.int8]:
        """Return the values of a conjunction; one whose answer is missing counts as false."""
        values = np.ones(len(words), np.int8)
        for number in conjunction:
            left = np.flatnonzero(values == 1)
            rows = self._rows(number, words[left])
            known = rows != UNKNOWN
            values[left[~known]] = 0
            values[left[known]] = self._values[number][rows[known]]
        return values

    def _rows(self, number: int, words: Words) -> Rows:
        self.asked[number] = self.asked.get(number, 0) + len(words)
        rows, missing = self._lookups[number].rows(words)
        if missing is not None:
            self.missed.append((number, missing))
        return rows
