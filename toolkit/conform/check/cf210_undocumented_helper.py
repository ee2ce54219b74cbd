"""Helper operators of the model are mentioned in no document.

What it means
    The mapping tables have rows for helpers, and the actions or properties of the model use
    operators with parameters that no row and no other text of the documents mentions. A guard may
    hide in one. There is one finding for each model.

Example
    The module defines `Covers(o, off)`, HasCoveringEntry uses it, and no row names it.

What to do
    Describe it in the document as a helper and add its row. Tuples of variables, such as `vars`,
    need none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conform.check.cf204_undocumented_construct import names_in_column
from conform.check.context import Context
from conform.check.texts.belonging import folded
from conform.domain.finding import Code, Finding, Severity
from conform.domain.spec import ConstructKind, Helper

CODE = Code("CF210", "helper that no document mentions", Severity.WARNING)


def undocumented_helpers(context: Context) -> Iterator[Finding]:
    """Yield a warning for each model with helper operators without a row."""
    if not any(row.subject.kind is ConstructKind.HELPER for row in context.rows()):
        return
    for role, artefact in context.formal.items():
        names = names_in_column(context, role, artefact)
        stated = {folded(helper.name) for helper in context.document.helpers}
        left_out = [
            helper
            for helper in artefact.spec.helpers
            if helper.parameters
            and not (helper.name in names or folded(helper.name) in stated)
            and not context.mentions(helper.name)
        ]
        if left_out:
            yield _finding(context, artefact.spec.path, left_out)


def _finding(context: Context, path: str, helpers: Sequence[Helper]) -> Finding:
    first, *others = helpers
    listed = ", ".join(f"`{helper.name}`" for helper in helpers)
    what = f"helpers {listed} of {path} are" if others else f"helper {listed} of {path} is"
    return CODE.finding(
        f"{what} mentioned in no document",
        first.span,
        excerpt=context.excerpt(first.span),
        details=tuple(f"`{helper.name}` at {helper.span}" for helper in others),
        hint="describe it in the document and add its row",
    )
