"""Whom to ask: the model, and for what is asked often its accelerator.

An accelerator's function takes time to make, so that it is asked for only when a question has come
up often enough, or its answers have taken long enough.
"""

from __future__ import annotations

from time import process_time

from conform.domain.acceleration import Accelerator, Steps, StepTest, Test
from conform.domain.actions import ActionInstance
from conform.domain.model import Model
from conform.domain.states import Predicate, State, StepPredicate
from conform.explore.options import Evaluator, ExploreOptions

OFTEN = 64
"""Questions after which the accelerator is asked: what small models ask is answered sooner."""

LONG = 0.05
"""Seconds of computing after which it is asked too: what takes them is made as quickly."""


def accelerator_of(model: Model, options: ExploreOptions) -> Accelerator | None:
    """Return the accelerator that the options allow."""
    return model.accelerator if options.evaluator is Evaluator.ACCELERATED else None


class _Use:
    """How often a question was asked, and how long the answers took."""

    __slots__ = ("asked", "seconds")

    def __init__(self) -> None:
        self.asked = 0
        self.seconds = 0.0

    def is_worth_more(self, began: float) -> bool:
        """Take note of an answer that was asked for at a time; say whether a function is due."""
        self.asked += 1
        self.seconds += process_time() - began
        return self.asked >= OFTEN or self.seconds >= LONG


class AskedInstance:
    """One action instance; `steps` gives the successors of a state, quicker once asked often."""

    __slots__ = ("_accelerator", "_instance", "_model", "_use", "steps")

    def __init__(
        self, model: Model, instance: ActionInstance, accelerator: Accelerator | None
    ) -> None:
        self._model = model
        self._instance = instance
        self._accelerator = accelerator
        self._use = _Use()
        self.steps: Steps = self._of_model if accelerator is None else self._at_first

    def _of_model(self, state: State) -> list[State]:
        return [successor.state for successor in self._model.successors(self._instance, state)]

    def _at_first(self, state: State) -> list[State]:
        began = process_time()
        found = self._of_model(state)
        if self._use.is_worth_more(began) and self._accelerator is not None:
            self.steps = self._accelerator.successors(self._instance)
        return found


class AskedPredicate:
    """One predicate; `test` gives its value in a state, quicker once asked often."""

    __slots__ = ("_accelerator", "_predicate", "_use", "test")

    def __init__(self, predicate: Predicate, accelerator: Accelerator | None) -> None:
        self._predicate = predicate
        self._accelerator = accelerator
        self._use = _Use()
        self.test: Test = predicate.holds if accelerator is None else self._at_first

    def _at_first(self, state: State) -> bool:
        began = process_time()
        value = self._predicate.holds(state)
        if self._use.is_worth_more(began) and self._accelerator is not None:
            self.test = self._accelerator.test(self._predicate)
        return value


class AskedStepPredicate:
    """One predicate over steps; `test` gives its value on a step, quicker once asked often."""

    __slots__ = ("_accelerator", "_predicate", "_use", "test")

    def __init__(self, predicate: StepPredicate, accelerator: Accelerator | None) -> None:
        self._predicate = predicate
        self._accelerator = accelerator
        self._use = _Use()
        self.test: StepTest = predicate.holds if accelerator is None else self._at_first

    def _at_first(self, before: State, after: State) -> bool:
        began = process_time()
        value = self._predicate.holds(before, after)
        if self._use.is_worth_more(began) and self._accelerator is not None:
            self.test = self._accelerator.step_test(self._predicate)
        return value
