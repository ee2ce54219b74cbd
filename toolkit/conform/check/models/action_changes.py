"""What the steps of an action make of a variable, by the names of its values."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from conform.check.context import Context
from conform.check.linking import names_for
from conform.check.models.explored import Explored
from conform.check.models.reached_values import names_in_variable
from conform.check.texts.enumerations import enumerations
from conform.domain.spec import Variable
from conform.domain.values import FunctionValue, ModelValue, Value
from conform.explore.graph import StateGraph
from conform.explore.state_columns import in_order_of_appearance, joined
from conform.explore.trace import variables_of


def actions_called(context: Context, explored: Explored, label: str) -> frozenset[str]:
    """Return what a model calls the action of the document with this name; empty for none.

    A name that the document only mentions may be that of an action of the model itself.
    """
    made = {each.action for each in explored.model.instances}
    stated = next(
        (
            each
            for action in context.document.actions
            for each in (action, *action.leaves())
            if each.name == label
        ),
        None,
    )
    if stated is None:
        return frozenset({label} & made)
    names = {leaf.name for leaf in stated.leaves()} | {label}
    if explored.role is not None:
        for leaf in stated.leaves():
            names.update(names_for(context, leaf, explored.role))
    return frozenset(names & made)


def members_of(variable: Variable, graph: StateGraph | None) -> frozenset[str]:
    """Return the names that a variable may be: of its type, or in the model where that lists none.

    A type may be a name, `WriterState`, that only a drawing tells more of.
    """
    listed = enumerations(variable.type_text)
    found = frozenset(name for one in listed for name in one.members)
    return found if found or graph is None else names_in_variable(graph, variable.name)


def changes_of(
    graph: StateGraph, variable: str, actions: frozenset[str] | None = None
) -> frozenset[tuple[str, str]]:
    """Return the pairs of names between which steps take a variable, or a value that it holds.

    With `actions` only the steps of these count.
    """
    slots = [at for at, slot in enumerate(graph.slots) if slot.variable == variable]
    codes = graph.columns.column(slots).codes
    edges = np.arange(graph.edge_count)
    if actions is not None:
        numbers = [at for at, each in enumerate(graph.instances) if each.action in actions]
        edges = edges[np.isin(np.asarray(graph.edge_instances), numbers)]
    before, after = codes[graph.columns.sources][edges], codes[graph.columns.targets][edges]
    found: set[tuple[str, str]] = set()
    for place in in_order_of_appearance(joined(before, after)).firsts.tolist():
        if before[place] == after[place]:
            continue
        edge = int(edges[place])
        first, second = (
            dict(variables_of(graph.slots, graph.state(state)))[variable]
            for state in (graph.sources[edge], graph.targets[edge])
        )
        found.update(_between(first, second))
    return frozenset(found)


def _between(before: Value, after: Value) -> Iterator[tuple[str, str]]:
    if isinstance(before, FunctionValue) and isinstance(after, FunctionValue):
        for key, value in after.items():
            earlier = before.get(key)
            if earlier is not None and earlier != value:
                yield from _between(earlier, value)
        return
    names = [
        value.name if isinstance(value, ModelValue) else value
        for value in (before, after)
        if isinstance(value, ModelValue | str)
    ]
    if len(names) == 2:
        yield names[0], names[1]
