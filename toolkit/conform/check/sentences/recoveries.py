"""Tables of what goes wrong: in which state it does, what is left, and which action puts it right.

A row says that an action recovers from a state, and no step of that action is taken there; or what
is so after one action and before the next, and it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from conform.check.sentences.cf369_taken_told import CODE
from conform.check.sentences.lexicon import Condition
from conform.check.sentences.reading import Told
from conform.check.shown_tables import protocol_tables
from conform.check.stated_places import word
from conform.check.value_owners import value_owners
from conform.domain.finding import Finding
from conform.domain.prose import Passage

_FAILS = re.compile(r"\b(?:crash\w*|fail\w*|dies|death|scenario|point)\b", re.I)
_RECOVERS = re.compile(r"\brecover\w*|\b(?:released|cleaned(?:\s+up)?|repaired)\s+by\b", re.I)
_VALUE = re.compile(r"(?<![\w.(\[])[A-Z][A-Z0-9_]+(?![\w(\[.])")
_NAME = re.compile(r"(?P<name>[^\W\d]\w*)(?:\([^()]*\))?")
_TAKES_BACK = re.compile(
    r"\b(?:an?other|others|no|not|none|never|unless|if|without|cannot|after|nothing|neither|or)\b",
    re.I,
)
_OF_OTHERS = re.compile(r"[^;,.]*\b(?:an?other|others?|different|next)\b", re.I)
_BREAKS = re.compile(r"crash|fail|dies?(?![a-z])|kill|lost|down", re.I)
"""Names of actions by which something goes wrong."""

_BETWEEN = re.compile(r"\bafter\b.*\bbefore\b", re.I)
_DENIED = re.compile(r"\b(?:no|not|never|still|or|if|unless|may|can|either)\b|/", re.I)


def recoveries_otherwise(told: Told) -> Iterator[Finding]:
    """Yield a finding for each row that no step of the model, or no state behind it, bears out."""
    owners = value_owners(told.context)
    for table in protocol_tables(told.context):
        fails = [at for at, each in enumerate(table.headers) if _FAILS.search(each.text)]
        recovers = [at for at, each in enumerate(table.headers) if _RECOVERS.search(each.text)]
        for row in table.rows if fails[:1] == [0] else ():
            cells = {cell.column: cell for cell in row}
            if len(recovers) == 1 and {0, recovers[0]} <= cells.keys():
                yield from _not_taken(told, cells[0], cells[recovers[0]], owners)
            if 0 in cells and _BETWEEN.search(cells[0].text):
                others = [cell for at, cell in cells.items() if at and at not in recovers]
                yield from _not_left(told, cells[0], others, owners)


def _not_taken(
    told: Told, state: Passage, recovery: Passage, owners: dict[str, str]
) -> Iterator[Finding]:
    """Yield an action that is said to recover from a state in which it is never taken."""
    values = [value for value in dict.fromkeys(_VALUE.findall(state.text)) if value in owners]
    first = next(iter(recovery.coded()), None)
    match = _NAME.fullmatch(first[1]) if first else None
    if first is None or match is None or len(values) != 1 or _BETWEEN.search(state.text):
        return
    names = told.lexicon.actions.get(match["name"], frozenset())
    behind = recovery.text[first[0] + len(first[1]) :]
    if not names or _TAKES_BACK.search(recovery.text[: first[0]]) or _OF_OTHERS.match(behind):
        return
    (value,) = values
    if _is_left(told, owners[value], value):
        return
    condition = Condition(owners[value], "in", (value,))
    is_known, edge = told.facts.taken_where(names, condition, holds=True)
    if is_known and edge is None and len(told.facts.edges(names)):
        message = f"no step of `{match['name']}` is taken in {value}"
        yield _finding(told, recovery, first[0], first[0] + len(first[1]), message)


def _is_left(told: Told, variable: str, value: str) -> bool:
    """Say whether what goes wrong is itself a step away from a value."""
    breaking = [each.action for each in told.graph.instances if _BREAKS.search(each.action)]
    changes = told.facts.changes(variable, breaking)
    return any(word(before) == value for before, _after, _edge in changes)


def _not_left(
    told: Told, between: Passage, cells: Sequence[Passage], owners: dict[str, str]
) -> Iterator[Finding]:
    """Yield a value that is not there between two actions of which one enables the other."""
    named = [match["name"] for _at, text in between.coded() if (match := _NAME.fullmatch(text))]
    known = [told.lexicon.actions.get(name, frozenset()) for name in named]
    if len(known) != 2 or not all(known):
        return
    for cell in cells:
        found = [match for match in _VALUE.finditer(cell.text) if match[0] in owners]
        if len(found) != 1 or _DENIED.search(cell.text[: found[0].start()]):
            continue
        variable, value = owners[found[0][0]], found[0][0]
        held = _held_between(told, known[0], known[1], variable)
        if held and value not in held:
            message = f"`{variable}` is {' or '.join(sorted(held))} after `{named[0]}`"
            yield _finding(told, cell, *found[0].span(), message)


def _held_between(
    told: Told, earlier: frozenset[str], later: frozenset[str], variable: str
) -> set[str]:
    """Return the values of a variable between two actions; none where more may happen there."""
    columns, instances = told.graph.columns, told.graph.instances
    held: set[str] = set()
    for number, one in enumerate(instances):
        place = told.facts.at(one, variable) if one.action in earlier else None
        targets = columns.targets[columns.instances == number]
        if place is None or not len(targets):
            continue
        following = [
            at
            for at, each in enumerate(instances)
            if each.action in later and set(each.parameters) <= set(one.parameters)
        ]
        sources = columns.sources[np.isin(columns.instances, following)]
        if not np.isin(targets, sources).all():
            return set()
        codes = told.facts.codes(place)
        values = told.facts.values(place)
        held.update(word(values[int(code)]) for code in np.unique(codes[targets]))
    return held


def _finding(told: Told, passage: Passage, start: int, end: int, message: str) -> Finding:
    span = passage.span(start, end)
    return CODE.finding(
        message,
        span,
        excerpt=told.context.excerpt(span),
        details=(f"the model: {told.explored.spec.path}",),
        hint="the document decides; correct the table, or the model",
    )
