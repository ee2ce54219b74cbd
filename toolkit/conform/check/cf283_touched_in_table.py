"""A table says that an action touches a variable, and the model's action never looks at it.

What it means
    A table with an action in each row has a column of what it reads, writes or touches, and a
    variable in it is one that the model's action neither reads nor writes: the row was written for
    an earlier form of the action, or belongs to another one. A column headed *Writes*, *Changes* or
    the like, whose other cells name all that the actions of their rows write, leaves a variable out
    where a cell does not.

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
_WRITTEN = re.compile(
    r"(?:variables?\s+)?(?:writes?|written|modif(?:y|ies|ied)|changes|changed|updates?|updated)"
    r"(?:\s+(?:variables?|to|state))?",
    re.IGNORECASE,
)
_BESIDE_NAMES = re.compile(r"[\s,;/&]|\[[^\[\]]*\]|\band\b")
_FEWEST_WHOLE = 3
"""So many cells of a column name all that is written before one is asked for what it leaves out."""

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


def left_out_of_tables(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a finding for each variable that an action writes and a column of them leaves out."""
    linked = {each.stated.name: each for each in linked_actions(context, explored)}
    for table in protocol_tables(context) if linked else ():
        columns = [at for at, each in enumerate(table.headers) if _WRITTEN.fullmatch(each.text)]
        cells = [
            (cell, found, _unnamed(cell, found, explored))
            for row in table.rows
            if (found := _action(row, linked))
            for cell in row
            if cell.column in columns and _names_alone(cell)
        ]
        partial = [each for each in cells if each[2]]
        is_list = len(cells) - len(partial) >= max(_FEWEST_WHOLE, 2 * len(partial))
        for cell, found, names in partial if is_list else ():
            listed = " and ".join(f"`{name}`" for name in names)
            message = f"`{found.stated.name}` writes {listed} as well in the model"
            yield finding_about(CODE, context, explored, found, message, cell.span())


def _names_alone(cell: Passage) -> bool:
    """Say whether a cell is a list of names in code."""
    return bool(cell.codes) and not _BESIDE_NAMES.sub("", cell.plain().replace("`", ""))


def _unnamed(cell: Passage, found: Linked, explored: Explored) -> list[str]:
    """Return the document's variables that an action's instances all write, and a cell omits."""
    slots = explored.model.slots
    every = [{slots[slot].variable for slot in one.writes} for one in found.instances]
    written = set.intersection(*every) if every else set()
    named = set(re.findall(_NAME, cell.text))
    return [name for name, own in found.names.items() if own in written and name not in named]


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
