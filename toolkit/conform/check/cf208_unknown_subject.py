"""A mapping row is about something that the document does not have.

What it means
    The first cell of a row names a variable, action, helper or property, or gives a number or
    label, that no section or table of the document defines, and that its text does not mention.

Example
    The row `| Action 13: `Truncate` | `Truncate(off)` |` in a document without an action 13.

What to do
    Describe it in the document, or correct or remove the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.linking import constructs, covered, subjects
from conform.domain.finding import Code, Finding
from conform.domain.spec import Subject
from conform.text import nearest

CODE = Code("CF208", "mapping row about an unknown construct")


def unknown_subjects(context: Context) -> Iterator[Finding]:
    """Yield a finding for each row whose subject the document does not have."""
    for row in context.rows():
        subject = row.subject
        yield from _unknown_labels(context, subject)
        is_known = subjects(context.document, subject) or any(covered(context, row))
        if is_known or _is_in_text(context, subject):
            continue
        if not (subject.names or subject.numbers or subject.label):  # words for an idea
            continue
        known = [found.name for found in constructs(context.document, subject.kind)]
        close = nearest(subject.names[0], known) if subject.names else None
        yield CODE.finding(
            f"the document has no {subject.kind} that {subject.text!r} could mean",
            subject.span,
            excerpt=context.excerpt(subject.span),
            hint=f"did you mean `{close}`?" if close else "describe it, or remove the row",
        )


def _unknown_labels(context: Context, subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each label, T3c, of a list of which the document has others."""
    actions = [leaf for each in context.document.actions for leaf in (each, *each.leaves())]
    known = {action.number for action in actions}
    labels = [number for number in subject.numbers if number[:1].isalpha()]
    for label in labels if known.intersection(labels) else ():
        if label not in known:
            yield CODE.finding(
                f"the document has no action {label}",
                subject.span,
                excerpt=context.excerpt(subject.span),
                hint="describe it, or correct the label",
            )


def _is_in_text(context: Context, subject: Subject) -> bool:
    """Whether the text of the document, its tables apart, has the name or label of a subject.

    It may then be described in a form that is not recognised.
    """
    source = context.sources.get(context.document.path)
    words = [*subject.names, subject.label] if subject.label else [*subject.names]
    if source is None or not words:
        return False
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
    prose = (line for line in source.lines() if not line.lstrip().startswith("|"))
    return any(pattern.search(line) for line in prose)
