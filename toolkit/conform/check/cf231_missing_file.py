"""A document names a file that the project does not have.

What it means
    A file in code in a sentence or a table, or an entry of a drawn file tree, names something that
    is not there: it was renamed or never written.

    Looked at are paths with a folder of the project and an ending that sources have; names alone
    where they end in .tla, .cfg or .fizz and resemble one that exists; the entries of a tree of
    which at least half exist; and the files that a project has at its root by custom, as in *see
    the LICENSE file*. Names with a placeholder are left out.

Example
    The medium configuration, `tlaplus/Lamp-large.cfg`, where the file is `Lamp-medium.cfg`.

What to do
    Correct the name, or add the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from conform.check.context import Context
from conform.check.files.file_trees import TreeEntry, trees_of
from conform.check.files.project_files import ProjectFiles
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage
from conform.text import nearest

CODE = Code("CF231", "named file does not exist")

_SUFFIXES = "md|tla|cfg|fizz|py|rs|go|java|ts|js|toml|ya?ml|json|sh|txt|jsonl"
_PATH = re.compile(rf"(?:\.{{1,2}}/)*(?:[\w-][\w.-]*/)+[\w-][\w.-]*\.(?:{_SUFFIXES})")
_CUSTOM = re.compile(
    r"\b(?:see|in)\s+(?:the\s+)?`?(?P<name>(?:LICEN[SC]E|COPYING|NOTICE|CONTRIBUTING|CHANGELOG)"
    r"(?:\.\w+)?)`?\s+file\b"
)
_NAME = re.compile(r"[\w-]+\.(?:tla|cfg|fizz)")


def missing_files(context: Context) -> Iterator[Finding]:
    """Yield a finding for each file that a sentence, a cell or a tree names and nobody has."""
    files = ProjectFiles(context.root)
    for page in context.pages:
        folder = PurePosixPath(page.path).parent
        for passage in (*page.headings(), *page.running()):
            yield from _in_passage(context, files, passage, folder)
        for tree in trees_of(page):
            yield from _in_tree(context, files, tree, folder)


def _in_passage(
    context: Context, files: ProjectFiles, passage: Passage, folder: PurePosixPath
) -> Iterator[Finding]:
    for custom in _CUSTOM.finditer(passage.text):
        stem = custom["name"].partition(".")[0]
        if all(name.partition(".")[0] != stem for name in files.names):
            yield _finding(context, files, passage, custom.start("name"), custom["name"])
    for start, text in passage.coded():
        if any(link.start <= start < link.end for link in passage.links):
            continue  # CF206 and CF230 follow it
        if _PATH.fullmatch(text):
            missing = _is_ours(files, text, folder) and not _is_there(files, text, folder)
        else:
            close = nearest(text, files.names) if _NAME.fullmatch(text) else None
            missing = close is not None and text not in files.names
        if missing:
            yield _finding(context, files, passage, start, text)


def _is_ours(files: ProjectFiles, text: str, folder: PurePosixPath) -> bool:
    """Say whether a path begins with a folder that the project has there."""
    if text.startswith("."):
        return True
    first = text.partition("/")[0]
    return first in files.paths or (folder / first).as_posix() in files.paths


def _is_there(files: ProjectFiles, text: str, folder: PurePosixPath) -> bool:
    return (
        files.has(files.root / text)
        or files.has(files.root / folder / text)
        or files.has_ending(text.replace("../", "").replace("./", ""))
    )


def _in_tree(
    context: Context, files: ProjectFiles, tree: tuple[TreeEntry, ...], folder: PurePosixPath
) -> Iterator[Finding]:
    missing = min(
        ([entry for entry in tree if not _is_entry(files, base, entry)] for base in _bases(folder)),
        key=len,
    )
    if 2 * len(missing) <= len(tree):
        for entry in missing:
            above = entry.path.rpartition("/")[0]
            if all(above != other.path for other in missing):
                yield _finding(context, files, entry.line, entry.start, entry.name)


def _bases(folder: PurePosixPath) -> tuple[PurePosixPath, ...]:
    return (folder, PurePosixPath(), *folder.parents)


def _is_entry(files: ProjectFiles, base: PurePosixPath, entry: TreeEntry) -> bool:
    paths = [base / entry.path, base / entry.path_below_root]
    paths += [base / entry.path_in_last] if entry.path_in_last else []
    return any(files.has(files.root / path) for path in paths)


def _finding(
    context: Context, files: ProjectFiles, passage: Passage, start: int, text: str
) -> Finding:
    span = passage.span(start, start + len(text))
    close = nearest(text.rstrip("/").rpartition("/")[2], files.names)
    return CODE.finding(
        f"there is no `{text}` in the project",
        span,
        excerpt=context.excerpt(span),
        hint=f"did you mean `{close}`?" if close else "correct the name, or add the file",
    )
