"""A property has its construct in the model, but nothing checks it.

What it means
    A mapping row names a formula that the model defines, or the document states a property of that
    name, yet the configuration in use lists it neither as an invariant nor as a property, nor does
    one beside it that is for liveness alone. It would pass whatever it says.

Example
    The row `| Safety S8 | `NoReaderError` |`, a module that defines NoReaderError, and a .cfg file
    whose INVARIANTS do not list it.

What to do
    List it in the configuration, under INVARIANTS or PROPERTIES.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context, FormalArtefact
from conform.check.linking import covered, named_in
from conform.check.models.configurations_apart import CHECKED, apart_from_in_use
from conform.domain.finding import Code, Finding
from conform.domain.spec import ConstructKind

CODE = Code("CF205", "property is not checked")


def unchecked_properties(context: Context) -> Iterator[Finding]:
    """Yield a finding for each mapped property that the model defines and does not check."""
    for row, cell, column in context.cells(Role.TLAPLUS, Role.FIZZBEE):
        artefact = context.formal.get(column.role)
        if artefact is None or row.subject.kind is not ConstructKind.PROPERTY:
            continue
        checked = _checked_names(artefact)
        for named in named_in(cell, row, artefact, context.document):
            definition = artefact.definitions.get(named.name)
            if definition is not None and named.name not in checked:
                yield CODE.finding(
                    f"property `{named.name}` is defined at {definition.span} "
                    f"and not checked by {artefact.checked_by}",
                    named.span,
                    excerpt=context.excerpt(named.span),
                    hint=f"list it in {artefact.checked_by}, under INVARIANTS or PROPERTIES",
                )
    yield from _stated_only(context)


def _checked_names(artefact: FormalArtefact) -> set[str]:
    """Return what is checked: in use, and in configurations apart, which are explored as well."""
    names = {found.name for found in artefact.spec.properties}
    for file in apart_from_in_use(artefact):
        names |= {listed.name for listed in file.names(*CHECKED)}
    return names


def _stated_only(context: Context) -> Iterator[Finding]:
    """Yield a finding for each property without a row that a model defines and does not check."""
    mapped = {found.span for row in context.rows() for found in covered(context, row)}
    for artefact in context.formal.values():
        checked = _checked_names(artefact)
        for stated in context.document.properties:
            definition = artefact.definitions.get(stated.name)
            if stated.span not in mapped and definition and stated.name not in checked:
                yield CODE.finding(
                    f"property `{stated.name}` is defined at {definition.span} "
                    f"and not checked by {artefact.checked_by}",
                    stated.span,
                    excerpt=context.excerpt(stated.span),
                    hint=f"list it in {artefact.checked_by}, under INVARIANTS or PROPERTIES",
                )
