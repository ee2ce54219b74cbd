"""FiniteSets, and the set operators that belong to the language itself."""

from __future__ import annotations

import itertools
from typing import Any

from conform.domain.values import ModelValue, SetValue
from conform.languages.tlaplus.evaluation.combined_sets import (
    Combination,
    CombinedSet,
    FilteredSet,
    is_explicit,
)
from conform.languages.tlaplus.evaluation.failing import (
    expect_failure,
    fail,
    raise_too_large,
    shown,
)
from conform.languages.tlaplus.evaluation.mixed_sets import MixedSet
from conform.languages.tlaplus.evaluation.recorded_sets import (
    all_elements_in,
    chosen,
    combined_by_shape,
    every,
    joined,
    left_out,
    sifted,
)
from conform.languages.tlaplus.evaluation.repeating_sets import combined
from conform.languages.tlaplus.evaluation.results import (
    included,
    is_member,
    make_set,
    settle,
    values_equal,
)
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.sets import (
    HIGHEST,
    AnySet,
    Interval,
    Kind,
    LazySet,
    TooLargeError,
    count_of,
    size_of,
)
from conform.languages.tlaplus.evaluation.spaces import Space
from conform.languages.tlaplus.evaluation.unlisted_sets import (
    UnlistedSet,
    UnlistedUnion,
    set_over,
    unlisted_elements,
)
from conform.text import Span


def _explicit(value: Any, span: Span, operator: str) -> SetValue:
    if not isinstance(value, SetValue | LazySet):
        expect_failure(span, "sets", value, f"`{operator}`")
    settled = settle(value, span)
    assert isinstance(settled, SetValue)
    return settled


def _combined(combination: Combination) -> Builtin:
    def apply(span: Span, left: Any, right: Any) -> AnySet:
        if type(left) is type(right) is SetValue:
            found = combined_by_shape(combination, left, right)
            if found is not None:
                return found
        for operand in (left, right):
            if type(operand) is not SetValue and not isinstance(operand, LazySet):
                return _with_no_set(combination, left, right, operand, span)
        are_plain = type(left) is type(right) is SetValue
        if combination is Combination.UNION and not are_plain:
            for one, other in ((right, left), (left, right)):
                if _is_empty(one):
                    return other  # type: ignore[no-any-return]  # it is a set
        for mixed in (left, right) if combination is Combination.UNION else (left,):
            if isinstance(mixed, MixedSet):
                raise_too_large(mixed.error(), span)
        if isinstance(left, UnlistedSet) or isinstance(right, UnlistedSet):
            known = _combined_unlisted(combination, left, right, span)
            if known is not None:
                return known
        if is_explicit(left) and (is_explicit(right) or combination is not Combination.UNION):
            whole = _compute(combination, left, right, span)
            return whole if are_plain else combined(combination, left, right, whole)
        return CombinedSet(combination, left, right)

    return Builtin(combination.value, 2, apply)


def _is_empty(elements: AnySet) -> bool:
    """Whether a set is known to be empty; one that records what is asked of it is not asked."""
    is_recorded = isinstance(elements, SetValue) and elements.recorded is not None
    return not is_recorded and size_of(elements) == 0


def _combined_unlisted(
    combination: Combination, left: AnySet, right: AnySet, span: Span
) -> AnySet | None:
    """Return the combination of sets that are written out, None for others."""
    if not isinstance(left, SetValue | UnlistedSet):
        return None
    first = unlisted_elements(left)
    if combination is not Combination.UNION:
        wanted = combination is Combination.INTERSECTION
        return set_over([each for each in first if is_member(each, right, span) is wanted], span)
    if not isinstance(right, SetValue | UnlistedSet):
        return None
    return set_over([*first, *unlisted_elements(right)], span)


def _with_no_set(
    combination: Combination, left: Any, right: Any, operand: Any, span: Span
) -> SetValue:
    """Return what is empty whatever the other operand is; TLC does not look at that one."""
    deciding = {
        Combination.UNION: (),
        Combination.INTERSECTION: (left, right),
        Combination.DIFFERENCE: (left,),
    }
    for side in deciding[combination]:
        if isinstance(side, SetValue | LazySet) and size_of(side) == 0:
            return SetValue(())
    expect_failure(span, "sets", operand, f"`{combination}`")


def _compute(combination: Combination, left: AnySet, right: AnySet, span: Span) -> SetValue:
    first = _explicit(left, span, combination)
    if combination is Combination.UNION:
        second = _explicit(right, span, combination)
        union = joined(first, second)
        if union is None:
            _refuse_other_types(first, second, span)
            union = make_set([*first.elements, *second.elements], span)
        return union
    wanted = combination is Combination.INTERSECTION
    if isinstance(right, SetValue):
        found = sifted(first, right, are_in=wanted)
        if found is None and not wanted:
            found = left_out(first, right)
        if found is not None:
            return found
    recorded = first.recorded
    candidates = () if recorded is None else recorded.candidates()
    return chosen(first, candidates, lambda each: is_member(each, right, span) is wanted)


def _refuse_other_types(left: SetValue, right: SetValue, span: Span) -> None:
    """Raise where TLC compares a typed model value of one set with an element of the other.

    Written in one pair of braces they would be one set, of which nothing is compared.
    """
    for one, other in ((left, right), (right, left)):
        if ModelValue in set(map(type, one.elements)):
            typed = [each for each in one.elements if type(each) is ModelValue and each.is_typed]
            for value, each in itertools.product(typed, other.elements):
                values_equal(value, each, span)


def _is_subset(span: Span, left: Any, right: Any) -> bool:
    if isinstance(left, LazySet) and isinstance(right, LazySet):
        known = included(left, right, span)
        if known is not None:
            return known
    if isinstance(left, UnlistedSet):
        return all(is_member(each, right, span) for each in left.members)
    first = _explicit(left, span, "\\subseteq")
    if type(right) is SetValue:
        known = all_elements_in(first, right)
        if known is not None:
            return known
    return every(first, lambda element: is_member(element, right, span))


def _cardinality(span: Span, value: Any) -> int:
    size = _count(value, span)
    if size is None:
        fail(span, f"Cardinality of an infinite set: {shown(value)}")
    if size > HIGHEST:
        fail(span, f"Cardinality of {shown(value)} is outside the 32-bit integers of TLC")
    return size


def _count(value: Any, span: Span) -> int | None:
    if not isinstance(value, SetValue | LazySet):
        expect_failure(span, "a set", value, "Cardinality")
    try:
        return count_of(value)
    except TooLargeError as error:
        raise_too_large(error, span)


def _is_finite(span: Span, value: Any) -> bool:
    if not isinstance(value, SetValue | LazySet):
        expect_failure(span, "a set", value, "IsFiniteSet")
    return _has_finite_form(value, span)


def _has_finite_form(elements: AnySet, span: Span) -> bool:
    """Return whether a set is finite, told by the sets that it is made from (isFinite() of TLC).

    As there, one infinite part makes a set infinite, be it `Nat \\X {}`.
    """
    match elements:
        case SetValue() | UnlistedSet() | MixedSet():
            return True
        case Space():
            return all(_has_finite_form(part, span) for part in elements.parts())
        case UnlistedUnion(parts=parts):
            return all(_has_finite_form(part, span) for part in parts)
        case FilteredSet(base=base):
            if _has_finite_form(base, span):
                return True
        case CombinedSet(combination=Combination.UNION, left=left, right=right):
            return _has_finite_form(left, span) and _has_finite_form(right, span)
        case CombinedSet(combination=Combination.INTERSECTION, right=SetValue() | Interval()):
            return _count(elements, span) is not None
        case CombinedSet(combination=combination, left=left, right=right):
            if _has_finite_form(left, span):
                return True
            if _has_finite_form(right, span):
                return combination is Combination.INTERSECTION
        case _:
            return size_of(elements) is not None
    fail(span, f"cannot tell whether {shown(elements)} is finite")


_BOOLEAN = SetValue((False, True))
_STRING = Kind("STRING", str)

LANGUAGE: dict[str, Builtin] = {
    builtin.name: builtin
    for builtin in (
        Builtin("TRUE", 0, lambda _span: True),
        Builtin("FALSE", 0, lambda _span: False),
        Builtin("BOOLEAN", 0, lambda _span: _BOOLEAN),
        Builtin("STRING", 0, lambda _span: _STRING),
        *map(_combined, Combination),
        Builtin("\\subseteq", 2, _is_subset),
    )
}

FINITE_SETS: dict[str, Builtin] = {
    "Cardinality": Builtin("Cardinality", 1, _cardinality),
    "IsFiniteSet": Builtin("IsFiniteSet", 1, _is_finite),
}
