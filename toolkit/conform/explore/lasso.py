"""Lassos: a prefix of edges from an initial state, and a fair cycle that it ends in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from conform.explore.defect import ExplorerDefectError
from conform.explore.fairness import Condition, Fairness
from conform.explore.graph import StateGraph
from conform.explore.space import NOWHERE


@dataclass(frozen=True, slots=True)
class Lasso:
    """A behaviour: from `start` along the edges `prefix`, then round `cycle` for ever.

    An empty cycle is stuttering in the last state.
    """

    start: int
    prefix: tuple[int, ...]
    cycle: tuple[int, ...]


def fair_cycle(graph: StateGraph, fairness: Fairness, part: list[int], entry: int) -> list[int]:
    """Return edges of the fair part `part` from `entry` round to itself that make a fair cycle.

    The walk goes to the nearest witness of any condition that still lacks one, until none does, and
    back. It is empty when stuttering in `entry` is fair.
    """
    if fairness.allows_stuttering(entry):
        return []
    walk = _Walk(graph, frozenset(part), entry)
    lacking = [c for c in fairness.conditions if c.is_weak or any(map(c.is_enabled, part))]
    while True:
        lacking = [c for c in lacking if not _is_served(c, walk)]
        if not lacking:
            break
        walk.extend(_finds_witness(graph, lacking))
    if walk.state != entry or not walk.edges:
        walk.extend(lambda edge: graph.targets[edge] == entry)
    return walk.edges


def shortened(graph: StateGraph, fairness: Fairness, lasso: Lasso) -> Lasso:
    """Return the lasso that stutters in the first state of the cycle where that is fair, if any."""
    for taken, edge in enumerate(lasso.cycle, start=1):
        if fairness.allows_stuttering(graph.targets[edge]):
            return Lasso(lasso.start, lasso.prefix + lasso.cycle[:taken], ())
    return lasso


class _Walk:
    """A path inside a part of the graph; `states` are those it visited."""

    def __init__(self, graph: StateGraph, inside: frozenset[int], start: int) -> None:
        self._graph = graph
        self._inside = inside
        self.state = start
        self.states = {start}
        self.edges: list[int] = []

    def extend(self, is_wanted: Callable[[int], bool]) -> None:
        """Go on along a shortest path that ends in a wanted edge; there must be one."""
        arrival = {self.state: NOWHERE}
        queue = [self.state]
        for state in queue:
            for edge in self._graph.edges_of(state):
                target = self._graph.targets[edge]
                if target not in self._inside:
                    continue
                if is_wanted(edge):
                    self._append([*path_back(self._graph, arrival.__getitem__, state)[1], edge])
                    return
                if target not in arrival:
                    arrival[target] = edge
                    queue.append(target)
        raise ExplorerDefectError(f"no fair cycle through state {self.state} of a fair part")

    def _append(self, edges: list[int]) -> None:
        self.edges += edges
        self.states.update(self._graph.targets[edge] for edge in edges)
        self.state = self._graph.targets[edges[-1]]


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


def _is_served(condition: Condition, walk: _Walk) -> bool:
    if any(map(condition.is_taken, walk.edges)):
        return True
    return condition.is_weak and not all(map(condition.is_enabled, walk.states))


def _finds_witness(graph: StateGraph, lacking: list[Condition]) -> Callable[[int], bool]:
    def is_witness(edge: int) -> bool:
        target = graph.targets[edge]
        return any(c.is_taken(edge) or (c.is_weak and not c.is_enabled(target)) for c in lacking)

    return is_witness
