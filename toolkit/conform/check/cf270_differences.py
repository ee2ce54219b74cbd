r"""A table of the differences between the models is not what the models have.

What it means
    A row about an action, or about a sort of properties, says under a model `two actions`, `one
    action` or `not checked`, and by the mapping and the configuration the model has another number
    of actions, or checks them. The table is of an older state of the models.

Example
    | Aspect | TLA+ | Fizzbee |
    | Action 2 | one action | two actions |    while it is WALWriteSuccess and WALWriteFail in TLA+

What to do
    Correct the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.cf217_property_kind import LIVENESS, SAFETY, sort_of
from conform.check.columns import Role, recognise
from conform.check.context import Context, FormalArtefact
from conform.check.linking import cells_about, named_in, names_for
from conform.check.texts.number_words import NUMBER, value_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose

CODE = Code("CF270", "table of differences is out of date")

_ACTION = re.compile(r"\s*Action\s+(?P<number>\d{1,3})\b[^\d,]*$", re.IGNORECASE)
_ACTIONS = re.compile(rf"^\s*(?:is\s+|as\s+)?{NUMBER}\s+(?:separate\s+)?actions?\b", re.IGNORECASE)
_SORT = re.compile(r"\s*(?P<sort>Liveness|Safety)(?:\s+properties)?\s*", re.IGNORECASE)
_NOT = re.compile(r"\s*(?:not\s+(?:checked|modell?ed|stated)|omitted|none|no)\b", re.IGNORECASE)
_CHECKED = re.compile(r"\s*(?:checked|modell?ed|yes)\b", re.IGNORECASE)


def differences_out_of_date(context: Context) -> Iterator[Finding]:
    """Yield a finding for each cell about a model's actions or properties that is not so."""
    page = context.page()
    for cells in page.blocks(PassageKind.CELL):
        headers = {
            header.column: recognise(header.text).role
            for header in page.of(PassageKind.HEADER)
            if header.block == cells[0].block
        }
        if {Role.TLAPLUS, Role.FIZZBEE} <= set(headers.values()):
            yield from _in_table(context, page, cells, headers)


def _in_table(
    context: Context, page: Prose, cells: tuple[Passage, ...], headers: dict[int, Role]
) -> Iterator[Finding]:
    mapped = {row.span.line for row in context.rows() if row.span.path == page.path}
    firsts = {cell.row: cell for cell in cells if cell.column == 0}
    for cell in cells:
        role = headers.get(cell.column, Role.PROSE)
        artefact = context.formal.get(role)
        first = firsts.get(cell.row)
        if artefact is None or first is None or cell.span().line in mapped:
            continue
        message = _about_action(context, first, cell, role, artefact)
        message = message or _about_sort(first, cell, artefact)
        if message:
            span = cell.span()
            yield CODE.finding(
                message, span, excerpt=context.excerpt(span), hint="correct the table"
            )


def _about_action(
    context: Context, first: Passage, cell: Passage, role: Role, artefact: FormalArtefact
) -> str:
    """Return what is wrong in a cell that counts the actions of a model for a numbered one."""
    match, said = _ACTION.match(first.text), _ACTIONS.match(cell.text)
    actions = [a for a in context.document.actions if match and a.number == match["number"]]
    if not said or len(actions) != 1:
        return ""
    names: set[str] = set()
    for leaf in actions[0].leaves():
        rows = [*cells_about(context, leaf, role)]
        found = {n.name for row, one, _column in rows for n in named_in(one, row, artefact)}
        names |= found or set(names_for(context, leaf, role))
    there = names & {action.name for action in artefact.spec.actions}
    if not there or len(there) == value_of(said["number"]):
        return ""
    return f"{first.text.strip()} is {', '.join(sorted(there))} in {artefact.spec.path}"


def _about_sort(first: Passage, cell: Passage, artefact: FormalArtefact) -> str:
    """Return what is wrong in a cell that says whether a model checks a sort of properties."""
    match = _SORT.fullmatch(first.text)
    if match is None:
        return ""
    sort = LIVENESS if match["sort"].lower() == "liveness" else SAFETY
    names = [each.name for each in artefact.spec.properties if sort_of(each.kind) == sort]
    if names and _NOT.match(cell.text):
        return f"{artefact.spec.path} has {', '.join(names[:3])}"
    if not names and _CHECKED.match(cell.text):
        return f"{artefact.spec.path} has no {match['sort'].lower()} properties"
    return ""
