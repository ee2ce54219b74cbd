"""How evaluation fails: one way to raise a located EvaluationError."""

from __future__ import annotations

from typing import NoReturn

from conform.domain.values import Value, format_value, kind_of
from conform.errors import EvaluationError
from conform.languages.tlaplus.evaluation.sets import LazySet
from conform.text import Span

SHOWN_WIDTH = 200
"""Characters of a value that a message shows."""


def fail(span: Span, message: str, hint: str = "") -> NoReturn:
    """Raise an EvaluationError at `span`."""
    raise EvaluationError(message, span=span, hint=hint)


def shown(value: object) -> str:
    """Return a value as messages show it, shortened."""
    text = value.describe() if isinstance(value, LazySet) else format_value(_value(value))
    return text if len(text) <= SHOWN_WIDTH else text[: SHOWN_WIDTH - 3] + "..."


def expect_failure(span: Span, wanted: str, value: object, where: str) -> NoReturn:
    """Raise the error for an operand of the wrong kind: what was wanted, what was found, where."""
    kind = "a set" if isinstance(value, LazySet) else kind_of(_value(value))
    fail(span, f"{where} needs {wanted}, but found {kind}: {shown(value)}")


def _value(value: object) -> Value:
    return value  # type: ignore[return-value]  # narrowed by the caller
