"""What the operators of standard modules ask of their operands, and how they fail otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from conform.domain.values import FunctionValue, SetValue, Value
from conform.languages.tlaplus.evaluation.failing import UnlistedError, expect_failure, fail
from conform.languages.tlaplus.evaluation.functions import (
    RecursiveFunctionValue,
    domain_over,
    listed,
)
from conform.languages.tlaplus.evaluation.results import make_set
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.sets import HIGHEST, LOWEST, AnySet, LazySet
from conform.text import Span


def table(*builtins: Builtin) -> dict[str, Builtin]:
    """Return the operators of a module by their names."""
    return {builtin.name: builtin for builtin in builtins}


def number_operand(value: Any, span: Span, operator: str) -> int:
    """Return `value`, an integer, or raise EvaluationError."""
    if type(value) is not int:
        expect_failure(span, "an integer", value, operator)
    return value


def in_range(value: int, span: Span, operator: str) -> int:
    """Return an integer that TLC can hold, or raise EvaluationError."""
    if not LOWEST <= value <= HIGHEST:
        fail(span, f"{operator} overflows: {value:,} is outside the 32-bit integers of TLC")
    return value


def string_operand(value: Any, span: Span, operator: str) -> str:
    """Return `value`, a string, or raise EvaluationError."""
    if type(value) is not str:
        expect_failure(span, "a string", value, operator)
    return value


def truth_operand(value: Any, span: Span, operator: str) -> bool:
    """Return `value`, TRUE or FALSE, or raise EvaluationError."""
    if value is not True and value is not False:
        expect_failure(span, "TRUE or FALSE", value, operator)
    return value


def set_operand(value: Any, span: Span, operator: str) -> AnySet:
    """Return `value`, a set, or raise EvaluationError."""
    if not isinstance(value, SetValue | LazySet):
        expect_failure(span, "a set", value, operator)
    return value


def function_operand(value: Any, span: Span, operator: str) -> FunctionValue:
    """Return `value`, a function with a finite domain, or raise EvaluationError."""
    if type(value) is FunctionValue:
        return value
    if isinstance(value, RecursiveFunctionValue):
        return value.explicit(span)
    if not isinstance(value, FunctionValue):
        expect_failure(span, "a function", value, operator)
    return value


def sequence_operand(value: Any, span: Span, operator: str) -> FunctionValue:
    """Return `value`, a sequence, or raise EvaluationError."""
    if type(value) is FunctionValue and value.is_sequence:
        return value
    if isinstance(value, RecursiveFunctionValue):
        value = value.explicit(span)
    if not isinstance(value, FunctionValue) or not value.is_sequence:
        expect_failure(span, "a sequence", value, operator)
    return value


def sequence_elements(value: Any, span: Span, operator: str) -> tuple[Any, ...]:
    """Return the elements of a sequence, some of which may be infinite sets.

    Raises EvaluationError for anything else.
    """
    try:
        return sequence_operand(value, span, operator).values
    except UnlistedError:
        domain, values = listed(value, span)
        if not domain.is_sequence:
            expect_failure(span, "a sequence", value, operator)
        return values


def comparable(elements: Iterable[Value], span: Span) -> None:
    """Raise EvaluationError unless the elements can be told apart, as TRUE and 1 cannot."""
    make_set(tuple(elements), span)


def function_from(pairs: dict[Value, Value], span: Span) -> FunctionValue:
    """Return the function that maps each key, comparable with the others, to its value."""
    domain = domain_over(make_set(tuple(pairs), span).ordered)
    return FunctionValue(domain, tuple([pairs[key] for key in domain.elements]))
