"""The artefacts of one protocol, read: what `check`, `generate` and `replay` begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from conform.commands.borrowed_constraints import borrowed
from conform.commands.document_artefact import DocumentArtefact, load_document_artefact
from conform.commands.fizz_artefact import FizzArtefact, load_fizz_artefact
from conform.commands.model_artefact import ModelArtefact
from conform.commands.tla_artefact import TlaArtefact, load_tla_artefact
from conform.config import ProtocolEntry
from conform.domain.finding import Finding, Severity
from conform.domain.model import Model
from conform.domain.spec import Spec
from conform.errors import ConformError, EvaluationError, InputError, UnsupportedError
from conform.languages.markdown.formal.document import FormalDocument
from conform.languages.markdown.formal.reading import read_formal
from conform.languages.markdown.reading import read_document
from conform.languages.tlaplus.configuration import Configuration, parse_configuration
from conform.text import Source

T = TypeVar("T")


class Artefacts(Struct, frozen=True):
    """What a protocol's entry names, read.

    `document` holds the mapping rows of all documents that the entry names, `further` those beside
    it; `readme` is the project's README.md, of which no file is generated, None without one.
    `formal` what could be read of its formulas. The readings of the protocol are `tlaplus` and
    `fizzbee`, None where it names no such module, and `executed`, the document as a model, None
    where it is not executed in full. `configurations` are those of the module, by name, in the
    order written. `sources` are by path as shown. `unread` is what stopped the reading of an
    artefact, which then is left out.
    """

    entry: ProtocolEntry
    document: Spec
    sources: dict[str, Source]
    formal: FormalDocument
    tlaplus: TlaArtefact | None
    fizzbee: FizzArtefact | None = None
    executed: DocumentArtefact | None = None
    further: tuple[Spec, ...] = ()
    readme: Spec | None = None
    configurations: tuple[tuple[str, Configuration], ...] = ()
    unread: tuple[ConformError, ...] = ()

    @property
    def models(self) -> tuple[ModelArtefact, ...]:
        """The readings of the protocol that can be explored, in the order of reports."""
        readings = (self.tlaplus, self.fizzbee, self.executed)
        return tuple(reading for reading in readings if reading is not None)

    @property
    def machine_sources(self) -> tuple[Source, ...]:
        """What generated files are made from, by path: the documents, and the module as it runs."""
        documents = {each.path: self.sources[each.path] for each in (self.document, *self.further)}
        module = self.tlaplus.specification.sources if self.tlaplus else {}
        return tuple(source for _path, source in sorted({**documents, **module}.items()))


def load_artefacts(entry: ProtocolEntry, configuration: str | None = None) -> Artefacts:
    """Read a protocol's document and model; `configuration` names one of its configurations.

    Raises InputError, UnsupportedError or UsageError where something cannot be read.
    """
    artefacts = read_artefacts(entry, configuration)
    for error in artefacts.unread:
        raise error
    return artefacts


def read_artefacts(entry: ProtocolEntry, configuration: str | None = None) -> Artefacts:
    """Read what can be read of a protocol's artefacts, as `load_artefacts` does.

    Raises only where the document itself, or another with its tables, cannot be read, and
    UsageError for an unknown configuration.
    """
    source = entry.spec.read()
    refused: list[InputError] = []
    document = read_document(source, refused=refused)
    sources = {source.path: source}
    further: list[Spec] = []
    for named in entry.mapping:
        source = named.read()
        sources[source.path] = source
        further.append(read_document(source, document, refused))
    mapping = tuple(table for each in (document, *further) for table in each.mapping)
    document = replace(document, mapping=mapping)
    unread = _Unread()
    readme = unread.unless_it_fails(lambda: _load_readme(entry, document, sources, refused))
    for error in refused:
        unread.add(error)
    configurations = tuple(_configurations(entry, sources, unread))
    tlaplus = unread.unless_it_fails(lambda: load_tlaplus(entry, configuration))
    fizzbee = unread.unless_it_fails(lambda: _load_fizzbee(entry))
    formal = read_formal(document, sources)
    executed = None
    if formal.is_executable and not any(map(_is_error, formal.findings)):
        executed = unread.unless_it_fails(
            lambda: _load_executed(document, formal, tlaplus, configuration)
        )
    if tlaplus is not None:
        sources.update(tlaplus.specification.sources)
    if fizzbee is not None:
        sources.update(fizzbee.specification.sources)
    return Artefacts(
        entry,
        document,
        sources,
        formal,
        tlaplus,
        fizzbee,
        executed,
        tuple(further),
        readme,
        configurations,
        tuple(unread.errors.values()),
    )


def _is_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR


@dataclass(slots=True)
class _Unread:
    """What stopped the reading of artefacts, each once: a file may be needed twice."""

    errors: dict[str, ConformError] = field(default_factory=dict)

    def add(self, error: ConformError) -> None:
        self.errors.setdefault(str(error), error)

    def unless_it_fails(self, load: Callable[[], T]) -> T | None:
        """Return what `load` returns; None where it raises that something cannot be read."""
        try:
            return load()
        except (InputError, UnsupportedError, EvaluationError) as error:
            self.add(error)
            return None


def _configurations(
    entry: ProtocolEntry, sources: dict[str, Source], unread: _Unread
) -> Iterator[tuple[str, Configuration]]:
    """Yield every configuration of the module that can be read; add their texts to `sources`."""
    for name, file in entry.tlaplus.configurations if entry.tlaplus else ():
        try:
            source = file.read()
            sources[source.path] = source
            yield name, parse_configuration(source)
        except (InputError, UnsupportedError) as error:
            unread.add(error)


def _load_readme(
    entry: ProtocolEntry, document: Spec, sources: dict[str, Source], refused: list[InputError]
) -> Spec | None:
    """Return what the project's README.md says; add its text to `sources`."""
    if entry.readme is None:
        return None
    source = entry.readme.read()
    sources[source.path] = source
    return read_document(source, document, refused)


def load_tlaplus(entry: ProtocolEntry, name: str | None) -> TlaArtefact | None:
    if entry.tlaplus is None:
        return None
    configuration = entry.tlaplus.configuration(name)
    known = {file.shown: shown for shown, file in entry.tlaplus.configurations}
    return load_tla_artefact(
        entry.tlaplus.module.read(replaces_bytes=True),
        entry.tlaplus.module.path.parent,
        configuration.read(replaces_bytes=True),
        known[configuration.shown],
    )


def _load_fizzbee(entry: ProtocolEntry) -> FizzArtefact | None:
    if entry.fizzbee is None:
        return None
    module = entry.fizzbee.module
    module.require()
    return load_fizz_artefact(module.path, module.shown)


def _load_executed(
    document: Spec, formal: FormalDocument, tlaplus: TlaArtefact | None, name: str | None
) -> DocumentArtefact:
    """Return the document as a model, with the constants of the TLA+ module where there is one.

    Deadlock is looked for as the module's configuration says: a document has no place to say it.
    """
    if tlaplus is None:
        return load_document_artefact(document, formal, name)
    bindings = dict(tlaplus.model.constants)
    found = load_document_artefact(document, formal, tlaplus.configuration_name, bindings)
    found.model.checks_deadlock = tlaplus.model.checks_deadlock
    if not found.model.constraints:
        theirs = tlaplus.model
        bounds = borrowed(theirs.constraints, theirs.slots, found.model.slots)
        found.model.constraints = tuple(bounds)
    return found


def model_of(artefacts: Artefacts) -> Model | None:
    """Return the model to explore and replay against, None where there is none."""
    return artefacts.tlaplus.model if artefacts.tlaplus else None
