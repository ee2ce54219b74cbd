"""What formulas evaluate to, beyond plain values: how it is settled, compared and enumerated."""

from __future__ import annotations

from typing import Any, NoReturn

from conform.domain.values import SetValue, Value
from conform.languages.tlaplus.evaluation.failing import expect_failure, fail, shown
from conform.languages.tlaplus.evaluation.functions import RecursiveFunctionValue
from conform.languages.tlaplus.evaluation.mismatch import KindMismatchError, equal
from conform.languages.tlaplus.evaluation.sets import (
    AnySet,
    LazySet,
    TooLargeError,
    contains,
    enumerated,
)
from conform.text import Span


def settle(value: Any, span: Span) -> Value:
    """Return `value` in explicit form, as it may be stored or compared."""
    if isinstance(value, LazySet):
        try:
            return value.explicit()
        except TooLargeError as error:
            raise_too_large(error, span)
    if isinstance(value, RecursiveFunctionValue):
        return value.explicit()
    return value  # type: ignore[no-any-return]  # every other result is a Value


def raise_too_large(error: TooLargeError, span: Span) -> NoReturn:
    """Raise the EvaluationError for a set that cannot be enumerated."""
    many = "infinitely many" if error.size is None else f"more than {error.size:,}"
    fail(span, f"cannot enumerate {error.what}: it has {many} elements")


def elements_of(value: Any, span: Span, where: str) -> tuple[Value, ...]:
    """Return the elements of a set in canonical order; raise EvaluationError for anything else."""
    if not isinstance(value, SetValue | LazySet):
        expect_failure(span, "a set", value, where)
    try:
        return enumerated(value)
    except TooLargeError as error:
        raise_too_large(error, span)


def values_equal(left: Any, right: Any, span: Span) -> bool:
    """Return whether two results are equal, as `=` decides; raise EvaluationError on a mismatch."""
    try:
        return equal(settle(left, span), settle(right, span))
    except KindMismatchError as error:
        fail(span, f"cannot compare {shown(error.left)} with {_right(error)}")


def is_member(value: Any, elements: Any, span: Span) -> bool:
    """Return whether `value \\in elements`; raise EvaluationError as TLC does."""
    if not isinstance(elements, SetValue | LazySet):
        expect_failure(span, "a set on its right", elements, "`\\in`")
    return _contains(elements, settle(value, span), span)


def _contains(elements: AnySet, value: Value, span: Span) -> bool:
    try:
        return contains(elements, value)
    except KindMismatchError as error:
        fail(span, f"cannot tell whether {shown(error.left)} is in {_right(error)}: other kinds")
    except TooLargeError as error:
        raise_too_large(error, span)


def _right(error: KindMismatchError) -> str:
    return error.right if isinstance(error.right, str) else shown(error.right)
