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
from conform.check.texts.shown_tables import ShownTable, protocol_tables
from conform.check.texts.stated_places import word
from conform.check.texts.value_owners import value_owners
from conform.domain.finding import Finding
from conform.domain.prose import Passage, PassageKind

_FAILS = re.compile(r"\b(?:crash\w*|fail\w*|dies|death|scenario|point)\b", re.I)
_RECOVERS = re.compile(
    r"\brecover\w*|\b(?:released|cleaned(?:\s+up)?|repaired|freed|resolved)\s+by\b"
    r"|\benabled\s+(?:after\w*|then|next)\b|\bnext\s+actions?\b",
    re.I,
)
_VALUE = re.compile(r"(?:(?<![\w.(\[])|(?<=\s\())[A-Z][A-Z0-9_]+(?![\w(\[.])")
_AFTER = re.compile(r"\bafter\b", re.I)
_WRITTEN = re.compile(
    r"`?(?P<variable>[^\W\d]\w*)`?\s+(?:(?:is|was|already|been|has)\s+)*"
    r"(?:written|updated|set|changed|done)\s*\??",
    re.I,
)
_YES = re.compile(
    r"(?:yes|written|done|\N{CHECK MARK}|\N{HEAVY CHECK MARK}|\N{WHITE HEAVY CHECK MARK})\W*", re.I
)
_NO = re.compile(
    r"(?:no|not (?:yet|written|done)|\N{BALLOT X}|\N{CROSS MARK}|[\N{EM DASH}-])\W*", re.I
)
_ITEM = re.compile(
    r"(?P<state>(?:[a-z]+\s+){0,3}(?:crash\w*|fail\w*|dies)\b[^:]*\b(?:while|in|during|when)\b[^:]{2,60}?)"
    r"\s*(?::|\N{EM DASH}|\N{EN DASH})\s+(?P<rest>\S.*)",
    re.I,
)
"""An item about what goes wrong in a state: *Crash while `HOLDING`: `Expiry` is enabled*."""

_PUTS_RIGHT = re.compile(
    r"`?(?:\([^()]*\))?`?\s+(?:is\s+(?:then\s+)?enabled|recovers|can\s+be\s+taken|may\s+be\s+taken"
    r"|(?:frees|releases|cleans|resets|removes|repairs|clears)\b)",
    re.I,
)
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
        if fails[:1] == [0]:
            yield from _not_written(told, table)
    for page in told.context.pages:
        if page.path == told.context.document.path:
            for item in page.of(PassageKind.ITEM):
                yield from _in_item(told, item, owners)


def _in_item(told: Told, item: Passage, owners: dict[str, str]) -> Iterator[Finding]:
    """Yield an action that an item says to be taken in the state that the item is about."""
    match = _ITEM.match(item.text)
    for at, text in item.coded() if match else ():
        if match and at >= match.start("rest") and _PUTS_RIGHT.match(item.text, at + len(text)):
            yield from _never_there(
                told, match["state"], item, (at, text), item.text[match.start("rest") : at], owners
            )
            return


def _not_written(told: Told, table: ShownTable) -> Iterator[Finding]:
    """Yield a cell that says of a write what the action of its row, or those before it, do not."""
    columns = {
        at: match["variable"]
        for at, header in enumerate(table.headers)
        if (match := _WRITTEN.fullmatch(header.text.strip(" *")))
        and any(slot.variable == match["variable"] for slot in told.graph.slots)
    }
    earlier: frozenset[str] = frozenset()
    for row in table.rows if columns else ():
        cells = {cell.column: cell for cell in row}
        named = [
            match["name"] for _at, text in cells[0].coded() if (match := _NAME.fullmatch(text))
        ]
        names = told.lexicon.actions.get(named[0], frozenset()) if len(named) == 1 else frozenset()
        if not names or not _AFTER.search(f"{table.headers[0].text} {cells[0].text}"):
            return
        earlier |= names
        for at, variable in columns.items():
            cell = cells.get(at)
            if cell is None:
                continue
            writes = any(True for _each in told.facts.changes(variable, names))
            wrote = any(True for _each in told.facts.changes(variable, earlier))
            if (_NO.fullmatch(cell.text) and writes) or (_YES.fullmatch(cell.text) and not wrote):
                does = "writes" if writes else "does not write"
                message = f"`{named[0]}` {does} `{variable}`"
                yield _finding(told, cell, 0, len(cell.text), message)


def _not_taken(
    told: Told, state: Passage, recovery: Passage, owners: dict[str, str]
) -> Iterator[Finding]:
    """Yield an action that is said to recover from a state in which it is never taken."""
    first = next(iter(recovery.coded()), None)
    if first is not None:
        before = recovery.text[: first[0]]
        yield from _never_there(told, state.text, recovery, first, before, owners)


def _never_there(
    told: Told,
    state: str,
    recovery: Passage,
    first: tuple[int, str],
    before: str,
    owners: dict[str, str],
) -> Iterator[Finding]:
    """Yield the action of code, `first`, in a passage if it is never taken in the state of a text.

    `before` are the words in front of it that may take it back.
    """
    values = [value for value in dict.fromkeys(_VALUE.findall(state)) if value in owners]
    match = _NAME.fullmatch(first[1])
    if match is None or len(values) != 1 or _BETWEEN.search(state):
        return
    names = told.lexicon.actions.get(match["name"], frozenset())
    behind = recovery.text[first[0] + len(first[1]) :]
    if not names or _TAKES_BACK.search(before) or _OF_OTHERS.match(behind):
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
