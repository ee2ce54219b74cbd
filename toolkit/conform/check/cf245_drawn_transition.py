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

from msgspec import Struct
from msgspec.structs import replace

from conform.check.action_changes import actions_called, changes_of
from conform.check.context import Context
from conform.check.enumerations import enumerations
from conform.check.explored import Explored
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose

CODE = Code("CF245", "drawn transition does not happen")

_ARROW = r"\s*(?:→|⟶|->|-->|=>)\s*"
_DRAWN = (
    r"\s*[\u2500\u2501\u2014-]{2,20}(?:\s*\w[\w()/, ]{0,40}?\s*[\u2500\u2501\u2014-]{1,20})?"
    r"\s*[\u25b6\u25ba\u2192>]\s*"
)
"""An arrow of several signs, perhaps with the name of an action on it."""

_NAME = r"[^\W\d_]\w+"
_ROW = re.compile(rf"{_NAME}(?:(?:{_ARROW}{_NAME}){{2,}}|(?:{_DRAWN}{_NAME})+)")
_BEHIND = re.compile(r"\s*:\s*(?P<name>[^\W\d]\w*)")
"""The name of an action behind an arrow, as in state diagrams: `OPEN --> SHUT: Close`."""

_LABEL = re.compile(r"[^\W\d]\w*")
_CASE_BEHIND = re.compile(r"(?:\([^()]*\))?`?\s*\(|(?:\([^()]*\))?`?\s+[a-z]")
_ALONE = re.compile(_NAME)
_FROM = re.compile(r"(?:from|source|current|before)(?:\s+(?:state|status))?|(?:state|status)")
_EVENT = re.compile(r"(?:event|action|trigger|transition|via|on|by)s?")
_TO = re.compile(r"(?:to|target|next|after|new)(?:\s+(?:state|status))?")
_ANY_ARROW = re.compile(rf"{_DRAWN}|{_ARROW}")


class _Drawn(Struct, frozen=True):
    """One transition of a document: from and to names of values, and the action on it, or none.

    `among` are all values of the row or table that it is in. `is_case` says that a case stands
    behind the action.
    """

    among: frozenset[str]
    before: str
    after: str
    action: str
    passage: Passage
    start: int
    end: int
    is_case: bool = False


def drawn_transitions(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a finding for each arrow, or row of a table, that no step of the model follows."""
    graph = explored.graph
    variables = {
        variable.name: frozenset(
            name for one in enumerations(variable.type_text) for name in one.members
        )
        for variable in context.document.variables
    }
    known: dict[tuple[str, frozenset[str] | None], frozenset[tuple[str, str]]] = {}
    page = context.page()
    for drawn in (*_in_rows(page), *_in_tables(page)) if graph else ():
        actions = actions_called(context, explored, drawn.action)
        if actions and drawn.is_case:
            actions |= _variants(explored, drawn.action)
        of = [name for name, values in variables.items() if drawn.among <= values]
        if len(of) != 1 or graph is None or drawn.before == drawn.after:
            continue
        for asked in (None, actions) if actions else (None,):
            made = known.setdefault((of[0], asked), changes_of(graph, of[0], asked))
            if (made or asked) and (drawn.before, drawn.after) not in made:
                yield _finding(context, explored, drawn, of[0], by_action=asked is not None)
                break


def _variants(explored: Explored, action: str) -> frozenset[str]:
    """Return the actions of a model whose names begin with this one and go on with a word."""
    names = {each.action for each in explored.model.instances}
    return frozenset(name for name in names if re.fullmatch(rf"{re.escape(action)}[A-Z]\w*", name))


def _finding(
    context: Context, explored: Explored, drawn: _Drawn, variable: str, *, by_action: bool
) -> Finding:
    span = drawn.passage.span(drawn.start, drawn.end)
    what = f"no step of `{drawn.action}` in" if by_action else "no step of"
    return CODE.finding(
        f"{what} {explored.spec.path} takes `{variable}` from {drawn.before} to {drawn.after}",
        span,
        excerpt=context.excerpt(span),
        hint="correct the drawing, or the model",
    )


def _in_rows(page: Prose) -> Iterator[_Drawn]:
    """Yield the arrows between names of values, row by row."""
    for passage in page.passages:
        for row in _ROW.finditer(passage.text):
            names = _ANY_ARROW.split(row[0])
            arrows = [match[0] for match in _ANY_ARROW.finditer(row[0])]
            for (before, after), arrow in zip(pairwise(names), arrows, strict=True):
                label = _LABEL.search(arrow)
                behind = _BEHIND.match(passage.text, row.end()) if len(arrows) == 1 else None
                action = label[0] if label else behind["name"] if behind else ""
                yield _Drawn(frozenset(names), before, after, action, passage, *row.span())


def _in_tables(page: Prose) -> Iterator[_Drawn]:
    """Yield the rows of tables with columns for a state, an action and the state after it."""
    for cells in page.blocks(PassageKind.CELL):
        headers = {
            header.text.strip().lower(): header.column
            for header in page.of(PassageKind.HEADER)
            if header.block == cells[0].block
        }
        columns = [
            next((column for text, column in headers.items() if pattern.fullmatch(text)), None)
            for pattern in (_FROM, _EVENT, _TO)
        ]
        rows: dict[int, dict[int, Passage]] = {}
        for cell in cells if None not in columns else ():
            rows.setdefault(cell.row, {})[cell.column] = cell
        found = [_row([row.get(column or 0) for column in columns]) for row in rows.values()]
        drawn = [each for each in found if each is not None]
        among = frozenset(name for each in drawn for name in each.among)
        for each in drawn:
            yield replace(each, among=among)


def _row(cells: list[Passage | None]) -> _Drawn | None:
    before, event, after = cells
    if before is None or event is None or after is None:
        return None
    first, last = (_ALONE.fullmatch(cell.text.strip()) for cell in (before, after))
    label = _LABEL.match(event.text.strip())
    if first is None or last is None:
        return None
    among = frozenset((first[0], last[0]))
    action = label[0] if label else ""
    is_case = bool(label and _CASE_BEHIND.match(event.text.strip(), label.end()))
    return _Drawn(among, first[0], last[0], action, before, 0, len(before.text), is_case)
