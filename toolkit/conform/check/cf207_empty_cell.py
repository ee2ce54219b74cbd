"""A mapping row says nothing about an artefact, or says "none" without a reason.

What it means
    The cell of a row is empty, or holds a bare dash. An absent construct is a decision; without its
    reason nobody can tell it from an oversight. For a property the results may tell it: *n/a* or
    *not checked* in the column of the model, and no dash.

Example
    | Liveness L3 | `ReaderEventuallySucceeds` | — |

What to do
    Name the construct, or write the reason behind the dash: `— (checked by replay)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.linking import subjects
from conform.check.texts.verdict_cells import claims_absence, model_cells
from conform.domain.finding import Code, Finding
from conform.domain.spec import Absent, Cell, ConstructKind, MappingRow

_WORDS = re.compile(r"[a-z]")

CODE = Code("CF207", "mapping cell is empty or gives no reason")


def empty_cells(context: Context) -> Iterator[Finding]:
    """Yield a finding for each cell that names nothing and gives no reason."""
    for row, cell, column in context.cells(Role.TLAPLUS, Role.FIZZBEE, Role.IMPLEMENTATION):
        if _is_silent(cell) and not _is_told_of(context, row, column.role):
            yield CODE.finding(
                f"the row of {row.subject.text} says nothing under {column.header}",
                cell.span,
                excerpt=context.excerpt(cell.span),
                hint="name the construct, or give the reason after a dash",
            )


def _is_told_of(context: Context, row: MappingRow, role: Role) -> bool:
    """Whether the results say in words of each property of a row that the model has none."""
    names = {found.name for found in subjects(context.document, row.subject)}
    absent = {
        result.property
        for result, _header, cell, of in model_cells(context)
        if of is role and claims_absence(cell) and _WORDS.search(cell)
    }
    return bool(names) and row.subject.kind is ConstructKind.PROPERTY and names <= absent


def _is_silent(cell: Cell) -> bool:
    return not cell.references or any(
        isinstance(reference, Absent) and not reference.reason for reference in cell.references
    )
