"""The constraints of a model, asked of states and steps one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeAlias

from conform.domain.acceleration import Accelerator
from conform.domain.model import Model
from conform.errors import EvaluationError
from conform.explore.memo import PredicateMemo, StepMemo
from conform.explore.options import ExploreOptions
from conform.explore.packing import Packing
from conform.explore.trace import Place

BreakDown: TypeAlias = Callable[[str, EvaluationError, Place], NoReturn]
"""Ends a search where a constraint has no value: what was evaluated, the error, and the place."""


class Constraints:
    """Whether states, and steps, are within the constraints; `are_on_steps` says if there are any.

    Where one has no value, `break_down` is called; what it raises, asking raises.
    """

    def __init__(
        self,
        model: Model,
        packing: Packing,
        options: ExploreOptions,
        accelerator: Accelerator | None,
        break_down: BreakDown,
    ) -> None:
        self._of_states = [
            PredicateMemo(each, packing, options, accelerator) for each in model.constraints
        ]
        self._of_steps = [
            StepMemo(each, packing, options, accelerator) for each in model.action_constraints
        ]
        self.are_on_steps = bool(self._of_steps)
        self._break_down = break_down

    def admit_state(self, place: Place) -> bool:
        """Return whether a state is within the constraints."""
        for constraint in self._of_states:
            try:
                if not constraint.holds(place.word):
                    return False
            except EvaluationError as error:
                self._break_down(f"constraint {constraint.predicate.name}", error, place)
        return True

    def admit_step(self, before: int, place: Place) -> bool:
        """Return whether the step from the state `before` is within the action constraints."""
        for constraint in self._of_steps:
            try:
                if not constraint.holds(before, place.word):
                    return False
            except EvaluationError as error:
                self._break_down(f"action constraint {constraint.predicate.name}", error, place)
        return True
