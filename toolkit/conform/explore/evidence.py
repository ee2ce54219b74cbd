"""An independent check that a behaviour violates a leads-to formula and is fair.

It asks the model alone, state by state, and shares nothing with the search: no packed states, no
remembered answers, no graph. Every lasso is checked by it before it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from conform.domain.model import FairnessCondition, FairnessKind, LeadsTo, Model, State


@dataclass(frozen=True, slots=True)
class Behaviour:
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


def is_fair_violation(model: Model, formula: LeadsTo, behaviour: Behaviour) -> bool:
    """Whether `behaviour` is one of the model's, fair, and violates `formula`."""
    return not objections(model, formula, behaviour)


def objections(model: Model, formula: LeadsTo, behaviour: Behaviour) -> list[str]:
    """Return why `behaviour` is no fair violation of `formula`; empty when it is one."""
    found = _objections_to_steps(model, behaviour)
    if not _waits_for_ever(formula, behaviour):
        found.append("the conclusion follows, or the premise never holds")
    for number, condition in enumerate(model.fairness, start=1):
        if not _is_satisfied(condition, behaviour):
            found.append(f"fairness condition {number} ({condition.action}) is not satisfied")
    return found


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


def _waits_for_ever(formula: LeadsTo, behaviour: Behaviour) -> bool:
    """Whether some state has the premise and neither it nor any later one the conclusion."""
    if any(formula.conclusion.holds(state) for state in behaviour.repeated[0]):
        return False
    for state in reversed(behaviour.states):
        if formula.conclusion.holds(state):
            return False
        if formula.premise.holds(state):
            return True
    return False


def _is_satisfied(condition: FairnessCondition, behaviour: Behaviour) -> bool:
    states, steps = behaviour.repeated
    if any(condition.taken.holds(before, after) for before, _, after in steps):
        return True
    enabled = [condition.enabled.holds(state) for state in states]
    return not (all(enabled) if condition.kind is FairnessKind.WEAK else any(enabled))


def _same(left: State, right: State) -> bool:
    return left == right and list(map(type, left)) == list(map(type, right))
