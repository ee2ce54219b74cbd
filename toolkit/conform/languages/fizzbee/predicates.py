"""Assertions of FizzBee, and what fairness asks, as predicates over states and steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conform.domain.model import Slots, State
from conform.domain.values import Value
from conform.languages.fizzbee.evaluation.values import Datum, Dict, Struct, truth
from conform.languages.fizzbee.execution.code import Routine
from conform.languages.fizzbee.execution.process import Process
from conform.languages.fizzbee.instances import FizzInstance
from conform.languages.fizzbee.layout import RETURNS, Layout
from conform.languages.fizzbee.steps import Steps
from conform.text import Span


@dataclass(frozen=True, slots=True, eq=False)
class AssertionPredicate:
    """An assertion over one state."""

    routine: Routine
    reads: Slots | None
    layout: Layout
    steps: Steps

    @property
    def name(self) -> str:
        """The assertion's name."""
        return self.routine.name

    @property
    def span(self) -> Span:
        """Where the assertion is declared."""
        return self.routine.span

    def holds(self, state: State) -> bool:
        """Return the truth of what the assertion returns; raise EvaluationError if it cannot."""
        process = self.layout.decode(state)
        variables: dict[str, Datum] = {RETURNS: Dict(process.returns.items())}
        return truth(self.steps.evaluate(self.routine, process, variables))


@dataclass(frozen=True, slots=True, eq=False)
class TransitionPredicate:
    """An assertion over two states, which it sees as structs of the state variables."""

    routine: Routine
    parameters: tuple[str, str]
    reads: Slots | None
    layout: Layout
    steps: Steps

    @property
    def name(self) -> str:
        """The assertion's name."""
        return self.routine.name

    @property
    def span(self) -> Span:
        """Where the assertion is declared."""
        return self.routine.span

    def holds(self, before: State, after: State) -> bool:
        """Return the truth of what the assertion returns; raise EvaluationError if it cannot."""
        first, second = self.layout.decode(before), self.layout.decode(after)
        names = self.parameters
        variables: dict[str, Datum] = {names[0]: _seen(first), names[1]: _seen(second)}
        return truth(self.steps.evaluate(self.routine, second, variables))


def _seen(process: Process) -> Struct:
    return Struct(process.state.complete())


@dataclass(frozen=True, slots=True, eq=False)
class CanStep:
    """Whether some of the instances lead from a state to another one and none of them back to it.

    To come back is to have taken the step: whoever can do that at a state is served by being there.
    """

    name: str
    span: Span
    reads: Slots | None
    instances: Sequence[FizzInstance]
    steps: Steps

    def holds(self, state: State) -> bool:
        """Return whether a step is due in `state`."""
        found = False
        for one in self.instances:
            for successor in self.steps.successors(one.code, state):
                if same(successor.state, state):
                    return False
                found = True
        return found


@dataclass(frozen=True, slots=True, eq=False)
class IsStep:
    """Whether one of the instances leads from a state to another.

    With `counts_staying`, also whether one comes back to the first state: it can be taken there
    before whatever comes next.
    """

    name: str
    span: Span
    reads: Slots | None
    instances: Sequence[FizzInstance]
    steps: Steps
    counts_staying: bool

    def holds(self, before: State, after: State) -> bool:
        """Return whether going from `before` to `after` can be such a step, or follow one."""
        if same(before, after):
            return False
        return any(
            same(successor.state, after) or (self.counts_staying and same(successor.state, before))
            for one in self.instances
            for successor in self.steps.successors(one.code, before)
        )


@dataclass(frozen=True, slots=True, eq=False)
class IsNoFault:
    """Whether a step can be taken by something that is no fault; staying is no fault either."""

    name: str
    span: Span
    reads: Slots | None
    instances: Sequence[FizzInstance]
    steps: Steps

    def holds(self, before: State, after: State) -> bool:
        """Return whether some instance leads from `before` to `after`, or they are one."""
        if same(before, after):
            return True
        return any(
            same(successor.state, after)
            for one in self.instances
            for successor in self.steps.successors(one.code, before)
        )


def same(left: State, right: State) -> bool:
    """Whether two states are one: equal values of equal kinds."""
    return left == right and list(map(_kind, left)) == list(map(_kind, right))


def _kind(value: Value) -> bool:
    return type(value) is bool
