"""A mapping row says nothing about an artefact, or says "none" without a reason.

What it means
    The cell of a row is empty, or holds a bare dash. An absent construct is a decision; without its
    reason nobody can tell it from an oversight.

Example
    | Liveness L3 | `ReaderEventuallySucceeds` | — |

What to do
    Name the construct, or write the reason behind the dash: `— (checked by replay)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.domain.spec import Absent, Cell

CODE = Code("CF207", "mapping cell is empty or gives no reason")


def empty_cells(context: Context) -> Iterator[Finding]:
    """Yield a finding for each cell that names nothing and gives no reason."""
    for row, cell, column in context.cells(Role.TLAPLUS, Role.FIZZBEE, Role.IMPLEMENTATION):
        if _is_silent(cell):
            yield CODE.finding(
                f"the row of {row.subject.text} says nothing under {column.header}",
                cell.span,
                excerpt=context.excerpt(cell.span),
                hint="name the construct, or give the reason after a dash",
            )


def _is_silent(cell: Cell) -> bool:
    return not cell.references or any(
        isinstance(reference, Absent) and not reference.reason for reference in cell.references
    )
