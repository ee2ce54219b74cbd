"""What the rules look at: the document, the formal models beside it, and the files it links to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from conform.check.columns import Column, Role, recognise
from conform.domain.spec import Cell, MappingRow, Spec
from conform.text import Source, Span


@dataclass(frozen=True, slots=True)
class Definition:
    """An operator that a formal model defines, whatever its use: how many parameters, and where."""

    parameters: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Binding:
    """The value that a configuration gives a constant, as it would be written, and where."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class FormalArtefact:
    """A formal model: what it says, and all that it defines, by name.

    `checked_by` is the file that says what is checked, for messages; `configuration` its name in
    the project, and `bindings` the constants that it binds.
    """

    spec: Spec
    definitions: Mapping[str, Definition]
    checked_by: str
    configuration: str
    bindings: Mapping[str, Binding]


@dataclass(frozen=True, slots=True)
class Context:
    """One protocol as the rules see it; nothing here is changed by them.

    `formal` holds the models that the project names, by role. `root` is the project's folder,
    absolute; paths in spans are relative to it. `implementations` are names. `sources` are by path
    as shown.
    """

    document: Spec
    formal: Mapping[Role, FormalArtefact]
    implementations: tuple[str, ...]
    root: Path
    sources: Mapping[str, Source]

    def excerpt(self, span: Span) -> str:
        """Return the line that `span` points to with a caret, empty for an unknown source."""
        source = self.sources.get(span.path)
        return source.excerpt(span) if source else ""

    def column(self, cell: Cell) -> Column:
        """Return what the column of `cell` is about."""
        return recognise(cell.column, self.implementations)

    def rows(self) -> Iterator[MappingRow]:
        """Yield the rows of all mapping tables."""
        for table in self.document.mapping:
            yield from table.rows

    def cells(self, *roles: Role) -> Iterator[tuple[MappingRow, Cell, Column]]:
        """Yield every cell of the columns with one of these roles."""
        for row in self.rows():
            for cell in row.cells:
                column = self.column(cell)
                if column.role in roles:
                    yield row, cell, column
