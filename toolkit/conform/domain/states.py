"""States, and formulas over one of them or over a step (see `domain.model`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeAlias

from msgspec import Struct

from conform.domain.values import Value
from conform.text import Span

State: TypeAlias = tuple[Value, ...]
"""One value for each slot of the model, in its order."""


Slots: TypeAlias = frozenset[int]
"""Indices of slots, 0-based."""


class Slot(Struct, frozen=True):
    """A state variable, or with `key` one argument of a function-valued variable."""

    variable: str
    key: Value | None = None


class Predicate(Protocol):
    """A named formula over one state."""

    @property
    def name(self) -> str: ...
    @property
    def span(self) -> Span: ...
    @property
    def reads(self) -> Slots | None: ...
    def holds(self, state: State) -> bool:
        """Return the formula's value in `state`; raise EvaluationError if it has none."""


class StepPredicate(Protocol):
    """A named formula over a step, a pair of states; `reads` covers the slots of either."""

    @property
    def name(self) -> str: ...
    @property
    def span(self) -> Span: ...
    @property
    def reads(self) -> Slots | None: ...
    def holds(self, before: State, after: State) -> bool:
        """Return the formula's value on the step; raise EvaluationError if it has none."""


class OverElements(Protocol):
    """What is said of the elements of a set S, one after the other."""

    def elements(self, state: State) -> tuple[Value, Slots]:
        """Return S, and the slots that were looked at for it; raise EvaluationError without any."""

    def in_order(self, values: Iterable[Value]) -> Sequence[Value]:
        """Return values in the order in which they are taken."""
