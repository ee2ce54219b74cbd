"""What predicates say of the states and edges of a graph, each asked at most once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, assert_never

from conform.domain.model import (
    Accelerator,
    Always,
    And,
    Eventually,
    LeadsTo,
    Not,
    Or,
    Predicate,
    StateAtom,
    StepAtom,
    StepPredicate,
    Temporal,
)
from conform.errors import EvaluationError
from conform.explore.defect import ExplorerDefectError
from conform.explore.graph import StateGraph
from conform.explore.memo import PredicateMemo, StepMemo
from conform.explore.options import ExploreOptions

STAY = -1
"""In place of an edge's number: stuttering."""

_YES, _NO = 1, 2
"""Answers known about a state or an edge, a byte each; 0 is not asked yet."""

Code: TypeAlias = Callable[[int, int], bool]
"""A formula of one moment: of a state, and an edge from there, STAY where it stays."""


class LivenessBreakdownError(Exception):
    """A formula that liveness needs has no value in `state`, or on the step `edge` from there."""

    def __init__(self, doing: str, error: EvaluationError, state: int, edge: int | None) -> None:
        super().__init__(error.message)
        self.doing = doing
        self.error = error
        self.state = state
        self.edge = edge


class Valuation:
    """The values of predicates on one graph."""

    def __init__(
        self, graph: StateGraph, options: ExploreOptions, accelerator: Accelerator | None
    ) -> None:
        self.graph = graph
        self._options = options
        self._accelerator = accelerator
        self._states: dict[int, StateValues] = {}
        self._steps: dict[int, StepValues] = {}

    def of_states(self, predicate: Predicate, doing: str = "") -> StateValues:
        """Return the values of a predicate, the same each time; `doing` is for error messages."""
        known = self._states.get(id(predicate))
        if known is None:
            packing = self.graph.packing
            memo = PredicateMemo(predicate, packing, self._options, self._accelerator)
            known = StateValues(memo, doing or predicate.name, self.graph)
            self._states[id(predicate)] = known
        return known

    def of_steps(self, predicate: StepPredicate, doing: str = "") -> StepValues:
        """Return the values of a predicate on steps, the same each time."""
        known = self._steps.get(id(predicate))
        if known is None:
            memo = StepMemo(predicate, self.graph.packing, self._options, self._accelerator)
            known = StepValues(memo, doing or predicate.name, self.graph)
            self._steps[id(predicate)] = known
        return known

    def code(self, formula: Temporal) -> Code:
        """Return a formula without `[]` and `<>` as a function of state and step.

        It raises LivenessBreakdownError where the formula has no value.
        """
        match formula:
            case StateAtom(predicate):
                holds = self.of_states(predicate).holds
                return lambda state, _step: holds(state)
            case StepAtom(step_predicate):
                return self.of_steps(step_predicate).holds
            case Not(inner):
                code = self.code(inner)
                return lambda state, step: not code(state, step)
            case And(formulas):
                return _every([self.code(inner) for inner in formulas])
            case Or(formulas):
                codes = [self.code(inner) for inner in formulas]
                return lambda state, step: any(code(state, step) for code in codes)
            case Always() | Eventually() | LeadsTo():
                raise ExplorerDefectError("a formula of one moment has `[]` or `<>` in it")
            case _:
                assert_never(formula)


def _every(codes: list[Code]) -> Code:
    match codes:
        case []:
            return lambda _state, _step: True
        case [code]:
            return code
        case _:
            return lambda state, step: all(code(state, step) for code in codes)


class StateValues:
    """One predicate on the states of a graph."""

    def __init__(self, memo: PredicateMemo, doing: str, graph: StateGraph) -> None:
        self._memo = memo
        self._doing = doing
        self._words = graph.words
        self._answers = bytearray(graph.state_count)

    def holds(self, state: int) -> bool:
        """Return the value in a state; raise LivenessBreakdownError where there is none."""
        known = self._answers[state]
        return known == _YES if known else self._ask(state)

    def _ask(self, state: int) -> bool:
        try:
            answer = self._memo.holds(self._words[state])
        except EvaluationError as error:
            raise LivenessBreakdownError(self._doing, error, state, None) from error
        self._answers[state] = _YES if answer else _NO
        return answer


class StepValues:
    """One predicate on the edges of a graph, and on stuttering."""

    def __init__(self, memo: StepMemo, doing: str, graph: StateGraph) -> None:
        self._memo = memo
        self._doing = doing
        self._words = graph.words
        self._targets = graph.targets
        self._answers = bytearray(graph.edge_count)

    def holds(self, state: int, edge: int) -> bool:
        """Return the value on an edge that leaves a state, or of staying there."""
        if edge == STAY:
            return self._evaluated(state, state, None)
        known = self._answers[edge]
        if known:
            return known == _YES
        answer = self._evaluated(state, self._targets[edge], edge)
        self._answers[edge] = _YES if answer else _NO
        return answer

    def _evaluated(self, before: int, after: int, edge: int | None) -> bool:
        try:
            return self._memo.holds(self._words[before], self._words[after])
        except EvaluationError as error:
            raise LivenessBreakdownError(self._doing, error, before, edge) from error
