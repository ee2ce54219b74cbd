"""A helper operator of the model is mentioned in no document.

What it means
    The actions or properties of the model use an operator that no mapping row and no other text of
    the documents mentions. A guard may hide in it.

Example
    The module defines `Covers(o, off)`, HasCoveringEntry uses it, and no row names it.

What to do
    Describe it in the document as a helper and add its row. Tuples of variables, such as `vars`,
    need none.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.belonging import folded
from conform.check.cf204_undocumented_construct import names_in_column
from conform.check.context import Context
from conform.domain.finding import Code, Finding, Severity

CODE = Code("CF210", "helper that no document mentions", Severity.WARNING)


def undocumented_helpers(context: Context) -> Iterator[Finding]:
    """Yield a warning for each helper operator of a model without a row."""
    for role, artefact in context.formal.items():
        names = names_in_column(context, role, artefact)
        stated = {folded(helper.name) for helper in context.document.helpers}
        for helper in artefact.spec.helpers:
            is_stated = helper.name in names or folded(helper.name) in stated
            if not is_stated and not context.mentions(helper.name):
                yield CODE.finding(
                    f"helper `{helper.name}` of {artefact.spec.path} is mentioned in no document",
                    helper.span,
                    excerpt=context.excerpt(helper.span),
                    hint="describe it in the document and add its row",
                )
