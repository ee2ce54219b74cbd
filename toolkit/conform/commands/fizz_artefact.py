"""A FizzBee specification, read."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from conform.check.columns import Role
from conform.domain.finding import Finding
from conform.domain.spec import Spec
from conform.domain.values import Bindings
from conform.errors import UnsupportedError, UsageError
from conform.languages.fizzbee.cf273_overridden_option import overridden_options
from conform.languages.fizzbee.cf371_unheeded_option import unheeded_options
from conform.languages.fizzbee.cf372_unlike_count import unlike_counts
from conform.languages.fizzbee.cf377_idle_assertion import idle_assertions
from conform.languages.fizzbee.describing import describe
from conform.languages.fizzbee.encoding import SharingError
from conform.languages.fizzbee.model import FizzModel, build_model
from conform.languages.fizzbee.repeats import EndlessChoiceError
from conform.languages.fizzbee.specification import Specification, read_specification
from conform.text import Span


class FizzArtefact(Struct, frozen=True):
    """A FizzBee specification with its options: what it does and what it says."""

    specification: Specification
    model: FizzModel
    spec: Spec

    @property
    def name(self) -> str:
        """What reports call it."""
        return str(Role.FIZZBEE)

    @property
    def role(self) -> Role:
        """The role of the mapping columns that are about it."""
        return Role.FIZZBEE

    @property
    def configuration_name(self) -> str:
        """Empty: a specification has one set of options."""
        return ""

    @property
    def checked_by(self) -> str:
        """The path of the specification, which holds its assertions."""
        return self.specification.source.path

    @property
    def constants(self) -> Bindings:
        """None: what it assigns at its top level is part of it."""
        return ()

    @property
    def whole(self) -> Span:
        """The first line."""
        return self.specification.source.whole()

    def excerpt(self, span: Span) -> str:
        """Return the line that `span` points to with a caret, empty for an unknown source."""
        return self.specification.excerpt(span)

    def warnings(self) -> list[Finding]:
        """Return the options that are not heeded, why counts may not be FizzBee's, and assertions
        that say nothing.
        """
        return [
            *overridden_options(self.specification),
            *unheeded_options(self.specification),
            *unlike_counts(self.specification, self.model.count_notes),
            *idle_assertions(self.specification, self.model.program.variables),
        ]

    def revised(self, error: UnsupportedError) -> FizzArtefact | None:
        """Return the same with a model in which objects may have several references, or steps
        need not end.
        """
        shares, is_endless = isinstance(error, SharingError), isinstance(error, EndlessChoiceError)
        has_sharing = self.model.layout.has_sharing
        if not is_endless and (not shares or has_sharing):
            return None
        model = build_model(
            self.specification, has_sharing=shares or has_sharing, has_circles=is_endless
        )
        return replace(self, model=model)


def open_specification(path: Path, config: Path | None) -> FizzArtefact:
    """Return the specification in a file; its options are beside it and in its front matter."""
    if config is not None:
        raise UsageError(
            f"a FizzBee specification takes no configuration, and {config} is given",
            hint="put its options into fizz.yaml beside it",
        )
    return load_fizz_artefact(path, str(path))


def load_fizz_artefact(path: Path, shown_as: str) -> FizzArtefact:
    """Return the specification in a file that its user knows as `shown_as`."""
    return artefact_of(read_specification(path, shown_as))


def artefact_of(specification: Specification) -> FizzArtefact:
    """Return what a specification that was read does and says."""
    model = build_model(specification)
    return FizzArtefact(specification, model, describe(specification))
