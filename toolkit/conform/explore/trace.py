"""Traces drawn from a search: the path to a state, or along edges, with the choices made.

Parents and instances are kept by the search; the choices are not. They are found again by asking
the instance for the successor that was taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from conform.domain.model import ActionInstance, Model, Slot, State
from conform.domain.trace import Trace, TraceStep
from conform.domain.values import Bindings, Value, function
from conform.explore.graph import StateGraph
from conform.explore.packing import Packing
from conform.explore.space import NOWHERE, StateSpace


class Place(NamedTuple):
    """Where something was seen: the state `word`, reached from a stored state by an instance.

    `parent` and `instance` are NOWHERE for an initial state. The state itself need not be stored.
    """

    parent: int
    instance: int
    word: int


def variables_of(slots: Sequence[Slot], state: State) -> Bindings:
    """Return the variables of `state`, those that are split into slots put together again."""
    whole: dict[str, Value] = {}
    parts: dict[str, dict[Value, Value]] = {}
    for slot, value in zip(slots, state, strict=True):
        if slot.key is None:
            whole[slot.variable] = value
        else:
            whole.setdefault(slot.variable, value)
            parts.setdefault(slot.variable, {})[slot.key] = value
    whole |= {name: function(pairs) for name, pairs in parts.items()}
    return tuple(whole.items())


class TraceDrawing:
    """Draws traces of one model's states."""

    def __init__(self, model: Model, packing: Packing, space: StateSpace) -> None:
        self._model = model
        self._packing = packing
        self._space = space

    def to_place(self, place: Place, source: str) -> Trace:
        """Return the shortest trace that ends in `place`."""
        path = [(place.instance, place.word)]
        number = place.parent
        space = self._space
        while number != NOWHERE:
            path.append((space.instances[number], space.words[number]))
            number = space.parents[number]
        path.reverse()
        steps = [self._initial_step(path[0][1])]
        for (_, before), (instance, after) in pairwise(path):
            steps.append(self._step(len(steps) + 1, before, instance, after))
        return Trace(source, tuple(steps))

    def to_state(self, number: int, source: str) -> Trace:
        """Return the shortest trace that ends in a stored state."""
        return self.to_place(place_of(self._space, number), source)

    def _initial_step(self, word: int) -> TraceStep:
        variables = variables_of(self._model.slots, self._packing.unpack(word))
        return TraceStep(1, None, None, (), variables)

    def _step(self, number: int, before: int, instance: int, after: int) -> TraceStep:
        taken = self._model.instances[instance]
        state = self._packing.unpack(after)
        choices = self._choices(taken, self._packing.unpack(before), state)
        variables = variables_of(self._model.slots, state)
        return TraceStep(number, taken.action, taken.parameters, choices, variables)

    def _choices(self, instance: ActionInstance, before: State, after: State) -> Bindings:
        wanted = self._packing.pack(after)
        for successor in self._model.successors(instance, before):
            if self._packing.pack(successor.state) == wanted:
                return successor.choices
        return ()


def place_of(space: StateSpace, number: int) -> Place:
    """Return the place of a stored state."""
    return Place(space.parents[number], space.instances[number], space.words[number])


def draw_path(
    model: Model,
    graph: StateGraph,
    start: int,
    edges: Sequence[int],
    source: str,
    loop_to: int | None = None,
) -> Trace:
    """Return the trace that starts in state `start` and follows `edges`, which must join up.

    `loop_to` is the number (1-based) of the trace's state that its last one goes back to.
    """
    variables = variables_of(graph.slots, graph.state(start))
    steps = [TraceStep(1, None, None, (), variables)]
    for edge in edges:
        steps.append(edge_step(model, graph, edge, len(steps) + 1))
    return Trace(source, tuple(steps), loop_to)


def edge_step(model: Model, graph: StateGraph, edge: int, number: int) -> TraceStep:
    """Return the step along one edge, as state `number` of a trace."""
    instance = model.instances[graph.edge_instances[edge]]
    before = graph.state(graph.sources[edge])
    outcome = graph.outcomes[edge]
    successor = next(islice(model.successors(instance, before), outcome, None))
    variables = variables_of(graph.slots, graph.state(graph.targets[edge]))
    return TraceStep(number, instance.action, instance.parameters, successor.choices, variables)
