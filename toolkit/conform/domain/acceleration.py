"""Quicker functions that answer as a model does (see `domain.model`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from conform.domain.actions import ActionInstance
from conform.domain.states import Predicate, State, StepPredicate

Steps: TypeAlias = Callable[[State], Sequence[State]]
"""State -> all its successors by one instance, in the order in which the model yields them."""


Reached: TypeAlias = tuple[int, tuple[int, ...], State]
"""A successor: the number of its instance, the slots that may differ from before, and the state."""


StepsTogether: TypeAlias = Callable[[State], Sequence[Reached] | None]
"""State -> its successors by several instances, in order; None where they are to be asked one by
one."""


Test: TypeAlias = Callable[[State], bool]
"""State -> the value of one predicate."""


StepTest: TypeAlias = Callable[[State, State], bool]
"""State and successor -> the value of one predicate over steps."""


class Accelerator(Protocol):
    """Quicker functions that answer as the model does, and raise EvaluationError where it does.

    Making one takes time: it pays for what is asked often. Which successors an instance reached
    before an error, the model alone tells.
    """

    def successors(self, instance: ActionInstance) -> Steps:
        """Return what gives the successors of a state by `instance`."""

    def successors_together(self, instances: Sequence[ActionInstance]) -> StepsTogether | None:
        """Return what gives the successors by all of some instances, None where nothing is gained.

        It never raises EvaluationError.
        """

    def test(self, predicate: Predicate) -> Test:
        """Return what gives the value of one of the model's predicates."""

    def conjunction(self, predicates: Sequence[Predicate]) -> Test:
        """Return what says whether all of some predicates hold, asked in this order."""

    def step_test(self, predicate: StepPredicate) -> StepTest:
        """Return what gives the value of one of the model's predicates over steps."""

    def step_conjunction(self, predicates: Sequence[StepPredicate]) -> StepTest:
        """Return what says whether all of some predicates hold on a step, asked in this order."""
