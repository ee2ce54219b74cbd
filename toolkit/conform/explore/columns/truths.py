"""The values of predicates, remembered in tables: the whole of one, its conjuncts or its parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from conform.domain.conjunction import conjuncts_of, parts_of, ranged_of
from conform.domain.states import Predicate, Slots, StepPredicate
from conform.explore.columns.basis import Basis, Reads, Row
from conform.explore.columns.conjoined import Values, conjoined
from conform.explore.columns.element_truths import ElementTruths
from conform.explore.columns.layout import Layout, Words
from conform.explore.columns.part_memos import PartMemos
from conform.explore.columns.tables import TRIAL_MISSES, Plainly, Table, UselessError

TRIAL_OF_PARTS = 4096
"""Evaluations of a part after which its table must have served twice as many questions."""

DIVIDE_FROM, DIVIDE_BELOW = 1024, 8
"""Evaluations from which on a predicate is divided if less than so many questions come to each."""

PARTS_TRIAL, MOST_A_ROW = 4096, 4
"""Evaluations of parts from which on the whole is taken again if so many of them come to a row."""

MOST_MEMBERS = (128, 24)
"""Elements up to which a predicate is divided by them, and each part by those of a set within:
there is a table for each."""

Divide: TypeAlias = Callable[[Row], Sequence[Values]]
"""Gives the parts of a predicate, none where it has none; it is shown some state."""


def _undivided(_row: Row) -> Sequence[Values]:
    return ()


class Truth:
    """The values of one predicate, over states or over steps: 0, 1 or NO_VALUE.

    Where too few answers come twice it is divided into parts, if it can be: each depends on less.
    Where remembering does not pay it is asked each time.
    """

    def __init__(
        self,
        table: Table[int],
        value_of: Callable[[Row], int],
        divide: Divide = _undivided,
    ) -> None:
        self._table = table
        self._is_direct = False
        self._some_row: Row | None = None
        self._value_of = value_of
        self._divide: Divide | None = divide
        self._parts: Sequence[Values] = ()
        self._rows_of_parts = 0
        self._layout = table.layout
        self._values: NDArray[np.int8] = np.zeros(0, np.int8)
        self._known = (0, 0)

    @property
    def tables(self) -> Sequence[Table[int] | None]:
        """What is remembered of each part, None where it is asked each time."""
        if self._is_direct:
            return (None,)
        return [one for part in self._parts for one in part.tables] or (self._table,)

    @property
    def asked(self) -> int:
        """How often a table was asked for the value."""
        return self._table.asked + sum(part.asked for part in self._parts)

    @property
    def reads(self) -> frozenset[int]:
        """The leaves that were read while answers were remembered."""
        return self._table.reads.union(*(part.reads for part in self._parts))

    @property
    def misses(self) -> int:
        """How often it was evaluated for a table."""
        return self._table.misses + sum(part.misses for part in self._parts)

    def lay_out(self, layout: Layout) -> None:
        """Take up another layout."""
        self._layout = layout
        for part in self._parts:
            part.lay_out(layout)
        try:
            if not self._is_direct and not self._parts:
                self._table.lay_out(layout)
        except UselessError:
            self._fall_short()

    def of(self, words: Words) -> NDArray[np.int8]:
        """Return the value in each state, or on each step."""
        if self._some_row is None and len(words):
            self._some_row = self._layout.codes(words[:1])[0].tolist()
        if not self._parts and not self._is_direct:
            try:
                return self._remembered(words)
            except UselessError:
                self._fall_short()
        if self._parts:
            values = conjoined(self._parts, words)
            self._rows_of_parts += len(words)
            self._reconsider()
            return values
        rows = self._layout.codes(words).tolist()
        return np.array(list(map(self._value_of, rows)), np.int8)

    def _remembered(self, words: Words) -> NDArray[np.int8]:
        table = self._table
        rows = table.rows(words)
        known = (table.version, len(table.answers))
        if self._known != known:
            self._values = np.array(table.answers, np.int8)
            self._known = known
        values: NDArray[np.int8] = self._values.take(rows)
        is_seldom = table.misses >= DIVIDE_FROM and table.asked < DIVIDE_BELOW * table.misses
        if is_seldom and self._divide is not None:
            self._fall_short(goes_on=True)
        return values

    def _fall_short(self, *, goes_on: bool = False) -> None:
        """Divide the predicate; where that cannot be, ask it each time, unless it `goes_on`."""
        row = self._some_row
        self._parts = () if self._divide is None or row is None else self._divide(row)
        self._divide = None
        self._is_direct = not self._parts and not goes_on

    def _reconsider(self) -> None:
        """Ask the whole each time where most parts are, or are evaluated too often."""
        count = sum(part.is_direct for part in self._parts)
        misses = sum(part.misses for part in self._parts)
        is_dear = misses >= PARTS_TRIAL and misses > MOST_A_ROW * self._rows_of_parts
        if is_dear or 2 * count > len(self._parts):
            self._parts = ()
            self._is_direct = True

    @property
    def is_direct(self) -> bool:
        """Whether it is asked each time."""
        return self._is_direct


class Truths:
    """The values of a conjunction, asked conjunct by conjunct."""

    def __init__(self, parts: Sequence[Truth]) -> None:
        self._parts = parts

    @property
    def tables(self) -> Sequence[Table[int] | None]:
        """The table of each conjunct, None for one that is asked each time."""
        return [table for part in self._parts for table in part.tables]

    @property
    def asked(self) -> int:
        """How often tables were asked for values."""
        return sum(part.asked for part in self._parts)

    @property
    def reads(self) -> frozenset[int]:
        """The leaves that were ever read."""
        return frozenset().union(*(part.reads for part in self._parts))

    @property
    def misses(self) -> int:
        """How often conjuncts were evaluated for a table."""
        return sum(part.misses for part in self._parts)

    def lay_out(self, layout: Layout) -> None:
        """Take up another layout."""
        for part in self._parts:
            part.lay_out(layout)

    def of(self, words: Words) -> NDArray[np.int8]:
        """Return the value in each state, or on each step."""
        return conjoined(self._parts, words)


def truth_of(basis: Basis, predicate: Predicate) -> Truths:
    """Return the values of a predicate over states."""
    found = [_truth_of(basis, conjunct, MOST_MEMBERS) for conjunct in conjuncts_of(predicate)]
    return Truths(found)


def _truth_of(
    basis: Basis, predicate: Predicate, members: Sequence[int], trial: int = TRIAL_MISSES
) -> Truth:
    """Return the values of one conjunct or part.

    It may be divided by the elements of as many sets, one within the other, as there are `members`:
    how many these sets have at most.
    """
    memos = PartMemos(basis, predicate)
    value_of = partial(basis.value_of, predicate)
    plainly = _plainly(basis.everything, predicate, value_of)
    table = Table(memos.ask, basis.layout, basis.shapes.sets, trial=trial, plainly=plainly)

    def divide(row: Row) -> Sequence[Values]:
        parts = parts_of(predicate)
        if parts:
            return [_truth_of(basis, part, members, TRIAL_OF_PARTS) for part in parts]
        ranged = ranged_of(predicate) if members else None
        shape = None if ranged is None else basis.set_taken_by(ranged, row)
        if ranged is None or shape is None:
            return ()
        most, *within = members
        of_part = partial(_truth_of, basis, members=within, trial=TRIAL_OF_PARTS)
        return [ElementTruths(basis, ranged, shape, of_part, most)]

    return Truth(table, value_of, divide)


def _plainly(
    everything: Callable[[Slots], Reads],
    predicate: Predicate | StepPredicate,
    value_of: Callable[[Row], int],
) -> Plainly[int] | None:
    slots = predicate.reads
    return None if slots is None else Plainly(partial(everything, slots), value_of)


def step_truth_of(basis: Basis, predicate: StepPredicate) -> Truths:
    """Return the values of a predicate over steps."""
    ask = partial(basis.ask_step, predicate)
    value_of = partial(basis.value_of_step, predicate)
    plainly = _plainly(basis.everything_of_step, predicate, value_of)
    layout, sets = basis.layout.doubled(), basis.shapes.sets
    return Truths([Truth(Table(ask, layout, sets, of_steps=True, plainly=plainly), value_of)])
