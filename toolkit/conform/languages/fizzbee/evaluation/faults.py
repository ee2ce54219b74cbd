"""What goes wrong while Starlark is evaluated, before and after it has a place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from conform.errors import EvaluationError
from conform.text import Source, Span

MAX_ELEMENTS = 1_000_000
"""Elements that one value may hold: no model that can be explored comes near it."""

MAX_BITS = 14_000
"""Bits of the largest integer: Starlark has no bound, but Python writes 4300 digits at most."""

CALLED_ACTION = "put what both do into a func, and call that: F()"
"""What to do where an action is called."""


class FaultError(Exception):
    """An operation that has no value, as it is found: without its place."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


FAULTS = (FaultError, OverflowError)
"""What operations raise: integers have no bound, but floats, counts and places of Python have."""


def located(fault: FaultError | OverflowError, source: Source, span: Span) -> EvaluationError:
    """Return a fault as the error that a user sees."""
    if isinstance(fault, OverflowError):
        fault = FaultError("a number is too large for what is done with it")
    return EvaluationError(fault.message, span=span, excerpt=source.excerpt(span), hint=fault.hint)


@contextmanager
def placed(source: Source, span: Span) -> Iterator[None]:
    """Give the faults of what runs within a place."""
    try:
        yield
    except FAULTS as fault:
        raise located(fault, source, span) from None


def bounded_count(count: int) -> int:
    """Return a number of elements; raise FaultError for more than a value may hold."""
    if count > MAX_ELEMENTS:
        raise FaultError(f"a value of {count} elements is too large: at most {MAX_ELEMENTS}")
    return count


def bounded_integer(value: int) -> int:
    """Return an integer; raise FaultError for one of more bits than are allowed."""
    if value.bit_length() > MAX_BITS:
        raise FaultError(
            f"an integer of {value.bit_length()} bits is too large: at most {MAX_BITS}"
        )
    return value
