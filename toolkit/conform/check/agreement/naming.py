"""The document's names for the constructs of one reading, as the mapping tables give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from conform.check.agreement.reading import Reading
from conform.check.context import Context
from conform.check.linking import alias_in, covered, is_absent, named_in, subjects
from conform.domain.spec import (
    Absent,
    Action,
    Cell,
    ConstructKind,
    ConstructReference,
    MappingRow,
    Property,
)


class Naming(Struct, frozen=True):
    """From a reading's own names to the document's; what is in no table keeps its own name.

    An action stands for several actions of the document where it does what they do apart from one
    another (WALWrite for WALWriteSuccess and WALWriteFail), and several may stand for one. `absent`
    has the document's variables that the reading lacks by decision, with the reason; `notes` what
    a cell adds in parentheses to a variable.
    """

    variables: Mapping[str, str] = field(default_factory=dict)
    actions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    absent: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    def variable(self, own: str) -> str:
        """Return the document's name of a variable."""
        return self.variables.get(own, own)

    def action(self, own: str) -> frozenset[str]:
        """Return the document's names of what an action does."""
        return self.actions.get(own, frozenset({own}))

    def property(self, own: str) -> str:
        """Return the document's name of a property."""
        return self.properties.get(own, own)


def naming_of(reading: Reading, context: Context | None) -> Naming:
    """Return the naming of a reading; without a document, or for the document, names are equal."""
    if context is None:
        return Naming()
    actions = _outcomes(reading, context)
    if reading.role is None:
        return Naming(actions=actions)
    variables: dict[str, str] = {}
    properties: dict[str, str] = {}
    absent: dict[str, str] = {}
    notes: dict[str, str] = {}
    for row, cell in _cells(reading, context):
        match row.subject.kind:
            case ConstructKind.VARIABLE:
                _variables(reading, context, row, cell, variables, absent)
                notes.update(_notes(cell))
            case ConstructKind.ACTION:
                for name, leaves in _actions(reading, context, row, cell):
                    actions[name] = actions.get(name, frozenset()) | leaves
            case ConstructKind.PROPERTY:
                properties.update(_properties(reading, context, row, cell))
            case ConstructKind.CONSTANT | ConstructKind.HELPER:
                continue
    for name, stated in _aliases(reading, context):
        properties.setdefault(name, stated)
    return Naming(variables, actions, properties, absent, notes)


def _cells(reading: Reading, context: Context) -> Iterator[tuple[MappingRow, Cell]]:
    if reading.role is not None:
        for row, cell, _column in context.cells(reading.role):
            yield row, cell


def _outcomes(reading: Reading, context: Context) -> dict[str, frozenset[str]]:
    """Return the actions that bear the name of one that the document splits into outcomes."""
    return {
        action.name: frozenset(leaf.name for leaf in action.leaves())
        for action in context.document.actions
        if action.outcomes and action.name in reading.actions
    }


def _names(reading: Reading, context: Context, row: MappingRow, cell: Cell) -> list[str]:
    """Return the names that a cell gives, each once."""
    artefact = context.formal.get(reading.role) if reading.role is not None else None
    if artefact is None:
        return [found.name for found in cell.references if isinstance(found, ConstructReference)]
    return list(dict.fromkeys(named.name for named in named_in(cell, row, artefact)))


def _variables(
    reading: Reading,
    context: Context,
    row: MappingRow,
    cell: Cell,
    found: dict[str, str],
    absent: dict[str, str],
) -> None:
    stated = [construct.name for construct in subjects(context.document, row.subject)]
    if is_absent(cell):
        reasons = (each.reason for each in cell.references if isinstance(each, Absent))
        absent.update(dict.fromkeys(stated, next(reasons, "")))
        return
    own = [name for name in _names(reading, context, row, cell) if name in reading.variables]
    equal = [name for name in own if name in stated]
    found.update((name, name) for name in equal)
    rest = [name for name in own if name not in equal]
    open_names = [name for name in stated if name not in equal]
    if len(open_names) == 1:
        found.update((name, open_names[0]) for name in rest)
    elif len(rest) == len(open_names):
        found.update(zip(rest, open_names, strict=True))


def _notes(cell: Cell) -> Iterator[tuple[str, str]]:
    for reference in cell.references:
        if isinstance(reference, ConstructReference) and reference.note:
            yield reference.name, reference.note


def _actions(
    reading: Reading, context: Context, row: MappingRow, cell: Cell
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what the actions in a cell stand for: equal names for each other, the rest for all.

    One action alone in its cell stands for all of the row that the reading has no action for.
    """
    leaves = [found.name for found in covered(context, row) if isinstance(found, Action)]
    own = [name for name in _names(reading, context, row, cell) if name in reading.actions]
    rest = frozenset(leaves) - set(own)
    elsewhere = {leaf.name for leaf in context.document.leaf_actions()}
    for name in own:
        if name in elsewhere:
            whole = rest - set(reading.actions) if len(own) == 1 and name in leaves else frozenset()
            yield name, whole | {name}
        elif leaves:
            yield name, rest or frozenset(leaves)


def _aliases(reading: Reading, context: Context) -> Iterator[tuple[str, str]]:
    """Yield the properties that the notes of results give for those of rows: `X in TLA+`."""
    own = {result.name for result in reading.properties}
    stated = {each.name for each in context.document.properties}
    for row in (row for document in context.documents for row in document.results):
        alias = alias_in(row, reading.role) if reading.role is not None else None
        if alias in own and row.property in stated and alias not in stated:
            yield alias, row.property


def _properties(
    reading: Reading, context: Context, row: MappingRow, cell: Cell
) -> Iterator[tuple[str, str]]:
    stated = [
        found.name
        for found in subjects(context.document, row.subject)
        if isinstance(found, Property)
    ]
    for name in _names(reading, context, row, cell):
        if name in stated:
            yield name, name
        elif len(stated) == 1:
            yield name, stated[0]
