"""Helpers that a document names and gives no formula for, as the TLA+ module defines them.

A document may describe in words what `CurRangeEnd` is, or not at all, where its formal lines use
it. Asked about states of the module, such a line means what the module's own operator of that name
means: what is compared is the line.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from conform.check.context import FormalArtefact
from conform.errors import ConformError
from conform.languages.markdown.formal.document import FormalDocument, FormalHelper
from conform.languages.markdown.formal.parsing import parse_text
from conform.text import Span


def with_helpers_of(document: FormalDocument, artefact: FormalArtefact | None) -> FormalDocument:
    """Return the document with the module's definitions of helpers that it has no formulas for."""
    if artefact is None:
        return document
    own = {helper.name for helper in document.helpers if helper.body is not None}
    own |= {*document.constants, *(variable.name for variable in document.variables)}
    borrowed = [each for each in module_helpers(document, artefact) if each.name not in own]
    names = {helper.name for helper in borrowed}
    kept = tuple(helper for helper in document.helpers if helper.name not in names)
    return replace(document, helpers=(*kept, *borrowed))


def module_helpers(document: FormalDocument, artefact: FormalArtefact) -> tuple[FormalHelper, ...]:
    """Return the helpers of a module whose definitions read as formulas of a document."""
    return tuple(_read(document, artefact))


def _read(document: FormalDocument, artefact: FormalArtefact) -> Iterator[FormalHelper]:
    start = Span(document.source.path, 1, 1, 1, 1)
    for name, definition in artefact.definitions.items():
        if definition.text:
            try:
                body = parse_text(definition.text, document.source, start)
            except ConformError:
                continue
            yield FormalHelper(name, definition.parameters, body, definition.span)
