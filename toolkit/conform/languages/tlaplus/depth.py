"""A bound on the depth of syntax trees and proofs, so that whoever walks one may use recursion."""

from __future__ import annotations

from msgspec import Struct

from conform.languages.tlaplus import proof_tree, syntax
from conform.languages.tlaplus.syntax import Node
from conform.parsing.node_fields import fields_but
from conform.parsing.tokens import ReadingError
from conform.text import Span

MAX_DEPTH = 250
"""Nodes from the root to a leaf. Python's stack holds a thousand frames by default, and a walker
may need three for a node; hand-written modules stay under sixty."""


def check_depth(root: Node) -> None:
    """Raise ReadingError at the first node found deeper than MAX_DEPTH."""
    level: list[Struct] = [root]
    above = level
    depth = 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise ReadingError(
                f"nested more than {MAX_DEPTH} deep",
                _place([*level, *above]),
                hint="give the inner parts names of their own",
            )
        above, level = level, _below(level)


def _place(nodes: list[Struct]) -> Span:
    """Return the place of the first node that has one: what a step says has none, the step has."""
    return next(node.span for node in nodes if isinstance(node, Node | proof_tree.Step))


def _below(level: list[Struct]) -> list[Struct]:
    below: list[Struct] = []
    append = below.append
    for node in level:
        for name in _CHILDREN[type(node)]:
            value = getattr(node, name)
            if value.__class__ is tuple:
                below.extend(value)
            elif value is not None:
                append(value)
    return below


_LEAVES = frozenset(
    {"Span", "Span | None", "str", "int", "bool", "Identifier", "tuple[Identifier, ...]"}
)

_CHILDREN = {
    kind: fields_but(kind, _LEAVES)
    for kind in (*vars(syntax).values(), *vars(proof_tree).values())
    if isinstance(kind, type) and issubclass(kind, Struct) and kind not in (Struct, Span)
}
"""The fields that hold others, of each class of nodes and of what proofs are kept as."""
