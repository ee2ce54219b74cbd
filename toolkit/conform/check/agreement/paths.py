"""From the moves of the joint walk back to a trace of one of the two graphs, drawn for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from conform.check.agreement.comparison import GraphDifference, InitialDifference, JointWalk
from conform.check.agreement.correspondence import Side
from conform.check.agreement.walkable import Move, WalkableGraph
from conform.domain.trace import Trace
from conform.explore.trace import draw_path
from conform.report.trace_drawing import CHANGED, draw_trace

_Layer: TypeAlias = dict[int, tuple[int, int] | None]
"""States after some moves: each with the state and the edge by which it was reached."""


def trace_to(walk: JointWalk, difference: GraphDifference) -> Trace:
    """Return a shortest trace to a difference, with the differing step at its end.

    It is one of the side that has the step.
    """
    side = difference.has_it
    walkable, step = walk.graph(side), difference.steps[side]
    assert step is not None
    image, moves = walk.moves_to(difference.node)
    start, edges = edges_along(walkable, image, moves, walkable.graph.sources[step.edge])
    reading = walkable.reading
    return draw_path(reading.model, walkable.graph, start, (*edges, step.edge), reading.name)


def initial_trace(walk: JointWalk, difference: InitialDifference) -> Trace:
    """Return the trace of one state that shows an initial state."""
    walkable = walk.graph(difference.side)
    reading = walkable.reading
    return draw_path(reading.model, walkable.graph, difference.state, (), reading.name)


def edges_along(
    walkable: WalkableGraph, image: int, moves: tuple[Move, ...], last: int
) -> tuple[int, tuple[int, ...]]:
    """Return an initial state, and the edges along which `moves` lead from it to state `last`.

    `image` is that of the initial state. Between the moves may be edges that change nothing that
    is compared.
    """
    graph = walkable.graph
    images = walkable.images.of_side[walkable.side]
    starts = (state for state in range(graph.initial_count) if images[state] == image)
    layers: list[_Layer] = [_spread(walkable, dict.fromkeys(starts))]
    for move in moves:
        following: _Layer = {}
        for state in layers[-1]:
            for edge in walkable.edges((state,), move):
                following.setdefault(graph.targets[edge], (state, edge))
        layers.append(_spread(walkable, following))
    return _traced_back(walkable, layers, last)


def _spread(walkable: WalkableGraph, layer: _Layer) -> _Layer:
    """Return a layer with the states that steps which are not seen lead to."""
    waiting = list(layer)
    for state in waiting:
        for edge in walkable.silent_edges(state):
            target = walkable.graph.targets[edge]
            if target not in layer:
                layer[target] = (state, edge)
                waiting.append(target)
    return layer


def _traced_back(
    walkable: WalkableGraph, layers: list[_Layer], last: int
) -> tuple[int, tuple[int, ...]]:
    edges: list[int] = []
    state, layer = last, len(layers) - 1
    while True:
        reached = layers[layer][state]
        if reached is None:
            return state, tuple(reversed(edges))
        state, edge = reached
        edges.append(edge)
        if not walkable.is_silent(edge):
            layer -= 1


def drawn(trace: Trace) -> Iterator[str]:
    """Yield a trace as lines: the first state in full, of the others what changed."""
    for number, line in enumerate(_lines(trace)):
        changed = line.startswith(f"  {CHANGED}")
        if number <= len(trace.steps[0].variables) or changed or not line.startswith("  "):
            yield line


def _lines(trace: Trace) -> Iterator[str]:
    for line in draw_trace(trace):
        yield "".join(piece.text for piece in line.pieces)


def shown_sides(walk: JointWalk) -> tuple[str, str]:
    """Return the names of the two readings, padded to one width."""
    names = [walk.graph(side).reading.name for side in Side]
    width = max(map(len, names))
    return f"{names[0]:<{width}}", f"{names[1]:<{width}}"


def accused_side(walk: JointWalk) -> Side:
    """Return the side that a finding points to: not the document, which decides; else the right."""
    left, right = (walk.graph(side).reading for side in Side)
    return Side.LEFT if right.role is None and left.role is not None else Side.RIGHT


def counted_steps(depth: int) -> str:
    """Return `after so many steps` in words."""
    if depth == 0:
        return "in an initial state"
    return "after 1 step" if depth == 1 else f"after {depth:,} steps"


def counted(states: int) -> str:
    """Return the line that says in how many states an action differs, above a trace."""
    shown = "1 state" if states == 1 else f"{states:,} states"
    return f"the action differs in {shown}; a shortest trace:"
