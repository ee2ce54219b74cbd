"""What a document that speaks of several protocols, such as a README, says of the one at hand.

A table belongs to the protocol when at least half of the names in it are known: to the canonical
document or to a model. What a canonical document says belongs to its protocol without a question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from conform.check.cf204_undocumented_construct import is_type_invariant
from conform.check.context import FormalArtefact
from conform.domain.spec import (
    Action,
    Cell,
    ConstructReference,
    MappingRow,
    MappingTable,
    ParameterRow,
    RangeReference,
    ResultRow,
    Spec,
)
from conform.text import Span

_VERDICTS = frozenset(("PASS", "FAIL"))

Row = TypeVar("Row", ParameterRow, ResultRow)


def about_protocol(
    document: Spec, further: Iterable[Spec], formal: Iterable[FormalArtefact]
) -> tuple[Spec, tuple[Spec, ...]]:
    """Return the documents without the tables that are about something else.

    Where the canonical one has no verdict for a property, the one that all tables of results of the
    others have for it is what is expected.
    """
    known = _known(document, formal)
    mapping = tuple(
        table
        for table in document.mapping
        if table.span.path == document.path or _belongs(_names_in_table(table), known)
    )
    others = tuple(_restricted(each, known) for each in further)
    expected = _expected_by(others)
    properties = tuple(
        found if found.expected else replace(found, expected=expected.get(found.name))
        for found in document.properties
    )
    return replace(document, mapping=mapping, properties=properties), others


def folded(name: str) -> str:
    """Return a name without its case and underscores: MAX_BATCH and MaxBatch are one."""
    return name.replace("_", "").casefold()


def tables_of(rows: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    """Yield rows table by table: those of one table stand on lines that follow each other."""
    table: list[Row] = []
    for row in rows:
        if table and not _follows(table[-1].span, row.span):
            yield tuple(table)
            table = []
        table.append(row)
    if table:
        yield tuple(table)


def _follows(first: Span, second: Span) -> bool:
    return first.path == second.path and second.line - first.line in (0, 1)


def _expected_by(documents: Iterable[Spec]) -> dict[str, str]:
    """Return the verdict of each property that tables of results have one and the same for."""
    found: dict[str, set[str]] = {}
    for document in documents:
        for row in document.results:
            words = (cell.strip().partition(" ")[0].upper() for _header, cell in row.verdicts)
            found.setdefault(row.property, set()).update(_VERDICTS.intersection(words))
    return {name: min(verdicts) for name, verdicts in found.items() if len(verdicts) == 1}


def _restricted(spec: Spec, known: frozenset[str]) -> Spec:
    parameters = [
        row for table in tables_of(spec.parameters) for row in _own_rows(table, _constant, known)
    ]
    results = [
        row for table in tables_of(spec.results) for row in _own_rows(table, _property, known)
    ]
    return replace(
        spec,
        mapping=tuple(table for table in spec.mapping if _belongs(_names_in_table(table), known)),
        parameters=tuple(parameters),
        results=tuple(results),
    )


def _constant(row: ParameterRow) -> str:
    return row.name


def _property(row: ResultRow) -> str:
    return row.property


def _own_rows(
    table: Sequence[Row], name: Callable[[Row], str], known: frozenset[str]
) -> Sequence[Row]:
    """Return the rows of a table that is about the protocol, none of any other.

    At its beginning and at its end such a table may have those of other protocols: several names
    next to each other of which none is known.
    """
    own = [folded(name(row)) in known for row in table]
    first = own.index(True) if True in own else len(own)
    last = len(own) - own[::-1].index(True) if True in own else 0
    start = first if first > 1 else 0
    end = last if len(own) - last > 1 else len(own)
    kept = table[start:end]
    if len(kept) < len(table) and all(is_type_invariant(name(row)) for row in kept):
        return ()  # every protocol has one of that name
    return kept if _belongs(map(name, kept), known) else ()


def _belongs(names: Iterable[str], known: frozenset[str]) -> bool:
    found = [folded(name) in known for name in names]
    return not found or 2 * sum(found) >= len(found)


def _known(document: Spec, formal: Iterable[FormalArtefact]) -> frozenset[str]:
    """Return every name of the protocol, folded."""
    names = {name for artefact in formal for name in artefact.known_names()}
    for kind in (document.constants, document.variables, document.helpers, document.properties):
        names.update(found.name for found in kind)
    names.update(row.name for row in document.parameters)
    names.update(name for action in document.actions for name in _action_names(action))
    return frozenset(map(folded, names))


def _action_names(action: Action) -> Iterator[str]:
    yield action.name
    for outcome in action.outcomes:
        yield from _action_names(outcome)


def _names_in_table(table: MappingTable) -> Iterator[str]:
    for row in table.rows:
        yield from row.subject.names
        yield from _names_in_row(row)


def _names_in_row(row: MappingRow) -> Iterator[str]:
    for cell in row.cells:
        yield from _names_in_cell(cell)


def _names_in_cell(cell: Cell) -> Iterator[str]:
    for reference in cell.references:
        match reference:
            case ConstructReference(name=name):
                yield name
            case RangeReference(first=first, last=last):
                yield from (first.name, last.name)
            case _:
                continue
