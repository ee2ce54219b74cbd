"""A TLA+ module under a configuration, read.

Apart from `artefacts`, so that `explore` starts without what reads documents.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from conform.check.columns import Role
from conform.domain.finding import Finding
from conform.domain.spec import Spec
from conform.domain.values import Bindings
from conform.errors import InputError
from conform.languages.tlaplus.cf101_undeclared_assignment import undeclared_assignments
from conform.languages.tlaplus.cf107_overruled_assignment import overruled_assignments
from conform.languages.tlaplus.configuration import Configuration, parse_configuration
from conform.languages.tlaplus.describing import describe
from conform.languages.tlaplus.library import misnamed
from conform.languages.tlaplus.model import TlaModel, build_model
from conform.languages.tlaplus.specification import Specification, load_specification
from conform.text import Source, Span, is_there, read_source


class TlaArtefact(Struct, frozen=True):
    """A TLA+ module under one configuration: what it does and what it says."""

    configuration_name: str
    configuration: Configuration
    configuration_source: Source
    specification: Specification
    model: TlaModel
    spec: Spec

    @property
    def name(self) -> str:
        """What reports call it."""
        return str(Role.TLAPLUS)

    @property
    def role(self) -> Role:
        """The role of the mapping columns that are about it."""
        return Role.TLAPLUS

    @property
    def checked_by(self) -> str:
        """The path of the configuration."""
        return self.configuration_source.path

    @property
    def constants(self) -> Bindings:
        """The values of the constants."""
        return self.model.constants

    @property
    def whole(self) -> Span:
        """The name of the module."""
        return self.specification.module.name.span

    def excerpt(self, span: Span) -> str:
        """Return the line that `span` points to with a caret, empty for an unknown source."""
        return self.specification.excerpt(span)

    def warnings(self) -> list[Finding]:
        """Return the assignments of the configuration that nothing declares, or that are lost."""
        given = self.specification, self.configuration
        return [*undeclared_assignments(*given), *overruled_assignments(*given)]


def open_module(path: Path, config: Path | None) -> TlaArtefact:
    """Return the module in a file under `config`, or under the configuration named like it."""
    module = read_source(path, replaces_bytes=True)
    chosen = config or configuration_beside(path)
    configuration = read_source(chosen, replaces_bytes=True)
    return load_tla_artefact(module, path.parent, configuration, chosen.stem)


def configuration_beside(module: Path) -> Path:
    """Return the configuration that is named like the module, or raise InputError."""
    config = module.with_suffix(".cfg")
    if not config.exists():
        raise InputError(
            f"{module}: there is no configuration {config.name} beside it",
            expected="a .cfg file that says what to check",
            hint="name one with -c FILE",
        )
    return config


def load_tla_artefact(
    module: Source, folder: Path, configuration_source: Source, configuration_name: str
) -> TlaArtefact:
    """Return a module under a configuration; modules that it EXTENDS are sought in `folder`."""
    shown_folder = Path(module.path).parent

    def find_module(name: str) -> Source | None:
        path = folder / f"{name}.tla"
        if not is_there(path):
            return None
        return read_source(path, str(shown_folder / path.name), replaces_bytes=True)

    configuration = parse_configuration(configuration_source)
    specification = load_specification(module, find_module)
    name = Path(module.path).stem
    if specification.module.name.name != name:
        raise specification.located(misnamed(specification.module, name))
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
