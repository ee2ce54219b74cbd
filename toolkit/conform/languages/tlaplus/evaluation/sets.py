"""Sets that are not enumerated unless they must be: SUBSET S, [S -> T], Nat, Seq(S) and their like.

A set stays lazy while only membership is asked; it becomes a SetValue when it is enumerated,
compared or stored in a state. Enumeration is in TLC's order (values/*.java, elements()).
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias, Union

from conform.domain.values import (
    Domain,
    FunctionValue,
    SetValue,
    Value,
    in_order,
    record_domain,
    sequence_domain,
)
from conform.languages.tlaplus.evaluation.mismatch import (
    Described,
    KindMismatchError,
    check_member_kind,
    refuse_member,
    same_kind,
)

LOWEST, HIGHEST = -(2**31), 2**31 - 1
"""TLC's integers are Java's int; a result outside is an error there and here."""

MAX_ENUMERATED = 1_000_000
"""Elements of one set that are kept at a time; TLC's own bound (-maxSetSize) is the same."""

MAX_ITERATED = 20_000_000
"""Elements that a quantifier goes through without keeping them."""

KEPT = 65_536
"""Elements up to which a set that is gone through is kept for the next time."""


LARGE_EXPONENT = 64
"""Powers of two and more are too large from this exponent on, and are not computed exactly."""


class TooLargeError(Exception):
    """A set has more than `limit` elements; `size` is how many, None for infinitely."""

    def __init__(self, what: str, size: int | None, limit: int) -> None:
        super().__init__(what)
        self.what = what
        self.size = size
        self.limit = limit


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
    if type(elements) is not SetValue and isinstance(elements, LazySet):
        return elements.contains(value)
    if value in elements:
        return True
    check_member_kind(value, elements)
    return False


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


class Space(LazySet):
    """A set that is made from others, the parts: by their sizes its own is known.

    A part may be a filter, of whose size no more than a bound is known without going through it.
    """

    __slots__ = ()

    def parts(self) -> tuple[AnySet, ...]:
        """Return the sets that it is made from, in the order in which TLC looks at them."""
        raise NotImplementedError

    def sized(self, sizes: Sequence[int | None]) -> int | None:
        """Return the number of elements if the parts have so many; None for infinitely many."""
        raise NotImplementedError

    def size(self) -> int | None:
        return self.sized([size_of(part) for part in self.parts()])

    @property
    def is_counted(self) -> bool:
        return all(map(is_counted, self.parts()))

    def count(self) -> int | None:
        return self.sized([count_of(part) for part in self.parts()])

    def _check_size(self, limit: int) -> None:
        size = self.size()
        if size is None or size > limit:
            size = self.count()
        if size is None or size > limit:
            raise TooLargeError(self.describe(), size, limit)


class PowerSet(Space):
    """`SUBSET S`."""

    __slots__ = ("base",)

    def __init__(self, base: AnySet) -> None:
        super().__init__()
        self.base = base

    def contains(self, value: Value) -> bool:
        if isinstance(value, SetValue):
            return self._has_all(value)
        raise KindMismatchError(value, Described(self.describe()))

    def _has_all(self, value: SetValue) -> bool:
        recorded = value.recorded
        if recorded is not None:
            with contextlib.suppress(KindMismatchError, TooLargeError):
                return all(
                    contains(self.base, each) or each not in recorded
                    for each in in_order(recorded.candidates())
                )
        return all(contains(self.base, each) for each in value.ordered)

    def describe(self) -> str:
        return f"SUBSET {describe_set(self.base)}"

    def parts(self) -> tuple[AnySet, ...]:
        return (self.base,)

    def sized(self, sizes: Sequence[int | None]) -> int | None:
        return _power(2, sizes[0])

    def enumerate(self) -> Iterator[Value]:
        base = enumerated(self.base)
        chosen = (itertools.combinations(base, length) for length in range(len(base) + 1))
        return map(SetValue, itertools.chain.from_iterable(chosen))


class FunctionSpace(Space):
    """`[S -> T]`."""

    __slots__ = ("_matching", "codomain", "domain")

    def __init__(self, domain: AnySet, codomain: AnySet) -> None:
        super().__init__()
        self.domain = domain
        self.codomain = codomain
        self._matching: Domain | None = None

    def contains(self, value: Value) -> bool:
        if not isinstance(value, FunctionValue):
            return refuse_member(value, self.describe())
        if value.domain is not self._matching and not self._is_over_domain(value.domain):
            return False
        return all(contains(self.codomain, image) for image in value.values)

    def _is_over_domain(self, domain: Domain) -> bool:
        size = count_of(self.domain)
        if size is None:
            raise TooLargeError(describe_set(self.domain), None, MAX_ENUMERATED)
        if len(domain.elements) != size:
            return False
        if not all(contains(self.domain, argument) for argument in domain.elements):
            return False
        self._matching = domain
        return True

    def describe(self) -> str:
        return f"[{describe_set(self.domain)} -> {describe_set(self.codomain)}]"

    def parts(self) -> tuple[AnySet, ...]:
        return (self.domain, self.codomain)

    def sized(self, sizes: Sequence[int | None]) -> int | None:
        domain, codomain = sizes
        return _power(codomain, domain)

    def enumerate(self) -> Iterator[Value]:
        domain = Domain(enumerated(self.domain))
        images = enumerated(self.codomain)
        choices = itertools.product(images, repeat=len(domain.elements))
        return (FunctionValue(domain, values) for values in choices)


class RecordSpace(Space):
    """`[a : S, b : T]`; `fields` are sorted by name."""

    __slots__ = ("domain", "sets")

    def __init__(self, fields: dict[str, AnySet]) -> None:
        super().__init__()
        self.domain = record_domain(tuple(fields))
        self.sets = tuple(fields[str(name)] for name in self.domain.elements)

    def contains(self, value: Value) -> bool:
        if not isinstance(value, FunctionValue):
            return refuse_member(value, self.describe())
        if value.domain is not self.domain and value.domain != self.domain:
            if any(type(name) is not str for name in value.domain.elements):
                raise KindMismatchError(value, Described(self.describe()))
            return False
        return all(map(contains, self.sets, value.values))

    def describe(self) -> str:
        pairs = zip(self.domain.elements, self.sets, strict=True)
        return "[" + ", ".join(f"{name} : {describe_set(of)}" for name, of in pairs) + "]"

    def parts(self) -> tuple[AnySet, ...]:
        return self.sets

    def sized(self, sizes: Sequence[int | None]) -> int | None:
        return _product(sizes)

    def enumerate(self) -> Iterator[Value]:
        choices = itertools.product(*map(enumerated, self.sets))
        return (FunctionValue(self.domain, values) for values in choices)


class ProductSpace(Space):
    """`A \\X B \\X C`: a set of tuples."""

    __slots__ = ("factors",)

    def __init__(self, factors: tuple[AnySet, ...]) -> None:
        super().__init__()
        self.factors = factors

    def contains(self, value: Value) -> bool:
        if not isinstance(value, FunctionValue):
            return refuse_member(value, self.describe())
        if not value.is_sequence:
            raise KindMismatchError(value, Described(self.describe()))
        if len(value) != len(self.factors):
            return False
        return all(map(contains, self.factors, value.values))

    def describe(self) -> str:
        return " \\X ".join(map(describe_set, self.factors))

    def parts(self) -> tuple[AnySet, ...]:
        return self.factors

    def sized(self, sizes: Sequence[int | None]) -> int | None:
        return _product(sizes)

    def enumerate(self) -> Iterator[Value]:
        domain = sequence_domain(len(self.factors))
        choices = itertools.product(*map(enumerated, self.factors))
        return (FunctionValue(domain, values) for values in choices)


class SequenceSpace(LazySet):
    """`Seq(S)`: all finite sequences over S; membership only."""

    __slots__ = ("base",)

    def __init__(self, base: AnySet) -> None:
        super().__init__()
        self.base = base

    def contains(self, value: Value) -> bool:
        if not isinstance(value, FunctionValue):
            return refuse_member(value, self.describe())
        if not value.is_sequence:
            raise KindMismatchError(value, Described(self.describe()))
        return all(contains(self.base, image) for image in value.values)

    def describe(self) -> str:
        return f"Seq({describe_set(self.base)})"


def describe_set(elements: AnySet) -> str:
    """Return a set as it would be written."""
    return elements.describe() if isinstance(elements, LazySet) else repr(elements)


def _power(base: int | None, exponent: int | None) -> int | None:
    if exponent == 0:
        return 1
    if base is None or exponent is None:
        return None
    power: int = base ** min(exponent, LARGE_EXPONENT)
    return power


def _product(sizes: Sequence[int | None]) -> int | None:
    result = 1
    for size in sizes:
        if size == 0:
            return 0
        if size is None:
            return None
        result *= size
    return result
