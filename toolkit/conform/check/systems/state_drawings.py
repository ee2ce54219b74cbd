"""State machines of a page: drawn, tabled, counted, and named in other tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from conform.check.context import Context
from conform.check.systems.cf294_listed_states import CODE, EDGE, LISTED, STATE, sections_of
from conform.check.systems.page_tables import Row, code_alone, tables_of
from conform.check.texts.number_words import NUMBER, value_of
from conform.domain.finding import Finding
from conform.domain.prose import Passage, PassageKind
from conform.text import nearest

_FROM = r"(?:from|source|current)(?: state)?"
_TO = r"(?:to|target|next|new)(?: state)?"
_COUNTED = re.compile(
    rf"\b(?:has|all)\s+{NUMBER}\s+states\b(?!\s+(?:that|which|of|in\s+(?!one\b|each\b|every\b)))",
    re.IGNORECASE,
)
_LEAST = 3

Edge = tuple[str, str]


class _Machine(Struct, frozen=True):
    """What one section has of a machine: its drawn arrows, its rows, its list, by their place."""

    section: tuple[Passage, ...]
    drawn: dict[Edge, tuple[Passage, int]]
    tabled: dict[Edge, tuple[Passage, int]]
    listed: frozenset[str]
    items: dict[str, tuple[Passage, int]]

    def sizes(self) -> set[int]:
        """Return how many states the drawing, the table and the list have, without zeros."""
        drawn, tabled = (
            {name for edge in edges for name in edge} for edges in (self.drawn, self.tabled)
        )
        return ({len(drawn), len(tabled), len(self.listed)} - {0}) or ({len(self.items)} - {0})

    def names(self) -> set[str]:
        """Return every state in it."""
        edges = (*self.drawn, *self.tabled)
        return {name for edge in edges for name in edge} | self.listed | self.items.keys()


def differing_drawings(context: Context) -> Iterator[Finding]:
    """Yield a finding for each transition, number or name that a machine does not have."""
    for page in context.pages:
        tables = list(tables_of(page))
        machines = [_machine(section, tables) for section in sections_of(page)]
        for machine in machines:
            yield from _edges(context, machine)
            yield from _unlisted(context, machine)
            yield from _numbers(context, machine)
        known = set[str]().union(*(machine.names() for machine in machines))
        for rows in tables:
            yield from _names(context, rows, known)


def _machine(section: list[Passage], tables: list[tuple[Row, ...]]) -> _Machine:
    drawn: dict[Edge, tuple[Passage, int]] = {}
    listed: set[str] = set()
    items: dict[str, tuple[Passage, int]] = {}
    for passage in section:
        first = next(passage.coded(), (0, ""))[1] if passage.kind is PassageKind.ITEM else ""
        is_name = re.fullmatch(STATE, first) and passage.text.startswith(first)
        if is_name and not EDGE.search(passage.text):
            items.setdefault(first, (passage, 0))
        if passage.kind is not PassageKind.CELL:
            for match in EDGE.finditer(passage.text):
                drawn.setdefault((match["source"], match["target"]), (passage, match.start()))
        if LISTED.match(passage.text):
            listed |= {text for _at, text in passage.coded() if re.fullmatch(STATE, text)}
    cells = {id(passage) for passage in section}
    tabled: dict[Edge, tuple[Passage, int]] = {}
    for rows in tables:
        for row in rows if id(rows[0].first()) in cells else ():
            after = row.under(_TO)
            before = row.under(_FROM) or (row.under(r"states?") if after else None)
            edge = (code_alone(before), code_alone(after)) if before and after else ("", "")
            if before and all(edge):
                tabled.setdefault(edge, (before, 0))
    several = items if len(items) >= _LEAST else {}
    return _Machine(tuple(section), drawn, tabled, frozenset(listed), several)


def _edges(context: Context, machine: _Machine) -> Iterator[Finding]:
    drawn, tabled = (
        {edge: place for edge, place in edges.items() if edge[0] != edge[1]}
        for edges in (machine.drawn, machine.tabled)
    )
    of_both = [{name for edge in edges for name in edge} for edges in (drawn, tabled)]
    known = of_both[0] & of_both[1]  # a section may draw a machine more than it has tables of
    drawn, tabled = (
        {edge: place for edge, place in edges.items() if known.issuperset(edge)}
        for edges in (drawn, tabled)
    )
    both = len(drawn.keys() & tabled.keys())
    if both < _LEAST or 3 * both < 2 * max(len(drawn), len(tabled)):
        return
    for edges, others, where in ((drawn, tabled, "table"), (tabled, drawn, "drawing")):
        for edge in edges:
            if edge not in others:
                passage, start = edges[edge]
                yield _finding(
                    context,
                    passage,
                    start,
                    start + len(edge[0]),
                    f"`{edge[0]}` leads to `{edge[1]}` here, and not in the {where} of the section",
                )


def _unlisted(context: Context, machine: _Machine) -> Iterator[Finding]:
    """Yield the states of arrows that the items of the section do not begin with."""
    places = {
        name: (passage, passage.text.index(name, start))
        for edge, (passage, start) in machine.drawn.items()
        if machine.items.keys() & set(edge)
        for name in edge
    }
    both = len(places.keys() & machine.items.keys())
    if both < _LEAST or 3 * both < 2 * max(len(places), len(machine.items)):
        return
    left = sorted(machine.items.keys() - places.keys())
    for name, (passage, start) in places.items():
        if name not in machine.items:
            message = f"`{name}` is a state here, and no item of the section"
            close = nearest(name, left) or (left[0] if len(left) == 1 else None)
            yield _finding(context, passage, start, start + len(name), message, close)


def _numbers(context: Context, machine: _Machine) -> Iterator[Finding]:
    sizes = machine.sizes()
    for passage in machine.section:
        match = _COUNTED.search(passage.text) if passage.kind is PassageKind.TEXT else None
        if match and sizes and value_of(match["number"]) not in sizes:
            there = " or ".join(map(str, sorted(sizes)))
            message = f"the text says {match['number']} states, and the section has {there}"
            yield _finding(context, passage, *match.span("number"), message)


def _names(context: Context, rows: tuple[Row, ...], known: set[str]) -> Iterator[Finding]:
    """Yield the names in a column of states that no machine has, where one has most of them."""
    cells = [cell for row in rows if (cell := row.under("states?"))]
    named = [cell for cell in cells if re.fullmatch(STATE, code_alone(cell))]
    wrong = [cell for cell in named if code_alone(cell) not in known]
    for cell in wrong if 2 * len(wrong) < len(named) else ():
        name = code_alone(cell)
        close = nearest(name, sorted(known - {code_alone(each) for each in named}))
        message = f"`{name}` is a state of no list, drawing or table of transitions"
        yield _finding(context, cell, 0, len(name), message, close)


def _finding(
    context: Context, passage: Passage, start: int, end: int, message: str, close: str | None = None
) -> Finding:
    span = passage.span(start, end)
    hint = f"did you mean `{close}`?" if close else "make both agree"
    return CODE.finding(message, span, excerpt=context.excerpt(span), hint=hint)
