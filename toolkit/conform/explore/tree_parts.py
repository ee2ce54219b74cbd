"""The states of a graph divided into parts of about the same size, along its breadth-first tree.

Whoever takes a part walks down the tree to its states. Small subtrees are given away whole, so that
the way there is short: only the states at the top of the tree are gone through by several.
"""

from __future__ import annotations

from msgspec import Struct

from conform.explore.graph import StateGraph
from conform.explore.space import NOWHERE

SUBTREES = 16
"""At least so many subtrees for each part: the sizes of parts then differ by a few per cent."""


class TreePart(Struct, frozen=True):
    """The states of one part, and those from which the tree leads to one of them; by number."""

    owned: bytearray
    leading: bytearray


class TreeParts:
    """A graph divided into `count` parts: together they are every state, each in one part.

    A part may be empty. Its size is the number of edges that leave its states.
    """

    def __init__(self, graph: StateGraph, count: int) -> None:
        self._graph = graph
        self._parents = _parents(graph)
        self._owners = _owners(graph, self._parents, count)

    def part(self, number: int) -> TreePart:
        """Return one of the parts, the first of which is 0."""
        graph = self._graph
        owned = bytearray(owner == number for owner in self._owners)
        leading = bytearray(owned)
        for state in reversed(range(graph.initial_count, graph.state_count)):
            if leading[state]:
                leading[self._parents[state]] = True
        return TreePart(owned, leading)


def _parents(graph: StateGraph) -> list[int]:
    edges = graph.tree_edges()
    return [NOWHERE if edge == NOWHERE else graph.sources[edge] for edge in edges]


def _owners(graph: StateGraph, parents: list[int], count: int) -> list[int]:
    """Return the part of each state: subtrees are given whole, the states above one by one."""
    own = [len(graph.edges_of(state)) + 1 for state in range(graph.state_count)]
    below = own.copy()
    for state in reversed(range(graph.initial_count, graph.state_count)):
        below[parents[state]] += below[state]
    limit = sum(own) // (SUBTREES * count)
    is_whole = [size <= limit for size in below]
    owners = [NOWHERE] * graph.state_count
    loads = [0] * count
    for state in sorted(range(graph.state_count), key=lambda state: (-below[state], state)):
        parent = parents[state]
        if parent != NOWHERE and is_whole[parent]:
            owners[state] = owners[parent]  # it has been given with it: it is no smaller
            continue
        part = loads.index(min(loads))
        owners[state] = part
        loads[part] += below[state] if is_whole[state] else own[state]
    return owners
