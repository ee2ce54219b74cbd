"""Short forms of syntax trees, for tests to compare with."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.reading import parse_expression, parse_module
from conform.text import Source, Span

NOWHERE = Span("", 1, 1, 1, 1)
APART = frozenset({"opening", "proof", "cited"})
"""What a proof says, and where arguments begin: no difference between trees, and not printed."""


def expression(text: str) -> syntax.Expression:
    """Read an expression."""
    return parse_expression(Source("Sample.tla", text))


def module(body: str) -> syntax.Module:
    """Read a module named Sample whose body begins in line 2."""
    return parse_module(Source("Sample.tla", f"---- MODULE Sample ----\n{body}\n====\n"))


def unit(text: str) -> syntax.Unit:
    """Read the only unit of a module."""
    (only,) = module(text).units
    return only


def sketch(node: Any) -> str:
    """Return `Class(field, ...)` without spans; names stand bare."""
    if isinstance(node, tuple):
        return f"[{', '.join(sketch(part) for part in node)}]"
    if isinstance(node, syntax.Identifier | syntax.Name):
        return node.name
    if isinstance(node, syntax.Node):
        values = [getattr(node, name) for name in node.__struct_fields__ if name not in APART]
        parts = [sketch(value) for value in values if not isinstance(value, Span)]
        return f"{type(node).__name__}({', '.join(parts)})"
    return node if isinstance(node, str) else repr(node)


def grouped(node: syntax.Expression) -> str:
    """Return an expression with brackets around every application of an operator."""
    match node:
        case syntax.Infix(operator=operator, left=left, right=right):
            return f"({grouped(left)} {operator} {grouped(right)})"
        case syntax.Product(factors=factors):
            return f"({' X '.join(grouped(factor) for factor in factors)})"
        case syntax.Prefix(operator=operator, operand=operand):
            return f"({operator} {grouped(operand)})"
        case syntax.Postfix(operator=operator, operand=operand):
            return f"({grouped(operand)}{operator})"
        case syntax.Junction(operator=operator, items=items):
            return f"{operator}<{'; '.join(grouped(item) for item in items)}>"
        case syntax.Parentheses(expression=inner):
            return f"[{grouped(inner)}]"
        case syntax.Application(function=function, arguments=arguments):
            return f"{grouped(function)}@{','.join(grouped(a) for a in arguments)}"
        case syntax.Field(record=record, name=name):
            return f"{grouped(record)}.{name}"
        case syntax.Number(value=value):
            return str(value)
        case _:
            return sketch(node)


def unplaced(node: Any) -> Any:
    """Return a node with every span replaced by the same one."""
    if isinstance(node, tuple):
        return tuple(unplaced(part) for part in node)
    if isinstance(node, Span):
        return NOWHERE
    if isinstance(node, syntax.Node):
        parts = {name: unplaced(getattr(node, name)) for name in node.__struct_fields__}
        return replace(node, **{name: None if name in APART else parts[name] for name in parts})
    return node


def nodes(node: Any) -> list[syntax.Node]:
    """Return a node and all below it, in the order of the text."""
    if isinstance(node, tuple):
        return [below for part in node for below in nodes(part)]
    if not isinstance(node, syntax.Node):
        return []
    parts = [getattr(node, name) for name in node.__struct_fields__]
    return [node, *(below for part in parts for below in nodes(part))]
