"""Going through syntax trees."""

from __future__ import annotations

from collections.abc import Iterator

from conform.languages.fizzbee.depth import children
from conform.languages.fizzbee.syntax_expressions import Node


def descendants(node: Node) -> Iterator[Node]:
    """Yield a node and all nodes below it, in the order of the text."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(children(found)))
