"""A table of numbered steps shows a step that the model cannot take, or a value that it has not.

What it means
    The rows name actions with their parameters, one after the other from the initial state, and
    say what some variables are then. In the model the action is not enabled there, or the variable
    has another value after it: the example was written for an earlier form of the protocol.

    Understood are rows with the numbers 1, 2, 3, ..., one action with its parameters, and `x = v`
    or `x[k] = v` with a plain value or a record of such. What is not understood is no finding, nor
    is a table whose first step cannot be taken initially: it begins elsewhere.

Example
    | 2 | `TryLockSuccess(w1)` | `nextVersion = 3` |     where the version is 2 after that step

What to do
    Walk through the example again, and correct it, or the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from conform.check.context import Context
from conform.check.explored import Explored
from conform.check.footprints import Linked, finding_about, linked_actions
from conform.check.shown_tables import ShownTable, protocol_tables
from conform.domain.finding import Code, Finding
from conform.domain.model import ActionInstance, State
from conform.domain.prose import Passage
from conform.domain.values import FunctionValue, Value, format_value
from conform.errors import ConformError
from conform.explore.trace import variables_of

CODE = Code("CF284", "example's step does not happen so")

_STEP = re.compile(r"(?P<name>[^\W\d]\w*)\((?P<arguments>[^()]*)\)")
_STATED = re.compile(
    r"(?P<name>[^\W\d]\w*)(?:\[(?P<key>\w+)\])?\s*(?:=|:=|\N{RIGHTWARDS ARROW})\s*"
    r"(?P<value>\"?\w+\"?|\{\w+(?:\s*,\s*\w+)*\})"
)
_AFTER = re.compile(
    r"\b(?:results?|effects?|states?|after(?:wards)?|then|outcomes?|values?|post\w*)\b", re.I
)
FEWEST = 3
"""Fewer steps than that may stand for something else than a run."""

MOST_STATES = 200
"""So many states a step may lead to by choices; an example with more of them tells little."""


class _Step(Struct, frozen=True):
    """A row: its action, the instances that it may mean, what it says of the state behind it."""

    text: str
    cell: Passage
    linked: Linked
    instances: tuple[ActionInstance, ...]
    stated: tuple[tuple[Passage, int, re.Match[str]], ...]


def untaken_scenarios(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield at most one finding for each table of steps: what comes first that does not happen."""
    graph = explored.graph
    linked = {each.stated.name: each for each in linked_actions(context, explored)}
    for table in protocol_tables(context) if graph and linked else ():
        steps = _steps(table, linked)
        if steps and graph:
            begins = [graph.state(number) for number in range(graph.initial_count)]
            try:
                found = _walked(context, explored, steps, begins)
            except ConformError:
                continue
            if found:
                yield found


def _steps(table: ShownTable, linked: dict[str, Linked]) -> list[_Step]:
    """Return the steps of a table of numbered steps, in order; none for any other table."""
    after = {at for at, header in enumerate(table.headers) if _AFTER.search(header.text)}
    steps: list[_Step] = []
    for number, row in enumerate(table.rows, start=1):
        step = _step(row, linked, after) if row and row[0].text.strip() == str(number) else None
        if step is None:
            return []
        steps.append(step)
    return steps if len(steps) >= FEWEST else []


def _step(row: Sequence[Passage], linked: dict[str, Linked], after: set[int]) -> _Step | None:
    for cell in row[1:]:
        named = [match for _at, text in cell.coded() if (match := _STEP.fullmatch(text))]
        if len(named) != 1 or named[0]["name"] not in linked:
            continue
        found = linked[named[0]["name"]]
        arguments = [part.strip() for part in named[0]["arguments"].split(",")]
        instances = tuple(
            one
            for one in found.instances
            if [_word(value) for _name, value in one.parameters] == arguments
        )
        stated = tuple(
            (each, at, match)
            for each in row
            if each.column in after and each is not cell
            for at, text in each.coded()
            if (match := _STATED.fullmatch(text)) and match["name"] in found.names
        )
        return _Step(named[0][0], cell, found, instances, stated) if instances else None
    return None


def _walked(
    context: Context, explored: Explored, steps: Sequence[_Step], states: Sequence[State]
) -> Finding | None:
    for number, step in enumerate(steps):
        reached = dict.fromkeys(
            successor.state
            for state in states
            for instance in step.instances
            for successor in explored.model.successors(instance, state)
        )
        if not reached and not number:
            return None  # it begins in another state than the first
        if not reached:
            message = (
                f"`{step.text}` cannot be taken in {explored.spec.path} after the steps before"
            )
            span = step.cell.span()
            return finding_about(CODE, context, explored, step.linked, message, span)
        if len(reached) > MOST_STATES:
            return None
        states = tuple(reached)
        for cell, at, match in step.stated:
            values = {found for state in states if (found := _value(explored, step, state, match))}
            if values and _said(match["value"]) not in values:
                place = match[0].rpartition(match["value"])[0].strip(" =:\N{RIGHTWARDS ARROW}")
                message = (
                    f"`{place}` is {' or '.join(sorted(values))} in {explored.spec.path} after "
                    f"`{step.text}`, and {_said(match['value'])} here"
                )
                span = cell.span(at, at + len(match[0]))
                return finding_about(CODE, context, explored, step.linked, message, span)
    return None


def _value(explored: Explored, step: _Step, state: State, match: re.Match[str]) -> str | None:
    """Return what a state has at a place in one form; None where there is no such place."""
    variable = step.linked.names[match["name"]]
    value = dict(variables_of(explored.model.slots, state)).get(variable)
    if value is not None and match["key"]:
        if not isinstance(value, FunctionValue):
            return None
        value = next((held for key, held in value.items() if _word(key) == match["key"]), None)
    if value is None or (isinstance(value, FunctionValue) != match["value"].startswith("{")):
        return None
    if isinstance(value, FunctionValue):
        return "{" + ", ".join(sorted(map(_word, value.values))) + "}"
    return _word(value)


def _said(text: str) -> str:
    """Return a stated value in the same form: the values of a record in any order."""
    if text.startswith("{"):
        return "{" + ", ".join(sorted(part.strip() for part in text[1:-1].split(","))) + "}"
    return text.strip('"')


def _word(value: Value) -> str:
    return format_value(value).strip('"')
