"""A drawn file tree leaves out a model or a configuration beside others of its kind.

What it means
    A tree in a code block lists files of a folder, and a module or a configuration of the protocol
    that lies in the same folder, with the same ending as one that is listed, is not among them. It
    was added since.

    A tree with dots or a pattern such as `*.cfg` in it is not looked at.

Example
    `├── Lamp.cfg` and `└── Lamp-medium.cfg`, where the project has `Lamp-liveness.cfg` as well.

What to do
    Add the entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from conform.check.context import Context
from conform.check.files.file_trees import TreeEntry, trees_of
from conform.check.files.project_files import ProjectFiles
from conform.domain.finding import Code, Finding

CODE = Code("CF286", "file is left out of a tree")

_AND_OTHERS = re.compile(r"\.\.\.|\N{HORIZONTAL ELLIPSIS}|\*|\betc\b")


def files_left_out(context: Context) -> Iterator[Finding]:
    """Yield a finding for each folder of a tree that lists some such files and not all."""
    files = _files_of(context)
    for page in context.pages:
        for tree in trees_of(page):
            if not _has_others(context, tree):
                yield from _in_tree(context, tree, files)


def _files_of(context: Context) -> tuple[PurePosixPath, ...]:
    """Return the models of the protocol and all their configurations, in order.

    Configurations that conform.yaml does not name are among them where they lie beside a module and
    begin with its name.
    """
    paths: list[str] = []
    for artefact in context.formal.values():
        paths += artefact.paths()
        paths += (file.path for file in artefact.configurations)
    modules = [PurePosixPath(path) for path in paths if path.endswith(".tla")]
    for path in sorted(ProjectFiles(context.root).paths if modules else ()):
        file = PurePosixPath(path)
        is_own = (
            module.parent == file.parent and file.stem.startswith(module.stem) for module in modules
        )
        if file.suffix == ".cfg" and any(is_own):
            paths.append(path)
    return tuple(map(PurePosixPath, dict.fromkeys(paths)))


def _has_others(context: Context, tree: tuple[TreeEntry, ...]) -> bool:
    source = context.sources.get(tree[0].line.span().path)
    lines = range(tree[0].line.span().line, tree[-1].line.span().line + 2)
    return source is None or any(_AND_OTHERS.search(source.line(line)) for line in lines)


def _in_tree(
    context: Context, tree: tuple[TreeEntry, ...], files: tuple[PurePosixPath, ...]
) -> Iterator[Finding]:
    listed = {path: entry for entry in tree for path in (entry.path, entry.path_below_root)}
    by_kind: dict[tuple[PurePosixPath, str], list[PurePosixPath]] = {}
    for file in files:
        by_kind.setdefault((file.parent, file.suffix), []).append(file)
    for (folder, _suffix), alike in by_kind.items():
        there = [listed[str(file)] for file in alike if str(file) in listed]
        missing = [file.name for file in alike if str(file) not in listed]
        if there and missing:
            last = there[-1]
            span = last.line.span(last.start, last.start + len(last.name))
            names = ", ".join(f"`{name}`" for name in missing)
            yield CODE.finding(
                f"the tree has `{last.name}` of {folder}/, and not {names}",
                span,
                excerpt=context.excerpt(span),
                hint="add the entry",
            )
