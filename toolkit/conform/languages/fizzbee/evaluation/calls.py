"""Calls: what is called, and the values of the arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from conform.languages.fizzbee.evaluation.conversions import elements_of
from conform.languages.fizzbee.evaluation.faults import FAULTS, FaultError, located
from conform.languages.fizzbee.evaluation.functions import Arguments, HostFunction, call
from conform.languages.fizzbee.evaluation.scopes import Code, Scope
from conform.languages.fizzbee.evaluation.values import (
    Datum,
    Dict,
    type_name,
)
from conform.languages.fizzbee.syntax_expressions import (
    Argument,
    Call,
    Expression,
    Keyword,
    KeywordSpread,
    Positional,
    Spread,
)
from conform.text import Source


def compile_call(node: Call, expression: Callable[[Expression], Code], source: Source) -> Code:
    """Return the code of a call."""
    function, arguments = expression(node.function), compile_arguments(node.arguments, expression)

    def code(scope: Scope) -> Datum:
        called = function(scope)
        try:
            given = arguments(scope)
            if isinstance(called, HostFunction):
                return called.call_in(scope, given)
            return call(called, given)
        except FAULTS as fault:
            raise located(fault, source, node.span) from None

    return code


def compile_arguments(
    nodes: tuple[Argument, ...], expression: Callable[[Expression], Code]
) -> Callable[[Scope], Arguments]:
    """Return the code that evaluates arguments; it raises FaultError for misfits."""
    parts = [(node, expression(node.value)) for node in nodes]
    if all(isinstance(node, Positional) for node in nodes):
        codes = [code for _, code in parts]
        return lambda scope: Arguments([code(scope) for code in codes], {})

    def evaluate(scope: Scope) -> Arguments:
        found = Arguments([], {})
        for node, code in parts:
            _add(found, node, code(scope))
        return found

    return evaluate


def _add(found: Arguments, node: Argument, value: Datum) -> None:
    match node:
        case Positional():
            found.positional.append(value)
        case Keyword(name=name):
            found.named[name] = value
        case Spread():
            found.positional.extend(elements_of(value))
        case KeywordSpread():
            if not isinstance(value, Dict):
                raise FaultError(f"what follows ** must be a dict, not {type_name(value)}")
            for key, each in value.entries.values():
                if type(key) is not str or key in found.named:
                    raise FaultError(f"the key {key!r} after ** names no further parameter")
                found.named[key] = each
        case _:
            assert_never(node)
