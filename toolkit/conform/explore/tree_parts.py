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


def tree_part(graph: StateGraph, number: int, count: int) -> TreePart:
    """Return part `number` (0-based) of `count`; together they are every state, each in one part.

    A part may be empty. Its size is the number of edges that leave its states.
    """
    parents = _parents(graph)
    owners = _owners(graph, parents, count)
    owned = bytearray(owner == number for owner in owners)
    leading = bytearray(owned)
    for state in reversed(range(graph.initial_count, graph.state_count)):
        if leading[state]:
            leading[parents[state]] = True
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
