"""A property is of another kind in the model than the document, a table or the keyword says.

What it means
    A document calls a property Liveness and the model checks it in each state alone, or calls it
    Safety and it can only be refuted by an infinite behaviour; a cell says `always eventually` and
    the FizzBee model has `always`. Or a configuration lists a formula about single states under
    PROPERTY: TLC then asks it of the initial states and of no others.

Example
    PROPERTY TypeOK     where an INVARIANT was meant

What to do
    Decide which is meant. A formula that is to hold in all states stands under INVARIANT, or under
    PROPERTY with a box before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from conform.check.context import Context, FormalArtefact
from conform.check.linking import names_for
from conform.domain.finding import Code, Finding
from conform.domain.model import PropertyKind
from conform.text import Span

CODE = Code("CF217", "property of another kind")

LIVENESS = "liveness"
SAFETY = "safety"


class _Stated(Struct, frozen=True):
    """What one place says of a property's kind."""

    name: str
    kind: str
    span: Span


def differing_kinds(context: Context) -> Iterator[Finding]:
    """Yield a finding for each property whose kind in a model is not the one stated."""
    for artefact in context.formal.values():
        yield from _initial_only(context, artefact)
    accused = list(_not_as_stated(context))
    tabled = list(_not_as_tabled(context))
    for stated, others in accused:
        contrary = [row for row, other in tabled if other.span == stated.span]
        places = tuple(f"{each.kind} at {each.span} as well" for each in (*others[1:], *contrary))
        yield _differs(context, stated, others[0], places)
    told = {stated.span for stated, _others in accused}
    for row, other in tabled:
        if other.span not in told:
            yield _differs(context, row, other)


def sort_of(kind: str) -> str | None:
    """Return whether a kind, as a document or a model words it, is safety or liveness."""
    words = kind.casefold()
    if "liveness" in words or "temporal" in words or "eventual" in words or "progress" in words:
        return LIVENESS
    if any(word in words for word in ("safety", "invariant", "action", "type")):
        return SAFETY
    return None


def _initial_only(context: Context, artefact: FormalArtefact) -> Iterator[Finding]:
    initial = {p.name for p in artefact.spec.properties if p.kind == PropertyKind.INITIAL}
    for file in artefact.configurations:
        for listed in file.names("PROPERTY"):
            if listed.name in initial:
                yield CODE.finding(
                    f"`{listed.name}` is a formula about one state: as a PROPERTY it is asked of "
                    "the initial states alone",
                    listed.span,
                    excerpt=context.excerpt(listed.span),
                    hint="list it under INVARIANT",
                )


def _not_as_stated(context: Context) -> Iterator[tuple[_Stated, list[_Stated]]]:
    """Yield each property of the document with the models' that are of another kind."""
    for stated in context.document.properties:
        own = sort_of(stated.kind)
        others: list[_Stated] = []
        for role, artefact in context.formal.items() if own else ():
            kinds = {found.name: found for found in artefact.spec.properties}
            found = [kinds[name] for name in names_for(context, stated, role) if name in kinds]
            if found and all(sort_of(each.kind) not in (None, own) for each in found):
                others.append(_Stated(found[0].name, found[0].kind, found[0].span))
        if others:
            yield _Stated(stated.name, stated.kind, stated.span), others


def _not_as_tabled(context: Context) -> Iterator[tuple[_Stated, _Stated]]:
    """Yield each row of results whose kind is not the one of the property itself, with that."""
    stated = {found.name: found for found in context.document.properties}
    checked = [found for artefact in context.formal.values() for found in artefact.spec.properties]
    for document in context.documents:
        for row in document.results:
            own = sort_of(row.kind)
            property_ = stated.get(row.property)
            others = [property_] if property_ and sort_of(property_.kind) else []
            others += [found for found in checked if found.name == row.property][: not others]
            for other in others:
                if own and other.span != row.span and sort_of(other.kind) not in (None, own):
                    here = _Stated(row.property, row.kind, row.span)
                    yield here, _Stated(other.name, other.kind, other.span)


def _differs(
    context: Context, here: _Stated, other: _Stated, details: tuple[str, ...] = ()
) -> Finding:
    return CODE.finding(
        f"`{here.name}` is {here.kind} here, but {other.kind} at {other.span}",
        here.span,
        excerpt=context.excerpt(here.span),
        details=details,
        hint="decide which is meant, and correct the other",
    )
