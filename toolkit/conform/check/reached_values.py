"""The values that the reachable states of a model have, slot by slot and variable by variable."""

from __future__ import annotations

from collections.abc import Iterator

from conform.domain.values import FunctionValue, ModelValue, SetValue, Value
from conform.explore.graph import StateGraph


def values_of_slot(graph: StateGraph, slot: int) -> list[Value]:
    """Return every value that a slot has in some state, each once, in order of appearance."""
    firsts = graph.columns.column([slot]).firsts.tolist()
    return [graph.state(number)[slot] for number in firsts]


def projections(graph: StateGraph, slots: frozenset[int]) -> Iterator[int]:
    """Yield a state for each combination of values that `slots` have together, by number."""
    firsts: list[int] = graph.columns.column(slots).firsts.tolist()
    yield from firsts


def names_in_variable(graph: StateGraph, variable: str) -> frozenset[str]:
    """Return the strings and model values that a variable has somewhere within its values."""
    return frozenset(
        name
        for index, slot in enumerate(graph.slots)
        if slot.variable == variable
        for value in values_of_slot(graph, index)
        for name in _names(value)
    )


def _names(value: Value) -> Iterator[str]:
    match value:
        case str():
            yield value
        case ModelValue(name):
            yield name
        case SetValue():
            for element in value:
                yield from _names(element)
        case FunctionValue(values=values):
            for part in values:
                yield from _names(part)
        case _:
            return
