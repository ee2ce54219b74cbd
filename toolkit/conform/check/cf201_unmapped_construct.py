"""A construct of the document has no row in the mapping tables.

What it means
    The document has a variable, action, helper or property that no mapping row mentions, by its
    name, its number or its label. Nobody can tell which construct of the models it stands for. (One
    that a model lacks altogether is CF352.) Helpers need rows only where the tables have some for
    helpers; those left out are one finding. Where several documents have mapping tables, each that
    has rows for half of its kind or more should have one for it. Where no table has rows at all,
    CF209 tells that, once. A type invariant needs no row.

Example
    The document has the section `### Action 12: ReadEntry(w, off)`, and no mapping table has a row
    such as

        | Action 12: `ReadEntry` | `ReadEntry(w, off)` |

What to do
    Add the row; write a dash with the reason where an artefact has no such construct.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.cf204_undocumented_construct import is_type_invariant
from conform.check.cf352_unmodelled import by_construction, lacking
from conform.check.context import Context
from conform.check.linking import Construct, constructs, covered
from conform.domain.finding import Code, Finding
from conform.domain.spec import ConstructKind, ConstructReference, Property
from conform.text import Span

CODE = Code("CF201", "construct without a mapping row")

_MAPPED = (
    ConstructKind.VARIABLE,
    ConstructKind.ACTION,
    ConstructKind.PROPERTY,
)


def unmapped_constructs(context: Context) -> Iterator[Finding]:
    """Yield a finding for each construct that no row covers, or no row of one of the documents.

    Where there are no rows at all, CF209 tells that.
    """
    if not any(True for _row in context.rows()):
        return
    covered_in = _covered_by_document(context)
    everywhere = {span for spans in covered_in.values() for span in spans}
    told = {construct.span for construct, _kind, _paths in lacking(context)}
    told |= {found.span for found in context.document.properties if _is_under_other(context, found)}
    without = by_construction(context)
    for kind in _MAPPED:
        for construct in constructs(context.document, kind):
            if construct.name in without or is_type_invariant(construct.name):
                continue
            if construct.span not in everywhere | told and not _is_in_lost_row(context, construct):
                yield CODE.finding(
                    f"{kind} `{construct.name}` has no row in the mapping tables",
                    construct.span,
                    excerpt=context.excerpt(construct.span),
                    hint="add a row for it to a mapping table",
                )
        yield from _left_out_of_one(context, kind, covered_in)
    yield from _helpers(context, everywhere | told)


def _is_under_other(context: Context, stated: Property) -> bool:
    """Whether a row names a property beside the label of another one: CF225 tells that."""
    return any(
        isinstance(reference, ConstructReference) and reference.name == stated.name
        for row in context.rows()
        if row.subject.kind is ConstructKind.PROPERTY and row.subject.label
        for cell in row.cells
        for reference in cell.references
    )


def _helpers(context: Context, known: set[Span]) -> Iterator[Finding]:
    """Yield one finding for the helpers without a row, where the tables have rows for others."""
    if not any(row.subject.kind is ConstructKind.HELPER for row in context.rows()):
        return
    in_cells = {
        reference.name
        for row in context.rows()
        if not (row.subject.names or row.subject.numbers or row.subject.label)
        for cell in row.cells
        for reference in cell.references
        if isinstance(reference, ConstructReference)
    }
    helpers = constructs(context.document, ConstructKind.HELPER)
    named = {helper.span for helper in helpers if helper.name in in_cells}
    left_out = [
        helper
        for helper in helpers
        if helper.span not in known | named and not _is_in_lost_row(context, helper)
    ]
    if left_out:
        first, *others = left_out
        listed = ", ".join(f"`{helper.name}`" for helper in left_out)
        yield CODE.finding(
            f"{'helpers' if others else 'helper'} {listed} {'have' if others else 'has'} no row in "
            "the mapping tables, which have rows for other helpers",
            first.span,
            excerpt=context.excerpt(first.span),
            details=tuple(f"`{helper.name}` at {helper.span}" for helper in others),
            hint="add a row for it to a mapping table",
        )


def _is_in_lost_row(context: Context, construct: Construct) -> bool:
    """Whether a line of a mapping table that could not be read names the construct: CF103 tells."""
    names = [construct.name, getattr(construct, "label", "")]
    words = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in names if name)})(?!\w)")
    return any(words.search(line) for line in _lost_rows(context))


def _lost_rows(context: Context) -> Iterator[str]:
    read = {(row.span.path, row.span.line) for row in context.rows()}
    for table in context.document.mapping:
        source = context.sources.get(table.span.path)
        lines = source.lines() if source else []
        for number in range(table.span.line + 2, len(lines) + 1):
            line = lines[number - 1]
            if "|" not in line:
                break
            if (table.span.path, number) not in read:
                yield line


def _covered_by_document(context: Context) -> dict[str, set[Span]]:
    """Return, for each document with mapping rows, the places of the constructs that they cover."""
    covered_in: dict[str, set[Span]] = {}
    for row in context.rows():
        places = covered_in.setdefault(row.span.path, set())
        places.update(construct.span for construct in covered(context, row))
    return covered_in


def _left_out_of_one(
    context: Context, kind: ConstructKind, covered_in: dict[str, set[Span]]
) -> Iterator[Finding]:
    found = constructs(context.document, kind)
    everywhere = {span for spans in covered_in.values() for span in spans}
    for path, spans in covered_in.items():
        covered_here = sum(construct.span in spans for construct in found)
        if 2 * covered_here < len(found):  # it adds to another table, and promises nothing of all
            continue
        table = next(table for table in context.document.mapping if table.span.path == path)
        for construct in found:
            if construct.span in everywhere - spans:
                yield CODE.finding(
                    f"{kind} `{construct.name}` has no row in the mapping tables of {path}",
                    table.span,
                    excerpt=context.excerpt(table.span),
                    hint="add a row for it there as well",
                )
