"""The table of constructs: how each class of node is translated into Python."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.translation import (
    calling,
    expressions,
    functions,
    membership,
    sets,
    standard,
)
from conform.languages.tlaplus.translation.translator import Construct, Operation

CONSTRUCTS: Mapping[type, Construct] = MappingProxyType(
    {
        syntax.Name: calling.translate_name,
        syntax.Call: calling.translate_call,
        syntax.At: calling.translate_at,
        syntax.Number: expressions.translate_number,
        syntax.String: expressions.translate_string,
        syntax.Parentheses: expressions.translate_parentheses,
        syntax.Labelled: expressions.translate_labelled,
        syntax.Prefix: expressions.translate_prefix,
        syntax.Postfix: expressions.translate_postfix,
        syntax.Infix: expressions.translate_infix,
        syntax.Junction: expressions.translate_junction,
        syntax.If: expressions.translate_if,
        syntax.Case: expressions.translate_case,
        syntax.Let: expressions.translate_let,
        syntax.FunctionLiteral: functions.translate_function,
        syntax.TupleLiteral: functions.translate_tuple,
        syntax.RecordLiteral: functions.translate_record,
        syntax.Application: functions.translate_application,
        syntax.Field: functions.translate_field,
        syntax.Except: functions.translate_except,
        syntax.SetEnumeration: sets.translate_enumeration,
        syntax.SetFilter: sets.translate_filter,
        syntax.SetMap: sets.translate_map,
        syntax.Product: sets.translate_space,
        syntax.FunctionSet: sets.translate_space,
        syntax.RecordSet: sets.translate_space,
        syntax.Quantified: sets.translate_quantified,
        syntax.Choose: sets.translate_choose,
    }
)
"""What is not in it has no translation, and the translator says so."""

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    standard.ARITHMETIC | sets.ALGEBRA | membership.MEMBERSHIP
)
"""The infix operators that no module redefines; connectives and equality are not among them."""
