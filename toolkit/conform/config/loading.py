"""From the text of a conform.yaml to a Project; every refusal points at the line at fault."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from conform.config.document import Fields, Located, compose, unknown_key
from conform.config.project import (
    FileEntry,
    FizzbeeEntry,
    ImplementationEntry,
    Project,
    ProtocolEntry,
    TlaplusEntry,
)
from conform.errors import InputError
from conform.text import Source, is_there, nearest, read_source

PROJECT_FILE = "conform.yaml"
"""The name under which a project file is searched for."""

README = "README.md"
"""The document beside a project file whose tables count without being named."""

_PROTOCOL_KEYS = (
    "spec",
    "tlaplus",
    "fizzbee",
    "generated",
    "implementations",
    "mapping",
)
_LANGUAGES = ("python",)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PYTHON_TARGET = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*")


def load_project(path: Path | None = None) -> Project:
    """Read the project file at `path`, or the nearest one from the working directory upward.

    `path` may be the folder that holds it. Raises InputError, located where there is a line to
    point at, for a file that is missing, unreadable or ill-formed.
    """
    found = _search(Path.cwd()) if path is None else path
    if found.is_dir():
        found = found / PROJECT_FILE
    if path is None or not found.exists():
        _require(found)
    return parse_project(read_source(found), found)


def parse_project(source: Source, path: Path) -> Project:
    """Return the project that `source` describes; its paths are relative to `path`'s folder."""
    document = compose(source)
    if document is None:
        raise InputError(
            f"{source.path}: the file is empty",
            expected="the key protocols",
            hint="delete it, and `conform init` writes a first one for the files it finds",
        )
    fields = document.fields("the project", required=("protocols",), known=("protocols",))
    root = path.resolve().parent
    entries = tuple(_protocols(fields["protocols"], root))
    specs = {Path(os.path.normpath(entry.spec.path)) for entry in entries}
    protocols = tuple(_with_readme(entry, root / README, specs) for entry in entries)
    if not protocols:
        raise fields["protocols"].wrong(
            "the project has no protocol", expected="a name with its artefacts below `protocols`"
        )
    return Project(root, path, protocols)


def _search(start: Path) -> Path:
    for folder in (start, *start.parents):
        candidate = folder / PROJECT_FILE
        if candidate.is_file():
            return Path(os.path.relpath(candidate, start))
    return Path(PROJECT_FILE)


def _require(path: Path) -> None:
    if path.exists():
        return
    names = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
    close = nearest(path.name, names)
    hint = f"did you mean {path.parent / close}?" if close else "run `conform init` to write one"
    if not close and not path.suffix:
        hint = (
            f"the project file is meant, {PROJECT_FILE}; a model's configuration has --model-config"
        )
    raise InputError(f"{path}: no such file", hint=hint)


def _protocols(section: Located, root: Path) -> Iterator[ProtocolEntry]:
    for key, value in section.items("the protocols by name"):
        name = _name(key, "a protocol's name")
        fields = value.fields(f"protocol {name}", required=("spec",), known=_PROTOCOL_KEYS)
        yield ProtocolEntry(
            name=name,
            spec=_file(fields["spec"], root, "the path of the spec"),
            tlaplus=_tlaplus(fields["tlaplus"], root) if "tlaplus" in fields else None,
            fizzbee=_fizzbee(fields["fizzbee"], root) if "fizzbee" in fields else None,
            generated=_generated(fields["generated"], root) if "generated" in fields else None,
            implementations=tuple(_implementations(fields)),
            mapping=tuple(_mapping(fields, root)),
            span=key.span,
        )


def _with_readme(entry: ProtocolEntry, readme: Path, specs: set[Path]) -> ProtocolEntry:
    """Return the entry with the project's README.md, unless an entry names it as a document."""
    named = {Path(os.path.normpath(file.path)) for file in entry.mapping} | specs
    if readme in named or not is_there(readme):
        return entry
    return replace(entry, readme=FileEntry(README, readme, entry.span, entry.spec.excerpt))


def _tlaplus(section: Located, root: Path) -> TlaplusEntry:
    keys = ("module", "configs")
    fields = section.fields("tlaplus", required=keys, known=keys)
    what = "the path of a configuration"
    configurations = tuple(
        (_name(key, "a configuration's name"), _file(value, root, what))
        for key, value in fields["configs"].items("configurations by name, as in {small: M.cfg}")
    )
    if not configurations:
        raise fields["configs"].wrong("tlaplus has no configuration", expected="{small: M.cfg}")
    return TlaplusEntry(_file(fields["module"], root, "the path of a module"), configurations)


def _fizzbee(section: Located, root: Path) -> FizzbeeEntry:
    fields = section.fields("fizzbee", required=("module",), known=("module",))
    return FizzbeeEntry(_file(fields["module"], root, "the path of a module"))


def _generated(value: Located, root: Path) -> FileEntry:
    """Return the folder of generated files: one of its own, as files in it are overwritten."""
    entry = _file(value, root, "the path of a folder")
    resolved = entry.path.resolve()
    if resolved == root or not resolved.is_relative_to(root):
        raise value.wrong(
            "generated files need a folder of their own below the project's",
            expected="a path such as generated/my_protocol",
        )
    return entry


def _implementations(fields: Fields) -> Iterator[ImplementationEntry]:
    if "implementations" not in fields:
        return
    for key, value in fields["implementations"].items("implementations by name"):
        name = _name(key, "an implementation's name")
        languages = list(value.items("a language with its entry point"))
        if len(languages) != 1:
            raise value.wrong(f"implementation {name} needs one language", expected="python")
        language, target = languages[0]
        known = language.text("a language")
        if known not in _LANGUAGES:
            raise unknown_key(language, known, _LANGUAGES)
        yield ImplementationEntry(name, known, _entry_point(target), target.span, target.excerpt)


def _entry_point(target: Located) -> str:
    written = target.text("an entry point")
    if not _PYTHON_TARGET.fullmatch(written):
        raise target.wrong(
            f"{written} is no entry point", expected='"package.module:callable", in quotes'
        )
    return written


def _mapping(fields: Fields, root: Path) -> Iterator[FileEntry]:
    if "mapping" in fields:
        for entry in fields["mapping"].entries("a list of documents"):
            yield _file(entry, root, "the path of a document")


def _file(value: Located, root: Path, what: str) -> FileEntry:
    written = value.text(what)
    return FileEntry(written, root / written, value.span, value.excerpt)


def _name(key: Located, what: str) -> str:
    name = key.text(what)
    if not _NAME.fullmatch(name):
        raise key.wrong(f"{name!r} cannot be {what}", expected="letters, digits, `.`, `_` and `-`")
    return name
