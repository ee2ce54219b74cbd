"""From mapping rows to constructs: what a subject means in the document, what a cell in a model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath

from msgspec import Struct

from conform.check.columns import Column, Role
from conform.check.context import Context, FormalArtefact
from conform.domain.spec import (
    Absent,
    Action,
    Cell,
    Constant,
    ConstructKind,
    ConstructReference,
    Helper,
    MappingRow,
    Property,
    RangeReference,
    ResultRow,
    SameNames,
    Spec,
    Subject,
    SymbolReference,
    Variable,
)
from conform.text import Span

_ALIAS = re.compile(
    r"(?<!\w)(?P<name>[A-Z]\w*[a-z]\w*[A-Z]\w*|[A-Z]\w*_\w+)\s+in\s+(?P<where>TLA\+?|Fizz\w*)"
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Construct = Constant | Variable | Action | Helper | Property


class Named(Struct, frozen=True):
    """A construct that a cell names, by itself or as part of a range.

    `parameters` is None where the cell does not give them. `is_implied` marks the constructs inside
    a range and those of "same names", which the cell does not spell out.
    """

    name: str
    parameters: tuple[str, ...] | None
    span: Span
    is_implied: bool = False


def subjects(document: Spec, subject: Subject) -> tuple[Construct, ...]:
    """Return the constructs of the document that a row is about; empty when there are none."""
    match subject.kind:
        case ConstructKind.ACTION:
            return _actions(document, subject)
        case ConstructKind.PROPERTY:
            return tuple(
                found
                for found in document.properties
                if found.name in subject.names or (subject.label and found.label == subject.label)
            )
        case _:
            return tuple(
                found for found in constructs(document, subject.kind) if found.name in subject.names
            )


def _actions(document: Spec, subject: Subject) -> tuple[Action, ...]:
    every = [*document.actions, *(leaf for action in document.actions for leaf in action.outcomes)]
    named = [action for action in every if action.name in subject.names]
    if named:
        return tuple(named)
    return tuple(action for action in every if action.number in subject.numbers)


def constructs(spec: Spec, kind: ConstructKind) -> tuple[Construct, ...]:
    """Return the constructs of one kind, actions split into their outcomes."""
    match kind:
        case ConstructKind.CONSTANT:
            return spec.constants
        case ConstructKind.VARIABLE:
            return spec.variables
        case ConstructKind.ACTION:
            return tuple(spec.leaf_actions())
        case ConstructKind.HELPER:
            return spec.helpers
        case ConstructKind.PROPERTY:
            return spec.properties


@lru_cache(maxsize=4)  # asked for each construct again; one context is at work
def _coverings(context: Context) -> tuple[tuple[MappingRow, tuple[Construct, ...]], ...]:
    """Return the rows of all mapping tables with what each covers."""
    return tuple((row, tuple(covered(context, row))) for row in context.rows())


def covered(context: Context, row: MappingRow) -> Iterator[Construct]:
    """Yield the constructs that a row covers, an action's outcomes among them.

    A row about action 3 covers a 3b that stands beside it, or a variant of it without a number,
    where one of its cells names it. Where the document numbers no action, a row about actions 5 to
    9 covers those that its cells name.
    """
    found = subjects(context.document, row.subject)
    is_by_number = row.subject.numbers and not row.subject.names
    if not found and is_by_number and not _is_numbered(context.document):
        named = _names_in_cells(context, row)
        yield from (leaf for leaf in context.document.leaf_actions() if leaf.name in named)
    for construct in found:
        if isinstance(construct, Action):
            yield from construct.leaves()
        else:
            yield construct
    numbers = {each.number for each in found if isinstance(each, Action)}
    yield from _variants(context, row, numbers - {""}) if numbers else ()


def _variants(context: Context, row: MappingRow, numbers: set[str]) -> Iterator[Action]:
    beside = [
        action
        for action in context.document.actions
        if action.number not in numbers and action.number.rstrip(_LETTERS) in {"", *numbers}
    ]
    if beside:
        named = _names_in_cells(context, row)
        yield from (action for action in beside if action.name in named)


def _names_in_cells(context: Context, row: MappingRow) -> set[str]:
    """Return the names of what the cells of a row name in the models."""
    return {
        named.name
        for cell in row.cells
        if (artefact := context.formal.get(context.column(cell).role))
        for named in named_in(cell, row, artefact)
    }


def _is_numbered(document: Spec) -> bool:
    return any(action.number for action in document.actions)


def named_in(
    cell: Cell, row: MappingRow, artefact: FormalArtefact, document: Spec | None = None
) -> Iterator[Named]:
    """Yield the constructs that a cell names; the ends of a range that cannot be found as well.

    "Same names" are those of the subject, or those of the `document` that it gives by number.
    """
    for reference in cell.references:
        match reference:
            case ConstructReference():
                yield Named(reference.name, reference.parameters, reference.span)
            case RangeReference():
                yield from _range(reference, artefact)
            case SameNames(span):
                for name in row.subject.names or _names_of(document, row.subject):
                    yield Named(name, None, span, is_implied=True)
            case SymbolReference(symbol=name, target=target, span=span):
                if name in artefact.known_names() and _leads_to(target, artefact):
                    yield Named(name, None, span)
            case Absent():
                continue


def _leads_to(target: str, artefact: FormalArtefact) -> bool:
    """Say whether the target of a link is the file of a model, by its name."""
    name = PurePosixPath(target.partition("#")[0]).name
    return name in {PurePosixPath(path).name for path in artefact.paths()}


def _names_of(document: Spec | None, subject: Subject) -> Iterator[str]:
    for construct in subjects(document, subject) if document else ():
        if isinstance(construct, Action):
            yield from (leaf.name for leaf in construct.leaves())
        else:
            yield construct.name


def _range(reference: RangeReference, artefact: FormalArtefact) -> Iterator[Named]:
    ends = [reference.first, reference.last]
    names = [action.name for action in artefact.spec.actions]
    places = [names.index(end.name) if end.name in names else None for end in ends]
    for end in ends:
        yield Named(end.name, end.parameters, end.span)
    first, last = places
    if first is not None and last is not None:
        for name in names[first + 1 : last]:
            yield Named(name, None, reference.span, is_implied=True)


def cells_about(
    context: Context, construct: Construct, role: Role
) -> Iterator[tuple[MappingRow, Cell, Column]]:
    """Yield the cells of the columns with a role, in the rows that cover a construct."""
    for row, constructs_of_row in _coverings(context):
        if construct in constructs_of_row:
            for cell in row.cells:
                column = context.column(cell)
                if column.role is role:
                    yield row, cell, column


def parameters_of(construct: Construct) -> tuple[str, ...] | None:
    """Return the parameters of an action or helper, None for constructs that have none to give."""
    return construct.parameters if isinstance(construct, Action | Helper) else None


def names_for(context: Context, construct: Construct, role: Role) -> tuple[str, ...]:
    """Return what a model calls a construct of the document: by its rows, else its own name.

    Rows that name nothing of the model do not hide an action of the construct's own name there.
    """
    artefact = context.formal.get(role)
    if artefact is None:
        return ()
    named = {
        found.name: None
        for row, cell, _column in cells_about(context, construct, role)
        for found in named_in(cell, row, artefact, context.document)
    }
    if isinstance(construct, Action) and construct.name not in named:
        actions = {action.name for action in artefact.spec.leaf_actions()}
        if construct.name in actions and actions.isdisjoint(named):
            return (construct.name,)
    several = isinstance(construct, Action) and construct.name in named
    return (construct.name,) if several else tuple(named) or (construct.name,)


def is_absent(cell: Cell) -> bool:
    """Return whether a cell says, with a dash, that there is no such construct."""
    return any(isinstance(reference, Absent) for reference in cell.references)


def alias_in(row: ResultRow, role: Role) -> str | None:
    """Return the name that the notes of a row give for a model, as in `X in TLA+`."""
    for match in _ALIAS.finditer(row.notes):
        meant = Role.FIZZBEE if match["where"].lower().startswith("fizz") else Role.TLAPLUS
        if meant is role:
            return match["name"]
    return None
