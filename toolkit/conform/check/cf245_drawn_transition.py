"""A document draws a transition between two values of a variable that the model never makes.

What it means
    A row of values with arrows between them, `IDLE → WRITING → DONE`, says how a variable goes
    on, and no step of the model takes it from the one to the next. Rows of three values or more are
    looked at, and drawn arrows such as `INIT ──Start──▶ DONE`, all values from the type of one
    variable.

Example
    `INIT → LOCKED → DONE`, where a step leads from INIT to DONE and none from LOCKED to DONE.

What to do
    Correct the drawing, or the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from conform.check.context import Context
from conform.check.enumerations import enumerations
from conform.check.explored import Explored
from conform.domain.finding import Code, Finding
from conform.domain.values import FunctionValue, ModelValue, Value
from conform.explore.graph import StateGraph
from conform.explore.state_columns import in_order_of_appearance, joined
from conform.explore.trace import variables_of

CODE = Code("CF245", "drawn transition does not happen")

_ARROW = r"\s*(?:→|⟶|->|-->|=>)\s*"
_DRAWN = (
    r"\s*[\u2500\u2501\u2014-]{2,20}(?:\s*\w[\w()/, ]{0,40}?\s*[\u2500\u2501\u2014-]{1,20})?"
    r"\s*[\u25b6\u25ba\u2192>]\s*"
)
"""An arrow of several signs, perhaps with the name of an action on it."""

_NAME = r"[A-Z][A-Z0-9_]+(?![a-z])"
_ROW = re.compile(rf"{_NAME}(?:(?:{_ARROW}{_NAME}){{2,}}|(?:{_DRAWN}{_NAME})+)")
_ANY_ARROW = re.compile(rf"{_DRAWN}|{_ARROW}")


def drawn_transitions(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a finding for each arrow of a row that no step of the model follows."""
    graph = explored.graph
    variables = {
        variable.name: frozenset(
            name for one in enumerations(variable.type_text) for name in one.members
        )
        for variable in context.document.variables
    }
    steps: dict[str, frozenset[tuple[str, str]]] = {}
    for passage in context.page().passages if graph else ():
        for row in _ROW.finditer(passage.text):
            names = _ANY_ARROW.split(row[0])
            of = [variable for variable, values in variables.items() if set(names) <= values]
            if len(of) != 1 or graph is None:
                continue
            made = steps.setdefault(of[0], _changes(graph, of[0]))
            for before, after in pairwise(names):
                if made and before != after and (before, after) not in made:
                    span = passage.span(*row.span())
                    yield CODE.finding(
                        f"no step of {explored.spec.path} takes `{of[0]}` from {before} to {after}",
                        span,
                        excerpt=context.excerpt(span),
                        hint="correct the drawing, or the model",
                    )


def _changes(graph: StateGraph, variable: str) -> frozenset[tuple[str, str]]:
    """Return the pairs of names between which steps take a variable, or a value that it holds."""
    slots = [at for at, slot in enumerate(graph.slots) if slot.variable == variable]
    codes = graph.columns.column(slots).codes
    before, after = codes[graph.columns.sources], codes[graph.columns.targets]
    found: set[tuple[str, str]] = set()
    for edge in in_order_of_appearance(joined(before, after)).firsts.tolist():
        if before[edge] == after[edge]:
            continue
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
