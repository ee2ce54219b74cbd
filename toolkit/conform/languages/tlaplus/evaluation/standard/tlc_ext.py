"""TLCExt and Toolbox: what of TLC's own operators is a function of its arguments."""

from __future__ import annotations

from typing import Any

from conform.domain.values import ModelValue, Value
from conform.languages.tlaplus.evaluation.failing import expect_failure
from conform.languages.tlaplus.evaluation.results import settle, values_equal
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.standard.operands import string_operand, table
from conform.languages.tlaplus.evaluation.standard.refusals import NEEDS_TLC, refuse, refused
from conform.languages.tlaplus.evaluation.standard.tlc import REGISTERS
from conform.text import Span


def _model_value(span: Span, name: Any) -> ModelValue:
    return ModelValue(string_operand(name, span, "TLCModelValue"))


def _assert_equal(span: Span, left: Any, right: Any) -> bool:
    return values_equal(left, right, span)


def _cached(span: Span, value: Any, _closure: Any) -> Value:
    return settle(value, span)


def _pick_successor(span: Span, picked: Any) -> bool:
    if picked is True:
        return True
    if picked is not False:
        expect_failure(span, "TRUE or FALSE", picked, "PickSuccessor")
    refuse(span, "PickSuccessor", "asks a person whether to take a step")


TLC_EXT: dict[str, Builtin] = REGISTERS | table(
    Builtin("AssertEq", 2, _assert_equal),
    Builtin("TLCModelValue", 1, _model_value),
    Builtin("TLCCache", 2, _cached),
    Builtin("TLCNoOp", 1, lambda span, value: settle(value, span)),
    Builtin("PickSuccessor", 1, _pick_successor),
    refused("AssertError", 2, "is for TLC's own tests, and compares the words of its errors"),
    refused("Trace", 0, "is the behaviour up to a state, which depends on the order of the search"),
    refused("CounterExample", 0, NEEDS_TLC),
    refused("ToTrace", 1, NEEDS_TLC),
    refused("TLCDefer", 1, "acts once a state is kept, outside of any formula"),
    refused("TLCFP", 1, "is TLC's own hash of a value"),
    refused("TLCEvalDefinition", 1, "evaluates a definition by its name as a string"),
)

TOOLBOX: dict[str, Builtin] = table(
    refused("_TETrace", 0, NEEDS_TLC),
    refused("_TEPosition", 0, NEEDS_TLC),
)
