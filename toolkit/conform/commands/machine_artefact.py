"""The generated machine of a protocol as a reading: what the generated code does.

It is the text that would be generated now, where the file on disk is that. A file that somebody has
edited is a reading of its own and stands for itself, if it is still a machine; one that was made of
other sources is only out of date, and is no reading.
"""

from __future__ import annotations

from msgspec import Struct

from conform.check.columns import Role
from conform.commands.artefacts import Artefacts
from conform.commands.generate import is_first_configuration, module_of
from conform.commands.model_artefact import MACHINE
from conform.domain.finding import Finding
from conform.domain.spec import Spec
from conform.domain.values import Bindings
from conform.errors import UnsupportedError
from conform.generate.edited_machines import vet_edits
from conform.generate.freshness import standing_text
from conform.generate.generating import SuiteOptions, generate
from conform.generate.machine_model import MachineModel, build_machine_model
from conform.languages.tlaplus.translation.describing import describe_machine
from conform.text import Source, Span


class MachineArtefact(Struct, frozen=True):
    """The generated machine, made under the configuration of that name.

    `source` is its text. It says nothing that the module it was made from does not say.
    """

    configuration_name: str
    model: MachineModel
    source: Source

    @property
    def name(self) -> str:
        """What reports call it."""
        return MACHINE

    @property
    def role(self) -> Role:
        """That of the module: it uses the module's names."""
        return Role.TLAPLUS

    @property
    def checked_by(self) -> str:
        """The path of the machine, which holds its properties."""
        return self.source.path

    @property
    def spec(self) -> Spec:
        """An empty one under its path."""
        return Spec(self.source.path, self.model.name)

    @property
    def constants(self) -> Bindings:
        """None: their values are part of it."""
        return ()

    @property
    def whole(self) -> Span:
        """Its first line."""
        return self.source.whole()

    def excerpt(self, span: Span) -> str:
        """Return the line that `span` points to with a caret, empty for an unknown source."""
        return self.source.excerpt(span) if span.path == self.source.path else ""

    def warnings(self) -> list[Finding]:
        """Return nothing: it was not read but made."""
        return []


def machine_of(artefacts: Artefacts) -> MachineArtefact | None:
    """Return the machine that is generated from these artefacts, as it was edited if it was.

    None where none is on disk or it was made of other sources; under another configuration than the
    one that files are generated for, it is the one that would be. What cannot be generated is said
    where files are compared (CF404). Raises UnsupportedError, located, for a machine that was
    edited into something that is not run.
    """
    tlaplus, folder = artefacts.tlaplus, artefacts.entry.generated
    if tlaplus is None or folder is None:
        return None
    try:
        machine = describe_machine(tlaplus.model, tlaplus.configuration, artefacts.document)
    except UnsupportedError:
        return None
    suite = SuiteOptions(module_of(folder))
    (file,) = generate(machine, artefacts.machine_sources, suite)
    generated = Source(f"{folder.shown}/{file.path}", file.text)
    text: str | None = file.text
    if is_first_configuration(artefacts):
        text = standing_text(folder.path / file.path, file.text)
    if text is None:
        return None
    source = Source(generated.path, text)
    is_edited = text != file.text
    if is_edited:
        vet_edits(source, generated, machine.class_name)
    constraints = list(dict.fromkeys(one.name for one in tlaplus.model.constraints))
    try:
        model = build_machine_model(machine, source, constraints)
    except UnsupportedError:
        if is_edited:
            raise
        return None
    return MachineArtefact(tlaplus.configuration_name, model, source)
