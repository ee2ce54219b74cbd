"""A document draws a transition between two values of a variable that the model never makes.

What it means
    A row of values with arrows between them, `IDLE → WRITING → DONE`, says how a variable goes
    on, and no step of the model takes it from the one to the next. Rows of three values or more are
    looked at, and drawn arrows such as `INIT ──Start──▶ DONE`, all values from the type of one
    variable. Where an arrow has the name of an action on it, a step of that action has to do it; so
    it is in a table with columns such as From, Event and To, and for `A → B` (Start). Behind the
    name a case may stand, *Assign (fenced)*: then a step of an action whose name goes on, as
    AssignFenced, may do it. In code, names are those of values but for case.

Example
    `INIT → LOCKED → DONE`, where a step leads from INIT to DONE and none from LOCKED to DONE.

What to do
    Correct the drawing, or the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec.structs import replace

from conform.check.context import Context
from conform.check.models.action_changes import actions_called, changes_of, members_of
from conform.check.models.explored import Explored
from conform.check.models.transition_tables import Drawn, transition_tables, variants
from conform.domain.finding import Code, Finding
from conform.domain.prose import PassageKind, Prose

CODE = Code("CF245", "drawn transition does not happen")

_ARROW = r"\s*(?:→|⟶|->|-->|=>)\s*"
_DRAWN = (
    r"\s*[\u2500\u2501\u2014-]{2,40}(?:\s*\w[\w()/, ]{0,40}?\s*[\u2500\u2501\u2014-]{1,20})?"
    r"\s*[\u25b6\u25ba\u2192>]\s*(?:\|\s*\w[\w()/, ]{0,40}\|\s*)?"
)
"""An arrow of several signs, perhaps with the name of an action on it."""

_NAME = r"[^\W\d_]\w+"
_ROW = re.compile(rf"{_NAME}(?:(?:{_ARROW}{_NAME}){{2,}}|(?:{_DRAWN}{_NAME})+)")
_BEHIND = re.compile(r"\s*:\s*(?P<name>[^\W\d]\w*)")
"""The name of an action behind an arrow, as in state diagrams: `OPEN --> SHUT: Close`."""

_PAIR = re.compile(
    rf"(?<![\w.]){_NAME}{_ARROW}{_NAME}(?=`?\s*(?:\((?:by|via|on|in)?|:|\b(?:by|via|on|in|through)\b)"
    r"\s*`?(?P<name>[^\W\d]\w*))"
)
"""Two values with the name of an action behind them: *`OPEN → SHUT` (Close)*."""

_LABEL = re.compile(r"[^\W\d]\w*")
_ANY_ARROW = re.compile(rf"{_DRAWN}|{_ARROW}")


def drawn_transitions(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a finding for each arrow, or row of a table, that no step of the model follows."""
    graph = explored.graph
    variables = {
        variable.name: members_of(variable, graph) for variable in context.document.variables
    }
    known: dict[tuple[str, frozenset[str] | None], frozenset[tuple[str, str]]] = {}
    page = context.page()
    told = (*drawn_rows(page), *_in_tables(page), *_pairs(page)) if graph else ()
    for drawn in (_as_values(each, variables.values()) for each in told):
        actions = actions_called(context, explored, drawn.action)
        if drawn.is_pair and not actions:
            continue
        if actions and drawn.is_case:
            actions |= variants(explored, drawn.action)
        if graph is None or drawn.before == drawn.after:
            continue
        of = [name for name, values in variables.items() if drawn.among <= values]
        if not of and actions and drawn.passage.kind is PassageKind.CELL:
            # A table of all actions: each row is about the variable that its action changes.
            ends = {drawn.before, drawn.after}
            of = [
                name
                for name, values in variables.items()
                if ends <= values and changes_of(graph, name, actions)
            ]
        if len(of) != 1:
            continue
        for asked in (None, actions) if actions else (None,):
            made = known.setdefault((of[0], asked), changes_of(graph, of[0], asked))
            if (made or asked) and (drawn.before, drawn.after) not in made:
                yield _finding(context, explored, drawn, of[0], by_action=asked is not None)
                break


def _finding(
    context: Context, explored: Explored, drawn: Drawn, variable: str, *, by_action: bool
) -> Finding:
    span = drawn.passage.span(drawn.start, drawn.end)
    what = f"no step of `{drawn.action}` in" if by_action else "no step of"
    return CODE.finding(
        f"{what} {explored.spec.path} takes `{variable}` from {drawn.before} to {drawn.after}",
        span,
        excerpt=context.excerpt(span),
        hint="correct the drawing, or the model",
    )


def _as_values(drawn: Drawn, values: Iterable[frozenset[str]]) -> Drawn:
    """Return an arrow of code with the values that its names are but for case: `Idle` is IDLE."""
    if drawn.passage.kind is not PassageKind.CODE:
        return drawn
    for one in values:
        named = {name.replace("_", "").casefold(): name for name in one}
        found = {name: named.get(name.replace("_", "").casefold(), "") for name in drawn.among}
        if all(found.values()):
            before, after = found[drawn.before], found[drawn.after]
            return replace(drawn, among=frozenset(found.values()), before=before, after=after)
    return drawn


def _pairs(page: Prose) -> Iterator[Drawn]:
    """Yield the arrows between two values alone that have the name of an action behind them."""
    for passage in page.running():
        for found in _PAIR.finditer(passage.text):
            names = _ANY_ARROW.split(found[0])
            if len(names) == 2:
                among = frozenset(names)
                before, after = names
                place = (found["name"], passage, *found.span())
                yield Drawn(among, before, after, *place, is_pair=True)


def _in_tables(page: Prose) -> Iterator[Drawn]:
    for table in transition_tables(page):
        yield from table.rows


def drawn_rows(page: Prose) -> Iterator[Drawn]:
    """Yield the arrows between names of values, row by row."""
    for passage in page.passages:
        text = passage.text
        if passage.kind is PassageKind.CODE:
            text = text.replace("\N{BOX DRAWINGS LIGHT VERTICAL}", " ")  # names in boxes
        for row in _ROW.finditer(text):
            names = _ANY_ARROW.split(row[0])
            arrows = [match[0] for match in _ANY_ARROW.finditer(row[0])]
            for (before, after), arrow in zip(pairwise(names), arrows, strict=True):
                label = _LABEL.search(arrow)
                behind = _BEHIND.match(text, row.end()) if len(arrows) == 1 else None
                action = label[0] if label else behind["name"] if behind else ""
                yield Drawn(frozenset(names), before, after, action, passage, *row.span())
