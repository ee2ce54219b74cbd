"""A mapping row names a construct that the artefact does not have.

What it means
    A cell of a mapping table names a variable, action, operator or property, and the model in that
    column declares and defines nothing of that name: it was renamed, removed or misspelt.

Example
    The row `| Action 1: `StartAppend` | `StartAppend(w)` |`, and a module that calls the action
    `BeginAppend(w)`.

What to do
    Correct the name in the row or in the model. The nearest name that the model has is offered.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context, FormalArtefact
from conform.check.linking import Named, named_in
from conform.domain.finding import Code, Finding
from conform.text import nearest

CODE = Code("CF202", "mapped construct is missing in the artefact")


def missing_constructs(context: Context) -> Iterator[Finding]:
    """Yield a finding for each name in a cell that its model does not have."""
    for row, cell, column in context.cells(Role.TLAPLUS, Role.FIZZBEE):
        artefact = context.formal.get(column.role)
        if artefact is None:
            continue
        known = artefact.known_names()
        for named in named_in(cell, row, artefact, context.document):
            if named.name not in known:
                yield _finding(context, named, artefact, known)


def _finding(context: Context, named: Named, artefact: FormalArtefact, known: set[str]) -> Finding:
    close = nearest(named.name, known)
    return CODE.finding(
        f"{artefact.spec.path} has no `{named.name}`, which this mapping row names",
        named.span,
        excerpt=context.excerpt(named.span),
        hint=f"did you mean `{close}`?" if close else "correct the row, or add it to the model",
    )
