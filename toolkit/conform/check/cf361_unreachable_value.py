"""A value that a type lists is never taken: no reachable state has it.

What it means
    The type of a variable, in the table of the document or in the model's invariant of types, is a
    set of names, and one of them occurs in no state of the model. Either an action is missing, or
    the value is a leftover; whatever the document says of it was not checked.

Example
    | `taskStatus` | `[Tasks → {INIT, PREPARED, COMMITTED}]` |, and no action leads to `PREPARED`.

What to do
    Remove the value or model what leads to it; or say in the document that it is unreachable and
    why it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.models.explored import Explored
from conform.check.models.reached_values import names_in_variable
from conform.check.models.typings import typings
from conform.check.texts.belonging import folded
from conform.check.texts.enumerations import enumerations
from conform.check.texts.remarks import is_remarked
from conform.domain.finding import Code, Finding, Severity
from conform.text import Span

CODE = Code("CF361", "value is never reached", Severity.WARNING)

_EXCUSE = re.compile(
    r"\bunreach|\bno (?:reachable )?state\b|\bkept\b|\bcompleteness\b|\bnot (?:used|modell?ed"
    r"|reach)|\bnever (?:used|reach|tak|set|occur|enter|happen)|\bno action\b|\breserved\b"
    r"|\bunused\b|\bfuture\b|\bplaceholder\b",
    re.IGNORECASE,
)


def unreached_values(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a warning for each listed value that no reachable state has."""
    graph = explored.graph
    if graph is None:
        return
    for variable in dict.fromkeys(slot.variable for slot in graph.slots):
        reached = {folded(name) for name in names_in_variable(graph, variable)}
        for text, span in types_of(context, explored, variable)[:1]:
            for listed in enumerations(text):
                unreached = [name for name in listed.members if folded(name) not in reached]
                # A model may have other names for all of them, or none: then nothing is known.
                if 2 * len(unreached) <= len(listed.members):
                    for name in unreached:
                        if not (
                            is_remarked(context, name, _EXCUSE) or _is_ruled_out(context, name)
                        ):
                            yield _finding(context, explored, variable, name, span)


def _is_ruled_out(context: Context, name: str) -> bool:
    """Say whether a property speaks of a value: NoReaderError is why no result is ERROR."""
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    return any(
        word.search(f"{found.formal} {found.statement}")
        for found in context.document.properties
        if "type" not in found.name.lower()
    )


def types_of(context: Context, explored: Explored, variable: str) -> list[tuple[str, Span]]:
    """Return what is written as a variable's type, and where: in documents, then in the model."""
    stated = [
        (found.type_text, found.span)
        for document in context.documents
        for found in document.variables
        if folded(found.name) == folded(variable) and found.type_text
    ]
    declared = (each.span.path for each in explored.spec.variables if each.name == variable)
    path = next(declared, explored.spec.path)
    return [*stated, *typings(context, path, variable)]


def _finding(context: Context, explored: Explored, variable: str, name: str, span: Span) -> Finding:
    return CODE.finding(
        f"`{variable}` is `{name}` in no reachable state of {explored.spec.path} "
        f"({explored.configuration})",
        span,
        excerpt=context.excerpt(span),
        hint="remove the value, or say in the document that it is unreachable and why it is kept",
    )
