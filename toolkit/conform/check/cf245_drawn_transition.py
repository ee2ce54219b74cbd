"""A document draws a transition between two values of a variable that the model never makes.

What it means
    A row of values with arrows between them, `IDLE → WRITING → DONE`, says how a variable goes
    on, and no step of the model takes it from the one to the next. Rows of three values or more are
    looked at, and drawn arrows such as `INIT ──Start──▶ DONE`, all values from the type of one
    variable. Where an arrow has the name of an action on it, a step of that action has to do it; so
    it is in a table with columns such as From, Event and To. Behind the name a case may stand,
    *Assign (fenced)*: then a step of an action whose name goes on, as AssignFenced, may do it.

Example
    `INIT → LOCKED → DONE`, where a step leads from INIT to DONE and none from LOCKED to DONE.

What to do
    Correct the drawing, or the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from conform.check.action_changes import actions_called, changes_of, members_of
from conform.check.context import Context
from conform.check.explored import Explored
from conform.check.transition_tables import Drawn, transition_tables, variants
from conform.domain.finding import Code, Finding
from conform.domain.prose import PassageKind, Prose

CODE = Code("CF245", "drawn transition does not happen")

_ARROW = r"\s*(?:→|⟶|->|-->|=>)\s*"
_DRAWN = (
    r"\s*[\u2500\u2501\u2014-]{2,40}(?:\s*\w[\w()/, ]{0,40}?\s*[\u2500\u2501\u2014-]{1,20})?"
    r"\s*[\u25b6\u25ba\u2192>]\s*"
)
"""An arrow of several signs, perhaps with the name of an action on it."""

_NAME = r"[^\W\d_]\w+"
_ROW = re.compile(rf"{_NAME}(?:(?:{_ARROW}{_NAME}){{2,}}|(?:{_DRAWN}{_NAME})+)")
_BEHIND = re.compile(r"\s*:\s*(?P<name>[^\W\d]\w*)")
"""The name of an action behind an arrow, as in state diagrams: `OPEN --> SHUT: Close`."""

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
    for drawn in (*drawn_rows(page), *_in_tables(page)) if graph else ():
        actions = actions_called(context, explored, drawn.action)
        if actions and drawn.is_case:
            actions |= variants(explored, drawn.action)
        of = [name for name, values in variables.items() if drawn.among <= values]
        if len(of) != 1 or graph is None or drawn.before == drawn.after:
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
