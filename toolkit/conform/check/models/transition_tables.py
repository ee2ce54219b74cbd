"""Tables of transitions: columns for a state, an action and the state after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from conform.check.models.explored import Explored
from conform.domain.prose import Passage, PassageKind, Prose

_CASE_BEHIND = re.compile(r"(?:\([^()]*\))?`?\s*\(|(?:\([^()]*\))?`?\s+[a-z]")
_ALONE = re.compile(r"[^\W\d_]\w+")
_ANY = re.compile(r"any|all|every|each|other|various", re.IGNORECASE)
"""What stands for several states, and is the name of none."""

_BETWEEN = re.compile(r"\s*(?:,\s*(?:or\b|and\b)?|/|\||\bor\b|\band\b)\s*")
_FROM = re.compile(r"(?:from|source|current|before)(?:\s+(?:state|status))?|(?:state|status)")
_EVENT = re.compile(r"(?:event|action|trigger|transition|via|on|by)s?")
_TO = re.compile(r"(?:to|target|next|after|new)(?:\s+(?:state|status))?")
_LABEL = re.compile(r"[^\W\d]\w*")


class Drawn(Struct, frozen=True):
    """One transition of a document: from and to names of values, and the action on it, or none.

    `among` are all values of the row or table that it is in. `is_case` says that a case stands
    behind the action, `is_pair` that nothing but the name of an action tells it from other arrows.
    """

    among: frozenset[str]
    before: str
    after: str
    action: str
    passage: Passage
    start: int
    end: int
    is_case: bool = False
    is_pair: bool = False


class TransitionTable(Struct, frozen=True):
    """The rows of a table that could be read; `is_whole` says that these are all of them."""

    rows: tuple[Drawn, ...]
    is_whole: bool


def transition_tables(page: Prose) -> Iterator[TransitionTable]:
    """Yield the tables with columns for a state, an action and the state after it."""
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
        drawn = [each for row in found for each in row]
        among = frozenset(name for each in drawn for name in each.among)
        if drawn:
            told = tuple(replace(each, among=among) for each in drawn)
            yield TransitionTable(told, is_whole=all(found))


def _row(cells: list[Passage | None]) -> list[Drawn]:
    """Return the transitions of a row, one for each state before; none where it is not read."""
    before, event, after = cells
    if before is None or event is None or after is None:
        return []
    last = _ALONE.fullmatch(after.text.strip())
    firsts = _BETWEEN.split(before.text.strip())
    label = _LABEL.match(event.text.strip())
    if last is None or not all(_ALONE.fullmatch(each) for each in firsts):
        return []
    if any(_ANY.fullmatch(each) for each in firsts):
        return []
    among = frozenset((*firsts, last[0]))
    action = label[0] if label else ""
    is_case = bool(label and _CASE_BEHIND.match(event.text.strip(), label.end()))
    end = len(before.text)
    return [Drawn(among, each, last[0], action, before, 0, end, is_case) for each in firsts]


def variants(explored: Explored, action: str) -> frozenset[str]:
    """Return the actions of a model whose names begin with this one and go on with a word."""
    names = {each.action for each in explored.model.instances}
    return frozenset(name for name in names if re.fullmatch(rf"{re.escape(action)}[A-Z]\w*", name))
