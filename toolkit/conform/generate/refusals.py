"""Refusals: for each line of each guard a shortest way to a state where that line alone is false.

An implementation that forgets one line of a guard takes the step there, and nowhere else does it
show so surely: where two lines are false, the other one hides the omission.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from msgspec import Struct

from conform.domain.actions import ActionInstance
from conform.domain.machine import Machine
from conform.domain.model import Model
from conform.domain.plain import PlainData, to_plain
from conform.domain.states import Predicate
from conform.domain.trace import Trace
from conform.errors import EvaluationError
from conform.explore.graph import StateGraph, path_back
from conform.explore.trace import draw_path
from conform.generate.scenarios import ScenarioStep, Steps


class Refusal(Struct, frozen=True):
    """After `steps`, `line` is all that disables `action` with `parameters`."""

    name: str
    line: str
    steps: tuple[ScenarioStep, ...]
    action: str
    parameters: Mapping[str, PlainData]


@dataclass(slots=True)
class _Asked:
    """A predicate, asked of states of a graph, that remembers answers by the values that it reads.

    `codes` has a number for each state, equal where these values are; None where it may read all.
    """

    predicate: Predicate
    graph: StateGraph
    codes: Sequence[int] | None
    answers: dict[int, bool] = field(default_factory=dict)

    def holds(self, number: int) -> bool:
        """Whether the predicate holds in a state; one without a value does not."""
        if self.codes is None:
            return self._evaluated(number)
        code = self.codes[number]
        known = self.answers.get(code)
        if known is None:
            known = self.answers[code] = self._evaluated(number)
        return known

    def _evaluated(self, number: int) -> bool:
        try:
            return self.predicate.holds(self.graph.state(number))
        except EvaluationError:
            return False


def _asked(
    graph: StateGraph, predicate: Predicate, known: dict[frozenset[int], list[int]]
) -> _Asked:
    """Return a predicate to be asked; `known` has the codes of slots that others read."""
    reads = predicate.reads
    if reads is None:
        return _Asked(predicate, graph, None)
    if reads not in known:
        known[reads] = graph.columns.column(reads).codes.tolist()
    return _Asked(predicate, graph, known[reads])


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
    codes: dict[frozenset[int], list[int]] = {}
    asked = [[_asked(graph, line, codes) for line in lines] for lines in guards]
    wanted = {
        (instance.action, line.predicate.name)
        for instance, lines in zip(graph.instances, asked, strict=True)
        for line in lines
        if line.predicate.reads != frozenset()
    }
    found = _first_states(graph, asked, wanted)
    steps = Steps(machine)
    known = {action.name for action in machine.actions}
    refusals = []
    for (action, line), place in _in_order(graph, asked).items():
        if (action, line) in found and action in known:
            number, instance = found[action, line]
            way = _way(model, graph, number)
            if steps.has_all(way):
                refusals.append(_refusal(graph, steps.of(way), line, place, instance))
    return tuple(refusals)


def _first_states(
    graph: StateGraph, asked: list[list[_Asked]], wanted: set[tuple[str, str]]
) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the first state, and the instance, where each wanted line alone is false."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    pairs = list(zip(graph.instances, asked, strict=True))
    guarded = _open(pairs, wanted)
    for number in range(graph.state_count):
        if not guarded:
            break
        before = len(found)
        for instance, lines in guarded:
            alone = _only_false(lines, number)
            if alone is not None and (instance.action, alone) in wanted:
                found.setdefault((instance.action, alone), (number, instance.number))
        if len(found) > before:
            guarded = _open(guarded, wanted - found.keys())
    return found


def _open(
    guarded: list[tuple[ActionInstance, list[_Asked]]], wanted: AbstractSet[tuple[str, str]]
) -> list[tuple[ActionInstance, list[_Asked]]]:
    """Return the instances of actions of which some line is still wanted."""
    actions = {action for action, _line in wanted}
    return [each for each in guarded if each[0].action in actions]


def _in_order(graph: StateGraph, asked: list[list[_Asked]]) -> dict[tuple[str, str], int]:
    """Return each (action, line) in the order of the model, with the line's number from 1."""
    numbers: dict[tuple[str, str], int] = {}
    for instance, lines in zip(graph.instances, asked, strict=True):
        for number, line in enumerate(lines, start=1):
            numbers.setdefault((instance.action, line.predicate.name), number)
    return numbers


def _only_false(lines: list[_Asked], number: int) -> str | None:
    """Return the name of the only line that is false, None where none or several are."""
    false: str | None = None
    for line in lines:
        if not line.holds(number):
            if false is not None:
                return None
            false = line.predicate.name
    return false


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
