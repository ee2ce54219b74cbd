"""Whom to ask: the model, and for what is asked often its accelerator.

An accelerator's function takes time to make, so that it is asked for only when a question has come
up often enough.
"""

from __future__ import annotations

from conform.domain.acceleration import Accelerator, Steps, StepTest, Test
from conform.domain.actions import ActionInstance
from conform.domain.model import Model
from conform.domain.states import Predicate, State, StepPredicate
from conform.explore.options import Evaluator, ExploreOptions

OFTEN = 64
"""Questions after which the accelerator is asked: what small models ask is answered sooner."""


def accelerator_of(model: Model, options: ExploreOptions) -> Accelerator | None:
    """Return the accelerator that the options allow."""
    return model.accelerator if options.evaluator is Evaluator.ACCELERATED else None


class AskedInstance:
    """One action instance; `steps` gives the successors of a state, quicker once asked often."""

    __slots__ = ("_accelerator", "_asked", "_instance", "_model", "steps")

    def __init__(
        self, model: Model, instance: ActionInstance, accelerator: Accelerator | None
    ) -> None:
        self._model = model
        self._instance = instance
        self._accelerator = accelerator
        self._asked = 0
        self.steps: Steps = self._of_model if accelerator is None else self._at_first

    def _of_model(self, state: State) -> list[State]:
        return [successor.state for successor in self._model.successors(self._instance, state)]

    def _at_first(self, state: State) -> list[State]:
        self._asked += 1
        if self._asked == OFTEN and self._accelerator is not None:
            self.steps = self._accelerator.successors(self._instance)
        return self._of_model(state)


class AskedPredicate:
    """One predicate; `test` gives its value in a state, quicker once asked often."""

    __slots__ = ("_accelerator", "_asked", "_predicate", "test")

    def __init__(self, predicate: Predicate, accelerator: Accelerator | None) -> None:
        self._predicate = predicate
        self._accelerator = accelerator
        self._asked = 0
        self.test: Test = predicate.holds if accelerator is None else self._at_first

    def _at_first(self, state: State) -> bool:
        self._asked += 1
        if self._asked == OFTEN and self._accelerator is not None:
            self.test = self._accelerator.test(self._predicate)
        return self._predicate.holds(state)


class AskedStepPredicate:
    """One predicate over steps; `test` gives its value on a step, quicker once asked often."""

    __slots__ = ("_accelerator", "_asked", "_predicate", "test")

    def __init__(self, predicate: StepPredicate, accelerator: Accelerator | None) -> None:
        self._predicate = predicate
        self._accelerator = accelerator
        self._asked = 0
        self.test: StepTest = predicate.holds if accelerator is None else self._at_first

    def _at_first(self, before: State, after: State) -> bool:
        self._asked += 1
        if self._asked == OFTEN and self._accelerator is not None:
            self.test = self._accelerator.step_test(self._predicate)
        return self._predicate.holds(before, after)
