"""Assertions of FizzBee, and what fairness asks, as predicates over states and steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from conform.domain.states import Slots, State
from conform.domain.values import Value
from conform.languages.fizzbee.evaluation.conversions import truth
from conform.languages.fizzbee.evaluation.values import (
    Datum,
    Dict,
    Struct,
)
from conform.languages.fizzbee.execution.code import Routine
from conform.languages.fizzbee.execution.process import Process
from conform.languages.fizzbee.instances import FizzInstance
from conform.languages.fizzbee.layout import RETURNS, Layout
from conform.languages.fizzbee.step_memory import StepMemory
from conform.languages.fizzbee.steps import Steps
from conform.text import Span


class AssertionPredicate(msgspec.Struct, frozen=True, eq=False):
    """An assertion over one state. `changing` are the slots whose objects it may change, None for
    all.
    """

    routine: Routine
    reads: Slots | None
    layout: Layout
    steps: Steps
    changing: Slots | None = None

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
        process = self.layout.decode(state, self.changing)
        variables: dict[str, Datum] = {RETURNS: Dict(process.returns.items())}
        return truth(self.steps.evaluate(self.routine, process, variables))


class TransitionPredicate(msgspec.Struct, frozen=True, eq=False):
    """An assertion over two states, which it sees as structs of the state variables.

    Unless it `is_whole`, it does nothing with the two but to read the variables in `reads`.
    """

    routine: Routine
    parameters: tuple[str, str]
    reads: Slots
    layout: Layout
    steps: Steps
    is_whole: bool

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
        changing = None if self.is_whole else frozenset[int]()
        first, second = (self.layout.decode(each, changing) for each in (before, after))
        names = self.parameters
        variables: dict[str, Datum] = {names[0]: self._seen(first), names[1]: self._seen(second)}
        return truth(self.steps.evaluate(self.routine, second, variables))

    def _seen(self, process: Process) -> Struct:
        if self.is_whole:
            return Struct(process.state.complete())
        names = (self.layout.slots[place].variable for place in self.reads)
        return Struct(process.state.some(names))


class Taking(msgspec.Struct, frozen=True):
    """Steps by some instances."""

    instances: Sequence[FizzInstance]
    memory: StepMemory

    def successors(self, state: State) -> Iterator[State]:
        """Yield the states that such steps lead to."""
        for one in self.instances:
            yield from (each.state for each in self.memory.successors(one, state))


class CanStep(msgspec.Struct, frozen=True, eq=False):
    """Whether steps of some kind lead from a state to another one and none of them back to it.

    To come back is to have taken the step: whoever can do that at a state is served by being there.
    """

    name: str
    span: Span
    reads: Slots | None
    taking: Taking

    def holds(self, state: State) -> bool:
        """Return whether a step is due in `state`."""
        found = False
        for successor in self.taking.successors(state):
            if same(successor, state):
                return False
            found = True
        return found


class IsStep(msgspec.Struct, frozen=True, eq=False):
    """Whether a step of some kind leads from a state to another.

    With `counts_staying`, also whether one comes back to the first state: it can be taken there
    before whatever comes next.
    """

    name: str
    span: Span
    reads: Slots | None
    taking: Taking
    counts_staying: bool = False

    def holds(self, before: State, after: State) -> bool:
        """Return whether going from `before` to `after` can be such a step, or follow one."""
        if same(before, after):
            return False
        return any(
            same(successor, after) or (self.counts_staying and same(successor, before))
            for successor in self.taking.successors(before)
        )


class IsNoFault(msgspec.Struct, frozen=True, eq=False):
    """Whether a step can be taken by something that is no fault; staying is no fault either."""

    name: str
    span: Span
    reads: Slots | None
    taking: Taking

    def holds(self, before: State, after: State) -> bool:
        """Return whether some instance leads from `before` to `after`, or they are one."""
        return same(before, after) or any(
            same(successor, after) for successor in self.taking.successors(before)
        )


def same(left: State, right: State) -> bool:
    """Whether two states are one: equal values of equal kinds."""
    return left == right and list(map(_is_boolean, left)) == list(map(_is_boolean, right))


def _is_boolean(value: Value) -> bool:
    return type(value) is bool
