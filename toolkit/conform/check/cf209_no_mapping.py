"""There is no mapping to check: no table, no row, or no column for an artefact.

What it means
    A check of the mapping would pass because it looked at nothing. Either the documents of the
    protocol have no mapping table, or a table has no rows, or the project names a model for which
    no table has a column. Where there is no table at all, constructs of one name are taken for the
    same, and this is a warning where there is no implementation: what has no counterpart of its
    name is told by other codes. What stands for what in an implementation no name tells.

Example
    | Spec Section | TLA+ Construct |
    |---|---|

What to do
    Write the rows; or, where the mapping is kept in another document, name that one under `mapping`
    in conform.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from conform.check.context import Context
from conform.check.texts.unwritten_mapping import is_unwritten
from conform.domain.finding import Code, Finding, Severity
from conform.text import Span

CODE = Code("CF209", "nothing is mapped")


def nothing_mapped(context: Context) -> Iterator[Finding]:
    """Yield a finding for missing tables, for each empty one, and for each missing column."""
    document = context.document
    start = Span(document.path, 1, 1, 1, 1)
    if not document.mapping or is_unwritten(document):
        found = CODE.finding(
            f"{document.path} has no mapping table",
            start,
            details=("constructs of one name are taken for the same",) if document.mapping else (),
            hint="add a table whose first column is `Spec Section`",
        )
        by_names = document.mapping and not context.implementations
        yield replace(found, severity=Severity.WARNING) if by_names else found
        return
    for table in document.mapping:
        if not table.rows:
            yield CODE.finding(
                "this mapping table has no rows",
                table.span,
                excerpt=context.excerpt(table.span),
                hint="add a row for each construct, or remove the table",
            )
    if any(table.rows for table in document.mapping):
        yield from _missing_columns(context)


def _missing_columns(context: Context) -> Iterator[Finding]:
    present = {context.column(cell).role for row in context.rows() for cell in row.cells}
    for role, artefact in context.formal.items():
        if role not in present:
            yield CODE.finding(
                f"no mapping table has a column for {artefact.spec.path}",
                context.document.mapping[0].span,
                excerpt=context.excerpt(context.document.mapping[0].span),
                hint=f"add a column `{role} Construct`",
            )
