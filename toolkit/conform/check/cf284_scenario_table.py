"""An example shows a step that the model cannot take, or a value that it has not.

What it means
    The rows name actions with their parameters, one after the other from the initial state, and
    say what some variables are then. In the model the action is not enabled there, or the variable
    has another value after it: the example was written for an earlier form of the protocol.

    Understood are rows of a table with the numbers 1, 2, 3, ..., one action with its parameters,
    and `x = v` or `x[k] = v` with a plain value or a record of such. So are lists whose items all
    begin with an action and its parameters, and runs in a sentence, `A(w1)`, `B(w1)`, `C(w1)`. What
    is not understood is no finding, nor is an example whose first step cannot be taken initially:
    it begins elsewhere.

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
from conform.check.told_runs import STEP, ToldStep, told_runs
from conform.domain.actions import ActionInstance
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind
from conform.domain.states import State
from conform.domain.values import FunctionValue, Value, format_value
from conform.errors import ConformError
from conform.explore.trace import variables_of

CODE = Code("CF284", "example's step does not happen so")

_STEP = re.compile(r"(?P<name>[^\W\d]\w*)(?:\((?P<arguments>[^()]*)\))?")
_STATED = re.compile(
    r"(?P<name>[^\W\d]\w*)(?:\[(?P<key>\w+)\])?\s*(?:=|:=|\N{RIGHTWARDS ARROW})\s*"
    r"(?P<value>\"?\w+\"?|\{\w+(?:\s*,\s*\w+)*\}|\(\w+(?:\s*,\s*\w+)+\))"
    r"(?!\s*(?:[+*/(\[]|-\s?\w|\.\w|\.\.))"
)
_DOUBT = re.compile(
    r"\b(?:if|unless|would|could|cannot|never|not|before|until|instead|still|was|were|or)\b", re.I
)
"""Words in an item that leave it open what is so after its step."""
_AFTER = re.compile(
    r"\b(?:results?|effects?|states?|after(?:wards)?|then|outcomes?|values?|post\w*)\b", re.I
)
FEWEST = 3
"""Fewer steps than that may stand for something else than a run."""

MOST_STATES = 200
"""So many states a step may lead to by choices; an example with more of them tells little."""


class _Step(Struct, frozen=True):
    """A row or a step of a run: its action, the instances that it may mean, what it says is then.

    `place` is where in the cell or passage it stands.
    """

    text: str
    cell: Passage
    linked: Linked
    instances: tuple[ActionInstance, ...]
    stated: tuple[tuple[Passage, int, re.Match[str]], ...]
    place: tuple[int, int | None] = (0, None)


def untaken_scenarios(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield at most one finding for each example: what comes first that does not happen."""
    graph = explored.graph
    linked = {each.stated.name: each for each in linked_actions(context, explored)}
    if graph is None or not linked:
        return
    begins = [graph.state(number) for number in range(graph.initial_count)]
    for steps in (
        *(_steps(table, linked) for table in protocol_tables(context)),
        *(_told_steps(told, linked) for told in told_runs(context.page())),
    ):
        try:
            found = _walked(context, explored, steps, begins)
        except ConformError:
            continue
        if found:
            yield found


def _told_steps(told: Sequence[ToldStep], linked: dict[str, Linked]) -> list[_Step]:
    """Return the steps of a run that is told; none where one is no step of the model, or few."""
    steps: list[_Step] = []
    for number, (passage, at, text) in enumerate(told, start=1):
        place = (at, at + len(text))
        match = STEP.fullmatch(text)
        if match is None or match["name"] not in linked:
            return []
        found = linked[match["name"]]
        instances = _instances(found, match["arguments"])
        end = next((begin for each, begin, _text in told[number:] if each is passage), None)
        stated = tuple(
            (passage, start, said)
            for start, code in passage.coded()
            if start > at and (end is None or start < end)
            if (said := _STATED.fullmatch(code)) and said["name"] in found.names
        )
        if passage.kind is PassageKind.ITEM and not _DOUBT.search(passage.text, place[1]):
            stated += tuple(_plainly(passage, place[1], found))
        if not instances:
            return []
        steps.append(_Step(text, passage, found, instances, stated if end is None else (), place))
    return steps if len(steps) >= FEWEST else []


def _plainly(
    passage: Passage, start: int, found: Linked
) -> Iterator[tuple[Passage, int, re.Match[str]]]:
    """Yield what an item states behind its step without marks of code: `t = (w1, 2), n = 3`."""
    for match in _STATED.finditer(passage.text, start):
        if match["name"] in found.names and not passage.is_code(match.start()):
            yield passage, match.start(), match


def _steps(table: ShownTable, linked: dict[str, Linked]) -> list[_Step]:
    """Return the steps of a table of numbered steps, in order; none for any other table."""
    after = {at for at, header in enumerate(table.headers) if _AFTER.search(header.text)}
    steps: list[_Step] = []
    for number, row in enumerate(table.rows, start=1):
        step = _step(row, linked, after) if row and row[0].text.strip() == str(number) else None
        if step is None:
            return []
        steps.append(step)
    is_run = any("(" in step.text for step in steps)  # a table of actions has their names alone
    return steps if is_run and len(steps) >= FEWEST else []


def _step(row: Sequence[Passage], linked: dict[str, Linked], after: set[int]) -> _Step | None:
    for cell in row[1:]:
        named = [match for _at, text in cell.coded() if (match := _STEP.fullmatch(text))]
        if len(named) != 1 or named[0]["name"] not in linked:
            continue
        found = linked[named[0]["name"]]
        instances = _instances(found, named[0]["arguments"] or "")
        stated = tuple(
            (each, match.start(), match)
            for each in row
            if each.column in after and each is not cell
            for match in _stated_in(each)
            if match["name"] in found.names
        )
        return _Step(named[0][0], cell, found, instances, stated) if instances else None
    return None


def _stated_in(cell: Passage) -> Iterator[re.Match[str]]:
    """Yield what a cell states of places in code; the value may stand behind the code."""
    ends = {at: at + len(text) for at, text in cell.coded()}
    for match in _STATED.finditer(cell.text):
        end = ends.get(match.start())
        rest = cell.text[match.end() :].lstrip()[:1]
        if end == match.end() or (end is not None and end < match.end() and rest in ("", *",;.")):
            yield match


def _instances(found: Linked, arguments: str) -> tuple[ActionInstance, ...]:
    """Return the instances of an action that have these arguments."""
    wanted = [part.strip() for part in arguments.split(",") if part.strip()]
    return tuple(
        one
        for one in found.instances
        if [_word(value) for _name, value in one.parameters] == wanted
    )


def _walked(
    context: Context, explored: Explored, steps: Sequence[_Step], states: Sequence[State]
) -> Finding | None:
    named = {*explored.constants, *(one.name for one in context.document.constants)}
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
            span = step.cell.span(*step.place)
            return finding_about(CODE, context, explored, step.linked, message, span)
        if len(reached) > MOST_STATES:
            return None
        states = tuple(reached)
        for cell, at, match in step.stated:
            if match["value"] in named:
                continue
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
    if value is None or (isinstance(value, FunctionValue) != (match["value"][:1] in "{(")):
        return None
    if isinstance(value, FunctionValue):
        return "{" + ", ".join(sorted(map(_word, value.values))) + "}"
    return _word(value)


def _said(text: str) -> str:
    """Return a stated value in the same form: the values of a record in any order."""
    if text[:1] in "{(":
        return "{" + ", ".join(sorted(part.strip() for part in text[1:-1].split(","))) + "}"
    return text.strip('"')


def _word(value: Value) -> str:
    return format_value(value).strip('"')
