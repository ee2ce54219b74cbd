"""The operators of module TLC that are functions of their arguments."""

from __future__ import annotations

import itertools
from typing import Any

from conform.domain.values import FunctionValue, SetValue, Value, format_value, function
from conform.languages.tlaplus.evaluation.failing import fail, shown
from conform.languages.tlaplus.evaluation.results import elements_of, settle
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.sets import Interval, Kind, LazySet, SequenceSpace
from conform.languages.tlaplus.evaluation.standard.folds import Operator
from conform.languages.tlaplus.evaluation.standard.operands import (
    function_from,
    function_operand,
    sequence_operand,
)
from conform.languages.tlaplus.evaluation.standard.refusals import refused
from conform.languages.tlaplus.evaluation.standard.sorting import sorted_by
from conform.text import Span


def _pair(span: Span, key: Any, value: Any) -> FunctionValue:
    return function({settle(key, span): settle(value, span)})


def _combined(span: Span, left: Any, right: Any) -> FunctionValue:
    first = function_operand(left, span, "`@@`")
    second = function_operand(right, span, "`@@`")
    return function_from({**dict(second.items()), **dict(first.items())}, span)


def _assert(span: Span, condition: Any, message: Any) -> bool:
    if condition is not True:
        fail(span, f"Assert failed: {shown(message)}")
    return True


def _permutations(span: Span, value: Any) -> SetValue:
    elements = elements_of(value, span, "Permutations")
    images = itertools.permutations(elements)
    return SetValue(function(dict(zip(elements, image, strict=True))) for image in images)


def _to_string(span: Span, value: Any) -> str:
    """Return a value as TLC prints it: an interval by its bounds, an infinite set by its name."""
    if isinstance(value, Kind | SequenceSpace) or (isinstance(value, Interval) and value.size()):
        return value.describe()
    return format_value(settle(value, span))


def _sort(span: Span, value: Any, precedes: Operator) -> FunctionValue:
    elements = value if type(value) is str else sequence_operand(value, span, "SortSeq").values
    return sorted_by(elements, precedes, span, "SortSeq")


class Everything(LazySet):
    """Any: every value is in it."""

    __slots__ = ()

    def contains(self, value: Value) -> bool:
        return True

    def describe(self) -> str:
        return "Any"


_ANY = Everything()


TLC: dict[str, Builtin] = {
    builtin.name: builtin
    for builtin in (
        Builtin(":>", 2, _pair),
        Builtin("@@", 2, _combined),
        Builtin("Assert", 2, _assert),
        Builtin("Permutations", 1, _permutations),
        Builtin("ToString", 1, _to_string),
        Builtin("SortSeq", 2, _sort, operators=((1, 2),)),
        Builtin("Any", 0, lambda _span: _ANY),
        refused("JavaTime", 0, "is the time of day, and each run must say the same"),
        Builtin("TLCEval", 1, lambda span, value: settle(value, span)),
        Builtin("Print", 2, lambda _span, _shown, value: value),
        Builtin("PrintT", 1, lambda _span, _shown: True),
    )
}
