"""A model as an implementation: what a generated suite is run against where there is no other.

The evaluator of TLA+ takes the steps here, so that the suite compares the machine with it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from conform.domain.plain import to_plain
from conform.domain.states import State
from conform.domain.values import Value
from conform.languages.tlaplus.model import TlaModel
from tests.unit.generate.specifications import of_files, values_of


class ModelImplementation:
    """One behaviour of a model."""

    def __init__(self, path: Path) -> None:
        """Take the model in its initial state."""
        self.model = model_at(path)
        self.present = next(self.model.initial_states())

    def perform(self, action: str, parameters: Mapping[str, object]) -> bool:
        """Take the step of the model with these parameters and choices, if there is one."""
        told = {name: values_of(plain) for name, plain in parameters.items()}
        chosen = {name: value for name, value in told.items() if not name.startswith("next_")}
        assigned = {
            name.removeprefix("next_"): value for name, value in told.items() if name not in chosen
        }
        for bound, state in steps_of(self.model, action, self.present):
            after = dict(zip(self._names(), state, strict=True))
            is_meant = all(erased(after[name]) == value for name, value in assigned.items())
            if bound == chosen and is_meant:
                self.present = state
                return True
        return False

    def state(self) -> Mapping[str, object]:
        """Return the state as plain data."""
        pairs = zip(self._names(), self.present, strict=True)
        return {name: to_plain(value) for name, value in pairs}

    def _names(self) -> list[str]:
        return [slot.variable for slot in self.model.slots]


@cache
def model_at(path: Path) -> TlaModel:
    """Return the model of a module."""
    return of_files(path.stem, path.parent).model


_STEPS: dict[tuple[str, State], list[tuple[dict[str, Value], State]]] = {}


def steps_of(model: TlaModel, action: str, state: State) -> list[tuple[dict[str, Value], State]]:
    """Return the parameters and successors of an action in a state, each computed once."""
    if (action, state) not in _STEPS:
        _STEPS[action, state] = [
            (
                {name: erased(value) for name, value in (*instance.parameters, *choices)},
                successor,
            )
            for instance in model.instances
            if instance.action == action
            for successor, choices in model.successors(instance, state)
        ]
    return _STEPS[action, state]


def erased(value: Value) -> Value:
    """Return a value as plain data has it."""
    return values_of(to_plain(value))


def create(_constants: Mapping[str, object]) -> ModelImplementation:
    """Return the model that the environment names, in its initial state."""
    return ModelImplementation(Path(os.environ["CONFORM_TEST_MODEL"]))
