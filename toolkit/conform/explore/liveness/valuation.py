"""What formulas without `[]` and `<>` say of the states and edges of a graph, many at a time.

Where one has no value is an answer too, BROKEN: whoever asked decides what that means, and `refuse`
tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias, assert_never

import numpy as np

from conform.domain.acceleration import Accelerator
from conform.domain.fairness import ChoiceSteps
from conform.domain.states import Predicate, StepPredicate
from conform.domain.temporal import (
    Always,
    And,
    Eventually,
    LeadsTo,
    Not,
    Or,
    StateAtom,
    StepAtom,
    Temporal,
)
from conform.explore.asking import AskedPredicate, AskedStepPredicate
from conform.explore.defect import ExplorerDefectError
from conform.explore.graph_columns import GraphColumns
from conform.explore.liveness.choice_moments import KnownStateValues, KnownStepValues
from conform.explore.liveness.leaf_columns import LeafColumns
from conform.explore.liveness.predicate_values import (
    BROKEN,
    NO,
    STAY,
    YES,
    Outcomes,
    StateValues,
    StepValues,
)
from conform.explore.options import ExploreOptions
from conform.explore.state_columns import Flags, Numbers


class Valuation:
    """The values of predicates on one graph.

    `has_all_edges` says whether no step is missing in it, so that edges tell what can be done.
    """

    def __init__(
        self,
        columns: GraphColumns,
        options: ExploreOptions,
        accelerator: Accelerator | None,
        *,
        has_all_edges: bool,
    ) -> None:
        self.columns = columns
        self._has_all_edges = has_all_edges
        self.graph = columns.graph
        self._options = options
        self._accelerator = accelerator
        self._states: dict[int, StateValues | KnownStateValues] = {}
        self._steps: dict[int, StepValues | KnownStepValues] = {}
        self._leaf_columns: LeafColumns | None = None

    def _leaves(self) -> LeafColumns:
        """Return the leaves of all states, made once."""
        if self._leaf_columns is None:
            self._leaf_columns = LeafColumns(self.columns)
        return self._leaf_columns

    def of_states(self, predicate: Predicate, doing: str = "") -> StateValues | KnownStateValues:
        """Return the values of a predicate, the same each time; `doing` is for error messages."""
        known = self._states.get(id(predicate))
        if known is None and (told := self._told_by_edges(predicate)):
            every = self._options.self_check
            known = self._states[id(predicate)] = KnownStateValues(
                predicate, told, self.columns, every
            )
        if known is None:
            asked = AskedPredicate(predicate, self._accelerator)
            doing = doing or predicate.name
            leaves = self._leaves if self._accelerator is None else None
            known = StateValues(predicate, asked, doing, self.columns, self._options, leaves)
            self._states[id(predicate)] = known
        return known

    def _told_by_edges(self, predicate: Predicate | StepPredicate) -> ChoiceSteps | None:
        found = getattr(predicate, "choice_steps", None) if self._has_all_edges else None
        assert found is None or isinstance(found, ChoiceSteps)
        return found

    def of_steps(self, predicate: StepPredicate, doing: str = "") -> StepValues | KnownStepValues:
        """Return the values of a predicate on steps, the same each time."""
        known = self._steps.get(id(predicate))
        if known is None and (told := self._told_by_edges(predicate)):
            every = self._options.self_check
            known = self._steps[id(predicate)] = KnownStepValues(
                predicate, told, self.columns, every
            )
        if known is None:
            asked = AskedStepPredicate(predicate, self._accelerator)
            doing = doing or predicate.name
            known = StepValues(predicate, asked, doing, self.columns, self._options)
            self._steps[id(predicate)] = known
        return known

    def values(self, formula: Temporal, states: Numbers, steps: Numbers | None = None) -> Outcomes:
        """Return the values of a formula without `[]` and `<>`, parts asked from left to right.

        `steps` are edges from the states, or STAY; without them it must speak of states alone.
        """
        match formula:
            case StateAtom(predicate):
                return self.of_states(predicate).of(states)
            case StepAtom(predicate) if steps is not None:
                return self.of_steps(predicate).of(states, steps)
            case Not(inner):
                values = self.values(inner, states, steps)
                return np.where(values == BROKEN, values, YES - values).astype(np.int8)
            case And(formulas):
                return self._in_turn(formulas, states, steps, YES)
            case Or(formulas):
                return self._in_turn(formulas, states, steps, NO)
            case StepAtom() | Always() | Eventually() | LeadsTo():
                raise ExplorerDefectError("a formula of one state has more than that in it")
            case _:
                assert_never(formula)

    def _in_turn(
        self, formulas: Sequence[Temporal], states: Numbers, steps: Numbers | None, goes_on: int
    ) -> Outcomes:
        """Return the first value that is not `goes_on`, which it is where there is none."""
        values = np.full(len(states), goes_on, np.int8)
        undecided = np.arange(len(states))
        for formula in formulas:
            if not len(undecided):
                break
            chosen = None if steps is None else steps.take(undecided)
            found = self.values(formula, states.take(undecided), chosen)
            values[undecided] = found
            undecided = undecided.compress(found == goes_on)
        return values

    def holds(self, formula: Temporal, states: Numbers, steps: Numbers | None = None) -> Flags:
        """Return where a formula holds; raise LivenessBreakdownError if one has no value."""
        values = self.values(formula, states, steps)
        self.refuse(formula, values, states, steps)
        holds: Flags = values == YES
        return holds

    def refuse(
        self, formula: Temporal, values: Outcomes, states: Numbers, steps: Numbers | None = None
    ) -> None:
        """Raise LivenessBreakdownError for the first of `values` that is BROKEN, if one is."""
        broken = np.flatnonzero(values == BROKEN)
        if len(broken):
            first = int(broken[0])
            step = STAY if steps is None else int(steps[first])
            self.code(formula)(int(states[first]), step)
            raise ExplorerDefectError("a formula without value has one when asked again")

    def may_break(self, formula: Temporal) -> bool:
        """Whether a formula may have no value at some moment, for all that is known so far."""
        match formula:
            case StateAtom(predicate):
                return not self.of_states(predicate).never_breaks()
            case StepAtom(step_predicate):
                return not self.of_steps(step_predicate).never_breaks()
            case Not(inner):
                return self.may_break(inner)
            case And(formulas) | Or(formulas):
                return any(self.may_break(inner) for inner in formulas)
            case Always() | Eventually() | LeadsTo():
                raise ExplorerDefectError("a formula of one moment has `[]` or `<>` in it")
            case _:
                assert_never(formula)

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


Code: TypeAlias = Callable[[int, int], bool]
"""A formula of one moment: of a state, and an edge from there, STAY where it stays."""


def _every(codes: list[Code]) -> Code:
    match codes:
        case []:
            return lambda _state, _step: True
        case [code]:
            return code
        case _:
            return lambda state, step: all(code(state, step) for code in codes)
