"""Comparing sets that are not enumerated: `[S -> T] = [S -> T]` needs no function.

Source followed: SubsetValue.java, SetOfFcnsValue.java and IntervalValue.java of TLC, `equals`. What
cannot be told from the way two sets are made is left to their elements.
"""

from __future__ import annotations

from conform.domain.values import SetValue
from conform.languages.tlaplus.evaluation.mismatch import Described, KindMismatchError, equal
from conform.languages.tlaplus.evaluation.sets import (
    AnySet,
    Interval,
    Kind,
    contains,
    explicit,
    is_counted,
    size_of,
)
from conform.languages.tlaplus.evaluation.spaces import (
    LARGE_EXPONENT,
    FunctionSpace,
    PowerSet,
    SequenceSpace,
)


def same_set(left: AnySet, right: AnySet) -> bool | None:
    """Return whether two sets are equal, None where only their elements would tell.

    Raises KindMismatchError where elements cannot be compared, TooLargeError for too many.
    """
    match left, right:
        case SetValue(), SetValue():
            return equal(left, right)
        case Interval(), Interval():
            if not (left.size() and right.size()):
                return left.size() == right.size()
            return (left.low, left.high) == (right.low, right.high)
        case Kind(), Kind():
            if left.kind is not right.kind:
                raise KindMismatchError(Described(left.name), Described(right.name))
            return left.name == right.name
        case PowerSet(), PowerSet():
            return same_set(left.base, right.base)
        case SequenceSpace(), SequenceSpace():
            return same_set(left.base, right.base)
        case FunctionSpace(), FunctionSpace():
            return _same_functions(left, right)
        case _:
            return False if _sizes_differ(left, right) else None


def _same_functions(left: FunctionSpace, right: FunctionSpace) -> bool:
    """Return whether the domains are equal, and the ranges.

    As in TLC, `[{1} -> {}]` and `[{2} -> {}]` differ, though both are empty.
    """
    return _same(left.domain, right.domain) and _same(left.codomain, right.codomain)


def _same(left: AnySet, right: AnySet) -> bool:
    known = same_set(left, right)
    return equal(explicit(left), explicit(right)) if known is None else known


def _sizes_differ(left: AnySet, right: AnySet) -> bool:
    """Return whether the sets have different numbers of elements, as far as that is known."""
    if not (is_counted(left) and is_counted(right)):
        return False
    size, other = size_of(left), size_of(right)
    if size is None or other is None:
        return False
    return size != other and min(size, other) < 2**LARGE_EXPONENT


def is_subset(left: AnySet, right: AnySet) -> bool | None:
    """Return whether `left \\subseteq right`, None where only the elements of `left` would tell."""
    match left, right:
        case Interval(), Interval():
            return not left.size() or (right.low <= left.low and left.high <= right.high)
        case Interval(), Kind() if right.kind is int:
            return not left.size() or right.lowest is None or left.low >= right.lowest
        case PowerSet(), PowerSet():
            return is_subset(left.base, right.base)
        case SetValue(), _:
            return all(contains(right, element) for element in left.ordered)
        case _:
            return None
