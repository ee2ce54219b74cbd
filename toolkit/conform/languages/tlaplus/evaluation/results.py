"""What formulas evaluate to, beyond plain values: how it is settled, compared and enumerated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from conform.domain.values import FunctionValue, ModelValue, SetValue, Value
from conform.languages.tlaplus.evaluation.failing import (
    UnlistedError,
    expect_failure,
    fail,
    raise_mismatch,
    raise_too_large,
    shown,
)
from conform.languages.tlaplus.evaluation.functions import (
    RecursiveFunctionValue,
    applied,
    whole,
)
from conform.languages.tlaplus.evaluation.mismatch import (
    KindMismatchError,
    check_comparable,
    equal,
    is_flat,
)
from conform.languages.tlaplus.evaluation.set_comparisons import is_subset, same_set
from conform.languages.tlaplus.evaluation.sets import (
    AnySet,
    LazySet,
    TooLargeError,
    contains,
    enumerated,
    size_of,
)
from conform.languages.tlaplus.evaluation.unlisted_members import has
from conform.languages.tlaplus.evaluation.unlisted_sets import same
from conform.text import Span

_SETTLED = frozenset({int, str, bool, ModelValue, SetValue, FunctionValue})


def settle(value: Any, span: Span) -> Value:
    """Return `value` in explicit form, as it may be stored or compared."""
    if type(value) in _SETTLED:
        return value  # type: ignore[no-any-return]  # its type says so
    if isinstance(value, LazySet | RecursiveFunctionValue):
        return whole(value, span)  # type: ignore[no-any-return]  # these become values
    fail(span, "an operator without its arguments is no value")


def applied_to(function: Any, argument: Any, span: Span) -> Any:
    """Return `function[argument]`; the argument may be an infinite set, as in `(Nat :> 1)[Nat]`."""
    try:
        argument = settle(argument, span)
    except UnlistedError:
        if not isinstance(function, RecursiveFunctionValue):
            raise
    return applied(function, argument, span)


def elements_of(value: Any, span: Span, where: str) -> tuple[Value, ...]:
    """Return the elements of a set in canonical order; raise EvaluationError for anything else."""
    if not isinstance(value, SetValue | LazySet):
        expect_failure(span, "a set", value, where)
    try:
        return enumerated(value)
    except TooLargeError as error:
        raise_too_large(error, span)


def iterated(value: Any, span: Span, where: str, *, to_the_end: bool = False) -> Iterable[Value]:
    """Give the elements of a set in canonical order, those of a large one without keeping them.

    Too many are an error once they have been asked for, at once if all of them are needed.
    """
    if type(value) is SetValue:
        return value.ordered
    if not isinstance(value, LazySet):
        expect_failure(span, "a set", value, where)
    try:
        found = value.iterate(to_the_end=to_the_end)
        return found if isinstance(found, tuple) else checked_sizes(found, span)
    except TooLargeError as error:
        raise_too_large(error, span)


def checked_sizes(elements: Iterable[Value], span: Span) -> Iterator[Value]:
    """Give the elements; raise EvaluationError where a set that they are made from is too large."""
    try:
        yield from elements
    except TooLargeError as error:
        raise_too_large(error, span)


def bounded(elements: Iterator[Value], whole: LazySet, span: Span) -> Iterator[Value]:
    """Give the elements of a finite set; raise EvaluationError once there are too many of them."""
    return checked_sizes(whole.first_elements(elements), span)


def make_set(elements: Sequence[Value], span: Span) -> SetValue:
    """Return the set of `elements`; raise EvaluationError if they cannot be compared."""
    try:
        check_comparable(elements)
    except KindMismatchError as error:
        raise_mismatch(error, span, "a set cannot hold both {} and {}: they cannot be compared")
    return SetValue(elements)


def values_equal(left: Any, right: Any, span: Span) -> bool:
    """Return whether two results are equal, as `=` decides; raise EvaluationError on a mismatch."""
    kind = type(left)
    if left is right and kind in _SETTLED:
        return True
    if kind is type(right) and (kind is FunctionValue or kind is SetValue):
        shape = left.shape
        if shape and shape is right.shape:  # nothing in them is of another kind
            if kind is SetValue:
                return left.elements == right.elements  # type: ignore[no-any-return]
            return left.values == right.values  # type: ignore[no-any-return]
    try:
        if isinstance(left, LazySet) and isinstance(right, SetValue | LazySet):
            known = same_set(left, right)
            if known is not None:
                return known
        return equal(settle(left, span), settle(right, span))
    except UnlistedError:
        return _same_unlisted(left, right, span)
    except TooLargeError as error:
        raise_too_large(error, span)
    except KindMismatchError as error:
        raise_mismatch(error, span, "cannot compare {} with {}")


def _same_unlisted(left: Any, right: Any, span: Span) -> bool:
    try:
        return same(left, right)
    except KindMismatchError as error:
        raise_mismatch(error, span, "cannot compare {} with {}")
    except TooLargeError as error:
        raise_too_large(error, span)


def included(left: AnySet, right: AnySet, span: Span) -> bool | None:
    """Return whether `left \\subseteq right`, None where the elements of `left` must be tried."""
    try:
        return is_subset(left, right)
    except KindMismatchError as error:
        raise_mismatch(error, span, "cannot compare {} with {}")


def is_member(value: Any, elements: Any, span: Span) -> bool:
    """Return whether `value \\in elements`; raise EvaluationError as TLC does."""
    if type(elements) is SetValue:
        shape = elements.shape
        if shape:  # that of all elements is its last part
            wanted = shape[-1]  # type: ignore[index]
            kind = type(value)
            if kind is FunctionValue:
                if value.shape is wanted or (value.shape is False and is_flat(value, wanted)):
                    return value in elements.elements
            elif (value.shape if kind is SetValue else kind) is wanted:
                return value in elements.elements
    elif not isinstance(elements, LazySet):
        expect_failure(span, "a set on its right", elements, "`\\in`")
    try:
        return contains(elements, value if type(value) in _SETTLED else settle(value, span))
    except UnlistedError:
        return _is_unlisted_member(value, elements, span)
    except KindMismatchError:
        fail(span, f"cannot tell whether {shown(value)} is in {shown(elements)}: other kinds")
    except TooLargeError as error:
        raise_too_large(error, span)


def _is_unlisted_member(value: Any, elements: AnySet, span: Span) -> bool:
    """Return whether a value with infinite sets in it, or such a set, is an element."""
    if size_of(elements) == 0:
        return False
    try:
        known = has(elements, value)
    except KindMismatchError:
        fail(span, f"cannot tell whether {shown(value)} is in {shown(elements)}: other kinds")
    except TooLargeError as error:
        raise_too_large(error, span)
    if known is None:
        settle(value, span)  # fails
    return bool(known)
