"""Fairness of actions that are instances of the model: the graph's edges tell all about it.

Where <<A>>_v is known as steps of the model (`ActionSteps`), its formula need not be evaluated: an
edge by one of the instances that changes v is such a step, and A is enabled where one leaves. That
is all of it on the whole graph of a model without constraints. Constraints cut steps off: there
ENABLED is asked where no edge is left to tell. Bounds on steps tell parallel edges apart, which no
formula does; there the formulas alone count.
"""

from __future__ import annotations

import numpy as np

from conform.domain.fairness import ActionSteps, FairnessCondition, FairnessKind
from conform.domain.model import Model
from conform.domain.temporal import StateAtom
from conform.errors import EvaluationError
from conform.explore.defect import ExplorerDefectError
from conform.explore.liveness.long_run import Condition, FairnessFormulas, LongRun, name_formulas
from conform.explore.liveness.valuation import Valuation
from conform.explore.state_columns import Flags, Numbers


def fairness_of(model: Model, valuation: Valuation, *, self_check: int) -> LongRun:
    """Return the fairness conditions of a model on its graph.

    With `self_check` N the answers about one state in N are compared with the formulas, of which
    each is asked about its own quarter of these, all about every state if N is 1. A difference
    raises ExplorerDefectError.
    """
    is_constrained = bool(model.constraints or model.action_constraints)
    columns = valuation.columns
    conditions: list[Condition] = []
    restless = np.zeros(columns.graph.state_count, bool)
    for number, condition in enumerate(model.fairness):
        steps = condition.steps
        if steps is None or columns.graph.is_cut or (is_constrained and steps.counts_staying):
            conditions.append(FairnessFormulas(condition, valuation))
            continue
        known = EdgeFairness(condition, steps, valuation, is_constrained=is_constrained)
        known.compare_with_formulas(_sample(columns.graph.state_count, self_check, number))
        restless |= known.served
        conditions.append(known)
    return LongRun(conditions, restless)


def _sample(states: int, every: int, number: int) -> range:
    """Return the states in which the formulas of a condition are asked, by its number."""
    if every <= 1:
        return range(states if every else 0)
    return range(number % TURNS * every, states, TURNS * every)


TURNS = 4
"""Conditions that share the states of a sample: a model has dozens, and formulas are slow."""

NO_EDGES = np.zeros(0, np.int64)
"""What a condition on no instance at all has for edges."""


class EdgeFairness:
    """WF or SF whose steps are known; `served` has the states where an edge shows A enabled."""

    def __init__(
        self,
        condition: FairnessCondition,
        steps: ActionSteps,
        valuation: Valuation,
        *,
        is_constrained: bool,
    ) -> None:
        self.is_strong = condition.kind is FairnessKind.STRONG
        self._condition = condition
        self._steps = steps
        self._valuation = valuation
        self._is_constrained = is_constrained
        name_formulas(condition, valuation)
        columns = valuation.columns
        self._is_by = np.zeros(len(columns.graph.instances), bool)
        self._is_by[list(steps.instances)] = True
        by_instances = np.concatenate([NO_EDGES, *map(columns.edges_by, steps.instances)])
        self.served = self._states_left_by(by_instances.compress(self._changes(by_instances)))
        self._at_rest: Flags | None = None
        if steps.counts_staying:
            self._at_rest = self._states_left_by(
                by_instances.compress(~columns.moves.take(by_instances))
            )
            self.served &= ~self._at_rest

    def _states_left_by(self, edges: Numbers) -> Flags:
        states = np.zeros(self._valuation.graph.state_count, bool)
        states[self._valuation.columns.sources.take(edges)] = True
        return states

    def _changes(self, edges: Numbers) -> Flags:
        """Return which edges change a slot of the subscript."""
        columns = self._valuation.columns
        if len(self._steps.changing) == len(columns.graph.slots):
            return columns.moves.take(edges)
        changes = np.zeros(len(edges), bool)
        sources, targets = columns.sources.take(edges), columns.targets.take(edges)
        for slot in self._steps.changing:
            codes = columns.codes(slot)
            changes |= codes.take(sources) != codes.take(targets)
        return changes

    @property
    def can_avoid(self) -> bool:
        return self.is_strong

    def recurs_at(self, states: Numbers) -> Flags:
        if self.is_strong:
            return np.zeros(len(states), bool)
        return ~self.occurs_at(states)

    def recurs_on(self, edges: Numbers) -> Flags:
        columns = self._valuation.columns
        taken = self._is_by.take(columns.instances.take(edges))
        by_instances = np.flatnonzero(taken)
        taken[by_instances] = self._changes(edges.take(by_instances))
        if self.is_strong and self._at_rest is not None:
            taken |= self._at_rest.take(columns.sources.take(edges)) & columns.moves.take(edges)
        return taken

    def occurs_at(self, states: Numbers) -> Flags:
        """Return in which states A is enabled."""
        enabled = self.served.take(states)
        if self._is_constrained:
            left = np.flatnonzero(~enabled)
            formula = StateAtom(self._condition.enabled)
            enabled[left] = self._valuation.holds(formula, states.take(left))
        return enabled

    def occurs_on(self, edges: Numbers) -> Flags:
        return np.zeros(len(edges), bool)

    def surely_occurs_at(self, states: Numbers) -> Flags:
        return self.served.take(states)

    def compare_with_formulas(self, states: range) -> None:
        """Evaluate the formulas in some states, and on the steps from there."""
        graph = self._valuation.graph
        leaving = [edge for state in states for edge in graph.edges_of(state)]
        takes = iter(self.recurs_on(np.array(leaving, np.int64)).tolist())
        for state in states:
            taken: dict[int, bool] = {}
            for edge in graph.edges_of(state):
                target = graph.targets[edge]
                taken[target] = next(takes) or taken.get(target, False)
            try:
                is_right = self._agrees(state, taken)
            except EvaluationError:
                continue
            if not is_right:
                raise _defect(self._condition)

    def _agrees(self, state: int, taken: dict[int, bool]) -> bool:
        """Whether the formulas say the same of a state and, by target, of the steps from there."""
        graph, condition = self._valuation.graph, self._condition
        here = graph.state(state)
        is_enabled = condition.enabled.holds(here)
        is_served = bool(self.served[state])
        if is_served > is_enabled or (is_enabled > is_served and not self._is_constrained):
            return False
        return all(
            condition.taken.holds(here, graph.state(target)) == is_taken
            for target, is_taken in taken.items()
        )


def _defect(condition: FairnessCondition) -> ExplorerDefectError:
    return ExplorerDefectError(
        f"self-check: the steps of {condition.action}, as the model names them, are not those of"
        " its fairness condition",
        expected="the steps and states that the formulas give",
        hint="please report this",
    )
