"""The table of constructs: how each class of node compiles to its value."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation import (
    actions,
    calls,
    formulas,
    function_literals,
    lets,
    prefixes,
    quantifiers,
    set_literals,
)
from conform.languages.tlaplus.evaluation.dispatch import Construct
from conform.languages.tlaplus.evaluation.scope import RecursiveFunction

CONSTRUCTS: Mapping[type, Construct] = MappingProxyType(
    {
        syntax.Number: formulas.number,
        syntax.String: formulas.string,
        syntax.Parentheses: formulas.enclosed,
        syntax.Labelled: formulas.enclosed,
        syntax.Name: calls.name,
        syntax.Call: calls.prefix_call,
        syntax.Path: calls.path,
        syntax.Postfix: calls.postfix,
        syntax.Prefix: prefixes.prefix,
        syntax.Infix: formulas.infix,
        syntax.Series: formulas.series,
        syntax.Junction: formulas.junction,
        syntax.If: formulas.conditional,
        syntax.Case: formulas.case,
        syntax.Let: lets.let,
        syntax.Quantified: quantifiers.quantified,
        syntax.UnboundedQuantified: quantifiers.unbounded,
        syntax.Choose: quantifiers.choose,
        syntax.SetEnumeration: set_literals.set_enumeration,
        syntax.SetFilter: set_literals.set_filter,
        syntax.SetMap: set_literals.set_map,
        syntax.Product: set_literals.product,
        syntax.FunctionSet: set_literals.function_set,
        syntax.RecordSet: set_literals.record_set,
        syntax.TupleLiteral: function_literals.tuple_literal,
        syntax.RecordLiteral: function_literals.record_literal,
        syntax.FunctionLiteral: function_literals.function,
        RecursiveFunction: function_literals.recursive_function,
        syntax.Application: function_literals.application,
        syntax.Field: function_literals.field,
        syntax.Except: function_literals.updated_function,
        syntax.At: function_literals.old_value,
        syntax.ActionBox: actions.subscripted_value,
        syntax.ActionDiamond: actions.subscripted_value,
    }
)
"""What is not in it has no value, and dispatch says why."""
