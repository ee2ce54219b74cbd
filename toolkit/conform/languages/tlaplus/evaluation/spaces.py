"""Sets that are made from others: SUBSET S, [S -> T], [a : S], S \\X T, Seq(S).

Enumeration is in TLC's order (values/impl/*.java, elements()).
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

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
    refuse_member,
)
from conform.languages.tlaplus.evaluation.sets import (
    MAX_ENUMERATED,
    AnySet,
    LazySet,
    TooLargeError,
    contains,
    count_of,
    describe_set,
    enumerated,
    is_counted,
    size_of,
)

Element = TypeVar("Element")

LARGE_EXPONENT = 64
"""Powers of two and more are too large from this exponent on, and are not computed exactly."""


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


class _Combinations(Space):
    """A set of what has an element of each part: of records, or of tuples."""

    __slots__ = ()

    def sized(self, sizes: Sequence[int | None]) -> int | None:
        """Return the product of the sizes; as in TLC, an infinite part makes it infinite."""
        product = 1
        for size in sizes:
            if size is None:
                return None
            product *= size
        return product

    def choices(self, listed: Callable[[AnySet], Iterable[Element]]) -> list[tuple[Element, ...]]:
        """Return the elements of each part, up to an empty one: then there is nothing to combine.

        Raises TooLargeError for an infinite one before it, as TLC does.
        """
        choices: list[tuple[Element, ...]] = []
        for part in self.parts():
            choices.append(tuple(listed(part)))
            if not choices[-1]:
                break
        return choices

    def _check_size(self, limit: int) -> None:
        decisive = (size for size in map(size_of, self.parts()) if not size)
        if next(decisive, None) != 0:
            super()._check_size(limit)


class RecordSpace(_Combinations):
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

    def enumerate(self) -> Iterator[Value]:
        choices = itertools.product(*self.choices(enumerated))
        return (FunctionValue(self.domain, values) for values in choices)


class ProductSpace(_Combinations):
    """`A \\X B \\X C`: a set of tuples."""

    __slots__ = ("factors",)

    def __init__(self, factors: tuple[AnySet, ...]) -> None:
        super().__init__()
        self.factors = factors

    def contains(self, value: Value) -> bool:
        found = _components(value, self)
        if found is None or len(found) != len(self.factors):
            return False
        return all(map(contains, self.factors, found))

    def describe(self) -> str:
        return " \\X ".join(map(describe_set, self.factors))

    def parts(self) -> tuple[AnySet, ...]:
        return self.factors

    def enumerate(self) -> Iterator[Value]:
        domain = sequence_domain(len(self.factors))
        choices = itertools.product(*self.choices(enumerated))
        return (FunctionValue(domain, values) for values in choices)


class SequenceSpace(LazySet):
    """`Seq(S)`: all finite sequences over S; membership only."""

    __slots__ = ("base",)

    def __init__(self, base: AnySet) -> None:
        super().__init__()
        self.base = base

    def contains(self, value: Value) -> bool:
        found = _components(value, self)
        return found is not None and all(contains(self.base, image) for image in found)

    def describe(self) -> str:
        return f"Seq({describe_set(self.base)})"


def _components(value: Value, elements: ProductSpace | SequenceSpace) -> Sequence[Value] | None:
    """Return the components of a tuple, or the characters of a string, which TLC takes for one.

    None for a model value, which is in no such set. Raises KindMismatchError for other values.
    """
    if type(value) is str:
        return tuple(value)
    if not isinstance(value, FunctionValue):
        refuse_member(value, elements.describe())
        return None
    if not value.is_sequence:
        raise KindMismatchError(value, Described(elements.describe()))
    return value.values


def _power(base: int | None, exponent: int | None) -> int | None:
    if base is None or exponent is None:
        return None  # as in TLC, also for `[{} -> Nat]`
    power: int = base ** min(exponent, LARGE_EXPONENT)
    return power
