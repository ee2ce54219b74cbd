"""A model as the commands see it, whatever language it was written in."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, runtime_checkable

from conform.check.columns import Role
from conform.domain.finding import Finding
from conform.domain.model import Model
from conform.domain.spec import Spec
from conform.domain.values import Bindings
from conform.errors import UnsupportedError, UsageError
from conform.registry import model_opener
from conform.text import Span, is_there


class ModelArtefact(Protocol):
    """An artefact that was read and can be explored."""

    @property
    def name(self) -> str:
        """What reports call this reading of the protocol: TLA+, FizzBee, document."""

    @property
    def role(self) -> Role | None:
        """The role of the mapping columns that are about it, None where its names are used."""

    @property
    def configuration_name(self) -> str:
        """The configuration's name in the project; empty where the language has none."""

    @property
    def checked_by(self) -> str:
        """The path of the file that says what is checked."""

    @property
    def model(self) -> Model: ...
    @property
    def constants(self) -> Bindings:
        """The values of the constants that it was given."""

    @property
    def spec(self) -> Spec: ...
    @property
    def whole(self) -> Span:
        """Where findings about the whole of it point."""

    def excerpt(self, span: Span) -> str:
        """Return the line that `span` points to with a caret, empty for an unknown source."""

    def warnings(self) -> list[Finding]:
        """Return what reading found without being stopped by it."""


@runtime_checkable
class Revisable(Protocol):
    """An artefact whose model rests on what its first states have shown."""

    def revised(self, error: UnsupportedError) -> ModelArtefact | None:
        """Return the artefact with a model that does what `error` says the other cannot.

        None where there is no such model.
        """


def revision_of(artefact: ModelArtefact, error: UnsupportedError) -> ModelArtefact | None:
    """Return an artefact whose model does what another one's cannot, None where there is none."""
    return artefact.revised(error) if isinstance(artefact, Revisable) else None


DOCUMENT = "document"
MACHINE = "generated machine"
"""What reports call the readings that no column of a mapping is about."""


def title_of(artefact: ModelArtefact) -> str:
    """Return the name of a reading with that of its configuration: `TLA+ (small)`, `FizzBee`."""
    configuration = artefact.configuration_name
    return f"{artefact.name} ({configuration})" if configuration else artefact.name


def open_model(path: Path, config: Path | None) -> ModelArtefact:
    """Read the model in a file, by the front-end that its suffix names; TLA+ reads all others.

    `config` is the configuration that the user named. Raises ConformError where something cannot
    be read.
    """
    if path.suffix == ".cfg" and is_there(path):
        raise UsageError(
            f"{path}: a configuration, and no module",
            hint=f"name the module, and the configuration behind -c: {path.stem}.tla -c {path}",
        )
    opened: ModelArtefact = model_opener(path.suffix)(path, config)
    return opened
