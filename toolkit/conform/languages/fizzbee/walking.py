"""Going through syntax trees."""

from __future__ import annotations

from collections.abc import Iterator

from conform.languages.fizzbee import syntax as tree
from conform.languages.fizzbee.depth import children
from conform.languages.fizzbee.syntax_expressions import Node


def descendants(node: Node) -> Iterator[Node]:
    """Yield a node and all nodes below it, in the order of the text."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(children(found)))


def chooses(node: Node) -> bool:
    """Whether anything in a node is chosen by itself: an element, a statement, an order."""
    return any(map(is_choice, descendants(node)))


def is_choice(node: Node) -> bool:
    """Whether a node by itself chooses an element, a statement or an order."""
    match node:
        case tree.ChoiceBlock() | tree.ChoiceAssignment():
            return True
        case tree.Block(flow=flow) | tree.For(flow=flow):
            return flow in (tree.Flow.ONEOF, tree.Flow.PARALLEL)
        case _:
            return False
