"""What leads from state to state: actions with their parameters bound (see `domain.model`)."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from msgspec import Struct

from conform.domain.states import OverElements, Slots, State
from conform.domain.values import Bindings, Value, format_value
from conform.text import Span


class ActionInstance(Struct, frozen=True):
    """An action with its parameters bound; `number` is its place in `Model.instances`.

    Without `chooses` no successor comes with choices: nothing is left open once the parameters are
    bound.
    """

    number: int
    action: str
    parameters: Bindings
    span: Span
    reads: Slots | None
    writes: Slots
    chooses: bool = True

    @property
    def label(self) -> str:
        """The instance as people write it: `ReadEntry(w1, 3)`."""
        return label_of(self.action, self.parameters)


def label_of(action: str, parameters: Bindings) -> str:
    """Return an action with its parameters as people write it; without any, its name alone."""
    if not parameters:
        return action
    return f"{action}({', '.join(format_value(value) for _, value in parameters)})"


class Successor(NamedTuple):
    """A state an instance leads to, and the values chosen on the way (inner `\\E x \\in S`)."""

    state: State
    choices: Bindings


class Observation(NamedTuple):
    """What one evaluation of an instance gave, and the slots that it read and wrote."""

    successors: tuple[Successor, ...]
    reads: Slots
    writes: Slots


class Ranging(OverElements, Protocol):
    """An instance that takes the elements of a set one by one: `G /\\ \\E x \\in S : A(x)`.

    Its successors are those by G and A for each element of S, in order. G may be missing.
    """

    @property
    def has_guard(self) -> bool:
        """Whether there is a G, which may fail where S is empty."""

    def observe(self, element: Value, state: State) -> Observation:
        """Return the successors for one element, with the slots that were read and written."""

    def observe_guard(self, state: State) -> Observation:
        """Return no successors, with the slots that G reads."""
