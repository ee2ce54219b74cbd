"""A construct of the model has no row in the mapping tables.

What it means
    The model declares a variable, takes an action or checks a property that no cell of its column
    names, and that the document does not state under this name either; nor does a table of results
    list the property, or name it in its notes. The document, which is the source of truth, does not
    speak of it. (What the document states and no row mentions is CF201.) An invariant with a usual
    name for the types of the variables, TypeOK or TypeInvariant, needs no mention: the types are
    stated with the variables. Of a kind of which the document states nothing, and no row names
    anything, nothing is told here: CF102 does.

Example
    The module has the action `CompactorCrash`, Next can take it, and no row names it.

What to do
    Describe it in the document and add its row, or remove it from the model. A helper operator
    without a row is reported by CF210, as a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context, FormalArtefact
from conform.check.linking import constructs, named_in
from conform.domain.finding import Code, Finding
from conform.domain.prose import PassageKind
from conform.domain.spec import ConstructKind

_TYPE_INVARIANT = re.compile(r"type_?(?:ok|inv|invariant|correct|correctness|safety)", re.I)

_WORD = re.compile(r"[^\W\d]\w*")
_NAME_ALONE = re.compile(r"`?(?P<name>[^\W\d]\w*)(?:\([^()]*\))?`?")

CODE = Code("CF204", "construct that no mapping row names")


def undocumented_constructs(context: Context) -> Iterator[Finding]:
    """Yield a finding for each variable, action and property of a model without a row."""
    refused = names_in_refused_rows(context)
    for role, artefact in context.formal.items():
        names = names_in_column(context, role, artefact) | refused
        for kind in (ConstructKind.VARIABLE, ConstructKind.ACTION, ConstructKind.PROPERTY):
            stated = {found.name for found in constructs(context.document, kind)}
            if not (stated or names):  # CF102 tells that none of the kind is stated
                continue
            if kind is ConstructKind.PROPERTY:
                results = [row for each in context.documents for row in each.results]
                stated |= {row.property for row in results}
                stated |= {word for row in results for word in _WORD.findall(row.notes)}
            for construct in constructs(artefact.spec, kind):
                if construct.name not in names | stated and not is_type_invariant(construct.name):
                    yield CODE.finding(
                        f"{kind} `{construct.name}` of {artefact.spec.path} is named by no row "
                        f"of {context.document.path}",
                        construct.span,
                        excerpt=context.excerpt(construct.span),
                        hint="describe it in the document and add its row",
                        subject=construct.name,
                    )


def is_type_invariant(name: str) -> bool:
    """Say whether a name is one of the usual ones of the invariant that types the variables."""
    return _TYPE_INVARIANT.fullmatch(name) is not None


def names_in_refused_rows(context: Context) -> set[str]:
    """Return the names that stand alone in cells of mapping tables whose row was not read.

    Why it was not is told where the document is read (CF103).
    """
    own = {document.path for document in context.documents}
    rows = {(row.span.path, row.span.line) for row in context.rows()}
    names: set[str] = set()
    for page in context.pages:
        cells = [(cell, cell.span()) for cell in page.of(PassageKind.CELL) if page.path in own]
        mapping = {cell.block for cell, span in cells if (span.path, span.line) in rows}
        names |= {
            match["name"]
            for cell, span in cells
            if cell.block in mapping and (span.path, span.line) not in rows
            if (match := _NAME_ALONE.fullmatch(cell.text.strip()))
        }
    return names


def names_in_column(context: Context, role: Role, artefact: FormalArtefact) -> set[str]:
    """Return every name that the cells of a model's column give, ranges included."""
    return {
        named.name
        for row, cell, _column in context.cells(role)
        for named in named_in(cell, row, artefact, context.document)
    }
