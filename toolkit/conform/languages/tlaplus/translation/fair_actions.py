"""The fairness of a model by actions and parameters, as a machine states it.

A condition of the model speaks of some instances of actions. Those that differ in nothing but the
values of parameters are one row, `for each` of these parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

from conform.domain.fairness import FairnessCondition
from conform.domain.machine import MachineAction, MachineFairness
from conform.languages.tlaplus.model import TlaModel
from conform.languages.tlaplus.translation.translator import unsupported

_Numbers: TypeAlias = frozenset[int]
"""The instances of the model that one condition is about."""


def fair_actions(
    model: TlaModel, actions: Mapping[str, MachineAction]
) -> tuple[MachineFairness, ...]:
    """Return the fairness of a model whose actions became these.

    Raises UnsupportedError, located, for a condition that no row can say.
    """
    groups: dict[tuple[str, tuple[str, ...], int], list[FairnessCondition]] = {}
    for condition in model.fairness:
        numbers = _numbers(model, condition)
        names = dict.fromkeys(model.instances[number].action for number in sorted(numbers))
        quantified = len(condition.parameters)
        groups.setdefault((str(condition.kind), tuple(names), quantified), []).append(condition)
    return tuple(_stated(model, actions, *key, found) for key, found in groups.items())


def _numbers(model: TlaModel, condition: FairnessCondition) -> _Numbers:
    """Return what a condition is about, if that is clear and any change counts."""
    steps = condition.steps
    if steps is None:
        raise unsupported(f"fairness of {condition.action} is of no actions alone", condition.span)
    if len(steps.changing) < len(model.slots):
        raise unsupported(
            f"the subscript of the fairness of {condition.action} leaves variables out",
            condition.span,
        )
    if not steps.instances:
        raise unsupported(f"fairness of {condition.action} is of no action", condition.span)
    return steps.instances


def _stated(
    model: TlaModel,
    actions: Mapping[str, MachineAction],
    kind: str,
    names: tuple[str, ...],
    quantified: int,
    conditions: Sequence[FairnessCondition],
) -> MachineFairness:
    found = [_numbers(model, condition) for condition in conditions]
    row = _row(model, actions, kind, names, quantified, found)
    if row is None:
        shown = " or ".join(names)
        raise unsupported(
            f"fairness of {shown} is not that of actions, or of all values of parameters",
            conditions[0].span,
        )
    return row


def _row(
    model: TlaModel,
    actions: Mapping[str, MachineAction],
    kind: str,
    names: tuple[str, ...],
    quantified: int,
    found: Sequence[_Numbers],
) -> MachineFairness | None:
    """Return the row that speaks of exactly the instances in `found`, set by set; None without.

    Where several would, as sets of one element have it, it has as many parameters as `quantified`.
    """
    if any(name not in actions for name in names):
        return None
    listed = [name for name in names if all(each.is_constant for each in actions[name].choices)]
    common = [_parameters(actions[name]) if name in listed else () for name in names]
    shared = [each for each in common[0] if all(each in others for others in common)]
    for count in sorted(range(len(shared) + 1), key=lambda count: abs(count - quantified)):
        for each in combinations(shared, count):
            if set(_split(model, names, each)) == set(found):
                return MachineFairness(kind, names, each)
    return None


def _parameters(action: MachineAction) -> tuple[str, ...]:
    return tuple(each.name for each in action.parameters)


def _split(model: TlaModel, names: tuple[str, ...], each: tuple[str, ...]) -> list[_Numbers]:
    """Return the instances of some actions, by the values of the parameters `each`."""
    parts: dict[tuple[object, ...], list[int]] = {}
    for instance in model.instances:
        if instance.action in names:
            given = dict(instance.parameters)
            values = tuple(repr(given.get(name)) for name in each)
            parts.setdefault(values, []).append(instance.number)
    return [frozenset(numbers) for numbers in parts.values()]
