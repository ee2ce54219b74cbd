"""A construct of the document has neither a mapping row nor a counterpart in a model.

What it means
    The document states a variable, action or property, no mapping row says what stands for it in a
    model, and the model has nothing of that name. It is not modelled: whatever is promised of it
    was checked nowhere. A property that no model has is left alone where the document says that it
    has no construct of its own.

Example
    `### Safety S1: NoOffsetDuplicates` in the document, and no such formula in the module

What to do
    Add it to the model and to the mapping table; or give the row a dash with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.linking import Construct, constructs, covered
from conform.check.texts.belonging import folded
from conform.check.texts.remarks import is_by_construction
from conform.check.texts.verdict_cells import model_cells
from conform.domain.finding import Code, Finding
from conform.domain.spec import ConstructKind

CODE = Code("CF352", "construct that a model does not have")


def unmodelled_constructs(context: Context) -> Iterator[Finding]:
    """Yield a finding for each construct without a row that a model lacks."""
    for construct, kind, paths in lacking(context):
        yield CODE.finding(
            f"{' and '.join(paths)} {'have' if len(paths) > 1 else 'has'} nothing for {kind} "
            f"`{construct.name}`, and no row of a mapping table says so",
            construct.span,
            excerpt=context.excerpt(construct.span),
            hint="add it to the model and to the mapping table",
        )


def lacking(context: Context) -> Iterator[tuple[Construct, ConstructKind, list[str]]]:
    """Yield each construct without a row with its kind, and the paths of the models without it."""
    mapped = {construct.span for row in context.rows() for construct in covered(context, row)}
    without = by_construction(context)
    models = [
        (
            artefact.spec.path,
            _told(context, role),
            {folded(name) for name in artefact.known_names()},
        )
        for role, artefact in context.formal.items()
    ]
    for kind in (ConstructKind.VARIABLE, ConstructKind.ACTION, ConstructKind.PROPERTY):
        for construct in constructs(context.document, kind):
            name = construct.name
            paths = [
                path
                for path, told, known in models
                if name not in told and folded(name) not in known
            ]
            is_case = kind is ConstructKind.ACTION and len(paths) < len(models)
            if is_case and _is_case_of_known(context, name, [known for _p, _t, known in models]):
                continue
            if paths and construct.span not in mapped and name not in without:
                yield construct, kind, paths


def _is_case_of_known(context: Context, name: str, models: list[set[str]]) -> bool:
    """Say whether an action is a case of one that all models have, `SendLate` of `Send`.

    A model that has no action of that name takes its steps in the other. That no row says so is
    CF201's.
    """
    bases = (action.name for action in context.document.actions if action.name != name)
    return any(
        re.fullmatch(rf"{re.escape(base)}[A-Z]\w*", name) and all(folded(base) in m for m in models)
        for base in bases
    )


def by_construction(context: Context) -> set[str]:
    """Return the properties that no model has, where the document says that they need none."""
    known = {
        folded(name) for artefact in context.formal.values() for name in artefact.known_names()
    }
    return {
        found.name
        for found in context.document.properties
        if folded(found.name) not in known and is_by_construction(context, found.name)
    }


def _told(context: Context, role: Role) -> set[str]:
    """Return the properties whose results say something of a model: CF222 holds it to that."""
    return {row.property for row, _header, _cell, of in model_cells(context) if of is role}
