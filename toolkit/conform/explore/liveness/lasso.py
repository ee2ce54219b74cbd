"""Lassos: a prefix of edges from an initial state, and a fair cycle that it ends in."""

from __future__ import annotations

from collections import deque
from collections.abc import Container

import numpy as np
from msgspec import Struct

from conform.explore.defect import ExplorerDefectError
from conform.explore.graph import path_back
from conform.explore.graph_columns import GraphColumns
from conform.explore.liveness.arena import Arena
from conform.explore.liveness.fair_parts import FairParts, Part
from conform.explore.liveness.predicate_values import STAY
from conform.explore.space import NOWHERE


class Lasso(Struct, frozen=True):
    """A behaviour: from `start` along the edges `prefix`, then round `cycle` for ever.

    An empty cycle is stuttering in the last state.
    """

    start: int
    prefix: tuple[int, ...]
    cycle: tuple[int, ...]


def draw_lasso(columns: GraphColumns, parts: FairParts, found: tuple[Part, int]) -> Lasso:
    """Return the behaviour that a fair part and the node where it is entered stand for.

    Where a run through the arena stays, the behaviour has no step: it is the same up to stuttering.
    A cycle ends in the first state where stuttering will do.
    """
    part, entry = found
    arena = parts.arena
    way: list[int] = []
    node = entry
    while (edge := int(arena.arrivals[node])) != NOWHERE:
        way.append(edge)
        node = int(arena.sources[edge])
    start, before = path_back(
        columns.graph, lambda state: int(columns.arrivals[state]), int(arena.states[node])
    )
    way.reverse()
    cycle = _fair_cycle(parts, part, entry)
    for taken, edge in enumerate(cycle, start=1):
        if parts.fair_stays[arena.targets[edge]]:
            way, cycle = way + cycle[:taken], []
            break

    def edges(taken: list[int]) -> list[int]:
        moves = [int(arena.moves[edge]) for edge in taken]
        return [move for move in moves if move != STAY]

    return _rolled_up(Lasso(start, (*before, *edges(way)), tuple(edges(cycle))))


def _rolled_up(lasso: Lasso) -> Lasso:
    """Return the same behaviour with the shortest prefix: it may end as the cycle does."""
    prefix, cycle = list(lasso.prefix), deque(lasso.cycle)
    while prefix and cycle and prefix[-1] == cycle[-1]:
        cycle.appendleft(cycle.pop())
        prefix.pop()
    return Lasso(lasso.start, tuple(prefix), tuple(cycle))


def _fair_cycle(parts: FairParts, part: Part, entry: int) -> list[int]:
    """Return edges of a fair part from `entry` round to itself that make a fair cycle.

    The walk goes to the nearest edge that helps with what is still lacking, until nothing is, and
    back. It is empty when stuttering in `entry` is fair.
    """
    if parts.fair_stays[entry]:
        return []
    walk = _Walk(parts.arena, part, entry)
    lacking = parts.helping_edges(part, entry)
    while lacking:
        wanted = np.logical_or.reduce(lacking)
        taken = walk.extend(frozenset(part.edges[wanted].tolist()))
        passed = np.isin(part.edges, taken)
        lacking = [helps for helps in lacking if not np.any(helps & passed)]
    if walk.node != entry or not walk.edges:
        walk.extend(frozenset(part.edges[parts.arena.targets[part.edges] == entry].tolist()))
    return walk.edges


class _Walk:
    """A path along the edges of a part."""

    def __init__(self, arena: Arena, part: Part, start: int) -> None:
        edges = part.edges.tolist()
        targets = arena.targets[part.edges].tolist()
        self._leaving: dict[int, list[tuple[int, int]]] = {}
        for edge, source, target in zip(
            edges, arena.sources[part.edges].tolist(), targets, strict=True
        ):
            self._leaving.setdefault(source, []).append((edge, target))
        self.node = start
        self.edges: list[int] = []

    def extend(self, wanted: Container[int]) -> list[int]:
        """Go on along a shortest path that ends in a wanted edge, and return its edges.

        There must be one.
        """
        arrivals: dict[int, tuple[int, int] | None] = {self.node: None}
        queue = [self.node]
        for node in queue:
            for edge, target in self._leaving.get(node, ()):
                if edge in wanted:
                    path = [*_path(arrivals, node), edge]
                    self.edges += path
                    self.node = target
                    return path
                if target not in arrivals:
                    arrivals[target] = (node, edge)
                    queue.append(target)
        raise ExplorerDefectError(f"no fair cycle through node {self.node} of a fair part")


def _path(arrivals: dict[int, tuple[int, int] | None], node: int) -> list[int]:
    """Return the edges to `node`; `arrivals` has for each node from where and by which edge."""
    edges: list[int] = []
    while (arrival := arrivals[node]) is not None:
        node, edge = arrival
        edges.append(edge)
    edges.reverse()
    return edges
