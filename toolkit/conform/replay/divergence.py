"""Where an implementation and the model part: the first such place in a behaviour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from conform.domain.difference import Difference
from conform.domain.values import Value, format_value
from conform.replay.implementation import Raised

MAX_WIDTH = 400
"""Characters of a printed value that a comparison shows."""


MAX_BEFORE = 40
"""Calls before a divergence that are remembered and shown."""


class DivergenceKind(StrEnum):
    """What happened instead of the step."""

    STATE = "state differs"
    DECLINED = "declined an enabled step"
    ACCEPTED = "accepted a step that the spec disables"
    RAISED = "raised"
    UNKNOWN_ACTION = "unknown action"
    CONTRACT = "breaks the contract"


class Divergence(Struct, frozen=True):
    """The first step of a behaviour that an implementation does not take as the model does.

    `step` is the number of the state (from 1, the initial one) that the step should lead to; for a
    probe, of the state it was tried in. `action` is None for the initial state. `parameters` are
    plain data, choices included. `reason` says in words what no difference shows; `raised` tells
    the exception, if one was the cause. `before` are the calls that led there, oldest first, the
    last MAX_BEFORE of them.
    """

    source: str
    step: int
    action: str | None
    parameters: Mapping[str, object]
    kind: DivergenceKind
    differences: tuple[Difference, ...] = ()
    reason: str = ""
    raised: Raised | None = None
    before: tuple[str, ...] = ()


def comparison(differences: tuple[Difference, ...]) -> tuple[str, ...]:
    """Return two aligned lines for each difference, for the details of a finding."""
    width = max((len(difference.place) for difference in differences), default=0)
    return tuple(line for difference in differences for line in _lines(difference, width))


def shown_call(action: str, parameters: Mapping[str, object]) -> str:
    """Return an action with its plain parameters, as messages name it: `Append(w=w1, count=2)`."""
    shown = ", ".join(f"{name}={_shown_parameter(data)}" for name, data in parameters.items())
    return f"{action}({shown})" if shown else action


def _lines(difference: Difference, width: int) -> Iterator[str]:
    yield f"{difference.place:<{width}}  expected  {_shown(difference.expected)}"
    yield f"{'':<{width}}  found     {_shown(difference.found)}"


def _shown(value: Value | None) -> str:
    text = "(no such variable)" if value is None else format_value(value)
    return text if len(text) <= MAX_WIDTH else text[:MAX_WIDTH] + "…"


def _shown_parameter(data: object) -> str:
    text = data if isinstance(data, str) else repr(data)
    return text if len(text) <= MAX_WIDTH else text[:MAX_WIDTH] + "…"
