"""Two documents give a constant different values.

What it means
    The canonical document and a further one, such as a README, both have a table of parameters, and
    for one configuration their values of a constant differ. At most one of them can be right. Where
    the configuration is one of the project, CF211 says which.

Example
    | `MaxOffset` | 5 | 8 |     in the document, and     | `MaxOffset` | 5 | 10 |     in the README

What to do
    Correct the one that is wrong. The columns are compared by the first word of their headers:
    Small and Small (M.cfg) are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.texts.parameter_tables import (
    ParameterTable,
    are_same,
    column_of,
    parameter_tables,
)
from conform.domain.finding import Code, Finding
from conform.domain.spec import ParameterRow

CODE = Code("CF213", "documents give different values")


def disagreeing_tables(context: Context) -> Iterator[Finding]:
    """Yield a finding for each value of a later table that is another one in an earlier table."""
    tables = list(parameter_tables(context))
    for index, later in enumerate(tables):
        for earlier in tables[:index]:
            yield from _compared(context, earlier, later)


def _compared(
    context: Context, earlier: ParameterTable, later: ParameterTable
) -> Iterator[Finding]:
    for row in later.rows:
        other = earlier.row(row.name)
        if other is not None:
            yield from _in_rows(context, other, row)


def _in_rows(context: Context, earlier: ParameterRow, later: ParameterRow) -> Iterator[Finding]:
    stated = {_key(header): value for header, value in earlier.values}
    for header, value in later.values:
        other = stated.get(_key(header))
        if other is None or are_same(other, value) or _is_compared(context, later, header):
            continue
        yield CODE.finding(
            f"`{later.name}` is {value} here, but {other} at {earlier.span}",
            later.span,
            excerpt=context.excerpt(later.span),
            details=(
                f"here:    {value}  ({header})",
                f"earlier: {other}  at {earlier.span}",
            ),
            hint="correct the one that is wrong",
        )


def _is_compared(context: Context, row: ParameterRow, header: str) -> bool:
    """Whether a configuration of the project decides about a column."""
    return any(
        row.name in file.bindings and column_of(row, file, artefact) == header
        for artefact in context.formal.values()
        for file in artefact.configurations
    )


def _key(header: str) -> str:
    words = re.findall(r"\w+", header.casefold())
    return words[0] if words else ""
