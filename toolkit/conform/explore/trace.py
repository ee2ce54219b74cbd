"""Traces drawn from a search: the path to a state, or along edges, with the choices made.

Parents and instances are kept by the search; the choices are not. They are found again by asking
the instance for the successor that was taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from msgspec.structs import replace

from conform.domain.actions import ActionInstance
from conform.domain.model import Alias, Model
from conform.domain.states import Slot, State
from conform.domain.trace import Trace, TraceStep
from conform.domain.values import Bindings, Value, function
from conform.errors import EvaluationError
from conform.explore.graph import StateGraph
from conform.explore.limits import LimitReachedError
from conform.explore.packing import Packing
from conform.explore.showable import showable
from conform.explore.space import NOWHERE, StateSpace


class Place(NamedTuple):
    """Where something was seen: the state `word`, reached from a stored state by an instance.

    `parent` and `instance` are NOWHERE for an initial state. The state itself need not be stored.
    """

    parent: int
    instance: int
    word: int


def variables_of(slots: Sequence[Slot], state: State) -> Bindings:
    """Return the variables of `state`, those that are split into slots put together again.

    Values that cannot be shown are replaced by a remark.
    """
    whole: dict[str, Value] = {}
    parts: dict[str, dict[Value, Value]] = {}
    for slot, value in zip(slots, state, strict=True):
        if slot.key is None:
            whole[slot.variable] = value
        else:
            whole.setdefault(slot.variable, value)
            parts.setdefault(slot.variable, {})[slot.key] = value
    whole |= {name: function(pairs) for name, pairs in parts.items()}
    return showable(tuple(whole.items()))


def shown_states(model: Model, states: Sequence[State], loop_to: int | None) -> list[Bindings]:
    """Return what a trace shows of each of its states: the variables, or the model's alias.

    After the last state comes the one that it loops to, or itself. Where the alias has no value, or
    takes longer than is left, the variables are shown in all states, and the run's output says why.
    """
    plain = [variables_of(model.slots, state) for state in states]
    if model.alias is None:
        return plain
    following = [*states[1:], states[-1 if loop_to is None else loop_to - 1]]
    try:
        with model.run.within():
            return list(_aliased(model, model.alias, states, following))
    except (EvaluationError, LimitReachedError) as error:
        why = error.message if isinstance(error, EvaluationError) else "it would take too long"
        model.run.remark(f"ALIAS {model.alias.name} is not shown: {why}")
        return plain
    finally:
        model.run.level = None


def _aliased(
    model: Model, alias: Alias, states: Sequence[State], following: Sequence[State]
) -> Iterator[Bindings]:
    for number, (state, after) in enumerate(zip(states, following, strict=True), start=1):
        model.run.level = number
        yield showable(alias.shown(state, after))


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
            path.append((space.instance(number), space.word(number)))
            number = space.parent(number)
        path.reverse()
        states = [self._packing.unpack(word) for _, word in path]
        shown = shown_states(self._model, states, None)
        taken = [instance for instance, _ in path[1:]]
        made = self._choices_made(taken, states)
        steps = [TraceStep(1, None, None, (), shown[0])]
        for instance, choices, bindings in zip(taken, made, shown[1:], strict=True):
            by = self._model.instances[instance]
            steps.append(TraceStep(len(steps) + 1, by.action, by.parameters, choices, bindings))
        return Trace(source, tuple(steps))

    def to_state(self, number: int, source: str) -> Trace:
        """Return the shortest trace that ends in a stored state."""
        return self.to_place(place_of(self._space, number), source)

    def _choices_made(self, taken: Sequence[int], states: Sequence[State]) -> list[Bindings]:
        """Return what was chosen in each step, nothing where finding it goes beyond the limits."""
        made: list[Bindings] = []
        try:
            with self._model.run.within():
                for instance, (before, after) in zip(taken, pairwise(states), strict=True):
                    made.append(self._choices(self._model.instances[instance], before, after))
        except (LimitReachedError, RecursionError):
            self._model.run.remark("what was chosen in the steps of a trace is not shown in full")
            made.extend(() for _ in range(len(taken) - len(made)))
        return made

    def _choices(self, instance: ActionInstance, before: State, after: State) -> Bindings:
        wanted = self._packing.pack(after)
        for successor in self._model.successors(instance, before):
            if self._packing.pack(successor.state) == wanted:
                return showable(successor.choices)
        return ()


def place_of(space: StateSpace, number: int) -> Place:
    """Return the place of a stored state."""
    return Place(space.parent(number), space.instance(number), space.word(number))


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
    states = [graph.state(start), *(graph.state(graph.targets[edge]) for edge in edges)]
    shown = shown_states(model, states, loop_to)
    steps = [TraceStep(1, None, None, (), shown[0])]
    for edge in edges:
        step = edge_step(model, graph, edge, len(steps) + 1)
        steps.append(replace(step, variables=shown[len(steps)]))
    return Trace(source, tuple(steps), loop_to)


def edge_step(model: Model, graph: StateGraph, edge: int, number: int) -> TraceStep:
    """Return the step along one edge, as state `number` of a trace."""
    instance = model.instances[graph.edge_instances[edge]]
    before = graph.state(graph.sources[edge])
    outcome = graph.outcomes[edge]
    successor = next(islice(model.successors(instance, before), outcome, None))
    variables = variables_of(graph.slots, graph.state(graph.targets[edge]))
    choices = showable(successor.choices)
    return TraceStep(number, instance.action, instance.parameters, choices, variables)
