"""A row of a table has fewer cells than its header.

What it means
    Markdown shows the missing cells empty, so that nobody notices that a value, a verdict or a
    construct is not there; or a bar was forgotten and cells stand under the wrong header. A last
    cell for notes may be left out.

Example
    | `MaxOffset` | `5` |     below     | Parameter | Small | Medium |

What to do
    Write the missing cells; a dash, with the reason, where there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.context import Context
from conform.check.texts.shown_tables import ShownTable, protocol_tables
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage

CODE = Code("CF104", "row with too few cells")


def missing_cells(context: Context) -> Iterator[Finding]:
    """Yield a finding for each row of a table about the protocol that lacks a cell to compare."""
    for table in protocol_tables(context):
        for row in table.rows:
            missing = table.headers[len(row) :]
            if any(not header.is_prose for header in missing):
                yield _finding(context, table, row, [header.text for header in missing])


def _finding(
    context: Context, table: ShownTable, row: tuple[Passage, ...], missing: list[str]
) -> Finding:
    span = row[-1].span()
    listed = ", ".join(missing)
    return CODE.finding(
        f"the row has {len(row)} cells, its header {len(table.headers)}: nothing under {listed}",
        span,
        excerpt=context.excerpt(span),
        hint="write the missing cells; a dash where there is nothing to say",
    )
