"""What a behaviour must do in the long run: conditions on what comes again and again.

A strongly connected part of a graph serves a condition when a behaviour that goes round the whole
part for ever satisfies it. Each condition is a pair, as of a Streett automaton: something `recurs`,
or something else is avoided. Weak fairness of A is that not being enabled, or A, recurs; strong
fairness that A recurs, or being enabled is avoided. A part that lacks something to avoid may still
have parts without it that serve (Emerson and Lei 1987).

Staying in a state for ever takes no <<A>>_v, and every [A]_v: steps that matter change the state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from conform.domain.model import (
    FairnessCondition,
    FairnessKind,
    Not,
    Or,
    StateAtom,
    StepAtom,
    Temporal,
)
from conform.domain.values import format_value
from conform.explore.graph import StateGraph
from conform.explore.normal_form import Limit, is_of_state
from conform.explore.valuation import STAY, Valuation


@dataclass(frozen=True, slots=True)
class Visit:
    """What a behaviour sees again and again: states, and edges between them."""

    states: Sequence[int]
    edges: Sequence[int]


class Moments(Protocol):
    """A set of moments of behaviours."""

    def at(self, state: int) -> bool:
        """Whether all moments in this state are in the set."""

    def on(self, edge: int) -> bool:
        """Whether the moment of this edge is, where not all of its state's are."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Why a part does not serve: it must do without `avoid`; with None it cannot be helped."""

    avoid: tuple[Moments, ...] | None

    def __or__(self, other: Lack) -> Lack:
        if self.avoid is None or other.avoid is None:
            return Lack(None)
        return Lack((*self.avoid, *other.avoid))


Witness: TypeAlias = Callable[[int, int], bool]
"""Whether to take an edge, or STAY, that leads to a state helps to serve a condition."""


class Conditions(Protocol):
    """One or more conditions."""

    def allow_staying(self, state: int) -> bool:
        """Whether to stay in a state for ever serves them."""

    def lack(self, visit: Visit) -> Lack | None:
        """Return what a part lacks, None if it serves."""

    def witness(self, walk: Visit, part: Visit) -> Witness | None:
        """Return what helps a walk through a part that serves; None if it serves already.

        It serves then wherever else in the part it may yet come.
        """


class FormulaMoments:
    """The moments at which a formula without `[]` and `<>` holds."""

    def __init__(self, formula: Temporal, valuation: Valuation) -> None:
        parts = formula.formulas if isinstance(formula, Or) else (formula,)
        self._of_states = [valuation.code(part) for part in parts if is_of_state(part)]
        self._of_steps = [valuation.code(part) for part in parts if not is_of_state(part)]
        self._sources = valuation.graph.sources

    def at(self, state: int) -> bool:
        return any(code(state, 0) for code in self._of_states)

    def on(self, edge: int) -> bool:
        return any(code(self._sources[edge], edge) for code in self._of_steps)


class FormulaCondition:
    """One condition given by formulas."""

    def __init__(self, limit: Limit, valuation: Valuation) -> None:
        self._recurs = FormulaMoments(limit.recurs, valuation)
        self._avoids = None if limit.avoids is None else FormulaMoments(limit.avoids, valuation)

    @property
    def can_avoid(self) -> bool:
        """Whether it is not by recurring alone that it can be served."""
        return self._avoids is not None

    def evaluate_on(self, graph: StateGraph) -> None:
        """Ask the formulas on all of a graph; raise LivenessBreakdownError where one fails."""
        both = (self._recurs,) if self._avoids is None else (self._recurs, self._avoids)
        for moments in both:
            for state in range(graph.state_count):
                if not moments.at(state):
                    for edge in graph.edges_of(state):
                        moments.on(edge)

    def allow_staying(self, state: int) -> bool:
        if self._recurs.at(state):
            return True
        return self._avoids is not None and not self._avoids.at(state)

    def lack(self, visit: Visit) -> Lack | None:
        if _occurs(self._recurs, visit):
            return None
        if self._avoids is None:
            return Lack(None)
        return Lack((self._avoids,)) if _occurs(self._avoids, visit) else None

    def witness(self, walk: Visit, part: Visit) -> Witness | None:
        if _occurs(self._recurs, walk):
            return None
        if self._avoids is not None and not _occurs(self._avoids, part):
            return None
        recurs = self._recurs
        return lambda edge, state: recurs.at(state) or (edge != STAY and recurs.on(edge))


def _occurs(moments: Moments, visit: Visit) -> bool:
    return any(map(moments.at, visit.states)) or any(map(moments.on, visit.edges))


def fairness_condition(condition: FairnessCondition, valuation: Valuation) -> FormulaCondition:
    """Return WF or SF as a condition on formulas."""
    values = ", ".join(format_value(value) for _, value in condition.parameters)
    name = f"{condition.action}({values})" if values else condition.action
    valuation.of_states(condition.enabled, f"ENABLED {name}")
    valuation.of_steps(condition.taken, f"a step of {name}")
    enabled, taken = StateAtom(condition.enabled), StepAtom(condition.taken)
    if condition.kind is FairnessKind.WEAK:
        return FormulaCondition(Limit(Or((Not(enabled), taken)), None), valuation)
    return FormulaCondition(Limit(taken, enabled), valuation)


class LongRun:
    """All conditions together."""

    def __init__(self, conditions: Iterable[Conditions]) -> None:
        self._conditions = tuple(conditions)

    def __add__(self, more: Iterable[Conditions]) -> LongRun:
        return LongRun((*self._conditions, *more))

    def allow_staying(self, state: int) -> bool:
        for conditions in self._conditions:  # a loop is quicker here than `all`
            if not conditions.allow_staying(state):
                return False
        return True

    def lack(self, visit: Visit) -> Lack | None:
        found: Lack | None = None
        for conditions in self._conditions:
            lack = conditions.lack(visit)
            if lack is not None:
                found = lack if found is None else found | lack
                if found.avoid is None:
                    break
        return found

    def witness(self, walk: Visit, part: Visit) -> Witness | None:
        wanted = [conditions.witness(walk, part) for conditions in self._conditions]
        witnesses = [witness for witness in wanted if witness is not None]
        if not witnesses:
            return None
        return lambda edge, state: any(witness(edge, state) for witness in witnesses)
