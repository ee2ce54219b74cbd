"""A row gives a construct another number or label than the document does.

What it means
    A mapping row says `Action 4: AssignOffset`, and the document's AssignOffset is action 3; or a
    row about S4 names the formula of S5. One of the two was renumbered, and whoever follows the
    number arrives at the wrong construct.

Example
    | Safety S4 | `LockConsistency` |     while S4 is NoDoubleExecution in the document

What to do
    Correct the number, or the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from conform.check.context import Context
from conform.check.linking import subjects
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind
from conform.domain.spec import (
    Action,
    ConstructKind,
    ConstructReference,
    MappingRow,
    Property,
    ResultRow,
)
from conform.text import Span

CODE = Code("CF225", "number or label of another construct")

_LABEL_BEHIND = re.compile(r"\s*\((?:safety\s+|liveness\s+)?(?P<label>[A-Z]{1,3}\d{1,2})\)", re.I)


_LABEL_BEFORE = re.compile(
    r"(?<![\w/(])(?P<label>[A-Z]{1,2}\d{1,2})(?:\s*\(\s*|:\s+|\s+[\N{EM DASH}\N{EN DASH}]\s+|\s+)"
    r"(?P<name>[A-Z]\w*[a-z]\w*[A-Z]\w*)"
)
"""A label in front of a name: *S4 (LockConsistency)*."""

_ONE_OF_LABELS = re.compile(r"\d\s*(?:,|and|or|/|to|through|[\N{EN DASH}-])\s*$")


def misplaced_numbers(context: Context) -> Iterator[Finding]:
    """Yield a finding for each row whose number or label is another construct's."""
    for row in context.rows():
        if row.subject.kind is ConstructKind.ACTION and len(row.subject.numbers) == 1:
            yield from _action_row(context, row)
        if row.subject.kind is ConstructKind.PROPERTY and row.subject.label:
            yield from _property_row(context, row)
    for document in context.documents:
        for result in document.results:
            yield from _result_row(context, result)
    yield from _in_text(context)


def _in_text(context: Context) -> Iterator[Finding]:
    """Yield the labels in parentheses behind a property's name that are another property's."""
    named = {found.name: found for found in context.document.properties if found.label}
    foreign = {
        code
        for page in context.neighbours
        for passage in page.passages
        for _start, code in passage.coded()
    }
    for page in context.pages:
        own = page.path == context.document.path
        for passage in page.running():
            for start, code in passage.coded():
                found = named.get(code) if own or code not in foreign else None
                label = _LABEL_BEHIND.match(passage.text, start + len(code)) if found else None
                if found is None or label is None or label["label"] == found.label:
                    continue
                others = [
                    each for each in context.document.properties if each.label == label["label"]
                ]
                if found.label[:1] == label["label"][:1]:
                    span = passage.span(*label.span("label"))
                    yield _wrong_label(context, label["label"], found, span, *others[:1])
            if passage.kind in (PassageKind.TEXT, PassageKind.ITEM) and own:
                yield from _labelled_before(context, passage, named)


def _labelled_before(
    context: Context, passage: Passage, named: Mapping[str, Property]
) -> Iterator[Finding]:
    """Yield the labels in front of a property's name that are another property's."""
    labels = {found.label: found for found in named.values()}
    for match in _LABEL_BEFORE.finditer(passage.text):
        found, other = named.get(match["name"]), labels.get(match["label"])
        is_alone = not _ONE_OF_LABELS.search(passage.text[: match.start()])
        if found and other and is_alone and found is not other:
            span = passage.span(*match.span("label"))
            yield _wrong_label(context, match["label"], found, span, other)


def _action_row(context: Context, row: MappingRow) -> Iterator[Finding]:
    number = row.subject.numbers[0]
    for found in subjects(context.document, row.subject):
        if isinstance(found, Action) and found.name in row.subject.names:
            outcomes = {outcome.number for outcome in found.outcomes}
            if found.number and found.number != number and number not in outcomes:
                message = f"`{found.name}` is action {found.number} in the document, not {number}"
                yield _finding(context, message, row.subject.span, found.span)


def _property_row(context: Context, row: MappingRow) -> Iterator[Finding]:
    label = row.subject.label
    named = {found.name: found for found in context.document.properties}
    meant = [found for found in context.document.properties if found.label == label]
    if not meant:
        return
    references = [r for cell in row.cells for r in cell.references]
    names = [r.name for r in references if isinstance(r, ConstructReference)]
    names += row.subject.names
    others = [named[name] for name in names if name in named]
    if others and not any(found in meant for found in others):
        yield _wrong_label(context, label, others[0], row.subject.span, meant[0])


def _result_row(context: Context, row: ResultRow) -> Iterator[Finding]:
    named = [found for found in context.document.properties if found.name == row.property]
    for found in named:
        if row.label and found.label and row.label != found.label:
            other = [each for each in context.document.properties if each.label == row.label]
            yield _wrong_label(context, row.label, found, row.span, *other[:1])


def _wrong_label(
    context: Context, label: str, found: Property, span: Span, *other: Property
) -> Finding:
    own = f"{found.label} in the document" if found.label else "another property"
    is_other = f"; {label} is `{other[0].name}`" if other else ""
    message = f"`{found.name}` is {own}, not {label}{is_other}"
    return _finding(context, message, span, found.span)


def _finding(context: Context, message: str, span: Span, stated: Span) -> Finding:
    return CODE.finding(
        message,
        span,
        excerpt=context.excerpt(span),
        details=(f"stated at {stated}",),
        hint="correct the number, or the name",
    )
