"""An independent check that a behaviour violates a temporal formula and is fair.

It asks the model alone, state by state, and shares nothing with the search: no packed states, no
remembered answers, no graph. Every lasso is checked by it before it is shown.
"""

from __future__ import annotations

from itertools import accumulate
from operator import and_
from typing import assert_never

from msgspec import Struct

from conform.domain.fairness import FairnessCondition, FairnessKind
from conform.domain.model import Model
from conform.domain.states import State
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


class Behaviour(Struct, frozen=True):
    """An infinite behaviour: states, and the instances by which one leads to the next.

    With `loop_to` (an index into `states`) the last instance leads from the last state back there,
    so there are as many instances as states. None means stuttering in the last state for ever;
    then there is one instance less than states.
    """

    states: tuple[State, ...]
    instances: tuple[int, ...]
    loop_to: int | None

    @property
    def steps(self) -> list[tuple[State, int, State]]:
        """All steps, the one that closes the loop included, the stuttering one not."""
        after = list(self.states[1:])
        if self.loop_to is not None:
            after.append(self.states[self.loop_to])
        return list(zip(self.states, self.instances, after, strict=False))

    @property
    def repeated(self) -> tuple[tuple[State, ...], list[tuple[State, int, State]]]:
        """The states and steps that come again and again; no steps when it stutters."""
        if self.loop_to is None:
            return self.states[-1:], []
        return self.states[self.loop_to :], self.steps[self.loop_to :]

    @property
    def moments(self) -> list[tuple[State, State]]:
        """Each state with the one after it; stuttering leads from the last state to itself."""
        last = self.states[-1] if self.loop_to is None else self.states[self.loop_to]
        return list(zip(self.states, (*self.states[1:], last), strict=True))


def is_fair_violation(model: Model, formula: Temporal, behaviour: Behaviour) -> bool:
    """Whether `behaviour` is one of the model's, fair, and violates `formula`."""
    return not objections(model, formula, behaviour)


def objections(model: Model, formula: Temporal, behaviour: Behaviour) -> list[str]:
    """Return why `behaviour` is no fair violation of `formula`; empty when it is one."""
    found = _objections_to_steps(model, behaviour)
    if is_true(formula, behaviour):
        found.append("the property holds of the behaviour")
    for number, condition in enumerate(model.fairness, start=1):
        if not _is_satisfied(condition, behaviour):
            found.append(f"fairness condition {number} ({condition.action}) is not satisfied")
    for number, assumption in enumerate(model.temporal_assumptions, start=1):
        if not is_true(assumption, behaviour):
            found.append(f"temporal assumption {number} is not satisfied")
    return found


def is_true(formula: Temporal, behaviour: Behaviour) -> bool:
    """Whether a behaviour satisfies a temporal formula: the textbook semantics, on a lasso."""
    return _values(formula, behaviour)[0]


def _values(formula: Temporal, behaviour: Behaviour) -> list[bool]:
    """Return the formula's value at each moment of the behaviour."""
    match formula:
        case StateAtom(predicate):
            return [predicate.holds(state) for state in behaviour.states]
        case StepAtom(step):
            return [step.holds(before, after) for before, after in behaviour.moments]
        case Not(inner):
            return [not value for value in _values(inner, behaviour)]
        case And(formulas):
            columns = [_values(inner, behaviour) for inner in formulas]
            return [all(row) for row in _rows(columns, behaviour)]
        case Or(formulas):
            columns = [_values(inner, behaviour) for inner in formulas]
            return [any(row) for row in _rows(columns, behaviour)]
        case Always(inner):
            return _always(_values(inner, behaviour), behaviour)
        case Eventually(inner):
            never = [not value for value in _values(inner, behaviour)]
            return [not value for value in _always(never, behaviour)]
        case LeadsTo(premise, conclusion):
            answered = _values(Or((Not(premise), Eventually(conclusion))), behaviour)
            return _always(answered, behaviour)
        case _:
            assert_never(formula)


def _rows(columns: list[list[bool]], behaviour: Behaviour) -> list[list[bool]]:
    return [[column[moment] for column in columns] for moment in range(len(behaviour.states))]


def _always(values: list[bool], behaviour: Behaviour) -> list[bool]:
    """Return for each moment whether the value is true then and at all moments to come.

    What is to come after a moment in the loop are all moments of the loop.
    """
    from_here = list(accumulate(reversed(values), and_))
    from_here.reverse()
    last = len(values) - 1
    loop = last if behaviour.loop_to is None else behaviour.loop_to
    return [from_here[min(moment, loop)] for moment in range(len(values))]


def _objections_to_steps(model: Model, behaviour: Behaviour) -> list[str]:
    found: list[str] = []
    is_closed = behaviour.loop_to is not None
    if len(behaviour.instances) != len(behaviour.states) - (not is_closed):
        found.append("states and steps do not match in number")
    if not any(_same(state, behaviour.states[0]) for state in model.initial_states()):
        found.append("the first state is not initial")
    for state in behaviour.states:
        if not all(constraint.holds(state) for constraint in model.constraints):
            found.append("a state is outside the constraints")
    for number, (before, instance, after) in enumerate(behaviour.steps, start=1):
        successors = model.successors(model.instances[instance], before)
        if not any(_same(successor.state, after) for successor in successors):
            found.append(f"step {number} is none of its action")
        if not all(constraint.holds(before, after) for constraint in model.action_constraints):
            found.append(f"step {number} is outside the action constraints")
    return found


def _is_satisfied(condition: FairnessCondition, behaviour: Behaviour) -> bool:
    states, steps = behaviour.repeated
    if any(condition.taken.holds(before, after) for before, _, after in steps):
        return True
    enabled = [condition.enabled.holds(state) for state in states]
    return not (all(enabled) if condition.kind is FairnessKind.WEAK else any(enabled))


def _same(left: State, right: State) -> bool:
    return left == right and list(map(type, left)) == list(map(type, right))
