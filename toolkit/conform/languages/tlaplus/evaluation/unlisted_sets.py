"""Sets with elements that cannot be listed: `{Nat, Int}`, and the union of such a set.

As in TLC, an infinite set is an element, and a value of a function, as long as nobody asks for its
elements. It is compared by the way it is made alone (values/impl/UserValue.java of TLC).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conform.domain.values import FunctionValue, SetValue, Value
from conform.languages.tlaplus.evaluation.failing import raise_mismatch, raise_too_large
from conform.languages.tlaplus.evaluation.functions import RecursiveFunctionValue, kept
from conform.languages.tlaplus.evaluation.mismatch import (
    KindMismatchError,
    check_comparable,
    equal,
)
from conform.languages.tlaplus.evaluation.mixed_sets import MixedSet
from conform.languages.tlaplus.evaluation.set_comparisons import same_set
from conform.languages.tlaplus.evaluation.sets import (
    MAX_ENUMERATED,
    AnySet,
    LazySet,
    TooLargeError,
    contains,
    describe_set,
)
from conform.languages.tlaplus.evaluation.spaces import PowerSet
from conform.text import Span


class Everything(LazySet):
    """Any of module TLC: every value is in it."""

    __slots__ = ()

    def contains(self, value: Value) -> bool:
        return True

    def describe(self) -> str:
        return "ANY"


class UnlistedSet(LazySet):
    """A finite set of which elements are infinite sets, or hold such sets; `members` are distinct.

    Whoever wants plain values for elements is told that there are none: its size is unknown.
    """

    __slots__ = ("members",)

    def __init__(self, members: tuple[Any, ...]) -> None:
        super().__init__()
        self.members = members

    def contains(self, value: Value) -> bool:
        return self.has(value)

    def has(self, value: Any) -> bool:
        """Return whether any value, be it an infinite set, is an element."""
        return any(same(value, member) for member in self.members)

    def describe(self) -> str:
        return "{" + ", ".join(map(_described, self.members)) + "}"

    def count(self) -> int:
        return len(self.members)

    def _check_size(self, limit: int) -> None:
        raise _unlisted(*self.members)


class UnlistedUnion(LazySet):
    """`UNION {Nat, Int}`: membership only."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[AnySet, ...]) -> None:
        super().__init__()
        self.parts = parts

    def contains(self, value: Value) -> bool:
        return any(contains(part, value) for part in self.parts)

    def describe(self) -> str:
        return "UNION {" + ", ".join(map(_described, self.parts)) + "}"


def set_over(elements: Sequence[Any], span: Span) -> SetValue | UnlistedSet:
    """Return the set of elements of which some may be infinite sets, or hold such sets.

    Raises EvaluationError where they cannot be compared with each other.
    """
    values = [kept(element, span) for element in elements]
    try:
        if not any(map(_is_unlisted, values)):
            check_comparable(values)
            return SetValue(values)
        members: list[Any] = []
        for value in values:
            if True not in [same(value, member) for member in members]:
                members.append(value)
    except KindMismatchError as error:
        raise_mismatch(error, span, "a set cannot hold both {} and {}: they cannot be compared")
    except TooLargeError as error:
        raise_too_large(error, span)
    return UnlistedSet(tuple(members))


def same(left: Any, right: Any) -> bool:
    """Return whether two results are equal, infinite sets in them compared by how they are made.

    Raises TooLargeError where that does not tell, KindMismatchError where they cannot be compared.
    """
    if not _is_unlisted(left) and not _is_unlisted(right):
        return equal(left, right)
    if isinstance(left, SetValue | LazySet) and isinstance(right, SetValue | LazySet):
        return _same_sets(left, right)
    if isinstance(left, _FUNCTIONS) and isinstance(right, _FUNCTIONS):
        return _same_functions(left, right)
    raise KindMismatchError(left, right)


_FUNCTIONS = (FunctionValue, RecursiveFunctionValue)


def _is_unlisted(value: Any) -> bool:
    return isinstance(value, LazySet | RecursiveFunctionValue)


def _same_sets(left: AnySet, right: AnySet) -> bool:
    if isinstance(left, PowerSet) and isinstance(right, PowerSet):
        return _same_sets(left.base, right.base)
    if not isinstance(left, UnlistedSet) and not isinstance(right, UnlistedSet):
        known = same_set(left, right)
        if known is None:
            raise _unlisted(left, right)
        return known
    one, other = unlisted_elements(left), unlisted_elements(right)
    if len(one) != len(other):
        return False
    return all(any(same(member, each) for each in other) for member in one)


def unlisted_elements(elements: AnySet) -> tuple[Any, ...]:
    """Return the elements of a set, infinite sets among them; raise TooLargeError for too many."""
    if isinstance(elements, UnlistedSet):
        return elements.members
    return elements.ordered() if isinstance(elements, LazySet) else elements.ordered


def _same_functions(
    left: FunctionValue | RecursiveFunctionValue, right: FunctionValue | RecursiveFunctionValue
) -> bool:
    arguments = _arguments(left)
    if not same(arguments, _arguments(right)):
        return False
    return all(
        same(_value_at(left, each), _value_at(right, each)) for each in unlisted_elements(arguments)
    )


def _arguments(function: FunctionValue | RecursiveFunctionValue) -> AnySet:
    if isinstance(function, FunctionValue):
        return SetValue(function.domain.elements)
    domain = function.domain
    return domain if isinstance(domain, SetValue | UnlistedSet) else domain.explicit()


def _value_at(function: FunctionValue | RecursiveFunctionValue, argument: Any) -> Any:
    if isinstance(function, FunctionValue):
        return function.get(argument)
    return kept(function.apply(argument, function.span), function.span)


def _unlisted(*values: Any) -> TooLargeError:
    """Return the error that one of the values cannot be listed."""
    found = next((each for each in values if isinstance(each, LazySet)), None)
    if isinstance(found, MixedSet):
        return found.error()
    what = "the set" if found is None else describe_set(found)
    return TooLargeError(what, None, MAX_ENUMERATED)


def _described(value: Any) -> str:
    return value.describe() if _is_unlisted(value) else repr(value)
