r"""A comment of a model gives a construct another number or label than the document does.

What it means
    The comment above an action says `Action 9`, and the document's action of this name, or the one
    that the mapping gives it, is action 10; or a property under `S6`, or in a line that begins with
    `S6 Name`, is S7 in the document; or the module says that it models Protocol 2, while the
    document is Protocol 1. Comments are how a reader gets from the model to the document, and this
    one leads elsewhere.

Example
    \* Action 9: FenceLog     while FenceLog is action 10 in the document

What to do
    Correct the comment, or renumber the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.comments.model_comments import CommentLine, Remark, model_sources, remarks_of
from conform.check.context import Context
from conform.check.linking import constructs, names_for
from conform.check.texts.protocol_numbers import number_of_protocol
from conform.domain.finding import Code, Finding
from conform.domain.spec import Action, ConstructKind, Property
from conform.text import Span

CODE = Code("CF248", "comment with another number than the document")

_ACTION = re.compile(
    r"(?:TLA\+\s+|Fizzbee\s+)?\bAction\s+(?P<number>\d{1,3}[a-z]?)\b(?!\s*[-\N{EN DASH}/&,]\s*\d)"
    r"(?:\s*[:.\N{EM DASH}\N{EN DASH}-]+\s*(?P<name>[^\W\d]\w*))?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\(?(?P<label>[SLI]\d{1,2})\b\)?\s*(?:[:.\N{EM DASH}\N{EN DASH}-]|$)")
_NAMED = re.compile(r"\(?(?P<label>[SLI]\d{1,2})\b\)?\s+`?(?P<name>(?:[A-Z]+[a-z0-9]+){2,})\b")
"""A label, and the name of a property right behind it."""

_PROTOCOL = re.compile(
    r"\b(?:implementation|model|version|specification|spec|translation|encoding)\s+of\s+"
    r"Protocol\s+(?P<number>\d{1,2})\b",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r"(?:[A-Z][a-z0-9]+){2,}")
"""A name that is no word of a sentence."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def misnumbering_comments(context: Context) -> Iterator[Finding]:
    """Yield a finding for each number in a comment that is another construct's."""
    numbers, labels = _numbers(context), _labels(context)
    protocol = number_of_protocol(context.page())
    for source in model_sources(context):
        for remark in remarks_of(source, context):
            yield from _actions(context, remark, numbers)
            yield from _other_names(context, remark, numbers)
            yield from _properties(context, remark, labels)
            yield from _labelled(context, remark, labels)
            for line in remark.lines if protocol else ():
                match = _PROTOCOL.search(line.text)
                if match and int(match["number"]) != protocol:
                    message = f"the comment speaks of protocol {match['number']}, "
                    message += f"and {context.document.path} is protocol {protocol}"
                    yield _finding(context, line, match, "number", message, None)


def _numbers(context: Context) -> dict[str, tuple[set[str], Span]]:
    """Return the numbers of the document's actions by every name that one has."""
    found: dict[str, tuple[set[str], Span]] = {}
    for action in context.document.actions:
        known = {action.number, *(outcome.number for outcome in action.outcomes)} - {""}
        if not known:
            continue
        for each in (action, *action.leaves()):
            own = {each.number} if each.number else known
            for name in (each.name, *_names(context, each)):
                numbers, _span = found.setdefault(name, (set(), each.span))
                numbers |= (own | {action.number}) - {""}
    return found


def _labels(context: Context) -> dict[str, tuple[set[str], Span]]:
    found: dict[str, tuple[set[str], Span]] = {}
    for each in constructs(context.document, ConstructKind.PROPERTY):
        if isinstance(each, Property) and each.label:
            for name in (each.name, *_names(context, each)):
                labels, _span = found.setdefault(name, (set(), each.span))
                labels.add(each.label)
    return found


def _names(context: Context, construct: Action | Property) -> Iterator[str]:
    for role in (Role.TLAPLUS, Role.FIZZBEE):
        yield from names_for(context, construct, role)


def _actions(
    context: Context, remark: Remark, known: dict[str, tuple[set[str], Span]]
) -> Iterator[Finding]:
    for line in remark.lines:
        match = _ACTION.match(line.text)
        if match is None:
            continue
        named = next((n for n in (match["name"], remark.about) if n and n in known), None)
        if named is None:
            continue
        numbers, span = known[named]
        given = match["number"]
        if given not in numbers and given.rstrip(_LETTERS) not in numbers:
            stated = " or ".join(sorted(numbers))
            message = f"`{named}` is action {stated} in the document, not {given}"
            yield _finding(context, line, match, "number", message, span)


def _other_names(
    context: Context, remark: Remark, known: dict[str, tuple[set[str], Span]]
) -> Iterator[Finding]:
    """Yield the names behind a number that nothing has, above the action of this number."""
    if remark.about not in known:
        return
    numbers, _span = known[remark.about]
    for line in remark.lines:
        match = _ACTION.match(line.text)
        named = match["name"] if match else None
        if match is None or named is None or not _COMPOUND.fullmatch(named):
            continue
        defined = any(named in artefact.known_names() for artefact in context.formal.values())
        if match["number"] in numbers and not defined and not context.mentions(named):
            message = (
                f"action {match['number']} is `{remark.about}`, and nothing is called `{named}`"
            )
            yield _finding(context, line, match, "name", message, None)


def _properties(
    context: Context, remark: Remark, known: dict[str, tuple[set[str], Span]]
) -> Iterator[Finding]:
    if remark.about not in known:
        return
    labels, span = known[remark.about]
    match = _LABEL.match(remark.lines[0].text)
    if match and match["label"] not in labels:
        stated = " or ".join(sorted(labels))
        message = f"`{remark.about}` is {stated} in the document, not {match['label']}"
        yield _finding(context, remark.lines[0], match, "label", message, span)


def _labelled(
    context: Context, remark: Remark, known: dict[str, tuple[set[str], Span]]
) -> Iterator[Finding]:
    """Yield the lines that begin with a label and the name of a property that has another."""
    for line in remark.lines:
        match = _NAMED.match(line.text)
        if match and match["name"] in known:
            labels, span = known[match["name"]]
            if match["label"] not in labels:
                stated = " or ".join(sorted(labels))
                message = f"`{match['name']}` is {stated} in the document, not {match['label']}"
                yield _finding(context, line, match, "label", message, span)


def _finding(
    context: Context,
    line: CommentLine,
    match: re.Match[str],
    group: str,
    message: str,
    stated: Span | None,
) -> Finding:
    span = line.span(match.start(group), match.end(group))
    return CODE.finding(
        message,
        span,
        excerpt=context.excerpt(span),
        details=(f"stated at {stated}",) if stated else (),
        hint="correct the comment",
    )
