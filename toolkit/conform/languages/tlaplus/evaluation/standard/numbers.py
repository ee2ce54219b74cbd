"""Naturals and Integers: arithmetic on 32-bit integers, as TLC has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conform.languages.tlaplus.evaluation.failing import expect_failure, fail
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.sets import HIGHEST, LOWEST, Interval, Kind
from conform.text import Span


def _number(value: Any, span: Span, operator: str) -> int:
    if type(value) is not int:
        expect_failure(span, "integers", value, f"`{operator}`")
    return value


def _in_range(value: int, span: Span, operator: str) -> int:
    if not LOWEST <= value <= HIGHEST:
        fail(span, f"`{operator}` overflows: {value:,} is outside the 32-bit integers of TLC")
    return value


def _arithmetic(operator: str, compute: Callable[[int, int], int]) -> Builtin:
    def apply(span: Span, left: Any, right: Any) -> int:
        if type(left) is not int or type(right) is not int:
            _number(left, span, operator)
            _number(right, span, operator)
        result = compute(left, right)
        if LOWEST <= result <= HIGHEST:
            return result
        return _in_range(result, span, operator)

    return Builtin(operator, 2, apply)


def _comparison(operator: str, compare: Callable[[int, int], bool]) -> Builtin:
    def apply(span: Span, left: Any, right: Any) -> bool:
        if type(left) is not int or type(right) is not int:
            _number(left, span, operator)
            _number(right, span, operator)
        return compare(left, right)

    return Builtin(operator, 2, apply)


def _divide(span: Span, left: Any, right: Any) -> int:
    dividend, divisor = _number(left, span, "\\div"), _number(right, span, "\\div")
    if divisor == 0:
        fail(span, "division by zero")
    return _in_range(dividend // divisor, span, "\\div")


def _modulo(span: Span, left: Any, right: Any) -> int:
    dividend, divisor = _number(left, span, "%"), _number(right, span, "%")
    if divisor <= 0:
        fail(span, f"the right side of `%` must be positive, and is {divisor}")
    return dividend % divisor


def _power(span: Span, left: Any, right: Any) -> int:
    base, exponent = _number(left, span, "^"), _number(right, span, "^")
    if exponent < 0:
        fail(span, f"the exponent of `^` must not be negative, and is {exponent}")
    if base == 0 and exponent == 0:
        fail(span, "0^0 is undefined")
    if abs(base) > 1 and exponent > 31:
        fail(span, "`^` overflows: the result is outside the 32-bit integers of TLC")
    return _in_range(base**exponent, span, "^")


def _interval(span: Span, low: Any, high: Any) -> Interval:
    return Interval(_number(low, span, ".."), _number(high, span, ".."))


def _negate(span: Span, value: Any) -> int:
    return _in_range(-_number(value, span, "-."), span, "-.")


_NAT = Kind("Nat", int, 0)
_INT = Kind("Int", int)

NATURALS: dict[str, Builtin] = {
    builtin.name: builtin
    for builtin in (
        _arithmetic("+", lambda left, right: left + right),
        _arithmetic("-", lambda left, right: left - right),
        _arithmetic("*", lambda left, right: left * right),
        _comparison("<", lambda left, right: left < right),
        _comparison(">", lambda left, right: left > right),
        _comparison("<=", lambda left, right: left <= right),
        _comparison(">=", lambda left, right: left >= right),
        Builtin("\\div", 2, _divide),
        Builtin("%", 2, _modulo),
        Builtin("^", 2, _power),
        Builtin("..", 2, _interval),
        Builtin("Nat", 0, lambda _span: _NAT),
    )
}

INTEGERS: dict[str, Builtin] = {
    "Int": Builtin("Int", 0, lambda _span: _INT),
    "-.": Builtin("-.", 1, _negate),
}
