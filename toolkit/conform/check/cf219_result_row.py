"""A table of results names a property that does not exist.

What it means
    A row gives a verdict for a property that neither the document states nor a model checks, or its
    notes name a formula of a model (`X in TLA+`) that the model does not define. It was renamed or
    removed, and the table was left behind. Or a model alone has the property: no mapping row and no
    word of the document, which states others, says what it promises.

Example
    | `NoLostTask` | Safety | PASS | | in a table, while the document calls it `NoTaskLost`

What to do
    Correct the name, or remove the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from conform.check.cf204_undocumented_construct import is_type_invariant, names_in_column
from conform.check.cf258_unknown_construct import violated_names
from conform.check.context import Context
from conform.check.linking import alias_in
from conform.domain.finding import Code, Finding
from conform.domain.prose import PassageKind
from conform.domain.spec import ResultRow
from conform.text import nearest

CODE = Code("CF219", "result of an unknown property")

_FEWEST_STATED = 3
"""So many properties a document states before one that it does not state is missed."""


def unknown_results(context: Context) -> Iterator[Finding]:
    """Yield a finding for each row or note about a property that nothing has."""
    stated = {found.name for found in context.document.properties}
    known = stated | {name for each in context.formal.values() for name in each.known_names()}
    for document in context.documents:
        for row in document.results:
            if row.property not in known:
                yield _finding(
                    context, row, row.property, "no document states and no models", stated
                )
            yield from _unknown_aliases(context, row)
    yield from _stated_nowhere(context, stated)


def _stated_nowhere(context: Context, stated: set[str]) -> Iterator[Finding]:
    """Yield the first row of each property that a model alone has."""
    if len(stated) < _FEWEST_STATED:
        return
    rows = [row for document in context.documents for row in document.results]
    spoken = stated | _words_beside_results(context, rows)
    for role, artefact in context.formal.items():
        spoken |= names_in_column(context, role, artefact)
    for row in rows:
        having = [each for each in context.formal.values() if row.property in each.known_names()]
        is_typing = is_type_invariant(row.property)
        if having and not is_typing and row.property not in spoken:
            spoken.add(row.property)
            found = _finding(context, row, row.property, context.document.path, set())
            has = "defines it" if len(having) == 1 else "define it"
            others = [each for each in context.formal.values() if each not in having]
            yield replace(
                found,
                message=f"this row of results names `{row.property}`, which "
                f"{context.document.path} does not state",
                details=(
                    f"{' and '.join(each.spec.path for each in having)} {has}",
                    *(f"{each.spec.path} has nothing of that name" for each in others),
                ),
                hint="state it in the document, or remove the row",
            )


def _words_beside_results(context: Context, rows: list[ResultRow]) -> set[str]:
    """Return the words of the document, its rows of results and violations left out."""
    lines = {row.span.line for row in rows if row.span.path == context.document.path}
    page = context.page()
    violated = {cell.span() for cell, _start, _name in violated_names(page)}
    return {
        word
        for passage in page.passages
        if not (passage.kind is PassageKind.CELL and passage.span().line in lines)
        and passage.span() not in violated
        for word in re.findall(r"\w+", passage.text)
    }


def _unknown_aliases(context: Context, row: ResultRow) -> Iterator[Finding]:
    for role, artefact in context.formal.items():
        alias = alias_in(row, role)
        known = artefact.known_names()
        if alias is not None and alias not in known:
            yield _finding(context, row, alias, f"{artefact.spec.path} does not", known)


def _finding(context: Context, row: ResultRow, name: str, whose: str, known: set[str]) -> Finding:
    close = nearest(name, known)
    return CODE.finding(
        f"this row of results names `{name}`, which {whose} define",
        row.span,
        excerpt=context.excerpt(row.span),
        hint=f"did you mean `{close}`?" if close else "correct the name, or remove the row",
    )
