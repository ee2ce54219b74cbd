"""Where a choice inside steps is due, made or passed, told by the edges of a graph.

The instances that come by a choice, and those among them that choose a value, are known to the
front-end (`ChoiceSteps`). The edges tell the rest on a graph that has them all: an instance leads
on where one leaves. An edge stands for a step between two states, whichever instance took it; so
edges between the same states have the same answer.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from conform.domain.fairness import ChoiceMoment, ChoiceSteps
from conform.domain.states import Predicate, StepPredicate
from conform.explore.graph_columns import GraphColumns
from conform.explore.liveness.predicate_values import STAY, Outcomes
from conform.explore.memo import wrong_answer
from conform.explore.state_columns import Flags, Numbers

_NOWHERE = -1


class ChoiceMoments:
    """The moments of one choice of a value on one graph."""

    def __init__(self, steps: ChoiceSteps, columns: GraphColumns) -> None:
        self._steps = steps
        self._columns = columns

    @cached_property
    def due(self) -> Flags:
        """In which states the value is to be had whichever way a step goes, and leads elsewhere."""
        found: Flags = self._offering.any(axis=0) & ~self._stays
        for way, offered in zip(self._steps.ways, self._offering, strict=True):
            found &= offered | ~self._columns.states_left_by(way.instances)
        return found

    def chosen(self, *, counts_staying: bool) -> Flags:
        """Return on which edges the value is chosen; or could have been without leaving."""
        columns = self._columns
        found = self._any_beside(self._are_by(self._choosing).take(columns.instances))
        if counts_staying:
            found |= self._stays.take(columns.sources)
        return found & columns.moves

    @cached_property
    def passed(self) -> Flags:
        """On which edges the choice is passed for certain where the value could be chosen."""
        columns, steps = self._columns, self._steps
        way_of = np.full(len(columns.graph.instances), _NOWHERE)
        for number, way in enumerate(steps.ways):
            way_of[list(way.instances)] = number
        ways = way_of.take(columns.instances)
        passes = self._offering[ways, columns.sources] & (ways != _NOWHERE)
        could_do_without = (ways != _NOWHERE) & ~passes
        could_do_without |= self._are_by(steps.others).take(columns.instances)
        return self._any_beside(passes) & ~self._any_beside(could_do_without) & columns.moves

    @property
    def _choosing(self) -> frozenset[int]:
        return frozenset[int]().union(*(way.choosing for way in self._steps.ways))

    @cached_property
    def _offering(self) -> Flags:
        """For each way, in which states the value can be chosen on it."""
        states = self._columns.graph.state_count
        rows = [self._columns.states_left_by(way.choosing) for way in self._steps.ways]
        return np.array(rows, bool).reshape(len(rows), states)

    @cached_property
    def _stays(self) -> Flags:
        """In which states a step that chooses the value leads back."""
        columns = self._columns
        found = np.zeros(columns.graph.state_count, bool)
        for instance in self._choosing:
            edges = columns.edges_by(instance)
            found[columns.sources.take(edges.compress(~columns.moves.take(edges)))] = True
        return found

    def _are_by(self, instances: frozenset[int]) -> Flags:
        """Return by number which instances are among some."""
        found = np.zeros(len(self._columns.graph.instances), bool)
        found[list(instances)] = True
        return found

    def _any_beside(self, edges: Flags) -> Flags:
        """Return which edges are among some, or between the same states as one that is."""
        return self._columns.parallel.joined_by_any(edges)


class KnownStateValues:
    """The values of a predicate on states that edges tell; one in `every` is compared with it."""

    def __init__(
        self, predicate: Predicate, steps: ChoiceSteps, columns: GraphColumns, every: int
    ) -> None:
        self._known = ChoiceMoments(steps, columns).due
        self._graph = columns.graph
        for state in range(every - 1, self._graph.state_count, every) if every else ():
            if predicate.holds(self._graph.state(state)) != self._known[state]:
                raise wrong_answer(predicate.name, "another value")

    def never_breaks(self) -> bool:
        """Whether it is known that there is a value in every state: there is."""
        return True

    def of(self, states: Numbers) -> Outcomes:
        """Return the values in some states."""
        return _outcomes(self._known[states])

    def holds(self, state: int) -> bool:
        """Return the value in a state."""
        return bool(self._known[state])


class KnownStepValues:
    """The values of a predicate on steps that edges tell.

    They are compared with it on an edge for each `every` states, and on all edges if that is 1.
    """

    def __init__(
        self, predicate: StepPredicate, steps: ChoiceSteps, columns: GraphColumns, every: int
    ) -> None:
        moments, moment = ChoiceMoments(steps, columns), steps.moment
        if moment is ChoiceMoment.PASSED:
            self._known = moments.passed
        else:
            self._known = moments.chosen(counts_staying=moment is ChoiceMoment.CHOSEN_OR_STAYING)
        graph = columns.graph
        apart = every if every <= 1 else every * max(1, graph.edge_count // graph.state_count)
        for edge in range(apart - 1, graph.edge_count, apart) if every else ():
            before, after = graph.state(graph.sources[edge]), graph.state(graph.targets[edge])
            if predicate.holds(before, after) != self._known[edge]:
                raise wrong_answer(predicate.name, "another value")

    def never_breaks(self) -> bool:
        """Whether it is known that there is a value on every step: there is."""
        return True

    def of(self, _states: Numbers, steps: Numbers) -> Outcomes:
        """Return the values on some steps; staying is none of them."""
        return _outcomes(self._known[steps] & (steps != STAY))

    def holds(self, _state: int, edge: int) -> bool:
        """Return the value on an edge, or of staying."""
        return edge != STAY and bool(self._known[edge])


def _outcomes(holds: Flags) -> Outcomes:
    return holds.astype(np.int8)  # YES is 1 and NO is 0
