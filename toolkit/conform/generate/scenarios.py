"""Scenarios: few short behaviours that take every action, early and late, from the state graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from conform.domain.machine import Machine
from conform.domain.model import Model
from conform.domain.plain import PlainData, to_plain
from conform.domain.trace import Trace, TraceStep
from conform.domain.values import Value, format_value
from conform.explore.graph import StateGraph, path_back
from conform.explore.state_columns import in_order_of_appearance, joined
from conform.explore.trace import draw_path

MAX_VALUES = 8
"""Values up to which a variable counts as a phase of the protocol rather than as data."""


class ScenarioStep(Struct, frozen=True):
    """A step: the action, and its parameters and choices as plain data."""

    action: str
    parameters: Mapping[str, PlainData]


class Scenario(Struct, frozen=True):
    """A behaviour from the initial state that ends in taking `action`."""

    name: str
    action: str
    steps: tuple[ScenarioStep, ...]


class _Situation(Struct, frozen=True):
    """An action taken where a variable has some value: one of the things that a suite covers."""

    action: str
    slot: int
    value: Value


def covering_scenarios(model: Model, graph: StateGraph, machine: Machine) -> tuple[Scenario, ...]:
    """Return for each action a shortest behaviour that takes it, and one that takes it late.

    Late is the situation of the action (a value of a variable with few of them) that is farthest
    from the initial states; one that another late behaviour passes through is left out. Self-loops
    count: an action that changes nothing is taken all the same. Behaviours that take an action
    which the machine does not have are left out.
    """
    steps = Steps(machine)
    found = [
        Scenario(each.source, each.steps[-1].action or "", steps.of(each))
        for each in (*_shortest(model, graph), *_late(model, graph))
        if steps.has_all(each)
    ]
    return tuple(found)


class Steps:
    """Makes the steps of scenarios from those of traces, for one machine."""

    def __init__(self, machine: Machine) -> None:
        self._known = {
            action.name: [
                (choice.parameter.name, choice.variable)
                for choice in action.choices
                if choice.variable
            ]
            for action in machine.actions
        }

    def has_all(self, trace: Trace) -> bool:
        """Whether the machine has every action that a trace takes."""
        return all(step.action in self._known for step in trace.steps[1:])

    def of(self, trace: Trace) -> tuple[ScenarioStep, ...]:
        """Return the steps of a trace; a choice that it does not tell is in the state after it."""
        return tuple(map(self._of, trace.steps[1:]))

    def _of(self, step: TraceStep) -> ScenarioStep:
        after = dict(step.variables)
        action = step.action or ""
        told = [(name, after[variable]) for name, variable in self._known[action]]
        pairs = (*(step.parameters or ()), *step.choices, *told)
        return ScenarioStep(action, {name: to_plain(value) for name, value in pairs})


def _shortest(model: Model, graph: StateGraph) -> list[Trace]:
    names = [graph.instances[number].action for number in graph.edge_instances]
    last = len(names) - 1
    firsts = {name: last - back for back, name in enumerate(reversed(names))}
    return [
        _trace(model, graph, firsts[action], action)
        for action in _actions(graph)
        if action in firsts
    ]


def _late(model: Model, graph: StateGraph) -> list[Trace]:
    slots = _phases(graph)
    latest: dict[str, tuple[int, _Situation]] = {}
    for edge, situation in _first_edges(graph, slots):
        if edge > latest.get(situation.action, (-1, situation))[0]:
            latest[situation.action] = (edge, situation)
    found: list[Trace] = []
    covered: set[_Situation] = set()
    tree = graph.tree_edges()
    for edge, situation in sorted(latest.values(), key=lambda pair: -pair[0]):
        if situation in covered:
            continue
        variable, value = graph.slots[situation.slot].variable, format_value(situation.value)
        name = f"{situation.action} where {variable} = {value}"
        found.append(_trace(model, graph, edge, name))
        for passed in (*path_back(graph, tree.__getitem__, graph.sources[edge])[1], edge):
            covered.update(_situations(graph, passed, slots))
    return found


def _phases(graph: StateGraph) -> Sequence[int]:
    """Return the slots that hold single values, and few different ones."""
    return [slot for slot in range(len(graph.slots)) if _is_phase(graph, slot)]


def _is_phase(graph: StateGraph, slot: int) -> bool:
    firsts = graph.columns.column([slot]).firsts.tolist()
    if len(firsts) > MAX_VALUES:
        return False
    return all(isinstance(graph.state(number)[slot], int | str) for number in firsts)


def _first_edges(graph: StateGraph, slots: Sequence[int]) -> list[tuple[int, _Situation]]:
    """Return the first edge in each situation, in the order of edges and slots."""
    actions = {name: number for number, name in enumerate(_actions(graph))}
    of_instances = np.array([actions[each.action] for each in graph.instances], np.int64)
    of_edges = of_instances[graph.columns.instances]
    sources = graph.columns.sources
    found: list[tuple[int, int]] = []
    for place, slot in enumerate(slots):
        situations = joined(of_edges, graph.columns.column([slot]).codes[sources])
        firsts = in_order_of_appearance(situations).firsts
        found.extend((edge, place) for edge in firsts.tolist())
    return [(edge, _situations(graph, edge, slots)[place]) for edge, place in sorted(found)]


def _actions(graph: StateGraph) -> list[str]:
    return list(dict.fromkeys(instance.action for instance in graph.instances))


def _situations(graph: StateGraph, edge: int, slots: Sequence[int]) -> list[_Situation]:
    state = graph.state(graph.sources[edge])
    action = graph.instances[graph.edge_instances[edge]].action
    return [_Situation(action, slot, state[slot]) for slot in slots]


def _trace(model: Model, graph: StateGraph, edge: int, name: str) -> Trace:
    """Return a shortest behaviour that ends with an edge."""
    start, prefix = path_back(graph, graph.tree_edges().__getitem__, graph.sources[edge])
    return draw_path(model, graph, start, [*prefix, edge], name)
