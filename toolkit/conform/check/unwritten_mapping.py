"""The mapping of a protocol whose documents have no table: constructs of one name are the same.

That a table is missing is a finding of its own; what the models have under the document's names is
looked at all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from msgspec.structs import replace

from conform.check.columns import Role
from conform.check.context import FormalArtefact
from conform.domain.spec import (
    Absent,
    Action,
    Cell,
    ConstructKind,
    Helper,
    MappingRow,
    MappingTable,
    Property,
    SameNames,
    Spec,
    Subject,
    Variable,
)
from conform.text import Span

_NO_COUNTERPART = "nothing there is named so"


def mapped_by_names(document: Spec, formal: Mapping[Role, FormalArtefact]) -> Spec:
    """Return a document with a table in which each construct has its own name in each model.

    One with a table, without constructs, or without a model beside it is returned as it is. A
    helper that a model does not define has none there: what it stands for may be written out.
    """
    if document.mapping or not formal:
        return document
    names = {role: artefact.known_names() for role, artefact in formal.items()}
    rows = tuple(_row(kind, each, names) for kind, each in _constructs(document))
    if not rows:
        return document
    columns = tuple(f"{role} Construct" for role in formal)
    return replace(document, mapping=(MappingTable(columns, rows, _start(document)),))


def is_unwritten(document: Spec) -> bool:
    """Whether the mapping of a document is by names alone, and no table is written."""
    return any(table.span == _start(document) for table in document.mapping)


def _constructs(
    document: Spec,
) -> Iterator[tuple[ConstructKind, Variable | Action | Helper | Property]]:
    yield from ((ConstructKind.VARIABLE, each) for each in document.variables)
    yield from ((ConstructKind.ACTION, each) for each in document.leaf_actions())
    yield from ((ConstructKind.HELPER, each) for each in document.helpers)
    yield from ((ConstructKind.PROPERTY, each) for each in document.properties)


def _row(
    kind: ConstructKind,
    construct: Variable | Action | Helper | Property,
    names: Mapping[Role, Collection[str]],
) -> MappingRow:
    name, span = construct.name, construct.span
    subject = Subject(kind, (name,), (), "", name, span)
    cells = []
    for role, known in names.items():
        is_absent = kind is ConstructKind.HELPER and name not in known
        found = Absent(_NO_COUNTERPART, span) if is_absent else SameNames(span)
        cells.append(Cell(f"{role} Construct", name, (found,), span))
    return MappingRow(subject, tuple(cells), span)


def _start(document: Spec) -> Span:
    return Span(document.path, 1, 1, 1, 1)
