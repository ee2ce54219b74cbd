"""Bitwise, a module of the community: natural numbers as rows of bits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conform.languages.tlaplus.evaluation.failing import fail
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.standard.operands import in_range, number_operand, table
from conform.text import Span


def _natural(value: Any, span: Span, operator: str) -> int:
    number = number_operand(value, span, operator)
    if number < 0:
        fail(span, f"{operator} needs natural numbers, but found {number}")
    return number


def _bits(operator: str, combine: Callable[[int, int], int]) -> Builtin:
    where = f"`{operator}`"

    def apply(span: Span, left: Any, right: Any) -> int:
        return combine(_natural(left, span, where), _natural(right, span, where))

    return Builtin(operator, 2, apply)


def _complement(span: Span, value: Any) -> int:
    """Return the number whose bits differ, up to the highest bit that is set."""
    number = _natural(value, span, "Not")
    return number ^ ((1 << number.bit_length()) - 1)


def _shift_right(span: Span, value: Any, places: Any) -> int:
    return _natural(value, span, "shiftR") >> min(_natural(places, span, "shiftR"), 32)


def _shift_left(span: Span, value: Any, places: Any) -> int:
    shifted = _natural(value, span, "shiftL") << min(_natural(places, span, "shiftL"), 32)
    return in_range(shifted, span, "shiftL")


BITWISE: dict[str, Builtin] = table(
    _bits("&", lambda left, right: left & right),
    _bits("|", lambda left, right: left | right),
    _bits("^^", lambda left, right: left ^ right),
    Builtin("Not", 1, _complement),
    Builtin("shiftR", 2, _shift_right),
    Builtin("shiftL", 2, _shift_left),
)
