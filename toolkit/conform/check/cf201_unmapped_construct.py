"""A construct of the document has no row in the mapping tables.

What it means
    The document has a variable, action, helper or property that no mapping row mentions, by its
    name, its number or its label. Nobody can tell which construct of the models it stands for, and
    whether there is one at all.

Example
    The document has the section `### Action 12: ReadEntry(w, off)`, and no mapping table has a row
    such as

        | Action 12: `ReadEntry` | `ReadEntry(w, off)` |

What to do
    Add the row; write a dash with the reason where an artefact has no such construct.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.context import Context
from conform.check.linking import constructs, covered
from conform.domain.finding import Code, Finding
from conform.domain.spec import ConstructKind

CODE = Code("CF201", "construct without a mapping row")

_MAPPED = (
    ConstructKind.VARIABLE,
    ConstructKind.ACTION,
    ConstructKind.HELPER,
    ConstructKind.PROPERTY,
)


def unmapped_constructs(context: Context) -> Iterator[Finding]:
    """Yield a finding for each construct of the document that no row covers."""
    rows = {construct.span for row in context.rows() for construct in covered(context, row)}
    for kind in _MAPPED:
        for construct in constructs(context.document, kind):
            if construct.span not in rows:
                yield CODE.finding(
                    f"{kind} `{construct.name}` has no row in the mapping tables",
                    construct.span,
                    excerpt=context.excerpt(construct.span),
                    hint="add a row for it to a mapping table",
                )
