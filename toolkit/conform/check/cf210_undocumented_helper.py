"""A helper operator of the model has no row in the mapping tables.

What it means
    The actions or properties of the model use an operator that the document does not mention. A
    guard may hide in it.

Example
    The module defines `Covers(o, off)`, HasCoveringEntry uses it, and no row names it.

What to do
    Describe it in the document as a helper and add its row. Tuples of variables, such as `vars`,
    need none.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.cf204_undocumented_construct import names_in_column
from conform.check.context import Context
from conform.domain.finding import Code, Finding, Severity

CODE = Code("CF210", "helper that no mapping row names", Severity.WARNING)


def undocumented_helpers(context: Context) -> Iterator[Finding]:
    """Yield a warning for each helper operator of a model without a row."""
    for role, artefact in context.formal.items():
        names = names_in_column(context, role, artefact)
        for helper in artefact.spec.helpers:
            if helper.name not in names:
                yield CODE.finding(
                    f"helper `{helper.name}` of {artefact.spec.path} is named by no row",
                    helper.span,
                    excerpt=context.excerpt(helper.span),
                    hint="describe it in the document and add its row",
                )
