"""The steps of many states by one instance: by one table, or by one for each element of a set.

Where no answers come twice there is none: the instance is asked about each state.
"""

from __future__ import annotations

from functools import partial
from time import process_time

import numpy as np
from numpy.typing import NDArray

from conform.domain.actions import ActionInstance
from conform.explore.columns.basis import Basis
from conform.explore.columns.direct_steps import DirectRows, DirectSteps
from conform.explore.columns.element_steps import ElementRows, ElementSteps
from conform.explore.columns.keys import Rows, TooWideError
from conform.explore.columns.layout import Layout, Words
from conform.explore.columns.table_of_steps import TableOfSteps
from conform.explore.columns.tables import SeldomError, UselessError

TRIALS = ((128, 2), (2048, 8))
"""Evaluations from which on one table has to have answered so many questions for each of them; if
not, there is a table for each element, where the instance takes the elements of a set."""

FEWEST, FEW = 4, 64
"""States that one table is asked about at a time while it is on trial: each time twice as many."""

DEAR = 0.2
"""Seconds of computing from which on one table has to have answered as often as in the first
trial: a table for each element then asks less of what is dear."""

ON_TRIAL = 8192
"""Questions before which it is looked after each few of them whether one table does."""

WIDE, SAME = 1024, 12
"""Of so many states one in so many may differ in what one table reads, for it to be tried again: to
evaluate for it costs as much as asking about some ten states."""

AnyRows = Rows | list[ElementRows] | DirectRows
"""Where the answers about some states are."""


class InstanceSteps:
    """The successors of many states by one instance.

    `whole` is the table of all its answers, until there is one for each element.
    """

    def __init__(
        self,
        basis: Basis,
        instance: ActionInstance,
        *,
        splits: bool = False,
        is_direct: bool = False,
    ) -> None:
        """Begin without answers; with `splits` there is to be a table for each element at once.

        If it `is_direct` it is asked about each state.
        """
        self.number = instance.number
        self.whole = TableOfSteps(basis, partial(basis.ask_instance, instance))
        self._basis = basis
        self._instance = instance
        self._by_element: ElementSteps | None = None
        self._direct: DirectSteps | None = None
        self._splits_at_once = splits
        self._may_split = basis.model.ranging(instance) is not None
        self._may_return = True
        self._seconds = 0.0
        if is_direct:
            self.ask_each()

    @property
    def is_split(self) -> bool:
        """Whether there is a table for each element."""
        return self._by_element is not None

    @property
    def is_direct(self) -> bool:
        """Whether it is asked about each state."""
        return self._direct is not None

    def ask_each(self) -> DirectSteps:
        """Ask about each state from now on, until few differ in what one table has read."""
        self._direct = DirectSteps(self._basis, self._instance)
        self._may_return = self._by_element is None
        return self._direct

    @property
    def asked(self) -> int:
        """How often tables were asked."""
        return self.whole.table.asked + (self._by_element.asked if self._by_element else 0)

    @property
    def misses(self) -> int:
        """How often the model was asked for a table."""
        return self.whole.table.misses + (self._by_element.misses if self._by_element else 0)

    @property
    def reads(self) -> frozenset[int]:
        """The leaves that were ever read."""
        return (self._by_element or self.whole.table).reads

    def lay_out(self, layout: Layout) -> None:
        """Take up another layout; raise UselessError if keys become too wide."""
        if self._by_element is not None:
            self._by_element.lay_out(layout)
        elif self._direct is None:
            self.whole.table.lay_out(layout)
        elif self._may_return:
            try:
                self.whole.table.lay_out(layout)
            except UselessError:
                self._may_return = False

    def rows(self, words: Words) -> AnyRows:
        """Return where the answers about some states are, once they are known.

        Raises what asking raises, and UselessError.
        """
        if self._direct is not None:
            if not self._may_return or not self._are_alike(words):
                return self._direct.rows(words)
            self._direct = None
            self.whole.table.begin_trial()
        if self._may_split and len(words):
            self._consider(words)
        try:
            if self._by_element is None:
                return self.whole.table.rows(words)
            return self._by_element.rows(words)
        except SeldomError:
            return self.ask_each().rows(words)

    def known(self, words: Words) -> Rows | None:
        """Return where known answers about some states are, UNKNOWN for others.

        None without one table of all its answers.
        """
        return None if self.is_split or self.is_direct else self.whole.table.known_rows(words)

    def _are_alike(self, words: Words) -> bool:
        """Whether few states differ in what one table has read."""
        if len(words) < WIDE:
            return False
        try:
            return len(self.whole.table.keys.different(words)) * SAME < len(words)
        except TooWideError:
            self._may_return = False
            return False

    def _consider(self, words: Words) -> None:
        """Split, if one table falls short; at first it is asked about a few states at a time."""
        table, asked = self.whole.table, self.whole.table.asked
        first, few = 0 if asked < ON_TRIAL else len(words), FEWEST
        try:
            is_short = self._splits_at_once or self._falls_short()
            while first < len(words) and not is_short:
                began = process_time()
                table.rows(words[first : first + few])
                self._seconds += process_time() - began
                is_short = self._falls_short()
                first, few = first + few, min(FEW, 2 * few)
        except UselessError:
            is_short = True
        table.asked = asked
        if is_short:
            self._split(words)

    def _falls_short(self) -> bool:
        table = self.whole.table
        misses = table.misses
        if self._seconds >= DEAR and table.asked < TRIALS[0][1] * misses:
            return True
        return any(misses >= most and table.asked < share * misses for most, share in TRIALS)

    def _split(self, words: Words) -> None:
        """Have a table for each element from now on, if that can be."""
        self._may_split = False
        ranging = self._basis.model.ranging(self._instance)
        if ranging is not None:
            shape = self._basis.set_taken_by(ranging, self._basis.rows(words[:1])[0])
            if shape is not None:
                self._by_element = ElementSteps(self._basis, ranging, shape)

    def take(
        self, words: Words, rows: AnyRows
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], Words]:
        """Return the steps from states whose answers are in `rows`, as PackedChanges gives them."""
        if isinstance(rows, DirectRows):
            assert self._direct is not None, "it was asked about each state"
            return self._direct.take(words, rows)
        if isinstance(rows, list):
            assert self._by_element is not None, "rows are of these tables"
            return self._by_element.take(words, rows)
        return self.whole.take(words, rows)

    def targets(self, words: Words, rows: AnyRows, outcomes: NDArray[np.int64]) -> Words:
        """Return the successors at some places among those that each state's answer has.

        Raises NoSuchMoveError where an answer has fewer.
        """
        if isinstance(rows, DirectRows):
            assert self._direct is not None, "it was asked about each state"
            return self._direct.targets(words, rows, outcomes)
        if isinstance(rows, list):
            assert self._by_element is not None, "rows are of these tables"
            return self._by_element.targets(words, rows, outcomes)
        return self.whole.targets(words, rows, outcomes)
