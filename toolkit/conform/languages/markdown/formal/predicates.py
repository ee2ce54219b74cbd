"""Formulas of a document as the explorer asks about them, and ENABLED and taken of its actions."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from conform.domain.actions import ActionInstance, Successor
from conform.domain.states import Slots, State
from conform.errors import EvaluationError
from conform.languages.markdown.formal.evaluation.core import Env, Test
from conform.text import Span

Successors = Callable[[ActionInstance, State], list[Successor]]


class StateFormula(Struct, frozen=True, eq=False):
    """A formula over one state, with the values of the names bound around it."""

    name: str
    span: Span
    reads: Slots
    test: Test
    env: Env = ()

    def holds(self, state: State) -> bool:
        """Return the formula's value in `state`; raise EvaluationError if it has none."""
        return self.test(state, self.env)


class Conjunct(Struct, frozen=True, eq=False):
    """A conjunct of an invariant: where one before it is false, it need have no value."""

    formula: StateFormula
    before: tuple[StateFormula, ...]

    @property
    def name(self) -> str:
        """The name of the invariant."""
        return self.formula.name

    @property
    def span(self) -> Span:
        """The place of the conjunct."""
        return self.formula.span

    @property
    def reads(self) -> Slots:
        """What the conjunct reads, and what those before it do."""
        return self.formula.reads.union(*(each.reads for each in self.before))

    def holds(self, state: State) -> bool:
        """Return the conjunct's value in `state`; raise EvaluationError if it has none."""
        try:
            return self.formula.holds(state)
        except EvaluationError:
            if all(each.holds(state) for each in self.before):
                raise
            return True


class StepFormula(Struct, frozen=True, eq=False):
    """A formula over a step."""

    name: str
    span: Span
    reads: Slots
    test: Test
    env: Env = ()

    def holds(self, before: State, after: State) -> bool:
        """Return the formula's value on the step; raise EvaluationError if it has none."""
        return self.test(before + after, self.env)


class InstancesEnabled(Struct, frozen=True, eq=False):
    """ENABLED <<A>>_vars of what instances do: some successor by one of them is another state."""

    name: str
    span: Span
    reads: Slots
    instances: tuple[ActionInstance, ...]
    successors: Successors

    def holds(self, state: State) -> bool:
        """Whether an instance leads from `state` to another state."""
        return any(
            found.state != state
            for instance in self.instances
            for found in self.successors(instance, state)
        )


class InstancesTaken(Struct, frozen=True, eq=False):
    """<<A>>_vars of instances, whichever action a step is taken by. It reads every slot."""

    name: str
    span: Span
    reads: Slots
    instances: tuple[ActionInstance, ...]
    successors: Successors

    def holds(self, before: State, after: State) -> bool:
        """Whether the step is one that an instance can take, and changes something."""
        changed = {slot for slot, value in enumerate(after) if before[slot] != value}
        return bool(changed) and any(
            found.state == after
            for instance in self.instances
            if changed <= instance.writes
            for found in self.successors(instance, before)
        )
