"""A table says that a model has a construct which it lacks, or lacks one which it has.

What it means
    A dash, with or without a reason, stands in the column of a model that does have the construct;
    or a verdict stands in the column of a model that defines no such property. The table was true
    of an earlier version, or of another model.

Example
    | `TaskCompletion` | Liveness | PASS | PASS |     and no assertion TaskCompletion in the .fizz

What to do
    Correct the cell, or add the construct to the model.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context, FormalArtefact
from conform.check.linking import alias_in, covered, is_absent
from conform.check.texts.belonging import folded
from conform.check.texts.verdict_cells import (
    claimed_verdict,
    claims_absence,
    model_cells,
    names_in_model,
)
from conform.domain.finding import Code, Finding
from conform.text import Span

CODE = Code("CF222", "table and model disagree on what there is")


def wrong_absences(context: Context) -> Iterator[Finding]:
    """Yield a finding for each cell that says the opposite of what a model has."""
    yield from _in_results(context)
    yield from _in_mapping(context)


def _in_results(context: Context) -> Iterator[Finding]:
    for row, header, cell, role in model_cells(context):
        artefact = context.formal.get(role)
        if artefact is None:
            continue
        names = names_in_model(context, row, role)
        present = [name for name in names if name in _checked(artefact)]
        if claims_absence(cell) and present:
            message = f"the table has {cell!r} under {header}, but {_has(artefact, present[0])}"
            yield _finding(context, message, row.span, "write the verdict")
        known = artefact.known_names()
        if claimed_verdict(cell) and known.isdisjoint(names) and not alias_in(row, role):
            message = (
                f"the table has {cell} for `{row.property}` under {header}, but "
                f"{artefact.spec.path} has no `{names[0]}`"
            )
            yield _finding(context, message, row.span, "add it to the model, or write a dash")


def _in_mapping(context: Context) -> Iterator[Finding]:
    for row, cell, column in context.cells(Role.TLAPLUS, Role.FIZZBEE):
        artefact = context.formal.get(column.role)
        if artefact is None or not is_absent(cell):
            continue
        known = {folded(name): name for name in sorted(artefact.known_names())}
        for construct in covered(context, row):
            name = known.get(folded(construct.name))
            if name is not None:
                message = f"the row says that there is none, but {_has(artefact, name)}"
                yield _finding(context, message, cell.span, f"write `{name}`")


def _checked(artefact: FormalArtefact) -> set[str]:
    return {found.name for found in artefact.spec.properties}


def _has(artefact: FormalArtefact, name: str) -> str:
    definition = artefact.definitions.get(name)
    where = f"{definition.span}" if definition else artefact.spec.path
    return f"`{name}` is at {where}"


def _finding(context: Context, message: str, span: Span, hint: str) -> Finding:
    return CODE.finding(message, span, excerpt=context.excerpt(span), hint=hint)
