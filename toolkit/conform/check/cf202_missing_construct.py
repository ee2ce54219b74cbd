"""A mapping row names a construct that the artefact does not have.

What it means
    A cell of a mapping table names a variable, action, operator or property, and the model in that
    column declares and defines nothing of that name: it was renamed, removed or misspelt. A range,
    `CompactStart` through `CompactReset`, stands for the actions of the document between its ends;
    one of these may have another name in the model.

Example
    The row `| Action 1: `StartAppend` | `StartAppend(w)` |`, and a module that calls the action
    `BeginAppend(w)`.

What to do
    Correct the name in the row or in the model. The nearest name that the model has is offered.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context, FormalArtefact
from conform.check.linking import Named, named_in, subjects
from conform.domain.finding import Code, Finding
from conform.domain.spec import Cell, MappingRow, RangeReference
from conform.text import nearest

CODE = Code("CF202", "mapped construct is missing in the artefact")


def missing_constructs(context: Context) -> Iterator[Finding]:
    """Yield a finding for each name in a cell that its model does not have."""
    for row, cell, column in context.cells(Role.TLAPLUS, Role.FIZZBEE):
        artefact = context.formal.get(column.role)
        if artefact is None:
            continue
        known = artefact.known_names()
        for named in named_in(cell, row, artefact, context.document):
            if named.name not in known:
                yield _finding(context, named, artefact, known)
        yield from _within_range(context, row, cell, artefact)


def _within_range(
    context: Context, row: MappingRow, cell: Cell, artefact: FormalArtefact
) -> Iterator[Finding]:
    """Yield the actions that a range stands for and the model has under another name.

    As many actions lie between the ends in the model as in the document: only a name differs.
    """
    ranges = [each for each in cell.references if isinstance(each, RangeReference)]
    stated = [each.name for each in subjects(context.document, row.subject)]
    if len(ranges) != 1 or len(cell.references) != 1 or len(stated) < 3:
        return
    named = [each.name for each in named_in(cell, row, artefact, context.document)]
    own = [each.name for each in artefact.spec.actions if each.name in named]
    if len(own) != len(stated) or (own[0], own[-1]) != (stated[0], stated[-1]):
        return
    for ours, theirs in zip(stated, own, strict=True):
        if ours not in own and theirs not in stated:
            span = ranges[0].span
            yield CODE.finding(
                f"{artefact.spec.path} has no `{ours}`, which this range stands for",
                span,
                excerpt=context.excerpt(span),
                hint=f"the model calls it `{theirs}`: use one name, or give it a row",
            )


def _finding(context: Context, named: Named, artefact: FormalArtefact, known: set[str]) -> Finding:
    close = nearest(named.name, known)
    return CODE.finding(
        f"{artefact.spec.path} has no `{named.name}`, which this mapping row names",
        named.span,
        excerpt=context.excerpt(named.span),
        hint=f"did you mean `{close}`?" if close else "correct the row, or add it to the model",
    )
