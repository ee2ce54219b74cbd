"""Short forms of syntax trees, for tests to compare with."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from conform.languages.fizzbee import syntax
from conform.languages.fizzbee import syntax_expressions as expressions
from conform.languages.fizzbee.reading import parse_expression, parse_module
from conform.text import Source, Span

NOWHERE = Span("", 1, 1, 1, 1)


def expression(text: str) -> expressions.Expression:
    """Read an expression."""
    return parse_expression(Source("Sample.fizz", text))


def module(text: str) -> syntax.Module:
    """Read a file."""
    return parse_module(Source("Sample.fizz", text))


def body(text: str, head: str = "atomic action A:") -> tuple[syntax.Statement, ...]:
    """Read statements that stand in an action, without indentation."""
    lines = "\n".join("    " + line for line in text.splitlines())
    (member,) = module(f"{head}\n{lines}\n").members
    block = getattr(member, "body")  # noqa: B009  # an action, function, assertion or definition
    assert isinstance(block, syntax.Block)
    return block.statements


def statement(text: str, head: str = "atomic action A:") -> syntax.Statement:
    """Read the only statement of an action."""
    (only,) = body(text, head)
    return only


def sketch(node: Any) -> str:
    """Return `Class(field, …)` without spans, empty labels and what is None; names stand bare."""
    if isinstance(node, tuple):
        return f"[{', '.join(sketch(part) for part in node)}]"
    if isinstance(node, expressions.Identifier | expressions.Name):
        return node.name
    if isinstance(node, expressions.Integer):
        return str(node.value)
    if isinstance(node, expressions.Node):
        names = sorted(node.__struct_fields__, key=lambda name: name != "label")
        values = [getattr(node, name) for name in names if name != "span"]
        shown = [value for value in values if value not in ("", None)]
        return f"{type(node).__name__}({', '.join(map(sketch, shown))})"
    return str(node) if isinstance(node, StrEnum) else repr(node)


def grouped(node: expressions.Expression) -> str:
    """Return an expression with brackets around every application of an operator."""
    match node:
        case expressions.Binary() | expressions.Comparison():
            return f"({grouped(node.left)} {node.operator} {grouped(node.right)})"
        case expressions.BooleanOperation(operator=operator, operands=operands):
            return f"({f' {operator} '.join(map(grouped, operands))})"
        case expressions.Unary(operator=operator, operand=operand):
            return f"({operator} {grouped(operand)})"
        case expressions.Conditional():
            parts = (node.then, node.condition, node.otherwise)
            return "({} if {} else {})".format(*map(grouped, parts))
        case expressions.Attribute(value=value, name=name):
            return f"{grouped(value)}.{name}"
        case expressions.Index(value=value, index=index):
            return f"{grouped(value)}[{grouped(index)}]"
        case _:
            return sketch(node)


def unplaced(node: Any) -> Any:
    """Return a node with every span replaced by the same one."""
    if isinstance(node, tuple):
        return tuple(unplaced(part) for part in node)
    if isinstance(node, Span):
        return NOWHERE
    if isinstance(node, expressions.Node):
        changed = {name: unplaced(getattr(node, name)) for name in node.__struct_fields__}
        return type(node)(**changed)
    return node


def nodes(node: Any) -> list[expressions.Node]:
    """Return a node and all below it, in the order of their fields."""
    if isinstance(node, tuple):
        return [below for part in node for below in nodes(part)]
    if not isinstance(node, expressions.Node):
        return []
    parts = [getattr(node, name) for name in node.__struct_fields__]
    return [node, *(below for part in parts for below in nodes(part))]
