"""Tables of the states of a variable: what they mean, by which actions they are entered and left.

A row says that an action enters its state, leaves it, or which states follow; a step of the model
bears it out, or none does. Where such a column names all actions but one, that one is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from conform.check import cf243_two_enumerations, cf245_drawn_transition, cf285_missing_transition
from conform.check.context import Context
from conform.check.models.action_changes import actions_called, changes_of, members_of
from conform.check.models.explored import Explored
from conform.check.models.transition_tables import transition_tables
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.explore.graph import StateGraph

_STATE = re.compile(r"(?:\w+\s+)?(?:state|phase|status|stage|mode)s?|values?", re.I)
_ENTERED = re.compile(r"(?:entered|reached|set)\s+(?:by|via|through|on)|entry(?: actions?)?", re.I)
_LEFT = re.compile(r"(?:left|exited)\s+(?:by|via|through|on)|exit(?: actions?)?", re.I)
_NEXT = re.compile(
    r"(?:next|following|possible next|successor)(?: (?:state|phase|status|stage|mode)s?)?"
    r"|successors|(?:goes|leads|moves) to|transitions?(?: to)?",
    re.I,
)
_TAKES_BACK = re.compile(r"\b(?:no|not|never|except|unless|only|if|other|none|nothing)\b", re.I)
_SOME = re.compile(r"\b(?:terminal|final|some|examples?|main|important|error|normal)\b", re.I)
_NAME = re.compile(r"(?<![\w.])(?P<name>[^\W\d]\w*)(?:\([^()]*\))?")
_NUMBERED = re.compile(r"\baction\s+(?P<number>\d+[a-z]?)\b", re.I)
_BY = re.compile(r"`?\s*\((?:by|via|on)?\s*`?(?P<name>[^\W\d]\w*)(?:\([^()]*\))?`?\)")
_VALUE = re.compile(r"(?<![\w.])[A-Za-z]\w+(?!\w)")
_JOINING = re.compile(r"\b(?:and|or|action|actions|the|by|via)\b|\([^()]*\)|[\W\d_]+", re.I)
_FEWEST = 3
"""States, and names of a column, that a table needs to be taken for whole."""


class _States(Struct, frozen=True):
    """A table of states: the cell with each, the cells beside it by column, and the headers."""

    names: dict[str, Passage]
    cells: dict[str, dict[int, Passage]]
    headers: dict[int, str]


def state_tables_otherwise(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a finding for each cell of a table of states that the model's steps contradict."""
    graph, page = explored.graph, context.page()
    if graph is None:
        return
    drawn = {row.passage.block for table in transition_tables(page) for row in table.rows}
    for table in _tables(page):
        if next(iter(table.names.values())).block in drawn:
            continue
        variable = _variable(context, graph, page, table)
        if variable:
            yield from _unlisted(context, graph, page, table, variable)
            for column, header in table.headers.items():
                if _NEXT.fullmatch(header):
                    yield from _following(context, explored, graph, table, column, variable)
                elif _ENTERED.fullmatch(header) or _LEFT.fullmatch(header):
                    side = 1 if _ENTERED.fullmatch(header) else 0
                    yield from _taken(context, explored, graph, table, column, variable, side)


def _tables(page: Prose) -> Iterator[_States]:
    headers: dict[int, dict[int, str]] = {}
    for header in page.of(PassageKind.HEADER):
        headers.setdefault(header.block, {})[header.column] = header.text.strip(" *`:")
    for cells in page.blocks(PassageKind.CELL):
        titles = headers.get(cells[0].block, {})
        first = min(titles, default=0)
        if not _STATE.fullmatch(titles.get(first, "")):
            continue
        rows: dict[int, dict[int, Passage]] = {}
        for cell in cells:
            rows.setdefault(cell.row, {})[cell.column] = cell
        named = [(row[first].text.strip(), row) for row in rows.values() if first in row]
        if len(named) > 1 and all(_VALUE.fullmatch(name) for name, _row in named):
            yield _States({n: row[first] for n, row in named}, dict(named), titles)


def _variable(context: Context, graph: StateGraph, page: Prose, table: _States) -> str:
    """Return the one variable that all of the states are values of, or all but one of several.

    The text in front of the table may name it.
    """
    known = {each.name: members_of(each, graph) for each in context.document.variables}
    names = table.names.keys()
    place = next(iter(table.names.values()))
    said: set[str] = {
        word for text in _texts(page, place) for word in _VALUE.findall(text)
    } & known.keys()
    if len(said) == 1 and names & known[min(said)]:
        return min(said)
    whole = [name for name, members in known.items() if names <= members]
    if whole or len(names) < _FEWEST:
        return whole[0] if len(whole) == 1 else ""
    nearly = [
        name
        for name, members in known.items()
        if len(names - members) == 1 and len(members - names) <= 1 and members
    ]
    return nearly[0] if len(nearly) == 1 else ""


def _unlisted(
    context: Context, graph: StateGraph, page: Prose, table: _States, variable: str
) -> Iterator[Finding]:
    stated = next(each for each in context.document.variables if each.name == variable)
    members, names = members_of(stated, graph), table.names
    place = next(iter(names.values()))
    headings = [each for each in page.headings() if each.span().line <= place.span().line]
    title = headings[-1].text if headings else ""
    others = sorted(members - names.keys())
    for name in sorted(names.keys() - members):
        there = f", which has {others[0]}" if len(others) == 1 else ""
        yield _finding(
            context,
            cf243_two_enumerations.CODE,
            names[name],
            (0, len(names[name].text)),
            f"{name} is no value of `{variable}`{there}",
        )
    is_whole = names.keys() < members and len(others) == 1 and not _SOME.search(title)
    if is_whole and len(names) >= _FEWEST - 1 and others[0] not in " ".join(_texts(page, place)):
        yield _finding(
            context,
            cf243_two_enumerations.CODE,
            place,
            (0, len(place.text)),
            f"the table of the states of `{variable}` has no row {others[0]}",
        )


def _texts(page: Prose, place: Passage) -> Iterator[str]:
    """Yield the texts in front of a table, from the heading above it on."""
    found: list[str] = []
    for each in page.passages:
        if each.block == place.block and each.kind is PassageKind.CELL:
            break
        found = [] if each.kind is PassageKind.HEADING else [*found, each.text]
    yield from found


def _named(context: Context, explored: Explored, cell: Passage) -> dict[str, tuple[int, int]]:
    """Return the actions of the document that a cell names, with their places in it."""
    found: dict[str, tuple[int, int]] = {}
    numbers = {
        leaf.number.lower(): leaf.name
        for action in context.document.actions
        for leaf in (action, *action.leaves())
        if leaf.number
    }
    for match in _NUMBERED.finditer(cell.text):
        if match["number"].lower() in numbers:
            found[numbers[match["number"].lower()]] = match.span()
    for match in _NAME.finditer(cell.text):
        if actions_called(context, explored, match["name"]):
            found.setdefault(match["name"], match.span("name"))
    return found


def _taken(
    context: Context,
    explored: Explored,
    graph: StateGraph,
    table: _States,
    column: int,
    variable: str,
    side: int,
) -> Iterator[Finding]:
    """Yield the actions that never enter (`side` 1) or leave (0) the state of their row.

    Of those that do and that no row names, a single one is told.
    """
    verb = "to" if side else "from"
    missing: list[tuple[str, str, Passage]] = []
    is_whole = True
    leaves = {leaf.name for action in context.document.actions for leaf in action.leaves()}
    for state, row in table.cells.items():
        cell = row.get(column)
        if cell is None or _TAKES_BACK.search(cell.text):
            is_whole = False
            continue
        named = _named(context, explored, cell)
        for name, place in named.items():
            actions = actions_called(context, explored, name)
            made = changes_of(graph, variable, actions)
            if _is_taken(graph, actions) and all(pair[side] != state for pair in made):
                message = (
                    f"no step of `{name}` in {explored.spec.path} takes `{variable}` {verb} {state}"
                )
                yield _finding(context, cf245_drawn_transition.CODE, cell, place, message)
        covered = {each for name in named for each in actions_called(context, explored, name)}
        is_whole &= bool(named) and not _left_over(cell.text, named)
        for name in sorted(leaves):
            own = actions_called(context, explored, name)
            made = changes_of(graph, variable, own) if own and not own & covered else frozenset()
            if any(pair[side] == state for pair in made):
                missing.append((name, state, cell))
    if is_whole and len(missing) == 1 and len(table.cells) >= _FEWEST:
        name, state, cell = missing[0]
        yield _finding(
            context,
            cf285_missing_transition.CODE,
            cell,
            (0, len(cell.text)),
            f"a step of `{name}` in {explored.spec.path} takes `{variable}` {verb} {state}, "
            "and its row does not say so",
        )


def _is_taken(graph: StateGraph, actions: frozenset[str]) -> bool:
    taken = np.unique(np.asarray(graph.edge_instances))
    return any(graph.instances[int(at)].action in actions for at in taken)


def _left_over(text: str, named: dict[str, tuple[int, int]]) -> bool:
    for start, end in sorted(named.values(), reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return bool(_JOINING.sub("", text))


def _following(
    context: Context,
    explored: Explored,
    graph: StateGraph,
    table: _States,
    column: int,
    variable: str,
) -> Iterator[Finding]:
    """Yield the states that never follow the one of their row, or not by the action beside them."""
    made = changes_of(graph, variable)
    for state, row in table.cells.items():
        cell = row.get(column)
        if cell is None or _TAKES_BACK.search(cell.text):
            continue
        for match in _VALUE.finditer(cell.text):
            if match[0] not in table.names or match[0] == state:
                continue
            by = _BY.match(cell.text, match.end())
            actions = actions_called(context, explored, by["name"]) if by else frozenset()
            asked = changes_of(graph, variable, actions) if actions else made
            if made and (state, match[0]) not in asked:
                what = f"no step of `{by['name']}`" if by and actions else "no step"
                yield _finding(
                    context,
                    cf245_drawn_transition.CODE,
                    cell,
                    match.span(),
                    f"{what} in {explored.spec.path} takes `{variable}` from {state} to {match[0]}",
                )


def _finding(
    context: Context, code: Code, cell: Passage, place: tuple[int, int], message: str
) -> Finding:
    span = cell.span(*place)
    return code.finding(
        message,
        span,
        excerpt=context.excerpt(span),
        hint="correct the table, or the model",
    )
