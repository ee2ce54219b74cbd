"""The documents beside a protocol's own: what its text rules look at as well."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from conform.commands.artefacts import Artefacts
from conform.config import Project
from conform.domain.prose import Prose
from conform.errors import InputError
from conform.languages.markdown.prose import read_prose
from conform.text import Source, is_there, read_source

MAX_COMPANIONS = 50
"""So many documents are looked at beside a protocol's own; further links are not followed."""


def pages_of(project: Project, artefacts: Artefacts) -> tuple[dict[str, Source], tuple[Prose, ...]]:
    """Return a protocol's documents by path as shown, and their texts, its own first.

    Beside the document and those with mapping rows these are the Markdown files that they link to,
    the README.md of the project and those that it links to, as far as they are no other protocol's
    document, and the README.md in each folder of these and in each folder that is linked to. One
    that cannot be read has a text without passages; CF310 tells of it.
    """
    entry = artefacts.entry
    own = [file.shown for file in (entry.spec, *entry.mapping)]
    sources = {path: artefacts.sources[path] for path in own}
    pages = [read_prose(source) for source in sources.values()]
    taken = {project.root / path for path in own} | _documents_of_others(project, artefacts)
    readme = project.root / "README.md"
    for path in _linked(project.root, tuple(pages)):
        if path not in taken and len(taken) < MAX_COMPANIONS:
            taken.add(path)
            pages.append(_added(project, path, sources))
            if path == readme:
                for further in _linked(project.root, (pages[-1],)):
                    if further not in taken and len(taken) < MAX_COMPANIONS:
                        taken.add(further)
                        pages.append(_added(project, further, sources))
    return sources, tuple(pages)


def neighbours_of(project: Project, artefacts: Artefacts) -> tuple[Prose, ...]:
    """Return the texts of the documents of the other protocols, those that can be read."""
    paths = sorted(_documents_of_others(project, artefacts))[:MAX_COMPANIONS]
    shown = ((path, Path(os.path.relpath(path, project.root)).as_posix()) for path in paths)
    return tuple(page for page in (_read(*each)[1] for each in shown) if page.is_read)


def _added(project: Project, path: Path, sources: dict[str, Source]) -> Prose:
    shown = path.relative_to(project.root).as_posix()
    sources[shown], page = _read(path, shown)
    return page


def _documents_of_others(project: Project, artefacts: Artefacts) -> set[Path]:
    others = (entry for entry in project.protocols if entry.name != artefacts.entry.name)
    return {Path(os.path.normpath(project.root / entry.spec.path)) for entry in others}


def _linked(root: Path, pages: tuple[Prose, ...]) -> Iterator[Path]:
    yield from (path for path in [root / "README.md"] if is_there(path))
    for page in pages:
        folder = (root / page.path).parent
        for passage in (*page.passages, *page.definitions):
            for link in passage.links:
                written = unquote(link.target.partition("#")[0])
                path = Path(os.path.normpath(folder / written))
                if written.endswith("/"):
                    path /= "README.md"  # what a folder shows of itself
                if path.suffix == ".md" and path.is_relative_to(root) and is_there(path):
                    yield path
                    beside = path.parent / "README.md"
                    if path.parent != root and is_there(beside):
                        yield beside


def _read(path: Path, shown: str) -> tuple[Source, Prose]:
    try:
        source = read_source(path, shown)
        return source, read_prose(source)
    except InputError:
        return Source(shown, ""), Prose(shown, (), is_read=False)
