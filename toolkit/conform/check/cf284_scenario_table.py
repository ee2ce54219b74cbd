"""An example shows a step that the model cannot take, or a value that it has not.

What it means
    The rows name actions with their parameters, one after the other from the initial state, and
    say what some variables are then. In the model the action is not enabled there, or the variable
    has another value after it: the example was written for an earlier form of the protocol.

    Understood are rows of a table with the numbers 1, 2, 3, ..., perhaps below one of the initial
    state, one action with its parameters, and `x = v`, `x[k] = v` or `x[k].f = v` with a plain
    value or a record of such (also below the table: *after step 3 `x` is 1*), *k is V* where V is
    a value of one variable alone, and values in columns with a place for their header. So are
    lists whose items all begin with an action and its parameters, code with one such step in each
    line, paragraphs that begin with Step 1, Step 2, and runs in a sentence, `A(w1)`, `B(w1)`,
    `C(w1)`. A step may also be told by itself, *`A(w1)` fires; `x[w1] = V`*, in an item among
    others: then `x[w1]` is V after no such step. What is not understood is no finding, nor is an
    example whose first step cannot be taken initially: it begins elsewhere.

Example
    | 2 | `TryLockSuccess(w1)` | `nextVersion = 3` |     where the version is 2 after that step

What to do
    Walk through the example again, and correct it, or the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from conform.check.context import Context
from conform.check.models.explored import Explored
from conform.check.models.footprints import (
    Linked,
    finding_about,
    linked_actions,
    variables_in_model,
)
from conform.check.texts.shown_tables import ShownTable, protocol_tables
from conform.check.texts.stated_places import (
    STATED,
    Stated,
    said_after_steps,
    stated_below,
    stated_by,
    stated_in_words,
    word,
)
from conform.check.texts.told_runs import STEP, ToldStep, told_runs
from conform.check.texts.value_owners import value_owners
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
_SENTENCE_END = re.compile(r"\.\s")
_AFTER = re.compile(
    r"\b(?:results?|effects?|states?|after(?:wards)?|then|outcomes?|values?|post\w*)\b", re.I
)
_TAKEN = re.compile(
    r"\s*(?:fires|happens|runs|succeeds|is\s+(?:now\s+)?(?:taken|executed))?\s*"
    r"(?:[:;\N{EM DASH}\N{EN DASH}\N{RIGHTWARDS ARROW}]|and\b|with\b)",
    re.I,
)
"""What stands between a step and what is so after it."""

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
    """Yield findings for each example: a step that does not happen, or values that are not so."""
    graph = explored.graph
    linked = {each.stated.name: each for each in linked_actions(context, explored)}
    for name, each in _of_model(context, explored) if linked else ():
        linked.setdefault(name, each)
    if graph is None or not linked:
        return
    begins = [graph.state(number) for number in range(graph.initial_count)]
    owners = value_owners(context)
    told = [_told_steps(steps, linked, owners) for steps in told_runs(context.page())]
    in_runs = {step.cell for steps in told for step in steps}
    for passage in context.page().of(PassageKind.ITEM):
        if passage not in in_runs and (step := _lone_step(passage, linked, owners)):
            yield from _after_anywhere(context, explored, step)
    for steps in (*_tabled(context, linked, owners), *told):
        try:
            yield from list(_walked(context, explored, steps, begins))
        except ConformError:
            continue


def _tabled(
    context: Context, linked: dict[str, Linked], owners: Mapping[str, str]
) -> Iterator[list[_Step]]:
    pages = {page.path: page for page in context.pages}
    for table in protocol_tables(context):
        cells = [cell for row in table.rows for cell in row]
        below = said_after_steps(pages[cells[0].path], cells[0].block) if cells else {}
        yield _steps(table, linked, owners, below)


def _of_model(context: Context, explored: Explored) -> Iterator[tuple[str, Linked]]:
    """Yield the actions of the model by their own names: an example may name them too."""
    names = variables_in_model(context, explored)
    for stated in explored.spec.leaf_actions():
        instances = tuple(one for one in explored.model.instances if one.action == stated.name)
        if instances:
            yield stated.name, Linked(stated, instances, names)


def _told_steps(
    told: Sequence[ToldStep], linked: dict[str, Linked], owners: Mapping[str, str]
) -> list[_Step]:
    """Return the steps of a run that is told; none where one is no step of the model, or few."""
    steps: list[_Step] = []
    for number, (passage, at, text) in enumerate(told, start=1):
        match = STEP.fullmatch(text)
        if match is None or match["name"] not in linked:
            return []
        end = next((begin for each, begin, _text in told[number:] if each is passage), None)
        step = _said_behind((passage, at, text), end, linked[match["name"]], owners)
        if not step.instances:
            return []
        steps.append(step)
    return steps if len(steps) >= FEWEST else []


def _said_behind(
    told: ToldStep, end: int | None, found: Linked, owners: Mapping[str, str]
) -> _Step:
    """Return a step with what its passage states behind it, where no other step follows there."""
    passage, at, text = told
    place = (at, at + len(text))
    stated = tuple(
        stated_by(said, passage, start)
        for start, code in passage.coded()
        if start > at and end is None
        if (said := STATED.fullmatch(code)) and said["name"] in found.names
    )
    if end is None and passage.kind in _PLAIN and not _DOUBT.search(passage.text, place[1]):
        stated += tuple(_plainly(passage, place[1], found))
        stated += tuple(stated_in_words(passage, place[1], owners))
    match = STEP.fullmatch(text)
    instances = _instances(found, match["arguments"] if match else "")
    return _Step(text, passage, found, instances, stated, place)


def _lone_step(
    passage: Passage, linked: dict[str, Linked], owners: Mapping[str, str]
) -> _Step | None:
    """Return the step that an item among others in words begins with, and what is so behind it."""
    codes = list(passage.coded())
    at, text = next(iter(codes), (1, ""))
    match = STEP.fullmatch(text)
    if at or match is None or match["name"] not in linked:
        return None
    others = any(STEP.fullmatch(code) for _at, code in codes[1:])
    if others or not _TAKEN.match(passage.text, at + len(text)):
        return None
    steps = _said_behind((passage, at, text), None, linked[match["name"]], owners)
    return steps if steps.instances and steps.stated else None


def _plainly(passage: Passage, start: int, found: Linked) -> Iterator[Stated]:
    """Yield what an item or a line of code states behind its step: `t = (w1, 2), n = 3`."""
    for match in STATED.finditer(passage.text, start):
        is_apart = passage.kind is PassageKind.CODE or not passage.is_code(match.start())
        if match["name"] in found.names and is_apart:
            yield stated_by(match, passage)


def _steps(
    table: ShownTable,
    linked: dict[str, Linked],
    owners: Mapping[str, str],
    below: Mapping[int, Sequence[Stated]],
) -> list[_Step]:
    """Return the steps of a table of numbered steps, in order; none for any other table.

    The first row may be the state that they begin in; `below` is what is said of steps by number.
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
        said = tuple(each for each in below.get(number, ()) if each.name in step.linked.names)
        steps.append(replace(step, stated=(*step.stated, *said)))
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
) -> Iterator[Finding]:
    """Yield the first step that cannot be taken, or each variable's first value that is not so.

    The states after a step are those in which what its row says is so, where there are any: an
    example may say which of several choices was made.
    """
    named = {*explored.constants, *(one.name for one in context.document.constants)}
    told: set[str] = set()
    for number, step in enumerate(steps):
        reached = dict.fromkeys(
            successor.state
            for state in states
            for instance in step.instances
            for successor in explored.model.successors(instance, state)
        )
        if not reached and number and not told:
            message = (
                f"`{step.text}` cannot be taken in {explored.spec.path} after the steps before"
            )
            span = step.cell.span(*step.place)
            yield finding_about(CODE, context, explored, step.linked, message, span)
        if not reached or len(reached) > MOST_STATES:
            return  # without a number: it begins in another state than the first
        states = tuple(reached)
        for said in step.stated:
            if said.value in named:
                continue
            held = _held(explored, step.linked.names[said.name], said, states)
            so = tuple(state for state, value in held if value == said.said())
            values = {value for _state, value in held if value}
            if so:
                states = so
            elif values and said.name not in told:
                told.add(said.name)
                message = (
                    f"`{said.place()}` is {' or '.join(sorted(values))} in {explored.spec.path} "
                    f"after `{step.text}`, and {said.said()} here"
                )
                span = said.passage.span(said.start, said.end)
                yield finding_about(CODE, context, explored, step.linked, message, span)


def _after_anywhere(context: Context, explored: Explored, step: _Step) -> Iterator[Finding]:
    """Yield what is said of a step by itself and is so after it nowhere, wherever it is taken."""
    graph = explored.graph
    assert graph is not None
    end = _SENTENCE_END.search(step.cell.text, step.place[1] or 0)
    stop = end.start() if end else len(step.cell.text)
    if _DOUBT.search(step.cell.text, step.place[1] or 0, stop):
        return
    wanted = [at for at, one in enumerate(graph.instances) if one in step.instances]
    edges = np.flatnonzero(np.isin(graph.columns.instances, wanted))
    targets = graph.columns.targets[edges]
    for said in (each for each in step.stated if each.start < stop):
        variable = step.linked.names[said.name]
        slots = [at for at, slot in enumerate(graph.slots) if slot.variable == variable]
        column = graph.columns.column(slots)
        firsts = column.firsts[np.unique(column.codes[targets])].tolist()
        held = _held(explored, variable, said, [graph.state(number) for number in firsts])
        values = {value for _state, value in held if value}
        if values and said.said() not in values:
            message = (
                f"`{said.place()}` is {' or '.join(sorted(values))} in {explored.spec.path} "
                f"after every `{step.text}`, and {said.said()} here"
            )
            span = said.passage.span(said.start, said.end)
            yield finding_about(CODE, context, explored, step.linked, message, span)
            return


def _held(
    explored: Explored, variable: str, said: Stated, states: Sequence[State]
) -> list[tuple[State, str | None]]:
    """Return each state with what the place has in it that is spoken of."""
    slots = explored.model.slots
    values = ((state, dict(variables_of(slots, state)).get(variable)) for state in states)
    return [(state, said.held_in(value)) for state, value in values]
