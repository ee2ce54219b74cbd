"""Sets that know what is asked of them: operators that ask for no more than they need.

Whether a value is an element is asked last, and only where it decides. What is asked of a value
that turns out to be no element may fail where the operator itself would not: then all is asked.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

from msgspec import Struct

from conform.domain.recorded import RecordedElements
from conform.domain.values import Domain, FunctionValue, ModelValue, SetValue, Value, in_order
from conform.errors import EvaluationError
from conform.languages.tlaplus.evaluation.combined_sets import Combination
from conform.languages.tlaplus.evaluation.mismatch import (
    KindMismatchError,
    are_kindred,
    equal,
    go_together,
    goes_with,
    shape_of,
)
from conform.languages.tlaplus.evaluation.sets import TooLargeError

Environment: TypeAlias = tuple[Any, ...]

Membership: TypeAlias = tuple[tuple[RecordedElements, Value], ...]
"""Sets, each with a value that has to be an element of it."""

_FAILURES = (EvaluationError, KindMismatchError, TooLargeError)

_FEW = 32
"""Elements of two sets together of which each one is compared with every other."""

_ONE_ATOM = (frozenset((int,)), frozenset((str,)))

COMPARED = 1024
"""Sets of values of which is kept whether they can be compared."""


class _About(Struct, frozen=True, dict=True):
    """The Python types and the shapes of some values."""

    values: frozenset[Value]
    kinds: frozenset[type]
    shapes: frozenset[object]

    @cached_property
    def are_kindred(self) -> bool:
        """Whether the shapes show that each two of the values can be compared."""
        return are_kindred(self.shapes)


_KNOWN: dict[int, _About] = {}
"""By the identity of the values, which an equal set that has FALSE for 0 does not share."""


class Tried:
    """Environments in which names have values that might be elements of the sets they are bound by.

    Each comes with the sets and the values to ask them for. To iterate gives those alone whose
    values are elements.
    """

    __slots__ = ("tried",)

    def __init__(self, tried: Iterable[tuple[Environment, Membership]]) -> None:
        self.tried = tried

    def __iter__(self) -> Iterator[Environment]:
        for environment, membership in self.tried:
            if _are_elements(membership):
                yield environment

    def giving(
        self, found: Callable[[Environment], Collection[Any]]
    ) -> Iterator[tuple[Environment, Collection[Any]]]:
        """Yield the environments in which something is found, with it; raise what `found` raises.

        Where nothing is found, it is not asked whether the values are elements: unless `found` has
        raised for some that are none, as `bag[m]` does, and would for most others.
        """
        asks_first = False
        for environment, membership in self.tried:
            if asks_first and not _are_elements(membership):
                continue
            try:
                collected = found(environment)
            except _FAILURES:
                if _are_elements(membership):
                    raise
                asks_first = True
                continue
            if collected and _are_elements(membership):
                yield environment, collected

    def satisfying(self, holds: Callable[[Environment], bool]) -> Iterator[Environment]:
        """Yield the environments in which something holds, in the same way."""
        for environment, _ in self.giving(lambda one: (True,) if holds(one) else ()):
            yield environment


def _are_elements(membership: Membership) -> bool:
    return all(value in recorded for recorded, value in membership)


def every(elements: SetValue, holds: Callable[[Value], bool]) -> bool:
    """Return whether `holds` is true of all elements; raise what it raises for one of them."""
    recorded = elements.recorded
    if recorded is not None:
        try:
            candidates = in_order(recorded.candidates())
            return all(holds(value) or value not in recorded for value in candidates)
        except _FAILURES:
            pass
    return all(map(holds, elements.ordered))


def all_elements_in(left: SetValue, right: SetValue) -> bool | None:
    """Return whether all elements of one set are in another, None where they must be tried in turn.

    That is where asking could fail, or where what is asked of a set is recorded.
    """
    if left.recorded is not None or right.recorded is not None:
        return None
    if left.elements <= right.elements:
        has_booleans = bool in map(type, left.elements) or bool in map(type, right.elements)
        return None if has_booleans else True  # Python takes them for 0 and 1
    if len(left) + len(right) > _FEW:
        return None
    return False if are_comparable(left.elements, right.elements) else None


def chosen(
    elements: SetValue, candidates: Iterable[Value], holds: Callable[[Value], bool]
) -> SetValue:
    """Return the elements of which `holds` is true; raise what it raises for one of them.

    All of them are among the candidates, where it is recorded what is asked of the set.
    """
    recorded = elements.recorded
    if recorded is not None:
        try:
            kept = [each for each in candidates if holds(each)]
            return SetValue.of_recorded(recorded.without(recorded.candidates().difference(kept)))
        except _FAILURES:
            pass
    return SetValue([value for value in elements.ordered if holds(value)])


def joined(left: SetValue, right: SetValue) -> SetValue | None:
    """Return the union if one of the sets knows what is asked of it, and need not be asked."""
    for base, other in ((left, right), (right, left)):
        recorded = base.recorded
        if recorded is not None and are_comparable(recorded.candidates(), other.elements):
            return SetValue.of_recorded(recorded.joined(other.elements))
    return None


def left_out(left: SetValue, right: SetValue) -> SetValue | None:
    """Return the difference if `left` knows what is asked of it, and need not be asked."""
    recorded = left.recorded
    if recorded is None or not are_comparable(recorded.candidates(), right.elements):
        return None
    return SetValue.of_recorded(recorded.without(right.elements))


def sifted(left: SetValue, right: SetValue, *, are_in: bool) -> SetValue | None:
    """Return the elements of `left` that are in `right`, or those that are not.

    None where they must be tried in turn: asking could fail, or is recorded.
    """
    one, other = left.elements, right.elements
    if not type(one) is type(other) is frozenset or len(one) + len(other) > _FEW:
        return None
    if not are_comparable(one, other):
        return None
    return left.subset(one & other if are_in else one - other)


def combined_by_shape(combination: Combination, left: SetValue, right: SetValue) -> SetValue | None:
    """Return the combination of small sets whose elements have one shape, None of others.

    With an empty set nothing is compared, and nothing new is made.
    """
    one, other = left.elements, right.elements
    if not type(one) is type(other) is frozenset:
        return None
    if not one or not other:
        if shape_of(left if one else right) is None:
            return None
        if combination is Combination.UNION:
            return left if one else right
        return right if one and combination is Combination.INTERSECTION else left
    if len(one) + len(other) > _FEW:
        return None
    shape = shape_of(left)
    other_shape = shape_of(right)
    if shape is None or (shape is not other_shape and shape != other_shape):
        return None
    match combination:
        case Combination.UNION:
            found = SetValue(one | other)
        case Combination.INTERSECTION:
            found = SetValue(one & other)
        case Combination.DIFFERENCE:
            found = SetValue(one - other)
    if found.elements:
        found.shape = shape
    return found


def are_comparable(values: frozenset[Value], more: Collection[Value]) -> bool:
    """Return whether all the values can be in one set, at every depth; where unsure, False."""
    about = _about(values)
    kinds = about.kinds.union(map(type, more))
    if bool in kinds:  # Python takes booleans for 0 and 1, in sets and as keys
        return len(kinds) == 1
    if kinds in _ONE_ATOM:
        return True
    if not about.are_kindred:
        return _are_comparable(values if values.issuperset(more) else values.union(more))
    new = {*map(_shape_when_read, more)} - about.shapes
    pairs = itertools.product(new, about.shapes)
    if are_kindred(new) and all(itertools.starmap(go_together, pairs)):
        return True
    return all(goes_with(one, [*values, *more]) for one in more)


def _shape_when_read(value: Value) -> object:
    """Return the shape of a value; sets in it that know what is asked of them are asked for all.

    It is to be an element, and which one depends on all of it.
    """
    known = shape_of(value)
    return shape_of(_read(value)) if known is None else known


def _read(value: Value) -> Value:
    match value:
        case SetValue(recorded=RecordedElements() as recorded):
            return SetValue(map(_read, recorded))
        case FunctionValue(domain=domain, values=tuple() as values) if type(domain) is Domain:
            return value.like(tuple(map(_read, values)))
        case _:
            return value


def _about(values: frozenset[Value]) -> _About:
    """Return what is known of some values: of many, which are asked about again, it is kept."""
    known = _KNOWN.get(id(values))
    if known is not None:  # it keeps its values, so none other has their identity
        return known
    found = _About(values, frozenset(map(type, values)), frozenset(map(shape_of, values)))
    if len(values) > _FEW:
        if len(_KNOWN) >= COMPARED:
            _KNOWN.clear()
        _KNOWN[id(values)] = found
    return found


@lru_cache(maxsize=COMPARED)
def _are_comparable(values: frozenset[Value]) -> bool:
    kinds = frozenset(map(type, values))
    if kinds in _ONE_ATOM:
        return True
    if kinds == {ModelValue}:
        typed = [each for each in values if isinstance(each, ModelValue) and each.is_typed]
        return len({each.name[0] for each in typed}) <= 1
    try:
        for one, other in itertools.combinations(values, 2):
            equal(one, other)
    except KindMismatchError:
        return False
    return True
