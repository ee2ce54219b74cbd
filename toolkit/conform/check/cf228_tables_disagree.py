"""The table of results and the mapping table contradict each other.

What it means
    For a model that the project does not name, so that neither table can be held to it, one of them
    has a construct for a property and the other a dash. One of them is out of date.

Example
    | `FencedRejectsAppends` | Safety | PASS | — | in the results, and
    | Safety S3 | `FencedRejectsAppends` | `always assertion FencedRejectsAppends` | in the mapping

What to do
    Correct the one that is wrong. If conform.yaml names the model, CF202 and CF222 tell which.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.linking import covered, is_absent
from conform.check.texts.verdict_cells import claimed_verdict, claims_absence, model_cells
from conform.domain.finding import Code, Finding
from conform.domain.spec import Cell, MappingRow

CODE = Code("CF228", "results and mapping contradict")


def contradicting_tables(context: Context) -> Iterator[Finding]:
    """Yield a finding for each row of results that a mapping row contradicts."""
    for result, header, cell, role in model_cells(context):
        if role in context.formal:
            continue
        for mapped in _cells_of(context, result.property, role):
            has_none = claims_absence(cell) and not is_absent(mapped) and bool(mapped.references)
            has_some = claimed_verdict(cell) is not None and is_absent(mapped)
            if has_none or has_some:
                yield CODE.finding(
                    f"`{result.property}` has {cell} under {header}, "
                    f"but the mapping has {mapped.text}",
                    result.span,
                    excerpt=context.excerpt(result.span),
                    details=(f"mapped at {mapped.span}",),
                    hint="correct the one that is wrong",
                )


def _cells_of(context: Context, name: str, role: Role) -> Iterator[Cell]:
    for row, cell, _column in context.cells(role):
        if name in _names(context, row):
            yield cell


def _names(context: Context, row: MappingRow) -> set[str]:
    return {found.name for found in covered(context, row)} | set(row.subject.names)
