"""Sets that are not enumerated unless they must be: Nat, intervals, and what all such sets share.

A set stays lazy while only membership is asked; it becomes a SetValue when it is enumerated,
compared or stored in a state. Sets that are made from others are in spaces.py.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import TypeAlias, Union

from conform.domain.values import (
    SetValue,
    Value,
)
from conform.languages.tlaplus.evaluation.mismatch import (
    check_member_kind,
    refuse_member,
    same_kind,
    shape_of,
)

LOWEST, HIGHEST = -(2**31), 2**31 - 1
"""TLC's integers are Java's int; a result outside is an error there and here."""

MAX_ENUMERATED = 1_000_000
"""Elements of one set that are kept at a time; TLC's own bound (-maxSetSize) is the same."""

MAX_ITERATED = 20_000_000
"""Elements that a quantifier goes through without keeping them."""

KEPT = 65_536
"""Elements up to which a set that is gone through is kept for the next time."""


class TooLargeError(Exception):
    """A set has more than `limit` elements; `size` is how many, None for infinitely."""

    def __init__(self, what: str, size: int | None, limit: int) -> None:
        super().__init__(what)
        self.what = what
        self.size = size
        self.limit = limit


class MixedKindsError(TooLargeError):
    """A set cannot be listed, as something cannot be compared with an element; a text says so."""

    def __init__(self, text: str) -> None:
        super().__init__(text, None, MAX_ENUMERATED)


class LazySet:
    """A set known by its membership rule; `describe` names it in messages.

    Not an ABC: `isinstance` is asked often, and costs twice as much for one.
    """

    __slots__ = ("_explicit", "_ordered")

    def __init__(self) -> None:
        self._explicit: SetValue | None = None
        self._ordered: tuple[Value, ...] | None = None

    def contains(self, value: Value) -> bool:
        """Return whether `value` is an element; raise KindMismatchError where TLC does."""
        raise NotImplementedError

    def describe(self) -> str:
        """Return the set as it would be written."""
        raise NotImplementedError

    def size(self) -> int | None:
        """Return the number of elements, or an upper bound of it; None for infinitely many."""
        return None

    @property
    def is_counted(self) -> bool:
        """Whether `size` is the number of elements, and not only a bound of it."""
        return True

    def count(self) -> int | None:
        """Return the number of elements where `size` is but a bound of it: by enumerating them."""
        return self.size()

    def enumerate(self) -> Iterator[Value]:
        """Return an iterator over the elements in canonical order; the set is finite."""
        raise NotImplementedError

    def iterate(self, *, to_the_end: bool = False) -> Iterable[Value]:
        """Give the elements in canonical order, kept if they are few.

        Raises TooLargeError for an infinite set, and for too many elements: once they have been
        asked for, or at once if all of them are needed.
        """
        size = self.size()
        if size is not None and size <= KEPT:
            return self.ordered()
        if size is not None and size > MAX_ITERATED and not to_the_end:
            return self.first_elements(self.enumerate())
        self._check_size(MAX_ITERATED)
        return self.enumerate()

    def first_elements(self, elements: Iterator[Value]) -> Iterator[Value]:
        """Give the elements of this set; raise TooLargeError once there are too many of them."""
        yield from itertools.islice(elements, MAX_ITERATED)
        if next(elements, None) is not None:
            raise TooLargeError(self.describe(), self.size(), MAX_ITERATED)

    def ordered(self) -> tuple[Value, ...]:
        """Return the elements in canonical order; raise TooLargeError for too many."""
        if self._ordered is None:
            self._check_size(MAX_ENUMERATED)
            self._ordered = tuple(self.enumerate())
        return self._ordered

    def explicit(self) -> SetValue:
        """Return the same set as a value; raise TooLargeError where there are too many elements."""
        if self._explicit is None:
            self._explicit = SetValue(self.ordered())
        return self._explicit

    def _check_size(self, limit: int) -> None:
        size = self.size()
        if size is None or size > limit:
            raise TooLargeError(self.describe(), size, limit)


AnySet: TypeAlias = Union[SetValue, LazySet]  # noqa: UP007


def contains(elements: AnySet, value: Value) -> bool:
    """Return whether `value` is in the set; raise KindMismatchError as TLC for `1 \\in {"a"}`."""
    if type(elements) is SetValue:
        known = _known_member(elements, value)
        if known is not None:
            return known
    elif isinstance(elements, LazySet):
        return elements.contains(value)
    if value in elements:
        return True
    check_member_kind(value, elements)
    return False


def _known_member(elements: SetValue, value: Value) -> bool | None:
    """Return whether `value` is in the set; None where Python's word and the shapes leave it open.

    Of values of the shape that all elements have, Python knows it: none is a boolean in the place
    of a number.
    """
    members = elements.elements
    if type(members) is not frozenset or not members:
        return None
    shape = shape_of(elements)
    if shape is not None and shape[1] is shape_of(value):  # type: ignore[index]  # one of a set
        return value in members
    if type(value) is int or type(value) is bool:
        return None
    return True if value in members else None


def enumerated(elements: AnySet) -> tuple[Value, ...]:
    """Return the elements in canonical order; raise TooLargeError for an infinite set."""
    return elements.ordered() if isinstance(elements, LazySet) else elements.ordered


def explicit(elements: AnySet) -> SetValue:
    """Return the set as a value."""
    return elements.explicit() if isinstance(elements, LazySet) else elements


def size_of(elements: AnySet) -> int | None:
    """Return the number of elements, or an upper bound of it; None for infinitely many."""
    return elements.size() if isinstance(elements, LazySet) else len(elements)


def is_counted(elements: AnySet) -> bool:
    """Whether `size_of` gives the number of elements, and not only a bound of it."""
    return not isinstance(elements, LazySet) or elements.is_counted


def count_of(elements: AnySet) -> int | None:
    """Return the number of elements, counted where need be; None for infinitely many."""
    return elements.count() if isinstance(elements, LazySet) else len(elements)


class Interval(LazySet):
    """`low..high`, empty when high < low."""

    __slots__ = ("high", "low")

    def __init__(self, low: int, high: int) -> None:
        super().__init__()
        self.low = low
        self.high = high

    def contains(self, value: Value) -> bool:
        if type(value) is not int:
            if self.high >= self.low:
                same_kind(self.low, value)
            return False
        return self.low <= value <= self.high

    def describe(self) -> str:
        return f"{self.low}..{self.high}"

    def size(self) -> int:
        return max(0, self.high - self.low + 1)

    def enumerate(self) -> Iterator[Value]:
        return iter(range(self.low, self.high + 1))


class Kind(LazySet):
    """Nat, Int or STRING: all values of a kind; `lowest` is 0 for Nat, None for the rest."""

    __slots__ = ("kind", "lowest", "name")

    def __init__(self, name: str, kind: type, lowest: int | None = None) -> None:
        super().__init__()
        self.name = name
        self.kind = kind
        self.lowest = lowest

    def contains(self, value: Value) -> bool:
        if type(value) is self.kind:
            return self.lowest is None or value >= self.lowest  # type: ignore[operator]  # ints
        return refuse_member(value, self.name)

    def describe(self) -> str:
        return self.name


def describe_set(elements: AnySet) -> str:
    """Return a set as it would be written."""
    return elements.describe() if isinstance(elements, LazySet) else repr(elements)
