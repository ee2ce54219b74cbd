"""Sequences: functions on 1..n."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conform.domain.values import FunctionValue, SetValue, Value, sequence
from conform.languages.tlaplus.evaluation.failing import UnlistedError, expect_failure, fail
from conform.languages.tlaplus.evaluation.functions import domain_of, domain_over
from conform.languages.tlaplus.evaluation.results import settle
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.sets import LazySet, SequenceSpace
from conform.languages.tlaplus.evaluation.standard.operands import sequence_operand
from conform.text import Span


def _elements(value: Any, span: Span, operator: str) -> tuple[Value, ...]:
    """Return the elements of a sequence, or as in TLC the characters of a string."""
    return tuple(value) if type(value) is str else sequence_operand(value, span, operator).values


def _like(value: Any, elements: tuple[Value, ...]) -> Value:
    return "".join(map(str, elements)) if type(value) is str else sequence(elements)


def _length(span: Span, value: Any) -> int:
    try:
        return len(_elements(value, span, "Len"))
    except UnlistedError:
        domain = domain_of(value, span)
        if isinstance(domain, SetValue) and domain_over(domain.ordered).is_sequence:
            return len(domain)
        raise


def _head(span: Span, value: Any) -> Any:
    elements = _elements(value, span, "Head")
    return elements[0] if elements else fail(span, "Head of the empty sequence")


def _tail(span: Span, value: Any) -> Value:
    elements = _elements(value, span, "Tail")
    return _like(value, elements[1:]) if elements else fail(span, "Tail of the empty sequence")


def _append(span: Span, value: Any, element: Any) -> Value:
    if isinstance(value, str) and isinstance(element, str):
        return value + element
    return sequence((*sequence_operand(value, span, "Append").values, settle(element, span)))


def _concatenate(span: Span, left: Any, right: Any) -> Any:
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    first, second = sequence_operand(left, span, "`\\o`"), sequence_operand(right, span, "`\\o`")
    return sequence(first.values + second.values)


def _subsequence(span: Span, value: Any, first: Any, last: Any) -> Value:
    elements = _elements(value, span, "SubSeq")
    if type(first) is not int or type(last) is not int:
        fail(span, "SubSeq needs integers as positions")
    if first > last:
        return _like(value, ())
    if not 1 <= first <= last <= len(elements):
        fail(span, f"SubSeq from {first} to {last} leaves the sequence of length {len(elements)}")
    return _like(value, elements[first - 1 : last])


def _select(span: Span, value: Any, test: Callable[[Any], Any]) -> FunctionValue:
    elements = _elements(value, span, "SelectSeq")
    return sequence(element for element in elements if _kept(test(element), span))


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
