"""A table says that an action touches a variable, and the model's action never looks at it.

What it means
    A table with an action in each row has a column of what it reads, writes or touches, and a
    variable in it is one that the model's action neither reads nor writes: the row was written for
    an earlier form of the action, or belongs to another one.

Example
    | 8 | `AdvanceCursor` | `logIndex` |     below *Touches*, where the module's action sets
    `compactionCursor` and reads nothing else.

What to do
    Decide which is right, and correct the other: the document is the source of truth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from conform.check.context import Context
from conform.check.models.explored import Explored
from conform.check.models.footprints import Linked, finding_about, linked_actions
from conform.check.texts.shown_tables import protocol_tables
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage

CODE = Code("CF283", "touched by a table alone")

_TOUCHED = re.compile(
    r"\b(?:touch(?:es|ed)?|reads?|writes?|written|modif(?:y|ies|ied)|changes|changed|updates|updated"
    r"|variables?|affects)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not?|never|nothing|except|other than|without)\b", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d]\w*")

FIRST = 2
"""The action of a row stands in one of so many first columns: a number may go before it."""


def touched_in_tables(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a finding for each variable of such a cell that the action of its row leaves alone."""
    linked = {each.stated.name: each for each in linked_actions(context, explored)}
    for table in protocol_tables(context) if linked else ():
        columns = [at for at, each in enumerate(table.headers) if _TOUCHED.search(each.text)]
        for row in table.rows if columns else ():
            found = _action(row, linked)
            touched = _touched(found, explored) if found else None
            if found is None or touched is None:
                continue
            for cell in row:
                if cell.column in columns and not _DENIED.search(cell.text):
                    yield from _untouched(context, explored, found, touched, cell)


def _action(row: Sequence[Passage], linked: dict[str, Linked]) -> Linked | None:
    for cell in row[:FIRST]:
        for _at, text in cell.coded():
            name = _NAME.match(text)
            if name and name[0] in linked:
                return linked[name[0]]
    return None


def _touched(found: Linked, explored: Explored) -> set[str] | None:
    """Return the variables that a model's action reads or writes; None where that is not known."""
    slots = explored.model.slots
    names: set[str] = set()
    for instance in found.instances:
        if instance.reads is None or instance.writes is None:
            return None
        names.update(slots[slot].variable for slot in {*instance.reads, *instance.writes})
    return names


def _untouched(
    context: Context, explored: Explored, found: Linked, touched: set[str], cell: Passage
) -> Iterator[Finding]:
    for at, text in cell.coded():
        name = _NAME.match(text)
        variable = found.names.get(name[0]) if name else None
        if name and variable is not None and variable not in touched:
            message = (
                f"the table has `{name[0]}` for `{found.stated.name}`, and the model's action "
                "neither reads nor writes it"
            )
            span = cell.span(at, at + len(name[0]))
            yield finding_about(CODE, context, explored, found, message, span)
