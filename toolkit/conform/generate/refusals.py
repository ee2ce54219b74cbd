"""Refusals: for each line of each guard a shortest way to a state where that line alone is false.

An implementation that forgets one line of a guard takes the step there, and nowhere else does it
show so surely: where two lines are false, the other one hides the omission.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

import numpy as np
from msgspec import Struct

from conform.domain.machine import Machine
from conform.domain.model import Model
from conform.domain.plain import PlainData, to_plain
from conform.domain.states import Predicate, State
from conform.domain.trace import Trace
from conform.errors import EvaluationError
from conform.explore.graph import StateGraph, path_back
from conform.explore.state_columns import Flags
from conform.explore.trace import draw_path
from conform.generate.scenarios import ScenarioStep, Steps


class Refusal(Struct, frozen=True):
    """After `steps`, `line` is all that disables `action` with `parameters`."""

    name: str
    line: str
    steps: tuple[ScenarioStep, ...]
    action: str
    parameters: Mapping[str, PlainData]


def lone_refusals(
    model: Model,
    graph: StateGraph,
    guards: Sequence[Sequence[Predicate]],
    machine: Machine,
) -> tuple[Refusal, ...]:
    """Return a refusal for each line of a guard that is somewhere the only false one.

    `guards` has the lines of each instance of the model. Lines that never are (implied by others,
    or unreachable) have none; ways that take an action
    which the machine does not have are left out.
    """
    wanted = {
        (instance.action, line.name)
        for instance, lines in zip(graph.instances, guards, strict=True)
        for line in lines
        if line.reads != frozenset()
    }
    found = _first_states(graph, guards, wanted)
    steps = Steps(machine)
    known = {action.name for action in machine.actions}
    refusals = []
    for (action, line), place in _in_order(graph, guards).items():
        if (action, line) in found and action in known:
            number, instance = found[action, line]
            way = _way(model, graph, number)
            if steps.has_all(way):
                refusals.append(_refusal(graph, steps.of(way), line, place, instance))
    return tuple(refusals)


def _first_states(
    graph: StateGraph, guards: Sequence[Sequence[Predicate]], wanted: AbstractSet[tuple[str, str]]
) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the first state, and the instance, where each wanted line alone is false."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for instance, lines in zip(graph.instances, guards, strict=True):
        names = [(instance.action, line.name) for line in lines]
        if wanted.isdisjoint(names):
            continue
        false = [_where_false(graph, line) for line in lines]
        is_alone = np.sum(false, axis=0) == 1
        for name, is_false in zip(names, false, strict=True):
            states = np.flatnonzero(is_false & is_alone)
            is_first = len(states) > 0 and (name not in found or states[0] < found[name][0])
            if name in wanted and is_first:
                found[name] = int(states[0]), instance.number
    return found


def _where_false(graph: StateGraph, predicate: Predicate) -> Flags:
    """Return for each state whether a predicate does not hold; one without a value does not."""
    column = graph.columns.combinations(predicate.reads)
    truths = [_holds(predicate, graph.state(number)) for number in column.firsts.tolist()]
    return ~np.array(truths, np.bool_).take(column.codes)


def _holds(predicate: Predicate, state: State) -> bool:
    try:
        return predicate.holds(state)
    except EvaluationError:
        return False


def _in_order(
    graph: StateGraph, guards: Sequence[Sequence[Predicate]]
) -> dict[tuple[str, str], int]:
    """Return each (action, line) in the order of the model, with the line's number from 1."""
    numbers: dict[tuple[str, str], int] = {}
    for instance, lines in zip(graph.instances, guards, strict=True):
        for number, line in enumerate(lines, start=1):
            numbers.setdefault((instance.action, line.name), number)
    return numbers


def _way(model: Model, graph: StateGraph, number: int) -> Trace:
    start, edges = path_back(graph, graph.tree_edges().__getitem__, number)
    return draw_path(model, graph, start, edges, "")


def _refusal(
    graph: StateGraph, steps: tuple[ScenarioStep, ...], line: str, place: int, number: int
) -> Refusal:
    instance = graph.instances[number]
    parameters = {name: to_plain(value) for name, value in instance.parameters}
    name = f"{instance.action}, guard line {place}"
    return Refusal(name, line, steps, instance.action, parameters)
