"""The steps of many states by one instance that is asked about each of them.

Where an instance reads nearly all of a state, no answer comes twice, and to record what it reads
costs many times what its successors cost. It is asked as the plain search would ask it; the other
instances and the properties keep their tables.
"""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from conform.domain.actions import ActionInstance
from conform.domain.states import State
from conform.explore.asking import AskedInstance
from conform.explore.columns.basis import KNOWN, Basis
from conform.explore.columns.codes import key_of_value
from conform.explore.columns.layout import KEPT, Codes, Words
from conform.explore.columns.packed_changes import PackedChanges

_Numbers = NDArray[np.int64]


class DirectRows(Struct, frozen=True, eq=False):
    """How many successors each state has, and the codes of all of them, in order."""

    counts: _Numbers
    codes: Codes


class DirectSteps:
    """The successors of states by one instance, by the model's accelerator once that pays."""

    def __init__(self, basis: Basis, instance: ActionInstance) -> None:
        self._basis = basis
        self._asked = AskedInstance(basis.model, instance, basis.model.accelerator)
        self._kept = [KEPT] * basis.shapes.leaf_count
        self._codes_of: list[dict[Hashable, list[int]]] = [{} for _ in basis.shapes.roots]
        self._latest: tuple[list[State], DirectRows] | None = None

    def rows(self, words: Words) -> DirectRows:
        """Return the answers about some states. Raises what asking raises.

        Those that were asked about last are not asked about again: codes stay what they are when
        another instance meets a new element or a new layout.
        """
        states = self._basis.states(words)
        if self._latest is None or self._latest[0] is not states:
            self._latest = (states, self._ask(states))
        return self._latest[1]

    def _ask(self, states: list[State]) -> DirectRows:
        counts = np.zeros(len(states), np.int64)
        codes: list[list[int]] = []
        asked, changed = self._asked, self._changed
        for place, state in enumerate(states):
            found = asked.steps(state)
            if found:
                counts[place] = len(found)
                codes.extend([changed(state, after) for after in found])
        matrix = np.array(codes, np.int64).reshape(len(codes), len(self._kept))
        return DirectRows(counts, matrix)

    def _changed(self, before: State, after: State) -> list[int]:
        """Return the codes of a successor, KEPT where a variable has what it had."""
        row = self._kept.copy()
        leaves_of, codes_of = self._basis.shapes.leaves_of, self._codes_of
        for variable, value in enumerate(after):
            if value is before[variable]:
                continue
            known, key = codes_of[variable], key_of_value(value)
            codes = known.get(key)
            if codes is None:
                if len(known) >= KNOWN:
                    known.clear()
                codes = known[key] = self._basis.codes_of(variable, value)
            leaves = leaves_of[variable]
            if leaves:
                row[leaves[0] : leaves[-1] + 1] = codes
        return row

    def take(self, words: Words, rows: DirectRows) -> tuple[_Numbers, _Numbers, Words]:
        """Return the steps from the states that were asked about, as PackedChanges gives them."""
        return self._packed(rows).take(words, np.arange(len(words), dtype=np.int32))

    def targets(self, words: Words, rows: DirectRows, outcomes: _Numbers) -> Words:
        """Return the successors at some places among those of each state; raise NoSuchMoveError."""
        return self._packed(rows).targets(words, np.arange(len(words), dtype=np.int32), outcomes)

    def _packed(self, rows: DirectRows) -> PackedChanges:
        packed = PackedChanges(self._basis.layout)
        packed.append(rows.counts, rows.codes)
        return packed
