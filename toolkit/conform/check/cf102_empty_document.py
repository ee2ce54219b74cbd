"""The document states nothing of a kind that every protocol has.

What it means
    No variable, no action or no property was found in the document. Either it has none, or it
    states them in a form that is not recognised; in both cases a check would have nothing to hold
    the models to.

Example
    A document whose actions are described in prose, without a heading such as
    `### Action 1: StartAppend(w)`.

What to do
    Write the sections and tables as docs/how-to/map-a-spec.md shows them.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.text import Span

CODE = Code("CF102", "document states nothing of a kind")


def empty_document(context: Context) -> Iterator[Finding]:
    """Yield a finding for each of variables, actions and properties that is absent."""
    document = context.document
    stated = {
        "state variables": document.variables,
        "actions": document.actions,
        "properties": document.properties,
    }
    for what, found in stated.items():
        if not found:
            yield CODE.finding(
                f"{document.path} states no {what}",
                Span(document.path, 1, 1, 1, 1),
                hint="conform explain CF102 tells how they are recognised",
            )
