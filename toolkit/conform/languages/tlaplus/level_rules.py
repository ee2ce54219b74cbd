"""The level of each construct of the language and of its operands: SANY's table BuiltInLevel."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.footprints import ACTION, CONSTANT, STATE, TEMPORAL


class Rule(Struct, frozen=True):
    """The least level of a construct, and the highest of each operand (the last holds for more).

    `is_opaque` when the levels of its operands do not count: a prime makes an action of anything.
    """

    level: int
    highest: tuple[int, ...]
    is_opaque: bool = False


STANDARD = ACTION
"""The highest level of the operands of standard operators."""

UNUSED_ARGUMENTS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {"Print": (0,), "PrintT": (0,), "Assert": (1,), "TLCGet": (0,), "TLCSet": (0, 1)}
)
"""Arguments that the definitions of module TLC do not mention, by position: any level goes."""

_VALUE = Rule(CONSTANT, (ACTION,))
_FORMULA = Rule(CONSTANT, (TEMPORAL,))
_ALWAYS = Rule(TEMPORAL, (TEMPORAL,), is_opaque=True)
_STEP = Rule(ACTION, (ACTION, STATE), is_opaque=True)

BUILT_IN: Mapping[str, Rule] = MappingProxyType(
    {
        "'": Rule(ACTION, (STATE,), is_opaque=True),
        "ENABLED": Rule(STATE, (ACTION,), is_opaque=True),
        "UNCHANGED": Rule(ACTION, (STATE,), is_opaque=True),
        "\\cdot": Rule(ACTION, (ACTION,), is_opaque=True),
        "[]": _ALWAYS,
        "<>": _ALWAYS,
        "~>": _ALWAYS,
        "-+->": _ALWAYS,
        "~": _FORMULA,
        "/\\": _FORMULA,
        "\\/": _FORMULA,
        "=>": _FORMULA,
        "<=>": _FORMULA,
        "=": _VALUE,
        "#": _VALUE,
        "\\in": _VALUE,
        "\\notin": _VALUE,
        "SUBSET": _VALUE,
        "UNION": _VALUE,
        "DOMAIN": _VALUE,
    }
)
"""Operators that nobody defines."""

NODES: Mapping[type[syntax.Node], Rule] = MappingProxyType(
    {
        syntax.If: _FORMULA,
        syntax.Case: _FORMULA,
        syntax.FunctionLiteral: _FORMULA,
        syntax.Choose: _VALUE,
        syntax.TupleLiteral: _VALUE,
        syntax.SetEnumeration: _VALUE,
        syntax.SetFilter: _VALUE,
        syntax.SetMap: _VALUE,
        syntax.FunctionSet: _VALUE,
        syntax.RecordLiteral: _FORMULA,
        syntax.RecordSet: _VALUE,
        syntax.Product: _VALUE,
        syntax.Except: _VALUE,
        syntax.Update: _VALUE,
        syntax.IndexSelector: _VALUE,
        syntax.Application: _VALUE,
        syntax.Field: _VALUE,
        syntax.ActionBox: _STEP,
        syntax.ActionDiamond: _STEP,
        syntax.Fairness: Rule(TEMPORAL, (STATE, ACTION), is_opaque=True),
    }
)
"""Other constructs, their operands in the order of the text."""
