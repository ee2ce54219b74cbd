"""The values of a variable are listed twice, and the lists differ.

What it means
    The type in the table of variables and the one in the formula of a property, in another document
    or in the TLA+ module's invariant of types have different members: a reader of one of them has
    another protocol in mind. So has the reader of a table of its states that has a row for another
    name, or none for one of the values.

Example
    | `logState` | `{OPEN, FENCED}` | and, in TypeOK, `logState ∈ {OPEN, FENCED, CLOSED}`.

What to do
    Make the lists agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.models.typings import typings
from conform.check.texts.enumerations import enumerations
from conform.domain.finding import Code, Finding
from conform.domain.spec import Property, Variable
from conform.text import Span

CODE = Code("CF243", "values are listed differently")

_TYPED = re.compile(
    r"(?P<name>[^\W\d]\w*)\s*(?:∈|\\in\b)\s*(?P<type>.*?)(?=\s*(?:∧|/\\|[^\W\d]\w*\s*(?:∈|\\in\b))|$)",
    re.DOTALL,
)


def differing_enumerations(context: Context) -> Iterator[Finding]:
    """Yield a finding for each list of a variable's values that is not the first one's."""
    first: dict[str, tuple[tuple[frozenset[str], ...], Span]] = {}
    for name, text, span in _types(context):
        listed = tuple(frozenset(one.members) for one in enumerations(text))
        if not listed:
            continue
        if name not in first:
            first[name] = (listed, span)
        elif len(listed) == len(first[name][0]) and listed != first[name][0]:
            yield _finding(context, name, span, listed, *first[name])


def _types(context: Context) -> Iterator[tuple[str, str, Span]]:
    variables: list[Variable] = [one for each in context.documents for one in each.variables]
    known = {variable.name for variable in variables}
    for variable in variables:
        yield variable.name, variable.type_text, variable.span
    yield from _typed_in_model(context, known)
    properties: list[Property] = [one for each in context.documents for one in each.properties]
    for stated in properties:
        if "type" in stated.name.lower():
            for match in _TYPED.finditer(stated.formal):
                if match["name"] in known:
                    yield match["name"], match["type"], stated.span


def _typed_in_model(context: Context, known: set[str]) -> Iterator[tuple[str, str, Span]]:
    """Yield what the invariant of types of a TLA+ module lists for the document's variables."""
    artefact = context.formal.get(Role.TLAPLUS)
    for variable in artefact.spec.variables if artefact else ():
        assert artefact is not None
        if variable.name in known:
            for text, span in list(typings(context, variable.span.path, variable.name))[:1]:
                yield variable.name, text, span


def _finding(
    context: Context,
    name: str,
    span: Span,
    listed: tuple[frozenset[str], ...],
    others: tuple[frozenset[str], ...],
    place: Span,
) -> Finding:
    here, there = frozenset().union(*listed), frozenset().union(*others)
    parts = [
        f"{words} {', '.join(f'`{one}`' for one in sorted(members))}"
        for words, members in (("only here:", here - there), ("only there:", there - here))
        if members
    ]
    return CODE.finding(
        f"the values of `{name}` are not those listed at {place}",
        span,
        excerpt=context.excerpt(span),
        details=tuple(parts),
        hint="make the lists agree",
    )
