"""Covers: few and short paths from initial states that together pass everything wanted of a graph.

A greedy tour takes edges still wanted as long as there is one, and then the nearest wanted edge if
it is near, or else it ends and the next tour starts at the nearest initial state. A minimal cover
would be a minimum-cost flow; the tours stay linear in practice and within a small factor of it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module

from msgspec import Struct

from conform.domain.model import Model
from conform.domain.trace import Trace
from conform.explore.graph import StateGraph, path_back
from conform.explore.space import NOWHERE
from conform.explore.trace import draw_path

MAX_PATH_LENGTH = 1000
"""Steps after which a path ends: longer ones are hard to read and to shrink when they fail."""

NEAR = 256
"""States looked at for the next wanted edge before a new path is begun."""


class CoverKind(StrEnum):
    """What a cover must pass: every edge; every state; each outcome of each action instance.

    With CLASSES every state, and of each class of edges some (`explore.edge_classes`).
    """

    TRANSITIONS = "transitions"
    CLASSES = "classes"
    STATES = "states"
    INSTANCES = "instances"


class CoverOptions(Struct, frozen=True):
    """How to cover; `max_length` bounds the steps of a path, but never a path's first new step.

    `near` is how many states to look at for the next thing wanted before beginning a new path.
    """

    kind: CoverKind = CoverKind.TRANSITIONS
    max_length: int = MAX_PATH_LENGTH
    near: int = NEAR


class Path(Struct, frozen=True):
    """A path from the initial state `start` along `edges`, numbers of edges of the graph."""

    start: int
    edges: array[int]

    def __len__(self) -> int:
        return len(self.edges)


def cover(graph: StateGraph, options: CoverOptions | None = None) -> Iterator[Path]:
    """Yield paths that together pass everything of the kind wanted; none for an empty graph.

    The same graph gives the same paths. Every initial state begins some path, of no step where
    nothing leaves it, when the kind is TRANSITIONS or STATES.
    """
    return _Tours(graph, options or CoverOptions()).paths()


def path_trace(model: Model, graph: StateGraph, path: Path, source: str) -> Trace:
    """Return the path as a Trace with its values, actions and choices."""
    return draw_path(model, graph, path.start, path.edges, source)


def wanted_edges(graph: StateGraph, kind: CoverKind) -> bytearray | None:
    """Return 1 for each edge of its own that a cover must pass, None where none is named.

    That is the case with CLASSES alone; where states or outcomes are wanted, others may serve.
    """
    if kind is not CoverKind.CLASSES:
        return None
    classes = import_module("conform.explore.edge_classes")  # numpy comes with it
    edges: bytearray = classes.standing_edges(graph)
    return edges


class _Wanted:
    """What is still wanted: each edge serves one goal, and is wanted while that goal is open."""

    def __init__(self, graph: StateGraph, kind: CoverKind) -> None:
        self._graph = graph
        self._goals, count = _goals(graph, kind)
        self._is_open = wanted_edges(graph, kind) or bytearray(b"\1") * count
        self._next = array("q", graph.firsts)

    def edge_of(self, state: int) -> int:
        """Return the first wanted edge that leaves `state`, NOWHERE when there is none."""
        edge, end = self._next[state], self._graph.firsts[state + 1]
        is_open, goals = self._is_open, self._goals
        while edge < end and not is_open[goals[edge]]:
            edge += 1
        self._next[state] = edge
        return edge if edge < end else NOWHERE

    def serve(self, edge: int) -> None:
        """Close the goal that `edge` serves."""
        self._is_open[self._goals[edge]] = 0

    def close(self, goal: int) -> None:
        """Close a goal by its number."""
        self._is_open[goal] = 0


def _goals(graph: StateGraph, kind: CoverKind) -> tuple[array[int] | range, int]:
    """Return the goal that each edge serves, and how many goals there are."""
    if kind in {CoverKind.TRANSITIONS, CoverKind.CLASSES}:
        return range(graph.edge_count), graph.edge_count
    if kind is CoverKind.STATES:
        return graph.targets, graph.state_count
    numbers: dict[tuple[int, int], int] = {}
    pairs = zip(graph.edge_instances, graph.outcomes, strict=True)
    goals = array("i", (numbers.setdefault(pair, len(numbers)) for pair in pairs))
    return goals, len(numbers)


class _Tours:
    """One cover in the making."""

    def __init__(self, graph: StateGraph, options: CoverOptions) -> None:
        self._graph = graph
        self._options = options
        self._wanted = _Wanted(graph, options.kind)
        self._tree = graph.tree_edges()
        self._exhausted = bytearray(graph.state_count)
        self._begun: set[int] = set()

    def paths(self) -> Iterator[Path]:
        if self._options.kind is CoverKind.STATES:
            for state in range(self._graph.initial_count):
                self._wanted.close(state)
        for state in range(self._graph.state_count):
            while self._wanted.edge_of(state) != NOWHERE:
                yield self._tour(state)
        if self._options.kind is not CoverKind.INSTANCES:
            for state in range(self._graph.initial_count):
                if state not in self._begun:
                    yield Path(state, array("q"))

    def _tour(self, goal: int) -> Path:
        """Return a path by way of `goal`, which has a wanted edge."""
        start, prefix = path_back(self._graph, self._tree.__getitem__, goal)
        self._begun.add(start)
        path = array("q", prefix)
        for edge in prefix:
            self._wanted.serve(edge)
        state = self._follow(goal, path)
        while len(path) < self._options.max_length:
            way = self._way_to_wanted(state, self._options.max_length - len(path))
            if not way:
                break
            path.extend(way)
            state = self._follow(self._graph.targets[way[-1]], path)
        return Path(start, path)

    def _follow(self, state: int, path: array[int]) -> int:
        """Take wanted edges from `state` while there are any; return where that ends."""
        wanted, targets = self._wanted, self._graph.targets
        room = max(1, self._options.max_length - len(path))
        for _ in range(room):
            edge = wanted.edge_of(state)
            if edge == NOWHERE:
                break
            wanted.serve(edge)
            path.append(edge)
            state = targets[edge]
        return state

    def _way_to_wanted(self, origin: int, room: int) -> list[int]:
        """Return the shortest way to a state near `origin` with a wanted edge; empty if none.

        States from which nothing wanted can be reached any more are marked and left out from then
        on: what is wanted only becomes less.
        """
        graph, exhausted, wanted = self._graph, self._exhausted, self._wanted
        arrival = {origin: NOWHERE}
        queue = [origin]
        for state in queue:
            if wanted.edge_of(state) != NOWHERE:
                way = path_back(graph, arrival.__getitem__, state)[1]
                return way if len(way) < room else []
            if len(queue) > self._options.near:
                return []
            for edge in graph.edges_of(state):
                target = graph.targets[edge]
                if target not in arrival and not exhausted[target]:
                    arrival[target] = edge
                    queue.append(target)
        for state in queue:
            exhausted[state] = 1
        return []
