"""Runs of a model along which batches are written one after the other, and nothing else is.

A batch is a range of offsets. A step writes it when it changes what a variable holds at the batch's
last offset to something that has the batch's length: the number itself, or a field of a record. So
the index of a log is written, whatever its variable, its fields and the actions are called.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from msgspec import Struct

from conform.domain.values import FunctionValue, Value
from conform.explore.graph import StateGraph
from conform.explore.trace import variables_of

Batch = tuple[int, int]
"""First and last offset."""

Content = dict[int, Value]
"""What a variable holds at each number."""

Node = tuple[int, int]
"""A state of the graph, and how many batches have been written on the way to it."""


class Run(Struct, frozen=True):
    """The edges that lead from an initial state to a state in which all batches are written."""

    edges: tuple[int, ...]
    state: int


def indices(graph: StateGraph) -> tuple[str, ...]:
    """Return the variables that hold something at each of several numbers in the first state."""
    first = graph.state(0)
    return tuple(name for name, value in variables_of(graph.slots, first) if _is_index(value))


def _is_index(value: Value) -> bool:
    return isinstance(value, FunctionValue) and all(
        type(key) is int for key in value.domain.elements
    )


def runs(graph: StateGraph, variable: str, batches: Sequence[Batch]) -> Iterator[Run]:
    """Yield a shortest run to each state that can be reached by writing the batches in order."""
    contents: dict[int, Content] = {}

    def content(state: int) -> Content:
        if state not in contents:
            contents[state] = _content(graph, variable, state)
        return contents[state]

    reached: dict[Node, tuple[Node, int] | None] = {
        (state, 0): None for state in range(graph.initial_count)
    }
    waiting = deque(reached)
    while waiting:
        node = waiting.popleft()
        state, written = node
        if written == len(batches):
            yield Run(_edges(reached, node), state)
        for edge in graph.edges_of(state):
            target = graph.targets[edge]
            after = _advance(content(state), content(target), batches, written)
            if after is not None and (target, after) not in reached:
                reached[target, after] = (node, edge)
                waiting.append((target, after))


def _content(graph: StateGraph, variable: str, state: int) -> Content:
    value = dict(variables_of(graph.slots, graph.state(state)))[variable]
    assert isinstance(value, FunctionValue)
    return {key: held for key, held in value.items() if type(key) is int}


def _advance(before: Content, after: Content, batches: Sequence[Batch], written: int) -> int | None:
    """Return how many batches are written after a step, None if it writes something else."""
    changed = [key for key in after if before.get(key) != after[key]]
    if not changed and len(before) == len(after):
        return written
    if written == len(batches) or len(changed) != 1 or len(after) < len(before):
        return None
    first, last = batches[written]
    has_length = last - first + 1 in _numbers(after[changed[0]])
    return written + 1 if changed == [last] and has_length else None


def _numbers(value: Value) -> set[int]:
    parts = value.values if isinstance(value, FunctionValue) else (value,)
    return {part for part in parts if type(part) is int}


def _edges(reached: dict[Node, tuple[Node, int] | None], node: Node) -> tuple[int, ...]:
    edges: list[int] = []
    step = reached[node]
    while step is not None:
        node, edge = step
        edges.append(edge)
        step = reached[node]
    return tuple(reversed(edges))
