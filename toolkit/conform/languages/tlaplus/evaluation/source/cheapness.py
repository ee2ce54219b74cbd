"""Which constant formulas may be computed before they are wanted."""

from __future__ import annotations

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.scope import Alias, Baked, Builtin, Definition, Scope
from conform.languages.tlaplus.evaluation.trees import children

_CHEAP = (
    syntax.Number,
    syntax.String,
    syntax.Parentheses,
    syntax.SetEnumeration,
    syntax.FunctionSet,
    syntax.RecordSet,
    syntax.FieldValue,
    syntax.RecordLiteral,
    syntax.TupleLiteral,
    syntax.Product,
)
_CHEAP_INFIX = frozenset(("+", "-", "*", ".."))
MAX_DEPTH = 20
"""Definitions and parts inside one another: what is deeper is not looked at."""


def is_cheap(node: syntax.Node, scope: Scope, depth: int = 0) -> bool:
    """Return whether `node`, a constant, is surely computed in a few steps.

    Sets of functions and their like count as cheap: they are not enumerated by being named.
    """
    if depth > MAX_DEPTH:
        return False
    match node:
        case syntax.Name(name=name):
            return _is_cheap_name(name, scope, depth)
        case syntax.Infix(operator=operator) if operator in _CHEAP_INFIX:
            if not isinstance(scope.find(operator), Builtin):
                return False
        case syntax.Prefix(operator="SUBSET"):
            pass
        case _ if not isinstance(node, _CHEAP):
            return False
    return all(is_cheap(child, scope, depth + 1) for child in children(node))


def _is_cheap_name(name: str, scope: Scope, depth: int) -> bool:
    match scope.find(name):
        case Baked():
            return True
        case Builtin(arity=0, is_pure=is_pure):
            return is_pure
        case Alias(expression, inner):
            return is_cheap(expression, inner, depth + 1)
        case Definition(parameters=(), is_recursive=False, body=body, scope=inner):
            return is_cheap(body, inner, depth + 1)
        case _:
            return False
