"""`\\cup`, `\\cap` and `\\` of sets that are not enumerated: `x \\in Nat \\cup {0}` needs no Nat.

Source followed: SetCupValue.java, SetCapValue.java and SetDiffValue.java of TLC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

from conform.domain.values import SetValue, Value, in_order
from conform.languages.tlaplus.evaluation.mismatch import KindMismatchError
from conform.languages.tlaplus.evaluation.sets import (
    KEPT,
    AnySet,
    Interval,
    LazySet,
    MixedKindsError,
    contains,
    describe_set,
    enumerated,
    size_of,
)


class Combination(StrEnum):
    """The ways to combine two sets, spelt as they are written."""

    UNION = "\\cup"
    INTERSECTION = "\\cap"
    DIFFERENCE = "\\"


def is_explicit(elements: AnySet) -> bool:
    """Return whether a set is small enough to be enumerated without a need."""
    if type(elements) is SetValue:
        return elements.recorded is not None or len(elements.elements) <= KEPT
    size = size_of(elements)
    return size is not None and size <= KEPT


class FilteredSet(LazySet):
    """`{x \\in S : P}` of an S that is not enumerated, or not yet: P is asked where it must be.

    As SetPredValue.java of TLC, which keeps what is left of S once it has gone through it.
    """

    __slots__ = ("base", "predicate")

    def __init__(self, base: LazySet, predicate: Callable[[Value], bool]) -> None:
        super().__init__()
        self.base = base
        self.predicate = predicate

    def contains(self, value: Value) -> bool:
        if self._explicit is not None:
            return contains(self._explicit, value)
        return contains(self.base, value) and self.predicate(value)

    def describe(self) -> str:
        return f"{{x \\in {describe_set(self.base)} : ...}}"

    def size(self) -> int | None:
        """Return an upper bound of the number of elements, which only counting would tell."""
        return self.base.size()

    @property
    def is_counted(self) -> bool:
        return False

    def count(self) -> int | None:
        return None if self.size() is None else len(self.ordered())

    def enumerate(self) -> Iterator[Value]:
        return filter(self.predicate, self.base.iterate(to_the_end=True))

    def iterate(self, *, to_the_end: bool = False) -> tuple[Value, ...]:
        return self.ordered()

    def ordered(self) -> tuple[Value, ...]:
        if self._ordered is None:
            self._ordered = tuple(self.enumerate())
        return self._ordered


class CombinedSet(LazySet):
    """Two sets combined; what is asked first of the left one short-circuits, as in TLC."""

    __slots__ = ("combination", "left", "right")

    def __init__(self, combination: Combination, left: AnySet, right: AnySet) -> None:
        super().__init__()
        if combination is Combination.UNION and isinstance(right, SetValue | Interval):
            left, right = right, left  # TLC asks the set that is written out first
        self.combination = combination
        self.left = left
        self.right = right

    def contains(self, value: Value) -> bool:
        match self.combination:
            case Combination.UNION:
                return contains(self.left, value) or contains(self.right, value)
            case Combination.INTERSECTION:
                return contains(self.left, value) and contains(self.right, value)
            case Combination.DIFFERENCE:
                return contains(self.left, value) and not contains(self.right, value)

    def describe(self) -> str:
        return f"{describe_set(self.left)} {self.combination} {describe_set(self.right)}"

    @property
    def is_finite(self) -> bool:
        """Whether the elements can be enumerated, be they many."""
        left, right = (size_of(part) is not None for part in (self.left, self.right))
        match self.combination:
            case Combination.UNION:
                return left and right
            case Combination.INTERSECTION:
                return left or right
            case Combination.DIFFERENCE:
                return left

    @property
    def _is_turned(self) -> bool:
        """Whether the right set is gone through: as in TLC, where it is written out."""
        return self.combination is Combination.INTERSECTION and (
            isinstance(self.right, SetValue | Interval) or size_of(self.left) is None
        )

    def size(self) -> int | None:
        """Return an upper bound of the number of elements, which only counting would tell."""
        if not self.is_finite:
            return None
        left, right = size_of(self.left), size_of(self.right)
        if self.combination is Combination.UNION:
            return (left or 0) + (right or 0)
        return right if self._is_turned else left

    @property
    def is_counted(self) -> bool:
        return False

    def count(self) -> int | None:
        return len(self.ordered()) if self.is_finite else None

    def enumerate(self) -> Iterator[Value]:
        if self.combination is Combination.UNION:
            return iter(in_order({*enumerated(self.left), *enumerated(self.right)}))
        base, asked = (self.right, self.left) if self._is_turned else (self.left, self.right)
        wanted = self.combination is Combination.INTERSECTION
        return (element for element in enumerated(base) if _has(asked, element) is wanted)


def _has(elements: AnySet, value: Value) -> bool:
    """Return whether `value` is an element; raise MixedKindsError where that cannot be told."""
    try:
        return contains(elements, value)
    except KindMismatchError:
        where = describe_set(elements)
        raise MixedKindsError(f"cannot tell whether {value!r} is in {where}: other kinds") from None
