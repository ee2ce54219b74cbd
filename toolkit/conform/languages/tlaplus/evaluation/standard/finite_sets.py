"""FiniteSets, and the set operators that belong to the language itself."""

from __future__ import annotations

from typing import Any

from conform.domain.values import SetValue
from conform.languages.tlaplus.evaluation.failing import expect_failure
from conform.languages.tlaplus.evaluation.results import is_member, raise_too_large, settle
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.sets import Kind, LazySet, TooLargeError, size_of
from conform.languages.tlaplus.evaluation.structures import make_set
from conform.text import Span


def _explicit(value: Any, span: Span, operator: str) -> SetValue:
    if not isinstance(value, SetValue | LazySet):
        expect_failure(span, "sets", value, f"`{operator}`")
    settled = settle(value, span)
    assert isinstance(settled, SetValue)
    return settled


def _union(span: Span, left: Any, right: Any) -> SetValue:
    first, second = _explicit(left, span, "\\cup"), _explicit(right, span, "\\cup")
    return make_set([*first.elements, *second.elements], span)


def _intersection(span: Span, left: Any, right: Any) -> SetValue:
    first = _explicit(left, span, "\\cap")
    return SetValue(element for element in first.elements if is_member(element, right, span))


def _difference(span: Span, left: Any, right: Any) -> SetValue:
    first = _explicit(left, span, "\\")
    return SetValue(element for element in first.elements if not is_member(element, right, span))


def _is_subset(span: Span, left: Any, right: Any) -> bool:
    first = _explicit(left, span, "\\subseteq")
    return all(is_member(element, right, span) for element in first.ordered)


def _cardinality(span: Span, value: Any) -> int:
    if not isinstance(value, SetValue | LazySet):
        expect_failure(span, "a set", value, "Cardinality")
    size = size_of(value)
    if size is None:
        raise_too_large(TooLargeError(repr(value), None), span)
    return len(_explicit(value, span, "Cardinality"))


def _is_finite(span: Span, value: Any) -> bool:
    if not isinstance(value, SetValue | LazySet):
        expect_failure(span, "a set", value, "IsFiniteSet")
    return size_of(value) is not None


_BOOLEAN = SetValue((False, True))
_STRING = Kind("STRING", str)

LANGUAGE: dict[str, Builtin] = {
    builtin.name: builtin
    for builtin in (
        Builtin("TRUE", 0, lambda _span: True),
        Builtin("FALSE", 0, lambda _span: False),
        Builtin("BOOLEAN", 0, lambda _span: _BOOLEAN),
        Builtin("STRING", 0, lambda _span: _STRING),
        Builtin("\\cup", 2, _union),
        Builtin("\\cap", 2, _intersection),
        Builtin("\\", 2, _difference),
        Builtin("\\subseteq", 2, _is_subset),
    )
}

FINITE_SETS: dict[str, Builtin] = {
    "Cardinality": Builtin("Cardinality", 1, _cardinality),
    "IsFiniteSet": Builtin("IsFiniteSet", 1, _is_finite),
}
