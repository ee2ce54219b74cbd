"""A spec document as a reading of its own: what its formal lines do, with its constants bound."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from conform.commands.model_artefact import DOCUMENT
from conform.domain.finding import Finding
from conform.domain.spec import Spec
from conform.domain.values import Bindings, Value
from conform.languages.markdown.formal.bindings import parameter_bindings
from conform.languages.markdown.formal.building_model import build_model
from conform.languages.markdown.formal.document import FormalDocument
from conform.languages.markdown.formal.model import DocumentModel
from conform.languages.markdown.formal.reading import read_formal
from conform.languages.markdown.reading import read_document
from conform.text import Span, read_source


class DocumentArtefact(Struct, frozen=True):
    """A document that is executed; `configuration_name` is the column of its parameters' values."""

    configuration_name: str
    formal: FormalDocument
    model: DocumentModel
    spec: Spec

    @property
    def name(self) -> str:
        """What reports call it."""
        return DOCUMENT

    @property
    def role(self) -> None:
        """None: the document is what the columns of a mapping are held against."""

    @property
    def checked_by(self) -> str:
        """The document itself: it states its properties."""
        return self.formal.source.path

    @property
    def constants(self) -> Bindings:
        """The values of the constants."""
        return self.model.constants

    @property
    def whole(self) -> Span:
        """The first line of the document."""
        return self.formal.source.whole()

    def excerpt(self, span: Span) -> str:
        """Return the line that `span` points to with a caret, empty for an unknown source."""
        return self.formal.source.excerpt(span) if span.path == self.formal.source.path else ""

    def warnings(self) -> list[Finding]:
        """Return what was found in lines that are not needed to execute the document."""
        return list(self.formal.findings)


def open_document(path: Path, config: Path | None) -> DocumentArtefact:
    """Return the document in a file; `config` is the column of its table of parameters, or None.

    Raises UnsupportedError where it is not executable in full.
    """
    source = read_source(path)
    spec = read_document(source)
    formal = read_formal(spec, {source.path: source})
    return load_document_artefact(spec, formal, str(config) if config else None)


def load_document_artefact(
    spec: Spec,
    formal: FormalDocument,
    configuration: str | None,
    bindings: Mapping[str, Value] | None = None,
) -> DocumentArtefact:
    """Return a document with the values of a column of its parameters, or with given ones.

    Raises UnsupportedError where it is not executable in full, and InputError for a constant
    without a value.
    """
    values = parameter_bindings(formal, configuration) if bindings is None else bindings
    return DocumentArtefact(configuration or "", formal, build_model(formal, values), spec)
