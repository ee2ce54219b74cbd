"""What the rules look at: the document, the formal models beside it, and the files it links to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field

from conform.check.columns import Column, Role, recognise
from conform.domain.prose import Prose
from conform.domain.spec import Cell, MappingRow, Spec, StatedCount
from conform.languages.markdown.formal.document import FormalDocument
from conform.text import Source, Span


class Definition(Struct, frozen=True):
    """An operator that a formal model defines, whatever its use: how many parameters, and where.

    `text` is its formula in one line, in ASCII; empty where the model has none.
    """

    parameters: tuple[str, ...]
    span: Span
    text: str = ""


class Binding(Struct, frozen=True):
    """The value that a configuration gives a constant, as it would be written, and where."""

    value: str
    span: Span


REPLACEMENT = "<-"
"""Stands for a keyword where a configuration replaces an operator by the one that it names."""


class Listed(Struct, frozen=True):
    """A name that a configuration lists under a keyword, in the singular: INVARIANT, VIEW."""

    keyword: str
    name: str
    span: Span


class ConfigurationFile(Struct, frozen=True):
    """A configuration of a model, read and not evaluated; `name` is the project's word for it.

    `bindings` are the constants that it gives values, `listed` every other name in it, in order:
    what is checked, what cuts the state space, what the behaviours are. `counts` are those that its
    comments state.
    """

    name: str
    path: str
    bindings: Mapping[str, Binding]
    listed: tuple[Listed, ...]
    checks_deadlock: bool = True
    counts: tuple[StatedCount, ...] = ()

    def names(self, *keywords: str) -> tuple[Listed, ...]:
        """Return what is listed under one of the keywords, in order."""
        return tuple(listed for listed in self.listed if listed.keyword in keywords)

    def whole(self) -> Span:
        """Return the start of the file: where a finding about what is not in it points."""
        return Span(self.path, 1, 1, 1, 1)


class FormalArtefact(Struct, frozen=True):
    """A formal model: what it says, and all that it defines, by name.

    `checked_by` is the file that says what is checked, for messages; `configuration` its name in
    the project, and `bindings` the constants that it binds. `configurations` are all that the
    project names, the one in use among them; a FizzBee model has none. `unused` are formulas that
    the model defines and that neither it nor any configuration names again. `settings` are the
    options of FizzBee's search, by name; one that nothing is said of points at the whole.
    """

    spec: Spec
    definitions: Mapping[str, Definition]
    checked_by: str
    configuration: str
    bindings: Mapping[str, Binding]
    configurations: tuple[ConfigurationFile, ...] = ()
    unused: tuple[str, ...] = ()
    settings: Mapping[str, Binding] = field(default_factory=dict)

    def whole(self) -> Span:
        """Return the start of the model: where a finding about what is not in it points."""
        return Span(self.spec.path, 1, 1, 1, 1)

    def paths(self) -> tuple[str, ...]:
        """Return the model's file and those of modules that it takes constructs from, in order."""
        spec = self.spec
        constructs = (spec.constants, spec.variables, spec.actions, spec.properties)
        spans = (found.span for kind in constructs for found in kind)
        return tuple(dict.fromkeys([spec.path, *(span.path for span in spans)]))

    def known_names(self) -> set[str]:
        """Return every name that the model declares or defines."""
        declared = {variable.name for variable in self.spec.variables}
        declared |= {constant.name for constant in self.spec.constants}
        if self.spec.path.endswith(".fizz") and self.spec.variables:
            declared.add("Init")  # the action that gives them their values
        return declared | set(self.definitions)


class Context(Struct, frozen=True, eq=False):
    """One protocol as the rules see it; nothing here is changed by them.

    `document` is the canonical one, with the mapping tables of all; `further` are the others that
    the project names, with what they say of this protocol. `formal` holds the models that the
    project names, by role. `root` is the project's folder, absolute; paths in spans are relative to
    it. `implementations` are names. `sources` are by path as shown. `pages` are the texts of these
    documents and of those beside them: what they link to, and README.md. `formulas` are those of
    the document, None where they were not read. `neighbours` are the texts of the documents of the
    project's other protocols, in which nothing is judged here. A context equals itself alone.
    """

    document: Spec
    formal: Mapping[Role, FormalArtefact]
    implementations: tuple[str, ...]
    root: Path
    sources: Mapping[str, Source]
    further: tuple[Spec, ...] = ()
    pages: tuple[Prose, ...] = ()
    formulas: FormalDocument | None = None
    neighbours: tuple[Prose, ...] = ()

    @property
    def documents(self) -> tuple[Spec, ...]:
        """The canonical document and the further ones, in the project's order."""
        return (self.document, *self.further)

    def mentions(self, word: str) -> bool:
        """Whether the text of some document has `word`, as a word of its own."""
        pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
        return any(pattern.search(text) for text in self._texts())

    def mentions_any(self, beginning: str) -> bool:
        """Whether the text of some document has a word that begins so, in any case."""
        pattern = re.compile(rf"(?<!\w){re.escape(beginning)}", re.IGNORECASE)
        return any(pattern.search(text) for text in self._texts())

    def _texts(self) -> Iterator[str]:
        for document in self.documents:
            if source := self.sources.get(document.path):
                yield source.text

    def excerpt(self, span: Span) -> str:
        """Return the line that `span` points to with a caret, empty for an unknown source."""
        source = self.sources.get(span.path)
        return source.excerpt(span) if source else ""

    def text_of(self, span: Span) -> str:
        """Return the whole lines that `span` covers, empty for an unknown source."""
        source = self.sources.get(span.path)
        lines = range(span.line, span.end_line + 1) if source else ()
        return "\n".join(source.line(line) for line in lines) if source else ""

    def column(self, cell: Cell) -> Column:
        """Return what the column of `cell` is about."""
        return recognise(cell.column, self.implementations)

    def page(self) -> Prose:
        """Return the text of the document itself; without passages where it was not read."""
        path = self.document.path
        return next((page for page in self.pages if page.path == path), Prose(path, ()))

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
