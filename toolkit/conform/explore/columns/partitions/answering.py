"""The answers that partitions lack: the model is asked here, and all partitions are told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from conform.domain.states import Predicate, StepPredicate
from conform.explore.columns.expansion import Expansion
from conform.explore.columns.layout import Words
from conform.explore.columns.partitions.messages import Answers, Conjunction
from conform.explore.columns.tables import SeldomError, Table, UselessError
from conform.explore.columns.truths import Truths


class UnsharedError(Exception):
    """A question whose answers are not remembered: no partition can know them."""


class Answering:
    """The tables of one expansion by the numbers that partitions know them by."""

    def __init__(self, expansion: Expansion) -> None:
        self._expansion = expansion
        self._tables: list[Table[Any]] = [each.whole.table for each in expansion.successors]
        self._of_steps = [False] * len(self._tables)
        self._numbers: dict[int, int] = {}
        self._told: list[tuple[int, int]] = [(-1, 0)] * len(self._tables)

    # -------------------------------------------------------------------------- what can be asked

    def of_states(self, predicates: Iterable[Predicate]) -> tuple[Conjunction, ...]:
        """Return what partitions are asked for predicates. Raises UnsharedError."""
        found = [self._expansion.truth(one) for one in predicates]
        return tuple([self._conjunction(truths, of_steps=False) for truths in found])

    def of_steps(self, predicates: Iterable[StepPredicate]) -> tuple[Conjunction, ...]:
        """Return the same of predicates over steps. Raises UnsharedError."""
        found = [self._expansion.step_truth(one) for one in predicates]
        return tuple([self._conjunction(truths, of_steps=True) for truths in found])

    def _conjunction(self, truths: Truths, *, of_steps: bool) -> Conjunction:
        numbers = []
        for table in truths.tables:
            if table is None:
                raise UnsharedError
            number = self._numbers.get(id(table))
            if number is None:
                number = self._numbers[id(table)] = len(self._tables)
                self._tables.append(table)
                self._of_steps.append(of_steps)
                self._told.append((-1, 0))
            numbers.append(number)
        return tuple(numbers)

    # ------------------------------------------------------------------------------ what was asked

    def note(self, asked: Iterable[dict[int, int]]) -> None:
        """Count what partitions asked of their copies."""
        for each in asked:
            for number, count in each.items():
                self._tables[number].asked += count

    def learn(self, misses: Iterable[tuple[int, Words]]) -> None:
        """Ask the model what partitions lack, until that makes rows others.

        Raises what asking raises, UselessError and UnsharedError.
        """
        for number, words in misses:
            try:
                self._tables[number].rows(words)
            except SeldomError:
                if number < len(self._expansion.successors):
                    self._expansion.successors[number].ask_each()
                raise UnsharedError from None
            except UselessError:
                if number < len(self._expansion.successors):
                    raise
                raise UnsharedError from None
            if self._expansion.make_room():
                return

    def untold(self) -> tuple[Answers, ...]:
        """Return what partitions do not know yet, and take them to be told."""
        found = []
        for number, table in enumerate(self._tables):
            table.renew()
            version, count = self._told[number]
            is_all = version != table.version
            if is_all or count < len(table.answers):
                found.append(self._answers(number, 0 if is_all else count, is_all=is_all))
            self._told[number] = (table.version, len(table.answers))
        return tuple(found)

    def _answers(self, number: int, first: int, *, is_all: bool) -> Answers:
        table = self._tables[number]
        keys = table.keys
        of_steps = self._of_steps[number]
        successors = self._expansion.successors
        if number < len(successors):
            counts, changes = successors[number].whole.changes(first)
        else:
            counts, changes = np.array(table.answers[first:], np.int64), None
        stage_of = tuple(keys.stage_of[first:])
        places = (keys.leaves, keys.stages, keys.codes[first:], stage_of)
        return Answers(number, is_all, of_steps, *places, counts, changes)
