"""A bound on the depth of syntax trees, so that whoever walks one may use recursion."""

from __future__ import annotations

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.syntax import Node
from conform.parsing.node_fields import fields_but
from conform.parsing.tokens import ReadingError

MAX_DEPTH = 250
"""Nodes from the root to a leaf. Python's stack holds a thousand frames by default, and a walker
may need three for a node; hand-written modules stay under sixty."""


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
        level = _below(level)


def _below(level: list[Node]) -> list[Node]:
    below: list[Node] = []
    append = below.append
    for node in level:
        for name in _CHILDREN[type(node)]:
            value = getattr(node, name)
            if isinstance(value, Node):
                append(value)
            elif value.__class__ is tuple:
                below.extend(value)
    return below


_LEAVES = frozenset({"Span", "str", "int", "bool", "Identifier", "tuple[Identifier, ...]"})

_CHILDREN = {
    kind: fields_but(kind, _LEAVES)
    for kind in vars(syntax).values()
    if isinstance(kind, type) and issubclass(kind, Node)
}
"""The fields of each class of nodes that hold nodes."""
