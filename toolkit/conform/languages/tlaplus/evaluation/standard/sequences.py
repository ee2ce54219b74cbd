"""Sequences: functions on 1..n."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conform.domain.values import FunctionValue, SetValue, sequence, sequence_domain
from conform.languages.tlaplus.evaluation.failing import (
    Computed,
    UnlistedError,
    expect_failure,
    fail,
)
from conform.languages.tlaplus.evaluation.functions import function_over
from conform.languages.tlaplus.evaluation.results import settle
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.sets import LazySet
from conform.languages.tlaplus.evaluation.spaces import SequenceSpace
from conform.languages.tlaplus.evaluation.standard.operands import (
    sequence_elements,
    sequence_operand,
)
from conform.text import Span


def _elements(value: Any, span: Span, operator: str) -> tuple[Any, ...]:
    """Return the elements of a sequence, or as in TLC the characters of a string."""
    return tuple(value) if type(value) is str else sequence_elements(value, span, operator)


def _like(value: Any, elements: tuple[Any, ...], span: Span) -> Any:
    if type(value) is str:
        return "".join(map(str, elements))
    return sequence(elements) if type(value) is FunctionValue else _sequence(elements, span)


def _sequence(elements: tuple[Any, ...], span: Span) -> Any:
    """Return the sequence of elements of which some may be infinite sets."""
    return function_over(sequence_domain(len(elements)), elements, span)


def _length(span: Span, value: Any) -> int:
    return len(_elements(value, span, "Len"))


def _head(span: Span, value: Any) -> Any:
    elements = _elements(value, span, "Head")
    return elements[0] if elements else fail(span, "Head of the empty sequence")


def _tail(span: Span, value: Any) -> Any:
    elements = _elements(value, span, "Tail")
    if not elements:
        fail(span, "Tail of the empty sequence")
    return _like(value, elements[1:], span)


def _append(span: Span, value: Any, element: Any) -> Any:
    if isinstance(value, str) and isinstance(element, str):
        return value + element
    try:
        return sequence((*sequence_operand(value, span, "Append").values, settle(element, span)))
    except UnlistedError:
        return _sequence((*sequence_elements(value, span, "Append"), element), span)


def _concatenate(span: Span, left: Any, right: Any) -> Any:
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    both = sequence_elements(left, span, "`\\o`") + _elements(right, span, "`\\o`")
    if type(left) is FunctionValue and type(right) in (FunctionValue, str):
        return sequence(both)
    return _sequence(both, span)


def _subsequence(span: Span, value: Any, first: Any, last: Any) -> Any:
    elements = _elements(value, span, "SubSeq")
    if type(first) is not int or type(last) is not int:
        fail(span, "SubSeq needs integers as positions")
    if first > last:
        return _like(value, (), span)
    if not 1 <= first <= last <= len(elements):
        fail(span, f"SubSeq from {first} to {last} leaves the sequence of length {len(elements)}")
    return _like(value, elements[first - 1 : last], span)


def _select(span: Span, value: Any, test: Callable[[Any], Any]) -> Any:
    elements = _elements(value, span, "SelectSeq")
    selected = tuple([element for element in elements if _kept(test(element), span)])
    return _sequence(selected, span) if isinstance(value, Computed) else sequence(selected)


def _kept(answer: Any, span: Span) -> bool:
    if answer is not True and answer is not False:
        expect_failure(span, "a boolean from its test", answer, "SelectSeq")
    return answer


def _all_sequences(span: Span, base: Any) -> SequenceSpace:
    if not isinstance(base, SetValue | LazySet):
        expect_failure(span, "a set", base, "Seq")
    return SequenceSpace(base)


SEQUENCES: dict[str, Builtin] = {
    builtin.name: builtin
    for builtin in (
        Builtin("Seq", 1, _all_sequences),
        Builtin("Len", 1, _length),
        Builtin("Head", 1, _head),
        Builtin("Tail", 1, _tail),
        Builtin("Append", 2, _append),
        Builtin("\\o", 2, _concatenate),
        Builtin("SubSeq", 3, _subsequence),
        Builtin("SelectSeq", 2, _select, operators=((1, 1),)),
    )
}
