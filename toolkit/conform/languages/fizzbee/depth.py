"""A bound on the depth of syntax trees, so that whoever walks one may use recursion."""

from __future__ import annotations

from conform.languages.fizzbee import syntax, syntax_expressions
from conform.languages.fizzbee.syntax_expressions import Node
from conform.parsing.node_fields import fields_but
from conform.parsing.tokens import ReadingError

MAX_DEPTH = 150
"""Nodes from the root to a leaf. Python's stack holds a thousand frames by default, and a walker
may need several for a node; hand-written specs stay under thirty."""


def check_depth(root: Node) -> None:
    """Raise ReadingError at the first node found deeper than MAX_DEPTH."""
    level: list[Node] = [root]
    depth = 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise ReadingError(
                f"nested more than {MAX_DEPTH} deep",
                level[0].span,
                hint="give the inner parts names of their own",
            )
        level = [child for node in level for child in children(node)]


def children(node: Node) -> list[Node]:
    """Return the nodes directly below one, in the order of its fields."""
    below: list[Node] = []
    for name in _CHILDREN[type(node)]:
        value = getattr(node, name)
        if isinstance(value, Node):
            below.append(value)
        elif value.__class__ is tuple:
            below.extend(value)
    return below


_CLASSES = [
    kind
    for module in (syntax_expressions, syntax)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Node)
]
_LEAVES = frozenset(
    {
        *("Span", "str", "bool", "int", "float", "Flow", "Flow | None", "FairnessKind | None"),
        *("UnaryOperator", "BinaryOperator", "ComparisonOperator", "BooleanOperator"),
        *("ParameterKind", "AssertionKind"),
    }
)
_CHILDREN = {kind: fields_but(kind, _LEAVES) for kind in _CLASSES}
"""The fields of each class of nodes that hold nodes."""
