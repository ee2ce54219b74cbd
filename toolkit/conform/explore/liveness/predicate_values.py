"""The values of one predicate on the states, or the edges, of a graph.

It is asked once for each combination of values that the slots it reads have in the graph, and only
when a state with that combination is asked for. Where it has no value is an answer too, BROKEN.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from conform.domain.states import Predicate, StepPredicate
from conform.errors import EvaluationError
from conform.explore.asking import AskedPredicate, AskedStepPredicate
from conform.explore.columns.basis import NO_VALUE
from conform.explore.graph import StateGraph
from conform.explore.graph_columns import GraphColumns
from conform.explore.liveness.leaf_columns import LeafColumns
from conform.explore.memo import wrong_answer
from conform.explore.options import ExploreOptions
from conform.explore.state_columns import Column, Flags, Numbers, distinct, numbered

STAY = -1
"""In place of an edge's number: stuttering."""

NO, YES, BROKEN = 0, 1, NO_VALUE
"""The values of a formula at one moment."""

_UNKNOWN = -1

Outcomes: TypeAlias = NDArray[np.int8]
"""NO, YES or BROKEN, place by place."""


class LivenessBreakdownError(Exception):
    """A formula that liveness needs has no value in `state`, or on the step `edge` from there."""

    def __init__(self, doing: str, error: EvaluationError, state: int, edge: int | None) -> None:
        super().__init__(error.message)
        self.doing = doing
        self.error = error
        self.state = state
        self.edge = edge


class _Values:
    """One predicate on a graph; `_answers` has an outcome for each combination, or _UNKNOWN."""

    def __init__(
        self,
        predicate: Predicate | StepPredicate,
        doing: str,
        columns: GraphColumns,
        options: ExploreOptions,
    ) -> None:
        self._doing = doing
        self._graph: StateGraph = columns.graph
        self._columns = columns
        self._reads = predicate.reads if options.remember else None
        can_check = predicate.reads is not None  # what is impure is not asked twice
        self._every = options.self_check if can_check else 0

    @cached_property
    def _combinations(self) -> Column:
        return self._columns.combinations(self._reads)

    def never_breaks(self) -> bool:
        """Whether it is known that there is a value wherever one is asked for."""
        return False

    def _sample(self, places: Numbers, checked: Flags) -> list[int]:
        """Return one in `self_check` of some places, each place once."""
        if not self._every or checked.all():
            return []
        chosen = distinct(places.compress(places % self._every == self._every - 1))
        chosen = chosen[~checked[chosen // self._every]]
        checked[chosen // self._every] = True
        return [int(place) for place in chosen]

    def _nothing_checked(self, count: int) -> Flags:
        return np.zeros(count // self._every if self._every else 0, bool)


def _unanswered(numbers: Numbers, answers: Outcomes) -> Numbers:
    """Return the combinations among some that have no answer yet, each once."""
    missing = numbers.compress(answers.take(numbers) == _UNKNOWN)
    if 8 * len(missing) < len(answers):  # sorting few takes less than looking through all
        return distinct(missing)
    wanted = np.zeros(len(answers), bool)
    wanted[missing] = True
    return np.flatnonzero(wanted)


MANY = 2000
"""Questions from which on states are sorted by leaves: fewer are asked sooner."""


class StateValues(_Values):
    """One predicate on the states of a graph; many states are sorted by `leaves`, where given."""

    def __init__(
        self,
        predicate: Predicate,
        asked: AskedPredicate,
        doing: str,
        columns: GraphColumns,
        options: ExploreOptions,
        leaves: Callable[[], LeafColumns] | None,
    ) -> None:
        super().__init__(predicate, doing, columns, options)
        self._predicate = predicate
        self._asked = asked
        self._leaves = None if self._reads is None else leaves
        self._checked = self._nothing_checked(self._graph.state_count)

    @cached_property
    def _answers(self) -> Outcomes:
        return np.full(len(self._combinations), _UNKNOWN, np.int8)

    def never_breaks(self) -> bool:
        """Whether it is known that there is a value in every state: all were asked for."""
        return bool((self._answers <= YES).all() and (self._answers >= NO).all())

    def of(self, states: Numbers) -> Outcomes:
        """Return the values in some states."""
        numbers = self._combinations.codes.take(states)
        answers = self._answers
        missing = _unanswered(numbers, answers)
        if self._leaves is not None and len(missing) >= MANY:
            asked = self._combinations.firsts[missing]
            answers[missing] = self._leaves().values(self._predicate, asked, _UNKNOWN)
            missing = missing[answers[missing] == _UNKNOWN]
        for number in missing:
            answers[number] = self._outcome(int(self._combinations.firsts[number]))
        found = answers.take(numbers)
        for state in self._sample(states, self._checked):
            self._check(state)
        return found

    def holds(self, state: int) -> bool:
        """Return the value in a state; raise LivenessBreakdownError where there is none."""
        known = self._answers[self._combinations.codes[state]]
        if known in (YES, NO):
            return bool(known)
        answer = self._ask(state)
        self._answers[self._combinations.codes[state]] = answer
        return answer

    def _outcome(self, state: int) -> int:
        try:
            return YES if self._ask(state) else NO
        except LivenessBreakdownError:
            return BROKEN

    def _ask(self, state: int) -> bool:
        try:
            return bool(self._asked.test(self._graph.state(state)))
        except EvaluationError as error:
            raise LivenessBreakdownError(self._doing, error, state, None) from error

    def _check(self, state: int) -> None:
        """Ask the model itself about a state; raise ExplorerDefectError if it says otherwise."""
        try:
            real = YES if self._predicate.holds(self._graph.state(state)) else NO
        except EvaluationError:
            real = BROKEN
        if self._answers[self._combinations.codes[state]] != real:
            raise wrong_answer(self._predicate.name, "another value")


class StepValues(_Values):
    """One predicate on the edges of a graph, and on stuttering."""

    def __init__(
        self,
        predicate: StepPredicate,
        asked: AskedStepPredicate,
        doing: str,
        columns: GraphColumns,
        options: ExploreOptions,
    ) -> None:
        super().__init__(predicate, doing, columns, options)
        self._predicate = predicate
        self._asked = asked
        self._checked = self._nothing_checked(self._graph.edge_count)

    @cached_property
    def _edges(self) -> Column:
        """The distinct pairs of combinations before and after, by edge."""
        states, columns = self._combinations, self._columns
        before, after = states.codes.take(columns.sources), states.codes.take(columns.targets)
        count = len(states)
        return numbered(before.astype(np.int64) * count + after, count * count)

    @cached_property
    def _answers(self) -> Outcomes:
        return np.full(len(self._edges), _UNKNOWN, np.int8)

    @cached_property
    def _answers_at_rest(self) -> Outcomes:
        return np.full(len(self._combinations), _UNKNOWN, np.int8)

    def of(self, states: Numbers, steps: Numbers) -> Outcomes:
        """Return the values on some steps from some states."""
        found = np.empty(len(steps), np.int8)
        is_rest = steps == STAY
        rests, others = np.flatnonzero(is_rest), np.flatnonzero(~is_rest)
        found[rests] = self._of_rest(states.take(rests))
        found[others] = self._of_edges(steps.take(others))
        return found

    def _of_edges(self, edges: Numbers) -> Outcomes:
        if not len(edges):
            return np.empty(0, np.int8)
        numbers, answers = self._edges.codes.take(edges), self._answers
        for number in _unanswered(numbers, answers):
            edge = int(self._edges.firsts[number])
            answers[number] = self._outcome(self._graph.sources[edge], edge)
        found = answers.take(numbers)
        for edge in self._sample(edges, self._checked):
            self._check(edge)
        return found

    def _of_rest(self, states: Numbers) -> Outcomes:
        numbers, answers = self._combinations.codes.take(states), self._answers_at_rest
        for number in _unanswered(numbers, answers):
            answers[number] = self._outcome(int(self._combinations.firsts[number]), STAY)
        return answers.take(numbers)

    def holds(self, state: int, edge: int) -> bool:
        """Return the value on an edge that leaves a state, or of staying there.

        Raises LivenessBreakdownError where there is none.
        """
        answers = self._answers_at_rest if edge == STAY else self._answers
        place = self._combinations.codes[state] if edge == STAY else self._edges.codes[edge]
        if answers[place] in (YES, NO):
            return bool(answers[place])
        answer = self._ask(state, edge)
        answers[place] = answer
        return answer

    def _outcome(self, state: int, edge: int) -> int:
        try:
            return YES if self._ask(state, edge) else NO
        except LivenessBreakdownError:
            return BROKEN

    def _ask(self, state: int, edge: int) -> bool:
        graph = self._graph
        after = state if edge == STAY else graph.targets[edge]
        try:
            return bool(self._asked.test(graph.state(state), graph.state(after)))
        except EvaluationError as error:
            broken_edge = None if edge == STAY else edge
            raise LivenessBreakdownError(self._doing, error, state, broken_edge) from error

    def _check(self, edge: int) -> None:
        """Ask the model itself about an edge; raise ExplorerDefectError if it says otherwise."""
        states = (self._graph.sources[edge], self._graph.targets[edge])
        try:
            real = YES if self._predicate.holds(*map(self._graph.state, states)) else NO
        except EvaluationError:
            real = BROKEN
        if self._answers[self._edges.codes[edge]] != real:
            raise wrong_answer(self._predicate.name, "another value")
