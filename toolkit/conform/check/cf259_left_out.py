"""A mapping row is about an action, and its cell leaves out what the model has for it.

What it means
    The row covers the action, by its number or as one of a range, and the model has an action of
    that name. The cell names others and not this one, and no other row names it: the list or the
    range ends too early.

Example
    | Actions 10-11: Fencing | `FenceLog` / `UnfenceLog` | `action FenceLog` |

What to do
    Name the action in the cell, or correct the range.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.linking import covered, is_absent, named_in
from conform.check.texts.belonging import folded
from conform.domain.finding import Code, Finding
from conform.domain.spec import Action, Cell, MappingRow

CODE = Code("CF259", "action left out of its cell")


def actions_left_out(context: Context) -> Iterator[Finding]:
    """Yield a finding for each action of a model that the row about it should name.

    Where the cell names what the model does not have, CF202 tells it.
    """
    for role, artefact in context.formal.items():
        own = {folded(action.name): action.name for action in artefact.spec.actions}
        cells = [(row, cell) for row, cell, _column in context.cells(role)]
        named = {
            folded(found.name)
            for row, cell in cells
            for found in named_in(cell, row, artefact, context.document)
        }
        known = {folded(name) for name in artefact.known_names()}
        for row, cell in cells:
            given = {folded(each.name) for each in named_in(cell, row, artefact, context.document)}
            if given and given <= known and not is_absent(cell):
                for action in _left_out(context, row, own.keys() - named):
                    yield _finding(context, cell, own[folded(action.name)], role)


def _left_out(context: Context, row: MappingRow, unnamed: set[str]) -> Iterator[Action]:
    found = (each for each in covered(context, row) if isinstance(each, Action))
    yield from (action for action in found if folded(action.name) in unnamed)


def _finding(context: Context, cell: Cell, name: str, role: Role) -> Finding:
    path = context.formal[role].spec.path
    return CODE.finding(
        f"the row covers `{name}`, which {path} has, and this cell does not name it",
        cell.span,
        excerpt=context.excerpt(cell.span),
        hint="name it in the cell, or correct the range",
    )
