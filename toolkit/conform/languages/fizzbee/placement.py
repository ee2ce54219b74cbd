"""Statements that must stand inside others: `break` and `continue` inside a loop."""

from __future__ import annotations

from conform.languages.fizzbee import syntax as tree
from conform.languages.fizzbee.depth import children
from conform.languages.fizzbee.syntax_expressions import Expression, Node
from conform.parsing.tokens import ReadingError


def check_placement(root: Node) -> None:
    """Raise ReadingError for the first `break` or `continue` without a loop around it."""
    waiting: list[tuple[Node, bool]] = [(root, False)]
    while waiting:
        node, in_loop = waiting.pop()
        match node:
            case Expression():
                continue
            case tree.Break() | tree.Continue() if not in_loop:
                word = "break" if isinstance(node, tree.Break) else "continue"
                raise ReadingError(f"`{word}` stands in no loop", node.span, expected="for, while")
            case tree.For() | tree.While():
                in_loop = True
            case tree.Definition() | tree.Action() | tree.Function():
                in_loop = False
            case _:
                pass
        waiting.extend((child, in_loop) for child in reversed(children(node)))
