"""Lassos: a prefix of edges from an initial state, and a fair cycle that it ends in."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from conform.explore.defect import ExplorerDefectError
from conform.explore.fair_parts import FairParts, Part
from conform.explore.graph import StateGraph
from conform.explore.long_run import Visit
from conform.explore.space import NOWHERE
from conform.explore.valuation import STAY


@dataclass(frozen=True, slots=True)
class Lasso:
    """A behaviour: from `start` along the edges `prefix`, then round `cycle` for ever.

    An empty cycle is stuttering in the last state.
    """

    start: int
    prefix: tuple[int, ...]
    cycle: tuple[int, ...]


def draw_lasso(
    graph: StateGraph, tree: array[int], parts: FairParts, found: tuple[Part, int]
) -> Lasso:
    """Return the behaviour that a fair part and the node where it is entered stand for.

    `tree` has for each state the edge of the graph by which it was first reached. Where a run
    through the arena stays, the behaviour has no step: it is the same up to stuttering. A cycle
    ends in the first state where stuttering will do.
    """
    part, entry = found
    arena = parts.arena
    way: list[int] = []
    node = entry
    while (edge := arena.arrivals[node]) != NOWHERE:
        way.append(edge)
        node = arena.sources[edge]
    start, before = path_back(graph, tree.__getitem__, arena.states[node])
    way.reverse()
    cycle = _fair_cycle(parts, part, entry)
    for taken, edge in enumerate(cycle, start=1):
        if parts.is_fair_stay(arena.targets[edge]):
            way, cycle = way + cycle[:taken], []
            break

    def edges(taken: list[int]) -> list[int]:
        moves = [arena.moves[edge] for edge in taken]
        return [move for move in moves if move != STAY]

    return _rolled_up(Lasso(start, (*before, *edges(way)), tuple(edges(cycle))))


def _rolled_up(lasso: Lasso) -> Lasso:
    """Return the same behaviour with the shortest prefix: it may end as the cycle does."""
    prefix, cycle = list(lasso.prefix), deque(lasso.cycle)
    while prefix and cycle and prefix[-1] == cycle[-1]:
        cycle.appendleft(cycle.pop())
        prefix.pop()
    return Lasso(lasso.start, tuple(prefix), tuple(cycle))


def path_back(
    graph: StateGraph, arrival: Callable[[int], int], state: int
) -> tuple[int, list[int]]:
    """Return where the path to `state` starts and its edges.

    `arrival` gives the edge by which a state was reached, NOWHERE at the start.
    """
    edges: list[int] = []
    while (edge := arrival(state)) != NOWHERE:
        edges.append(edge)
        state = graph.sources[edge]
    edges.reverse()
    return state, edges


def _fair_cycle(parts: FairParts, part: Part, entry: int) -> list[int]:
    """Return edges of a fair part from `entry` round to itself that make a fair cycle.

    The walk goes to the nearest edge that helps with what is still lacking, until nothing is, and
    back. It is empty when stuttering in `entry` is fair.
    """
    if parts.is_fair_stay(entry):
        return []
    arena, walk = parts.arena, _Walk(parts, part, entry)
    whole = parts.visit(part.nodes, part.edges)
    while (helps := _help(parts, walk, whole)) is not None:
        walk.extend(helps)
    if walk.node != entry or not walk.edges:
        walk.extend(lambda edge: arena.targets[edge] == entry)
    return walk.edges


def _help(parts: FairParts, walk: _Walk, whole: Visit) -> Callable[[int], bool] | None:
    """Return which edges help with what a walk still lacks, None if it lacks nothing."""
    arena = parts.arena
    missing = arena.all_marks & ~walk.marks
    witness = parts.conditions.witness(parts.visit(walk.nodes, walk.edges), whole)
    if not missing and witness is None:
        return None

    def helps(edge: int) -> bool:
        if missing and arena.marks[edge] & missing:
            return True
        target = arena.states[arena.targets[edge]]
        return witness is not None and witness(arena.moves[edge], target)

    return helps


class _Walk:
    """A path along the edges of a part; `nodes` are those it visited."""

    def __init__(self, parts: FairParts, part: Part, start: int) -> None:
        self._arena = parts.arena
        self._leaving: dict[int, list[int]] = {}
        for edge in part.edges:
            self._leaving.setdefault(self._arena.sources[edge], []).append(edge)
        self.node = start
        self.nodes = {start: None}
        self.edges: list[int] = []
        self.marks = 0

    def extend(self, is_wanted: Callable[[int], bool]) -> None:
        """Go on along a shortest path that ends in a wanted edge; there must be one."""
        arrivals = {self.node: NOWHERE}
        queue = [self.node]
        for node in queue:
            for edge in self._leaving.get(node, ()):
                if is_wanted(edge):
                    self._append([*self._path(arrivals, node), edge])
                    return
                target = self._arena.targets[edge]
                if target not in arrivals:
                    arrivals[target] = edge
                    queue.append(target)
        raise ExplorerDefectError(f"no fair cycle through node {self.node} of a fair part")

    def _path(self, arrivals: dict[int, int], node: int) -> list[int]:
        edges: list[int] = []
        while (edge := arrivals[node]) != NOWHERE:
            edges.append(edge)
            node = self._arena.sources[edge]
        edges.reverse()
        return edges

    def _append(self, edges: list[int]) -> None:
        arena = self._arena
        self.edges += edges
        self.nodes.update(dict.fromkeys(arena.targets[edge] for edge in edges))
        for edge in edges if arena.all_marks else ():
            self.marks |= arena.marks[edge]
        self.node = arena.targets[edges[-1]]
