"""Reals: what Integers has; real numbers themselves have no value in TLC and none here."""

from __future__ import annotations

from typing import Any, NoReturn

from conform.languages.tlaplus.evaluation.failing import fail
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.sets import Kind
from conform.languages.tlaplus.evaluation.standard.operands import table
from conform.text import Span


class _RealNumber:
    """No value has this type: membership in Real is an error, as in TLC."""


def _divide(span: Span, _left: Any, _right: Any) -> NoReturn:
    fail(span, "`/` gives a real number, which has no value", "`\\div` divides integers")


def _infinity(span: Span) -> NoReturn:
    fail(span, "Infinity has no value")


_REAL = Kind("Real", _RealNumber)

REALS: dict[str, Builtin] = table(
    Builtin("Real", 0, lambda _span: _REAL),
    Builtin("/", 2, _divide),
    Builtin("Infinity", 0, _infinity),
)
