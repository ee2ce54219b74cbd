"""The systems of a project: pages in a folder, and the sources in it and below.

A source belongs to the pages of the nearest folder around it; a file that two protocols share is
read once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath

from msgspec import Struct, ValidationError, convert

from conform.check.context import Context
from conform.check.files.project_files import ProjectFiles
from conform.domain.code_index import CodeFile, Enumerated, Initial
from conform.domain.prose import Prose
from conform.errors import InputError
from conform.implementations.rust_reading import read_rust
from conform.text import Source, Span, read_source

MAX_SOURCES = 500
"""So many sources of one project are looked at, in the order of their paths."""

_TESTS = frozenset(("tests", "benches", "examples"))
"""Folders beside `src` whose files name what they like."""


class System(Struct, frozen=True, dict=True):
    """The pages and the sources of one folder, in the order of their paths.

    `package` is how the manifest of the sources calls the program, or else the folder's name.
    """

    folder: str
    pages: tuple[Prose, ...]
    files: tuple[CodeFile, ...]
    package: str

    def excerpt(self, context: Context, span: Span) -> str:
        """Return the line of a page or of a source that `span` points to, with a caret."""
        for file in self.files:
            if file.source.path == span.path:
                return file.source.excerpt(span)
        return context.excerpt(span)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name in the sources, and every text in quotes that is a name, levelled."""
        found = {level(word) for file in self.files for word in file.words}
        for file in self.files:
            texts = (literal.text for literal in file.literals)
            found |= {level(text) for text in texts if re.fullmatch(r"[\w-]+", text)}
        return frozenset(found)

    @cached_property
    def written(self) -> frozenset[str]:
        """Every word of the pages, levelled."""
        texts = (passage.text for page in self.pages for passage in page.passages)
        return frozenset(level(word) for text in texts for word in re.findall(r"[\w-]+", text))

    def enumerations(self) -> Iterator[Enumerated]:
        """Yield the enumerations of the sources, file by file."""
        for file in self.files:
            yield from file.enumerations

    def initials(self) -> Iterator[Initial]:
        """Yield the first values in the sources, file by file."""
        for file in self.files:
            yield from file.initials


def level(name: str) -> str:
    """Return a name without what its notation adds: `WRITING_WAL` and `WritingWal` are one."""
    return re.sub(r"[_-]", "", name).lower()


def systems_of(context: Context) -> Iterator[System]:
    """Yield the systems that have both a page and a source."""
    pages: dict[str, list[Prose]] = {}
    for page in context.pages:
        pages.setdefault(str(PurePosixPath(page.path).parent), []).append(page)
    files: dict[str, list[CodeFile]] = {}
    for path in _sources(context):
        folder = next((str(above) for above in path.parents if str(above) in pages), None)
        if folder is not None and (file := _read(context, path)):
            files.setdefault(folder, []).append(file)
    for folder in sorted(files):
        package = _package(context, folder) or PurePosixPath(folder).name
        yield System(folder, tuple(pages[folder]), tuple(files[folder]), package)


def _package(context: Context, folder: str) -> str:
    """Return the name of the one program in the manifests of a folder, nothing for several.

    The manifest of a workspace names none.
    """
    manifests = [PurePosixPath(path) for path in ProjectFiles(context.root).paths]
    read = [
        _manifest(context, path)
        for path in manifests
        if path.name == "Cargo.toml" and path.is_relative_to(folder)
    ]
    names = {each.program for each in read if each is not None}
    return names.pop() if len(names) == 1 else ""


def _manifest(context: Context, path: PurePosixPath) -> _Manifest | None:
    """Return what a manifest says, None for one that cannot be read or has no package."""
    try:
        return convert(tomllib.loads(read_source(context.root / path).text), _Manifest)
    except (InputError, tomllib.TOMLDecodeError, ValidationError):
        return None


class _Named(Struct, frozen=True):
    """A package, or a program, by its name."""

    name: str


class _Manifest(Struct, frozen=True):
    """What a manifest says of its package, and of programs that are not called as that is."""

    package: _Named
    bin: tuple[_Named, ...] = ()

    @property
    def program(self) -> str:
        """The name of the one program, nothing for several."""
        names = [each.name for each in self.bin] or [self.package.name]
        return names[0] if len(names) == 1 else ""


def _sources(context: Context) -> list[PurePosixPath]:
    paths = sorted(path for path in ProjectFiles(context.root).paths if path.endswith(".rs"))
    found = [PurePosixPath(path) for path in paths]
    return [path for path in found if not _TESTS & set(path.parts[-2:-1])][:MAX_SOURCES]


def _read(context: Context, path: PurePosixPath) -> CodeFile | None:
    try:
        text = read_source(context.root / path).text
    except InputError:
        return None
    return read_rust(Source(str(path), text))
