"""The operators of module TLC that are functions of their arguments."""

from __future__ import annotations

import itertools
from typing import Any

from conform.domain.values import FunctionValue, SetValue, format_value, function
from conform.languages.tlaplus.evaluation.failing import expect_failure, fail, shown
from conform.languages.tlaplus.evaluation.functions import RecursiveFunctionValue
from conform.languages.tlaplus.evaluation.results import elements_of, settle
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.text import Span


def _pair(span: Span, key: Any, value: Any) -> FunctionValue:
    return function({settle(key, span): settle(value, span)})


def _combined(span: Span, left: Any, right: Any) -> FunctionValue:
    first, second = _function(left, span), _function(right, span)
    return function({**dict(second.items()), **dict(first.items())})


def _function(value: Any, span: Span) -> FunctionValue:
    if isinstance(value, RecursiveFunctionValue):
        return value.explicit(span)
    if not isinstance(value, FunctionValue):
        expect_failure(span, "functions", value, "`@@`")
    return value


def _assert(span: Span, condition: Any, message: Any) -> bool:
    if condition is not True:
        fail(span, f"Assert failed: {shown(message)}")
    return True


def _permutations(span: Span, value: Any) -> SetValue:
    elements = elements_of(value, span, "Permutations")
    images = itertools.permutations(elements)
    return SetValue(function(dict(zip(elements, image, strict=True))) for image in images)


def _to_string(span: Span, value: Any) -> str:
    return format_value(settle(value, span))


TLC: dict[str, Builtin] = {
    builtin.name: builtin
    for builtin in (
        Builtin(":>", 2, _pair),
        Builtin("@@", 2, _combined),
        Builtin("Assert", 2, _assert),
        Builtin("Permutations", 1, _permutations),
        Builtin("ToString", 1, _to_string),
        Builtin("TLCEval", 1, lambda span, value: settle(value, span)),
        Builtin("Print", 2, lambda _span, _shown, value: value),
        Builtin("PrintT", 1, lambda _span, _shown: True),
    )
}
