"""What a behaviour must do in the long run: conditions on what comes again and again.

A strongly connected part of a graph serves a condition when a behaviour that goes round the whole
part for ever satisfies it. Each condition is a pair, as of a Streett automaton: something `recurs`,
or something else is avoided. Weak fairness of A is that not being enabled, or A, recurs; strong
fairness that A recurs, or being enabled is avoided. A part that lacks something to avoid may still
have parts without it that serve (Emerson and Lei 1987).

Staying in a state for ever takes no <<A>>_v, and every [A]_v: steps that matter change the state.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import numpy as np

from conform.domain.actions import label_of
from conform.domain.fairness import FairnessCondition, FairnessKind
from conform.domain.temporal import Not, Or, StateAtom, StepAtom
from conform.domain.temporal import Temporal as Formula
from conform.explore.liveness.normal_form import Limit, disjunction, is_of_state
from conform.explore.liveness.predicate_values import NO, YES, Outcomes
from conform.explore.liveness.valuation import Valuation
from conform.explore.state_columns import Flags, Numbers


class Condition(Protocol):
    """One condition, asked about many states or edges of the graph at once."""

    @property
    def can_avoid(self) -> bool:
        """Whether it is not by recurring alone that it can be served."""

    def recurs_at(self, states: Numbers) -> Flags:
        """Return in which states what must recur is there, whatever step is taken."""

    def recurs_on(self, edges: Numbers) -> Flags:
        """Return on which edges it is there."""

    def occurs_at(self, states: Numbers) -> Flags:
        """Return in which states what can be avoided is there, whatever step is taken."""

    def occurs_on(self, edges: Numbers) -> Flags:
        """Return on which edges what can be avoided is there."""

    def surely_occurs_at(self, states: Numbers) -> Flags:
        """Return in which states that, or the contrary of what recurs, is known without asking."""


class FormulaMoments:
    """The moments at which a formula without `[]` and `<>` holds: all of a state's, or edges."""

    def __init__(self, formula: Formula, valuation: Valuation) -> None:
        parts = formula.formulas if isinstance(formula, Or) else (formula,)
        self.of_states = disjunction(part for part in parts if is_of_state(part))
        self.of_steps = disjunction(part for part in parts if not is_of_state(part))
        self._valuation = valuation

    def at(self, states: Numbers, *, or_broken: bool) -> Flags:
        """Return in which states all moments are among them.

        `or_broken` is the answer where the formula has no value.
        """
        values = self._valuation.values(self.of_states, states)
        return _flags(values, or_broken=or_broken)

    def on(self, edges: Numbers, *, or_broken: bool) -> Flags:
        """Return which edges are, each by itself or by the state that it leaves."""
        sources = self._valuation.columns.sources.take(edges)
        found = self.at(sources, or_broken=or_broken)
        left = np.flatnonzero(~found)
        values = self._valuation.values(self.of_steps, sources.take(left), edges.take(left))
        found[left] = _flags(values, or_broken=or_broken)
        return found

    def refuse_everywhere(self) -> None:
        """Raise LivenessBreakdownError if the formula has no value in a state or on an edge."""
        valuation, columns = self._valuation, self._valuation.columns
        if not (valuation.may_break(self.of_states) or valuation.may_break(self.of_steps)):
            return
        states = np.arange(columns.graph.state_count)
        values = valuation.values(self.of_states, states)
        valuation.refuse(self.of_states, values, states)
        if not valuation.may_break(self.of_steps):
            return
        edges = np.flatnonzero((values != YES).take(columns.sources))
        sources = columns.sources.take(edges)
        values = valuation.values(self.of_steps, sources, edges)
        valuation.refuse(self.of_steps, values, sources, edges)


def _flags(values: Outcomes, *, or_broken: bool) -> Flags:
    holds: Flags = values != NO if or_broken else values == YES
    return holds


class FormulaCondition:
    """One condition given by formulas.

    Where one has no value, that does not help a behaviour to serve the condition; so what is found
    to serve it does. That nothing was found means little until `refuse_everywhere` was asked.
    """

    def __init__(self, limit: Limit, valuation: Valuation) -> None:
        self._recurs = FormulaMoments(limit.recurs, valuation)
        self._avoids = None if limit.avoids is None else FormulaMoments(limit.avoids, valuation)

    @property
    def can_avoid(self) -> bool:
        return self._avoids is not None

    def recurs_at(self, states: Numbers) -> Flags:
        return self._recurs.at(states, or_broken=False)

    def recurs_on(self, edges: Numbers) -> Flags:
        return self._recurs.on(edges, or_broken=False)

    def occurs_at(self, states: Numbers) -> Flags:
        if self._avoids is None:
            return np.ones(len(states), bool)
        return self._avoids.at(states, or_broken=True)

    def occurs_on(self, edges: Numbers) -> Flags:
        if self._avoids is None:
            return np.ones(len(edges), bool)
        return self._avoids.on(edges, or_broken=True)

    def surely_occurs_at(self, states: Numbers) -> Flags:
        return np.zeros(len(states), bool)

    def refuse_everywhere(self) -> None:
        """Raise LivenessBreakdownError if a formula has no value in a state or on an edge."""
        for moments in (self._recurs, self._avoids):
            if moments is not None:
                moments.refuse_everywhere()


class FairnessFormulas:
    """WF or SF by its formulas; raises LivenessBreakdownError where one has no value."""

    def __init__(self, condition: FairnessCondition, valuation: Valuation) -> None:
        self.is_strong = condition.kind is FairnessKind.STRONG
        name_formulas(condition, valuation)
        enabled, taken = StateAtom(condition.enabled), StepAtom(condition.taken)
        self._enabled = enabled
        self._taken: Formula = taken if self.is_strong else Or((Not(enabled), taken))
        self._valuation = valuation

    @property
    def can_avoid(self) -> bool:
        return self.is_strong

    def recurs_at(self, states: Numbers) -> Flags:
        if self.is_strong:
            return np.zeros(len(states), bool)
        return ~self.occurs_at(states)

    def recurs_on(self, edges: Numbers) -> Flags:
        sources = self._valuation.columns.sources.take(edges)
        return self._valuation.holds(self._taken, sources, edges)

    def occurs_at(self, states: Numbers) -> Flags:
        return self._valuation.holds(self._enabled, states)

    def occurs_on(self, edges: Numbers) -> Flags:
        return np.zeros(len(edges), bool)

    def surely_occurs_at(self, states: Numbers) -> Flags:
        return np.zeros(len(states), bool)


def name_formulas(condition: FairnessCondition, valuation: Valuation) -> None:
    """Have messages about the formulas of WF or SF tell the action."""
    name = label_of(condition.action, condition.parameters)
    valuation.of_states(condition.enabled, f"ENABLED {name}")
    valuation.of_steps(condition.taken, f"a step of {name}")


class LongRun:
    """All conditions together, those first that can only be served by recurring.

    `restless` has for each state whether it is known beforehand that no behaviour may stay there.
    """

    def __init__(self, conditions: Iterable[Condition], restless: Flags) -> None:
        self.conditions = sorted(conditions, key=lambda condition: condition.can_avoid)
        self.restless = restless

    def __add__(self, more: Iterable[Condition]) -> LongRun:
        return LongRun((*self.conditions, *more), self.restless)

    def allow_staying(self, states: Numbers) -> Flags:
        """Return in which states to stay for ever serves all conditions."""
        allowed = ~self.restless.take(states)
        for condition in self.conditions:
            left = np.flatnonzero(allowed)
            if not len(left):
                break
            chosen = states.take(left)
            serves = condition.recurs_at(chosen)
            if condition.can_avoid:
                serves = serves | ~condition.occurs_at(chosen)
            allowed[left] = serves
        return allowed
