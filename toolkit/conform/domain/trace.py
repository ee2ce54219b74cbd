"""Traces: finite behaviours, and lassos that stand for infinite ones."""

from __future__ import annotations

from msgspec import Struct

from conform.domain.values import Bindings


class TraceStep(Struct, frozen=True):
    """One state of a trace and the action that led to it.

    `number` counts states from 1. `action` is None for the initial state, and where the format does
    not tell. `parameters` is None where the format does not tell them (TLC's older text traces).
    `choices` are the values chosen inside the action, empty when unknown.
    """

    number: int
    action: str | None
    parameters: Bindings | None
    choices: Bindings
    variables: Bindings


class Trace(Struct, frozen=True):
    """A behaviour from an initial state; `source` names the file or the property it came from.

    `loop_to` is the number of the state that the last one goes back to (a lasso); equal to the last
    state's own number it means stuttering for ever. None for a finite trace.
    """

    source: str
    steps: tuple[TraceStep, ...]
    loop_to: int | None = None

    @property
    def ends_in_stuttering(self) -> bool:
        """Whether the behaviour stays in its last state for ever."""
        return bool(self.steps) and self.loop_to == self.steps[-1].number
