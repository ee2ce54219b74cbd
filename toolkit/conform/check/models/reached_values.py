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
        for part in atoms(value)
        for name in name_of(part)
    )


def atoms(value: Value, *, with_arguments: bool = False) -> Iterator[Value]:
    """Yield what is no set and no function within a value, itself among it.

    Arguments of functions, fields among them, count with `with_arguments` alone.
    """
    match value:
        case SetValue():
            for element in value:
                yield from atoms(element, with_arguments=with_arguments)
        case FunctionValue(values=values, domain=domain):
            for part in (*(domain.elements if with_arguments else ()), *values):
                yield from atoms(part, with_arguments=with_arguments)
        case _:
            yield value


def name_of(value: Value) -> tuple[str, ...]:
    """Return a string, or the name of a model value; nothing for any other value."""
    match value:
        case str():
            return (value,)
        case ModelValue(name):
            return (name,)
        case _:
            return ()
