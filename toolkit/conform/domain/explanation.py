"""Why an action instance can or cannot be taken in a state, in the words of the artefact itself.

Every front-end that can point at its guards and effects gives a Model that is also `Explainable`.
Comparisons of models ask it where two of them differ; searches never do.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from msgspec import Struct

from conform.domain.actions import ActionInstance
from conform.domain.states import State
from conform.text import Span


class Condition(Struct, frozen=True):
    """One conjunct of a guard: its text as written, where it stands, its value in the state.

    `holds` is None where the conjunct has no value in the state, or was not reached.
    """

    text: str
    span: Span
    holds: bool | None


class Effect(Struct, frozen=True):
    """The place that says what becomes of one variable, its text as written."""

    variable: str
    text: str
    span: Span


class Explanation(Struct, frozen=True):
    """The guard of an instance, conjunct by conjunct in the order written, and its effects.

    `conditions` is empty for an action without a guard. A variable that the action leaves as it is
    has no effect here.
    """

    conditions: tuple[Condition, ...]
    effects: tuple[Effect, ...]


@runtime_checkable
class Explainable(Protocol):
    """A model that can say why: `state` has one value for each of its slots."""

    def explain(self, instance: ActionInstance, state: State) -> Explanation:
        """Return the guard of `instance` with its values in `state`, and its effects."""
