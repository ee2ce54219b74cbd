"""The artefacts of one protocol, read: what `check`, `generate` and `replay` begin with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from conform.commands.model_artefact import ModelArtefact
from conform.commands.tla_artefact import TlaArtefact, load_tla_artefact
from conform.config import ProtocolEntry
from conform.domain.model import Model
from conform.domain.spec import Spec
from conform.errors import ConformError, InputError, UnsupportedError
from conform.languages.markdown.reading import read_document
from conform.languages.tlaplus.configuration import Configuration, parse_configuration
from conform.text import Source


@dataclass(frozen=True, slots=True)
class Artefacts:
    """What a protocol's entry names, read; `tlaplus` is None where it names no module.

    `document` holds the mapping rows of all its documents, `further` the documents beside it.
    `configurations` are those of the module, by name, in the order written. `sources` are by path
    as shown. `unread` is what stopped the reading of an artefact, which then is left out.
    """

    entry: ProtocolEntry
    document: Spec
    sources: dict[str, Source]
    tlaplus: TlaArtefact | None
    further: tuple[Spec, ...] = ()
    configurations: tuple[tuple[str, Configuration], ...] = ()
    unread: tuple[ConformError, ...] = ()

    @property
    def models(self) -> tuple[ModelArtefact, ...]:
        """The readings of the protocol that can be explored, in the order of reports."""
        return (self.tlaplus,) if self.tlaplus else ()

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
    document = read_document(source)
    sources = {source.path: source}
    further: list[Spec] = []
    for named in entry.mapping:
        source = named.read()
        sources[source.path] = source
        further.append(read_document(source, beside=document))
    mapping = tuple(table for each in (document, *further) for table in each.mapping)
    document = replace(document, mapping=mapping)
    unread: list[ConformError] = []
    configurations = tuple(_configurations(entry, sources, unread))
    tlaplus = None
    try:
        tlaplus = _load_tlaplus(entry, configuration)
    except (InputError, UnsupportedError) as error:
        unread.insert(0, error)
    if tlaplus is not None:
        sources.update(tlaplus.specification.sources)
        sources[tlaplus.configuration_source.path] = tlaplus.configuration_source
    return Artefacts(
        entry,
        document,
        sources,
        tlaplus,
        tuple(further),
        configurations,
        tuple({str(error): error for error in unread}.values()),
    )


def _configurations(
    entry: ProtocolEntry, sources: dict[str, Source], unread: list[ConformError]
) -> Iterator[tuple[str, Configuration]]:
    """Yield every configuration of the module that can be read; add their texts to `sources`."""
    for name, file in entry.tlaplus.configurations if entry.tlaplus else ():
        try:
            source = file.read()
            sources[source.path] = source
            yield name, parse_configuration(source)
        except (InputError, UnsupportedError) as error:
            unread.append(error)


def _load_tlaplus(entry: ProtocolEntry, name: str | None) -> TlaArtefact | None:
    if entry.tlaplus is None:
        return None
    configuration = entry.tlaplus.configuration(name)
    known = {file.shown: shown for shown, file in entry.tlaplus.configurations}
    return load_tla_artefact(
        entry.tlaplus.module.read(),
        entry.tlaplus.module.path.parent,
        configuration.read(),
        known[configuration.shown],
    )


def model_of(artefacts: Artefacts) -> Model | None:
    """Return the model to explore and replay against, None where there is none."""
    return artefacts.tlaplus.model if artefacts.tlaplus else None
