"""A construct of the document has neither a mapping row nor a counterpart in a model.

What it means
    The document states a variable, action or property, no mapping row says what stands for it in a
    model, and the model has nothing of that name. It is not modelled: whatever is promised of it
    was checked nowhere.

Example
    `### Safety S1: NoOffsetDuplicates` in the document, and no such formula in the module

What to do
    Add it to the model and to the mapping table; or give the row a dash with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.belonging import folded
from conform.check.context import Context
from conform.check.linking import constructs, covered
from conform.check.verdict_cells import model_cells
from conform.domain.finding import Code, Finding
from conform.domain.spec import ConstructKind

CODE = Code("CF352", "construct that a model does not have")


def unmodelled_constructs(context: Context) -> Iterator[Finding]:
    """Yield a finding for each construct without a row that a model lacks."""
    mapped = {construct.span for row in context.rows() for construct in covered(context, row)}
    for role, artefact in context.formal.items():
        # A dash or a verdict in the results is an answer; CF222 holds it to the model.
        told = {row.property for row, _header, _cell, of in model_cells(context) if of is role}
        known = {folded(name) for name in artefact.known_names()}
        for kind in (ConstructKind.VARIABLE, ConstructKind.ACTION, ConstructKind.PROPERTY):
            for construct in constructs(context.document, kind):
                if construct.span in mapped or construct.name in told:
                    continue
                if folded(construct.name) not in known:
                    yield CODE.finding(
                        f"{artefact.spec.path} has nothing for {kind} `{construct.name}`",
                        construct.span,
                        excerpt=context.excerpt(construct.span),
                        hint="add it to the model and to the mapping table",
                    )
