"""Membership of what cannot be listed: `<<Nat, 1>> \\in {Nat, Int} \\X {1}`.

Such a value is held against the way in which the set is made, part by part, as member() of TLC's
values does (values/impl/*.java).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from conform.domain.values import SetValue
from conform.languages.tlaplus.evaluation.combined_sets import Combination, CombinedSet
from conform.languages.tlaplus.evaluation.functions import RecursiveFunctionValue, listed
from conform.languages.tlaplus.evaluation.mismatch import equal
from conform.languages.tlaplus.evaluation.sets import (
    AnySet,
    LazySet,
    contains,
    explicit,
)
from conform.languages.tlaplus.evaluation.spaces import (
    FunctionSpace,
    PowerSet,
    ProductSpace,
    RecordSpace,
    SequenceSpace,
)
from conform.languages.tlaplus.evaluation.unlisted_sets import UnlistedSet, UnlistedUnion


def has(elements: AnySet, value: Any) -> bool | None:
    """Return whether a value is an element, None where its own elements must be listed.

    Raises KindMismatchError or TooLargeError where they cannot be compared, and EvaluationError
    where a part of the value has no value.
    """
    if not isinstance(value, LazySet | RecursiveFunctionValue):
        return contains(elements, value)
    match elements:
        case UnlistedSet():
            return elements.has(value)
        case UnlistedUnion(parts=parts):
            return _any(has(part, value) for part in parts)
        case PowerSet(base=base) if isinstance(value, UnlistedSet):
            return _all(has(base, member) for member in value.members)
        case CombinedSet():
            return _in_combination(elements, value)
        case ProductSpace() | RecordSpace() | FunctionSpace() | SequenceSpace() if isinstance(
            value, RecursiveFunctionValue
        ):
            return _in_functions(elements, value)
        case _:
            return None


def _in_combination(elements: CombinedSet, value: Any) -> bool | None:
    left, right = elements.left, elements.right
    match elements.combination:
        case Combination.UNION:
            return _any(has(part, value) for part in (left, right))
        case Combination.INTERSECTION:
            return _all(has(part, value) for part in (left, right))
        case Combination.DIFFERENCE:
            return _all((has(left, value), _negated(has(right, value))))


def _in_functions(
    elements: ProductSpace | RecordSpace | FunctionSpace | SequenceSpace,
    value: RecursiveFunctionValue,
) -> bool | None:
    domain, values = listed(value, value.span)
    is_tuple = True if domain.is_sequence else None
    match elements:
        case ProductSpace(factors=sets):
            is_over = is_tuple and len(values) == len(sets)
        case RecordSpace(domain=names, sets=sets):
            is_record = all(type(name) is str for name in domain.elements)
            is_over = domain == names if is_record else None
        case FunctionSpace(domain=arguments, codomain=codomain):
            is_over = equal(SetValue(domain.elements), explicit(arguments))
            sets = (codomain,) * len(values)
        case SequenceSpace(base=base):
            is_over = is_tuple
            sets = (base,) * len(values)
    if not is_over:
        return is_over  # None where the value is of another kind than the elements
    return _all(has(part, each) for part, each in zip(sets, values, strict=True))


def _any(answers: Iterable[bool | None]) -> bool | None:
    found: bool | None = False
    for answer in answers:
        if answer:
            return True
        found = None if answer is None else found
    return found


def _all(answers: Iterable[bool | None]) -> bool | None:
    return _negated(_any(map(_negated, answers)))


def _negated(answer: bool | None) -> bool | None:
    return None if answer is None else not answer
