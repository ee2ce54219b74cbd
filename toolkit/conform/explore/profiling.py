"""A model that notes what evaluating it takes: how often each formula was evaluated, and how long.

It answers as the model does that it stands for. Functions that a model makes of formulas are timed
as the formulas are; those that answer for several at once are not made, since their time would be
nobody's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, ParamSpec, TypeVar, cast

from conform.domain.acceleration import Accelerator, Steps, StepsTogether, StepTest, Test
from conform.domain.actions import ActionInstance, Observation, Ranging, Successor
from conform.domain.conjunction import Ranged, conjuncts_of, parts_of, ranged_of
from conform.domain.model import Model
from conform.domain.states import Predicate, State, StepPredicate
from conform.domain.values import Value

_P = ParamSpec("_P")
_R = TypeVar("_R")


@dataclass(slots=True)
class Tally:
    """How often something was evaluated, and the seconds that it took in all."""

    evaluations: int = 0
    seconds: float = 0.0

    def timed(self, function: Callable[_P, _R]) -> Callable[_P, _R]:
        """Return a function that does the same and is counted."""

        def counted(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            started = perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                self.evaluations += 1
                self.seconds += perf_counter() - started

        return counted


class ProfiledPredicate:
    """A predicate over states or steps; its conjuncts count for the whole."""

    def __init__(self, predicate: Predicate | StepPredicate, tally: Tally) -> None:
        self.predicate = predicate
        self.tally = tally
        self.name = predicate.name
        self.span = predicate.span
        self.reads = predicate.reads
        self.holds = tally.timed(cast("Callable[..., bool]", predicate.holds))

    @property
    def conjuncts(self) -> Sequence[ProfiledPredicate]:
        """The conjuncts of a predicate over states; none if it is no conjunction."""
        found = conjuncts_of(cast("Predicate", self.predicate))
        return [ProfiledPredicate(one, self.tally) for one in found] if len(found) > 1 else ()

    def divided(self) -> Sequence[ProfiledPredicate]:
        """Return what a predicate over states is divided into."""
        found = parts_of(cast("Predicate", self.predicate))
        return [ProfiledPredicate(one, self.tally) for one in found]

    def ranged(self) -> ProfiledRanged | None:
        """Return what a predicate over states says of the elements of a set, if it is so."""
        found = ranged_of(cast("Predicate", self.predicate))
        return None if found is None else ProfiledRanged(found, self.tally)


class ProfiledRanged:
    """What a predicate says of the elements of a set; what it says of each counts for the whole."""

    def __init__(self, ranged: Ranged, tally: Tally) -> None:
        self._ranged = ranged
        self._tally = tally
        self.elements = ranged.elements
        self.in_order = ranged.in_order

    def parts_for(self, element: Value) -> Sequence[ProfiledPredicate]:
        """Return the conjuncts of what is said of an element."""
        return [ProfiledPredicate(one, self._tally) for one in self._ranged.parts_for(element)]


class _ProfiledAccelerator:
    """Makes functions of formulas, each counted for its formula."""

    def __init__(self, accelerator: Accelerator, steps: Sequence[Tally]) -> None:
        self._accelerator = accelerator
        self._steps = steps

    def successors(self, instance: ActionInstance) -> Steps:
        return self._steps[instance.number].timed(self._accelerator.successors(instance))

    def successors_together(self, instances: Sequence[ActionInstance]) -> StepsTogether | None:
        return None

    def test(self, predicate: Predicate) -> Test:
        if not isinstance(predicate, ProfiledPredicate):
            return self._accelerator.test(predicate)
        inner = cast("Predicate", predicate.predicate)
        return predicate.tally.timed(self._accelerator.test(inner))

    def conjunction(self, predicates: Sequence[Predicate]) -> Test:
        tests = [self.test(one) for one in predicates]
        return lambda state: all(test(state) for test in tests)

    def step_test(self, predicate: StepPredicate) -> StepTest:
        if not isinstance(predicate, ProfiledPredicate):
            return self._accelerator.step_test(predicate)
        inner = cast("StepPredicate", predicate.predicate)
        return predicate.tally.timed(self._accelerator.step_test(inner))

    def step_conjunction(self, predicates: Sequence[StepPredicate]) -> StepTest:
        tests = [self.step_test(one) for one in predicates]
        return lambda before, after: all(test(before, after) for test in tests)


class ProfiledModel:
    """Stands for a model; what is not counted is that model's own.

    `steps` has a tally for each action instance, in order.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self.steps = [Tally() for _ in model.instances]
        self.invariants = [ProfiledPredicate(one, Tally()) for one in model.invariants]
        self.constraints = [ProfiledPredicate(one, Tally()) for one in model.constraints]
        self.action_properties = [
            ProfiledPredicate(one, Tally()) for one in model.action_properties
        ]
        self.action_constraints = [
            ProfiledPredicate(one, Tally()) for one in model.action_constraints
        ]
        made = model.accelerator
        self.accelerator = None if made is None else _ProfiledAccelerator(made, self.steps)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    @property
    def as_model(self) -> Model:
        """The same as the model that the explorer takes it for."""
        return cast("Model", self)

    def successors(self, instance: ActionInstance, state: State) -> Iterator[Successor]:
        """Yield what the model yields; the time that passes between is not counted."""
        tally = self.steps[instance.number]
        tally.evaluations += 1
        found = self._model.successors(instance, state)
        while True:
            started = perf_counter()
            try:
                successor = next(found, None)
            finally:
                tally.seconds += perf_counter() - started
            if successor is None:
                return
            yield successor

    def observe(self, instance: ActionInstance, state: State) -> Observation:
        """Return what the model observes."""
        return self.steps[instance.number].timed(self._model.observe)(instance, state)

    def ranging(self, instance: ActionInstance) -> Ranging | None:
        """Return what the model has, its evaluations counted."""
        found = self._model.ranging(instance)
        return None if found is None else _ProfiledRanging(found, self.steps[instance.number])


class _ProfiledRanging:
    """Stands for what takes the elements of a set."""

    def __init__(self, ranging: Ranging, tally: Tally) -> None:
        self.elements = ranging.elements
        self.in_order = ranging.in_order
        self.has_guard = ranging.has_guard
        self.observe = tally.timed(ranging.observe)
        self.observe_guard = tally.timed(ranging.observe_guard)
