"""The model defines a formula that nothing checks and nothing uses.

What it means
    A definition of the module reads like a property: it has no parameters and is true or false of a
    state or a behaviour. No other definition names it, no configuration lists it, and no mapping
    row does. It passes whatever it says; a reader takes it for checked. Or it is an action that
    Next does not have: it is never taken.

Example
    NoLostParcel == \\A p \\in Parcels : ...     in the module, and in no INVARIANT

What to do
    List it in the configurations, make it a part of Next, or remove it. A property that a mapping
    row names or the document states is reported by CF205.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.context import Context
from conform.check.linking import named_in
from conform.domain.finding import Code, Finding
from conform.domain.spec import ConstructKind

CODE = Code("CF216", "formula that nothing checks")


def unused_definitions(context: Context) -> Iterator[Finding]:
    """Yield a finding for each formula of a model that is neither used, checked nor mapped."""
    for role, artefact in context.formal.items():
        spoken_of = {found.name for found in context.document.properties}
        for row, cell, _column in context.cells(role):
            if row.subject.kind is ConstructKind.ACTION:
                continue
            spoken_of.update(
                named.name for named in named_in(cell, row, artefact, context.document)
            )
        for name in artefact.unused:
            if name not in spoken_of:
                span = artefact.definitions[name].span
                files = " or ".join(file.path for file in artefact.configurations)
                yield CODE.finding(
                    f"`{name}` is defined, and nothing uses or checks it",
                    span,
                    excerpt=context.excerpt(span),
                    hint=f"list it in {files}, make it a part of Next, or remove it",
                )
