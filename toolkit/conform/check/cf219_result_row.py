"""A table of results names a property that does not exist.

What it means
    A row gives a verdict for a property that neither the document states nor a model checks, or its
    notes name a formula of a model (`X in TLA+`) that the model does not define. It was renamed or
    removed, and the table was left behind.

Example
    | `NoLostTask` | Safety | PASS | | in a table, while the document calls it `NoTaskLost`

What to do
    Correct the name, or remove the row.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.context import Context
from conform.check.verdict_cells import alias_in
from conform.domain.finding import Code, Finding
from conform.domain.spec import ResultRow
from conform.text import nearest

CODE = Code("CF219", "result of an unknown property")


def unknown_results(context: Context) -> Iterator[Finding]:
    """Yield a finding for each row or note about a property that nothing has."""
    stated = {found.name for found in context.document.properties}
    known = stated | {name for each in context.formal.values() for name in each.known_names()}
    for document in context.documents:
        for row in document.results:
            if row.property not in known:
                yield _finding(
                    context, row, row.property, "no document states and no models", stated
                )
            yield from _unknown_aliases(context, row)


def _unknown_aliases(context: Context, row: ResultRow) -> Iterator[Finding]:
    for role, artefact in context.formal.items():
        alias = alias_in(row, role)
        known = artefact.known_names()
        if alias is not None and alias not in known:
            yield _finding(context, row, alias, f"{artefact.spec.path} does not", known)


def _finding(context: Context, row: ResultRow, name: str, whose: str, known: set[str]) -> Finding:
    close = nearest(name, known)
    return CODE.finding(
        f"this row of results names `{name}`, which {whose} define",
        row.span,
        excerpt=context.excerpt(row.span),
        hint=f"did you mean `{close}`?" if close else "correct the name, or remove the row",
    )
