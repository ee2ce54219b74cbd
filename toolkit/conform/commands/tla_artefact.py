"""A TLA+ module under a configuration, read.

Apart from `artefacts`, so that `explore` starts without what reads documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from conform.domain.spec import Spec
from conform.languages.tlaplus.configuration import Configuration, parse_configuration
from conform.languages.tlaplus.describing import describe
from conform.languages.tlaplus.model import TlaModel, build_model
from conform.languages.tlaplus.specification import Specification, load_specification
from conform.text import Source, is_there, read_source


@dataclass(frozen=True, slots=True)
class TlaArtefact:
    """A TLA+ module under one configuration: what it does and what it says."""

    configuration_name: str
    configuration: Configuration
    configuration_source: Source
    specification: Specification
    model: TlaModel
    spec: Spec


def load_tla_artefact(
    module: Source, folder: Path, configuration_source: Source, configuration_name: str
) -> TlaArtefact:
    """Return a module under a configuration; modules that it EXTENDS are sought in `folder`."""
    shown_folder = Path(module.path).parent

    def find_module(name: str) -> Source | None:
        path = folder / f"{name}.tla"
        return read_source(path, str(shown_folder / path.name)) if is_there(path) else None

    configuration = parse_configuration(configuration_source)
    specification = load_specification(module, find_module)
    specification.sources[configuration_source.path] = configuration_source
    model = build_model(specification, configuration)
    return TlaArtefact(
        configuration_name,
        configuration,
        configuration_source,
        specification,
        model,
        describe(model, configuration),
    )
