"""The tables of emitters: constructs that are not in them are left to their closures."""

from __future__ import annotations

from types import MappingProxyType

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.source import (
    actions,
    functions,
    logic,
    names,
    prefixes,
    sets,
)
from conform.languages.tlaplus.evaluation.source.emitter import Tables

TABLES = Tables(
    values=MappingProxyType(
        {
            syntax.Number: logic.number,
            syntax.String: logic.string,
            syntax.Parentheses: logic.enclosed,
            syntax.Labelled: logic.enclosed,
            syntax.Name: names.name,
            syntax.Call: names.prefix_call,
            syntax.Path: names.path,
            syntax.Postfix: names.postfix,
            syntax.Prefix: prefixes.prefix,
            syntax.Infix: logic.infix,
            syntax.If: logic.conditional,
            syntax.Case: logic.case,
            syntax.Let: names.let,
            syntax.Choose: logic.choose,
            syntax.SetEnumeration: sets.set_enumeration,
            syntax.SetFilter: sets.set_filter,
            syntax.SetMap: sets.set_map,
            syntax.Product: sets.space,
            syntax.FunctionSet: sets.space,
            syntax.RecordSet: sets.space,
            syntax.TupleLiteral: functions.tuple_literal,
            syntax.RecordLiteral: functions.record_literal,
            syntax.FunctionLiteral: functions.function,
            syntax.Application: functions.application,
            syntax.Field: functions.field,
            syntax.Except: functions.updated_function,
            syntax.At: functions.old_value,
        }
    ),
    tests=MappingProxyType(
        {
            syntax.Prefix: prefixes.prefix_test,
            syntax.Infix: logic.infix_test,
            syntax.Junction: logic.junction,
            syntax.Quantified: logic.quantified,
            syntax.ActionBox: actions.subscripted,
            syntax.ActionDiamond: actions.subscripted,
        }
    ),
)
