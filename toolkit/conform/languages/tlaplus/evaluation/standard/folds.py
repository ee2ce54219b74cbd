"""Folds over sets, functions and sequences, which the modules of the community share.

The base stands innermost: `op(x1, op(x2, ... op(xn, base)))`, elements in canonical order, as their
definitions by CHOOSE have it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from conform.domain.values import SetValue, Value
from conform.languages.tlaplus.evaluation.failing import fail
from conform.languages.tlaplus.evaluation.results import elements_of, is_member, settle
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.standard.operands import in_range, number_operand, table
from conform.text import Span

Operator = Callable[..., Any]
"""An operator passed as an argument; what it gives is not settled yet."""


def folded(combine: Operator, base: Any, elements: Sequence[Value], span: Span) -> Value:
    """Return `combine(x1, combine(x2, ... combine(xn, base)))`."""
    result = settle(base, span)
    for element in reversed(elements):
        result = settle(combine(element, result), span)
    return result


def folded_from_left(combine: Operator, base: Any, elements: Iterable[Value], span: Span) -> Value:
    """Return `combine(... combine(combine(base, x1), x2) ..., xn)`."""
    result = settle(base, span)
    for element in elements:
        result = settle(combine(result, element), span)
    return result


def total(elements: Iterable[Any], span: Span, operator: str) -> int:
    """Return the sum of integers."""
    return in_range(sum(number_operand(each, span, operator) for each in elements), span, operator)


def product(elements: Iterable[Any], span: Span, operator: str) -> int:
    """Return the product of integers."""
    result = 1
    for each in elements:
        result = in_range(result * number_operand(each, span, operator), span, operator)
    return result


def _map_then_fold(
    span: Span, combine: Operator, base: Any, image: Operator, choose: Operator, elements: Any
) -> Value:
    left = list(elements_of(elements, span, "MapThenFoldSet"))
    chosen: list[Value] = []
    while left:
        remaining = SetValue(left)
        element = settle(choose(remaining), span)
        if not is_member(element, remaining, span):
            fail(span, "MapThenFoldSet chose something that is no element of the set")
        left.remove(element)
        chosen.append(settle(image(element), span))
    return folded(combine, base, chosen, span)


FOLDS: dict[str, Builtin] = table(
    Builtin("MapThenFoldSet", 5, _map_then_fold, operators=((0, 2), (2, 1), (3, 1)))
)
