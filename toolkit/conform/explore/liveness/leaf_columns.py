"""What predicates say of the states of a graph, told from the leaves that evaluations read.

An evaluation is determined by what it reads, one leaf after another: states that agree on all that
it read about one of them have the same answer. So states are sorted by the leaf that is read first,
those with one value there by what is read next, and so on; one of each group is asked about.
"""

from __future__ import annotations

import numpy as np

from conform.domain.states import Predicate
from conform.domain.values import Value
from conform.errors import EvaluationError
from conform.explore.columns.basis import NO_VALUE
from conform.explore.columns.codes import Codes, Decoded
from conform.explore.columns.recording import Recorder
from conform.explore.columns.shapes import Shapes, Whole
from conform.explore.graph_columns import GraphColumns
from conform.explore.state_columns import Numbers

TRIAL = 1024
"""Evaluations after which each must have told of so many states (`SHARE`): to record what is read
takes longer than to evaluate."""

SHARE = 3


class LeafColumns:
    """The leaves of all states of one graph."""

    def __init__(self, columns: GraphColumns) -> None:
        graph = columns.graph
        slots = [columns.column((slot,)) for slot in range(len(graph.slots))]
        samples: list[list[Value]] = [
            [graph.state(int(first))[slot] for first in column.firsts]
            for slot, column in enumerate(slots)
        ]
        self._shapes = shapes = Shapes(samples)
        self._codes = Codes(shapes.leaf_count)
        self._columns: list[Numbers] = []
        for slot, (column, values) in enumerate(zip(slots, samples, strict=True)):
            leaves = shapes.leaves_of[slot]
            rows = [shapes.decomposed(slot, value) for value in values]
            for leaf, parts in zip(leaves, zip(*rows, strict=True), strict=True):
                codes = np.array([self._codes.code(leaf, part) for part in parts], np.int64)
                self._columns.append(codes.take(column.codes))

    def values(self, predicate: Predicate, states: Numbers, unknown: int) -> Numbers:
        """Return 0, 1 or NO_VALUE for each state; `unknown` for those left where this does not pay.

        The predicate must be pure.
        """
        found = np.full(len(states), unknown, np.int8)
        waiting: list[tuple[Numbers, frozenset[int]]] = [(np.arange(len(states)), frozenset())]
        asked = told = 0
        while waiting and (asked < TRIAL or told >= SHARE * asked):
            places, known = waiting.pop()
            if not len(places):
                continue
            reads, value = self._ask(predicate, int(states[places[0]]))
            for leaf in reads:
                if leaf not in known:
                    known |= {leaf}
                    places, others = self._split(leaf, states, places)
                    waiting.extend((group, known) for group in others)
            found[places] = value
            asked, told = asked + 1, told + len(places)
        return found

    def _split(self, leaf: int, states: Numbers, places: Numbers) -> tuple[Numbers, list[Numbers]]:
        """Return the places of the states that have what the first one has, and those of others."""
        codes = self._columns[leaf].take(states.take(places))
        is_other = codes != codes[0]
        others = places.compress(is_other)
        if not len(others):
            return places, []
        different = codes.compress(is_other)
        order = np.argsort(different, kind="stable")
        ends = np.flatnonzero(np.diff(different.take(order)) != 0) + 1
        return places.compress(~is_other), np.split(others.take(order), ends)

    def _ask(self, predicate: Predicate, state: int) -> tuple[list[int], int]:
        """Return the leaves that an evaluation read, in order, and the value.

        What variables hold that are one leaf is not recorded: all of these that the predicate can
        read come first.
        """
        assert predicate.reads is not None, "what is impure is not asked here"
        roots = self._shapes.roots
        row = [int(column[state]) for column in self._columns]
        recorder = Recorder(Decoded(self._codes.values, row))
        plain = [
            root.leaf
            for root in map(roots.__getitem__, sorted(predicate.reads))
            if isinstance(root, Whole)
        ]
        try:
            value = int(predicate.holds(recorder.state(roots)))
        except EvaluationError:
            value = NO_VALUE
        return [*plain, *recorder.read], value
