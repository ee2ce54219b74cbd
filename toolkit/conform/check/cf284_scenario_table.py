"""An example shows a step that the model cannot take, or a value that it has not.

What it means
    The rows name actions with their parameters, one after the other from the initial state, and
    say what some variables are then. In the model the action is not enabled there, or the variable
    has another value after it: the example was written for an earlier form of the protocol.

    Understood are rows of a table with the numbers 1, 2, 3, ..., perhaps below one of the initial
    state, one action with its parameters, and `x = v`, `x[k] = v` or `x[k].f = v` with a plain
    value or a record of such, *k is V* where V is a value of one variable alone, and values in
    columns with a place for their header. So are lists whose items all begin with an action and its
    parameters, code with one such step in each line, paragraphs that begin with Step 1, Step 2, and
    runs in a sentence, `A(w1)`, `B(w1)`, `C(w1)`. What is not understood is no finding, nor is an
    example whose first step cannot be taken initially: it begins elsewhere.

Example
    | 2 | `TryLockSuccess(w1)` | `nextVersion = 3` |     where the version is 2 after that step

What to do
    Walk through the example again, and correct it, or the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from conform.check.context import Context
from conform.check.explored import Explored
from conform.check.footprints import Linked, finding_about, linked_actions
from conform.check.shown_tables import ShownTable, protocol_tables
from conform.check.stated_places import (
    STATED,
    Stated,
    stated_below,
    stated_by,
    stated_in_words,
    word,
)
from conform.check.told_runs import STEP, ToldStep, told_runs
from conform.check.value_owners import value_owners
from conform.domain.actions import ActionInstance
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind
from conform.domain.states import State
from conform.errors import ConformError
from conform.explore.trace import variables_of

CODE = Code("CF284", "example's step does not happen so")

_STEP = re.compile(r"(?P<name>[^\W\d]\w*)(?:\((?P<arguments>[^()]*)\))?")
_NUMBER = re.compile(r"(?:step\s*|t\s*=?\s*)?\(?(?P<number>\d{1,3})[.)]?", re.I)
_BEGINNING = re.compile(r"\W*(?:initial(?:ly|\s+state)?|init|start|begin(?:ning)?)?\W*", re.I)
"""What the first row of a run may have in the place of a step."""

_DOUBT = re.compile(
    r"\b(?:if|unless|would|could|cannot|never|not|before|until|instead|still|was|were|or)\b", re.I
)
"""Words in an item that leave it open what is so after its step."""
_AFTER = re.compile(
    r"\b(?:results?|effects?|states?|after(?:wards)?|then|outcomes?|values?|post\w*)\b", re.I
)
_PLAIN = (PassageKind.ITEM, PassageKind.CODE)
"""What states values without marks of code."""

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
    stated: tuple[Stated, ...]
    place: tuple[int, int | None] = (0, None)


def untaken_scenarios(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield at most one finding for each example: what comes first that does not happen."""
    graph = explored.graph
    linked = {each.stated.name: each for each in linked_actions(context, explored)}
    if graph is None or not linked:
        return
    begins = [graph.state(number) for number in range(graph.initial_count)]
    owners = value_owners(context)
    for steps in (
        *(_steps(table, linked, owners) for table in protocol_tables(context)),
        *(_told_steps(told, linked, owners) for told in told_runs(context.page())),
    ):
        try:
            found = _walked(context, explored, steps, begins)
        except ConformError:
            continue
        if found:
            yield found


def _told_steps(
    told: Sequence[ToldStep], linked: dict[str, Linked], owners: Mapping[str, str]
) -> list[_Step]:
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
            stated_by(said, passage, start)
            for start, code in passage.coded()
            if start > at and (end is None or start < end)
            if (said := STATED.fullmatch(code)) and said["name"] in found.names
        )
        if passage.kind in _PLAIN and not _DOUBT.search(passage.text, place[1]):
            stated += tuple(_plainly(passage, place[1], found))
            stated += tuple(stated_in_words(passage, place[1], owners))
        if not instances:
            return []
        steps.append(_Step(text, passage, found, instances, stated if end is None else (), place))
    return steps if len(steps) >= FEWEST else []


def _plainly(passage: Passage, start: int, found: Linked) -> Iterator[Stated]:
    """Yield what an item or a line of code states behind its step: `t = (w1, 2), n = 3`."""
    for match in STATED.finditer(passage.text, start):
        is_apart = passage.kind is PassageKind.CODE or not passage.is_code(match.start())
        if match["name"] in found.names and is_apart:
            yield stated_by(match, passage)


def _steps(table: ShownTable, linked: dict[str, Linked], owners: Mapping[str, str]) -> list[_Step]:
    """Return the steps of a table of numbered steps, in order; none for any other table.

    The first row may be the state that they begin in.
    """
    steps: list[_Step] = []
    rows = [row for row in table.rows if row]
    is_begun = bool(rows) and len(rows[0]) > 1 and _BEGINNING.fullmatch(rows[0][1].text)
    if is_begun and _number(rows[0]) in (0, 1):
        rows, first = rows[1:], (_number(rows[0]) or 0) + 1
    else:
        first = 1
    for number, row in enumerate(rows, start=first):
        step = _step(table, row, linked, owners) if _number(row) == number else None
        if step is None:
            return []
        steps.append(step)
    is_run = any("(" in step.text for step in steps)  # a table of actions has their names alone
    return steps if is_run and len(steps) >= FEWEST else []


def _number(row: Sequence[Passage]) -> int | None:
    match = _NUMBER.fullmatch(row[0].text.strip())
    return int(match["number"]) if match else None


def _step(
    table: ShownTable,
    row: Sequence[Passage],
    linked: dict[str, Linked],
    owners: Mapping[str, str],
) -> _Step | None:
    after = {at for at, header in enumerate(table.headers) if _AFTER.search(header.text)}
    for cell in row[1:]:
        named = [match for _at, text in cell.coded() if (match := _STEP.fullmatch(text))]
        if len(named) != 1 or named[0]["name"] not in linked:
            continue
        found = linked[named[0]["name"]]
        instances = _instances(found, named[0]["arguments"] or "")
        stated = (
            stated_by(match, each)
            for each in row
            if each.column in after and each is not cell
            for match in _stated_in(each)
            if match["name"] in found.names
        )
        below = stated_below(table.headers, row, found.names)
        results = [each for each in row if each.column in after and each is not cell]
        plain = (each for each in results if not _DOUBT.search(each.text))
        worded = (said for each in plain for said in stated_in_words(each, 0, owners))
        told = (*stated, *below, *worded)
        return _Step(named[0][0], cell, found, instances, told) if instances else None
    return None


def _stated_in(cell: Passage) -> Iterator[re.Match[str]]:
    """Yield what a cell states of places in code; the value may stand behind the code."""
    ends = {at: at + len(text) for at, text in cell.coded()}
    for match in STATED.finditer(cell.text):
        end = ends.get(match.start())
        rest = cell.text[match.end() :].lstrip()[:1]
        if end == match.end() or (end is not None and end < match.end() and rest in ("", *",;.")):
            yield match


def _instances(found: Linked, arguments: str) -> tuple[ActionInstance, ...]:
    """Return the instances of an action that have these arguments."""
    wanted = [part.strip() for part in arguments.split(",") if part.strip()]
    return tuple(
        one for one in found.instances if [word(value) for _name, value in one.parameters] == wanted
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
        for said in step.stated:
            if said.value in named:
                continue
            variable = step.linked.names[said.name]
            slots = explored.model.slots
            held = (dict(variables_of(slots, state)).get(variable) for state in states)
            values = set(filter(None, map(said.held_in, held)))
            if values and said.said() not in values:
                message = (
                    f"`{said.place()}` is {' or '.join(sorted(values))} in {explored.spec.path} "
                    f"after `{step.text}`, and {said.said()} here"
                )
                span = said.passage.span(said.start, said.end)
                return finding_about(CODE, context, explored, step.linked, message, span)
    return None
