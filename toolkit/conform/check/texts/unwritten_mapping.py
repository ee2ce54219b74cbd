"""The mapping of a protocol whose documents have no table: constructs of one name are the same.

That a table is missing is a finding of its own; what the models have under the document's names is
looked at all the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from msgspec.structs import replace

from conform.check.columns import Role
from conform.check.context import FormalArtefact
from conform.domain.spec import (
    Absent,
    Action,
    Cell,
    ConstructKind,
    ConstructReference,
    Helper,
    MappingRow,
    MappingTable,
    Property,
    Reference,
    SameNames,
    Spec,
    Subject,
    Variable,
)
from conform.text import Span

_ELEMENT = re.compile(r"_?(?P<word>[A-Za-z]{1,8})_?\d+")
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
        apart = _of_each(name, known) if kind is ConstructKind.PROPERTY else []
        is_absent = kind is ConstructKind.HELPER and name not in known
        found: tuple[Reference, ...] = tuple(
            ConstructReference(each, None, "", "", span) for each in apart
        )
        found = found or ((Absent(_NO_COUNTERPART, span) if is_absent else SameNames(span)),)
        cells.append(Cell(f"{role} Construct", ", ".join(apart) or name, found, span))
    return MappingRow(subject, tuple(cells), span)


def _of_each(name: str, known: Collection[str]) -> list[str]:
    """Return the names of a property that a model has once for each of several elements.

    They are numbered behind one word: `DoneW1` and `DoneW2` of `Done`.
    """
    numbered = {each: match for each in known if (match := _ELEMENT.fullmatch(each, len(name)))}
    begun = {each: match for each, match in numbered.items() if each.startswith(name)}
    words = {match["word"].lower() for match in begun.values()}
    return sorted(begun) if name not in known and len(begun) > 1 and len(words) == 1 else []


def _start(document: Spec) -> Span:
    return Span(document.path, 1, 1, 1, 1)
