"""A property has no row in a table of results.

What it means
    A document lists results property by property, and one that the canonical document states is not
    among them. Nobody can tell whether it was checked, and with what outcome.

Example
    `### Safety S5: NoPhantomEntries`, and a table of results that ends with S4

What to do
    Add the row; write a dash with a reason in the column of a model that does not have it.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.cf352_unmodelled import by_construction
from conform.check.columns import Role
from conform.check.context import Context
from conform.check.linking import covered, is_absent
from conform.domain.finding import Code, Finding

CODE = Code("CF220", "property without a result")


def missing_results(context: Context) -> Iterator[Finding]:
    """Yield a finding for each property that a document with results leaves out.

    One that no model has, as its mapping row says, has no result to be listed.
    """
    nowhere = _mapped_to_nothing(context) | by_construction(context)
    for document in context.documents:
        names = {row.property for row in document.results}
        labels = {row.label for row in document.results if row.label}
        stated = [found.name for found in context.document.properties]
        if names.isdisjoint(stated):
            continue
        first = next(row for row in document.results if row.property in stated)
        for found in context.document.properties:
            if found.name not in names | nowhere and found.label not in labels:
                what = f"{found.label} `{found.name}`" if found.label else f"`{found.name}`"
                yield CODE.finding(
                    f"the results of {document.path} have no row for {what}",
                    first.span,
                    excerpt=context.excerpt(first.span),
                    details=(f"stated at {found.span}",),
                    hint="add the row",
                    subject=found.name,
                )


def _mapped_to_nothing(context: Context) -> set[str]:
    """Return the names of what the mapping has dashes for, in the column of each model."""
    present: dict[str, bool] = {}
    for row, cell, _column in context.cells(Role.TLAPLUS, Role.FIZZBEE):
        for construct in covered(context, row):
            present[construct.name] = present.get(construct.name, False) or not is_absent(cell)
    return {name for name, is_present in present.items() if not is_present}
