"""The fairness of a model by actions and parameters, as a machine states it.

A condition of the model speaks of some instances of actions. Those that differ in nothing but the
values of parameters are one row, `for each` of these parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

from conform.domain.machine import MachineAction, MachineFairness
from conform.domain.model import FairnessCondition
from conform.languages.tlaplus.model import TlaModel

_Numbers: TypeAlias = frozenset[int]
"""The instances of the model that one condition is about."""


def fair_actions(
    model: TlaModel, actions: Mapping[str, MachineAction]
) -> tuple[MachineFairness, ...] | None:
    """Return the fairness of a model whose actions became these, None where no rows can say it."""
    groups: dict[tuple[str, tuple[str, ...], int], list[_Numbers]] = {}
    for condition in model.fairness:
        numbers = _numbers(model, condition)
        if numbers is None:
            return None
        names = dict.fromkeys(model.instances[number].action for number in sorted(numbers))
        quantified = len(condition.parameters)
        groups.setdefault((str(condition.kind), tuple(names), quantified), []).append(numbers)
    rows = [_row(model, actions, *key, found) for key, found in groups.items()]
    stated = [row for row in rows if row is not None]
    return tuple(stated) if len(stated) == len(rows) else None


def _numbers(model: TlaModel, condition: FairnessCondition) -> _Numbers | None:
    """Return what a condition is about, None if that is unclear or not any change counts."""
    steps = condition.steps
    if steps is None or len(steps.changing) < len(model.slots) or not steps.instances:
        return None
    return steps.instances


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
