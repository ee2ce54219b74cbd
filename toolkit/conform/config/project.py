"""A project: the protocols that a conform.yaml names, and where their artefacts are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from conform.errors import InputError, UsageError
from conform.text import Source, Span, exists, nearest, read_source


class FileEntry(Struct, frozen=True):
    """A file or folder that conform.yaml names.

    `shown` is the path as written, which messages use; `path` the same relative to the project's
    root. `span` and `excerpt` point at it in conform.yaml.
    """

    shown: str
    path: Path
    span: Span
    excerpt: str

    def require(self) -> None:
        """Raise InputError, which points into conform.yaml, if it is missing."""
        if not exists(self.path):
            raise InputError(
                f"{self.shown}: no such file",
                span=self.span,
                excerpt=self.excerpt,
                hint=f"paths are relative to the folder of {Path(self.span.path).name}",
            )

    def read(self, *, replaces_bytes: bool = False) -> Source:
        """Read the text file, or raise InputError; a missing one points into conform.yaml.

        With `replaces_bytes` bytes that are no UTF-8 are replaced, as by `read_source`.
        """
        self.require()
        if self.path.is_dir():
            raise InputError(
                f"{self.shown}: a folder, and no file",
                span=self.span,
                excerpt=self.excerpt,
                hint="name a file in it",
            )
        return read_source(self.path, shown_as=self.shown, replaces_bytes=replaces_bytes)


class TlaplusEntry(Struct, frozen=True):
    """The TLA+ module and its configurations by name, at least one, in the order written."""

    module: FileEntry
    configurations: tuple[tuple[str, FileEntry], ...]

    def configuration(self, name: str | None) -> FileEntry:
        """Return the configuration called `name`, the first for None, or raise UsageError."""
        known = dict(self.configurations)
        if name is None:
            return self.configurations[0][1]
        if name not in known:
            raise UsageError(
                f"{self.module.shown} has no configuration {name!r} in the project",
                expected=" or ".join(known),
                hint=_did_you_mean(name, known),
            )
        return known[name]


class FizzbeeEntry(Struct, frozen=True):
    """The FizzBee module."""

    module: FileEntry


class ImplementationEntry(Struct, frozen=True):
    """An implementation: for `python`, `target` is `package.module:callable`."""

    name: str
    language: str
    target: str
    span: Span
    excerpt: str


class ProtocolEntry(Struct, frozen=True):
    """One protocol and its artefacts; None and empty where the project names none.

    `mapping` are further documents whose mapping tables count beside those of `spec`; `readme` is
    the README.md beside conform.yaml, None where there is none or an entry names it already.
    """

    name: str
    spec: FileEntry
    tlaplus: TlaplusEntry | None
    fizzbee: FizzbeeEntry | None
    generated: FileEntry | None
    implementations: tuple[ImplementationEntry, ...]
    mapping: tuple[FileEntry, ...]
    span: Span
    readme: FileEntry | None = None

    def implementation(self, name: str) -> ImplementationEntry:
        """Return the implementation called `name`, or raise UsageError with the nearest known."""
        known = {entry.name: entry for entry in self.implementations}
        if name not in known:
            raise UsageError(
                f"protocol {self.name} has no implementation {name!r}",
                expected=" or ".join(known) or "an entry below `implementations` in conform.yaml",
                hint=_did_you_mean(name, known),
            )
        return known[name]


class Project(Struct, frozen=True):
    """What a conform.yaml says; `root` is its folder, absolute, and `path` the file's own path."""

    root: Path
    path: Path
    protocols: tuple[ProtocolEntry, ...]

    def selected(self, names: Iterable[str]) -> tuple[ProtocolEntry, ...]:
        """Return the protocols called `names` in the project's order, all of them for none.

        Raises UsageError for a name that the project does not have.
        """
        wanted = set(names)
        known = [protocol.name for protocol in self.protocols]
        for name in sorted(wanted.difference(known)):
            raise UsageError(
                f"the project has no protocol {name!r}",
                expected=" or ".join(known),
                hint=_did_you_mean(name, known),
            )
        return tuple(entry for entry in self.protocols if not wanted or entry.name in wanted)


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    close = nearest(name, known)
    return f"did you mean {close}?" if close else ""
