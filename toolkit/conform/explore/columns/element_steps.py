"""The steps of an instance that takes the elements of a set one by one, a table for each element.

`\\E m \\in msgs : Receive(m)` reads nearly all of a state, for all messages together; what it does
for one of them depends on little. Each table is asked about those states that have its element.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from conform.domain.actions import Ranging
from conform.domain.values import Value
from conform.explore.columns.basis import Basis
from conform.explore.columns.keys import Rows
from conform.explore.columns.layout import Layout, Words
from conform.explore.columns.packed_changes import NoSuchMoveError
from conform.explore.columns.shapes import ByMember
from conform.explore.columns.table_of_steps import TableOfSteps

_Numbers = NDArray[np.int64]


class ElementRows(Struct, frozen=True, eq=False):
    """The places of the answers for one element: `rows`, about the states at `present`."""

    steps: TableOfSteps
    present: _Numbers
    rows: Rows


class ElementSteps:
    """The tables for each element that the set was seen to have, in the order of the model."""

    def __init__(self, basis: Basis, ranging: Ranging, shape: ByMember) -> None:
        self._basis = basis
        self._ranging = ranging
        self._shape = shape
        self._tables: dict[int, TableOfSteps] = {}
        self._ordered: list[tuple[int, TableOfSteps]] = []
        self._guard: TableOfSteps | None = None
        if ranging.has_guard:
            self._guard = TableOfSteps(basis, partial(basis.ask_guard, ranging))

    @property
    def asked(self) -> int:
        """How often the tables were asked."""
        return sum(one.table.asked for one in self._all())

    @property
    def misses(self) -> int:
        """How often the model was asked."""
        return sum(one.table.misses for one in self._all())

    @property
    def reads(self) -> frozenset[int]:
        """The leaves that were ever read, and those of the elements."""
        return frozenset(self._tables).union(*(one.table.reads for one in self._all()))

    def _all(self) -> list[TableOfSteps]:
        guard = [] if self._guard is None else [self._guard]
        return [*guard, *self._tables.values()]

    def lay_out(self, layout: Layout) -> None:
        """Take up another layout; raise UselessError if keys become too wide."""
        for one in self._all():
            one.table.lay_out(layout)

    def rows(self, words: Words) -> list[ElementRows]:
        """Return where the answers about some states are, for each element that one of them has.

        Where there is no element, what stands before the elements is asked, since it may fail.
        Raises what asking raises, and UselessError.
        """
        self._take_up_members()
        found = []
        has_none = np.ones(len(words), np.bool_)
        for leaf, steps in self._ordered:
            present = np.flatnonzero(self._basis.layout.codes(words, [leaf])[:, 0])
            if len(present):
                has_none[present] = False
                found.append(
                    ElementRows(steps, present, steps.table.rows(words.take(present, axis=0)))
                )
        if self._guard is not None and has_none.any():
            self._guard.table.rows(words.compress(has_none, axis=0))
        return found

    def _take_up_members(self) -> None:
        members = self._shape.members
        if len(members) == len(self._tables):
            return
        for element in members[len(self._tables) :]:
            self._tables[self._leaf(element)] = TableOfSteps(
                self._basis, partial(self._basis.ask_element, self._ranging, element)
            )
        leaves = map(self._leaf, self._ranging.in_order(members))
        self._ordered = [(leaf, self._tables[leaf]) for leaf in leaves]

    def _leaf(self, element: Value) -> int:
        leaf = self._shape.leaf(element)
        assert leaf is not None, "it is a member"
        return leaf

    def take(self, words: Words, rows: list[ElementRows]) -> tuple[_Numbers, _Numbers, Words]:
        """Return the steps from some states as PackedChanges does; those of a state in order."""
        before = np.zeros(len(words), np.int64)
        sources, outcomes, targets = [], [], []
        for one in rows:
            places, numbers, reached = one.steps.take(words.take(one.present, axis=0), one.rows)
            from_states = one.present.take(places)
            sources.append(from_states)
            outcomes.append(numbers + before[from_states])
            targets.append(reached)
            before += np.bincount(from_states, minlength=len(words))
        if not sources:
            return before[:0], before[:0], words[:0]
        return np.concatenate(sources), np.concatenate(outcomes), np.concatenate(targets)

    def targets(self, words: Words, rows: list[ElementRows], outcomes: _Numbers) -> Words:
        """Return the successors at some places among those of each state; raise NoSuchMoveError."""
        sources, numbers, targets = self.take(words, rows)
        chosen = np.flatnonzero(numbers == outcomes[sources])
        if len(chosen) < len(words):
            raise NoSuchMoveError
        found = np.empty_like(words)
        found[sources[chosen]] = targets.take(chosen, axis=0)
        return found
