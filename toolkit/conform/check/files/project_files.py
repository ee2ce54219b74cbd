"""The files of a project by name, for rules about what documents say of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from conform.text import exists

MAX_FILES = 20_000
"""A project with more is looked at as far as that; a name beyond is sought by its path alone."""

_BUILT = frozenset(("node_modules", "target", "__pycache__", "build", "dist", "venv"))
"""Folders that hold what tools made; like hidden ones they are not the project's own."""


class ProjectFiles(Struct, frozen=True, dict=True):
    """What is in the folder `root`, absolute; hidden folders and what tools built left out."""

    root: Path

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every file and folder, as a path relative to the root with `/` between its parts."""
        found: set[str] = set()
        for path in _walk(self.root):
            found.add(path)
            if len(found) >= MAX_FILES:
                break
        return frozenset(found)

    @cached_property
    def folders(self) -> frozenset[str]:
        """Those of `paths` that hold something."""
        return frozenset(path.rpartition("/")[0] for path in self.paths) - {""}

    @cached_property
    def names(self) -> frozenset[str]:
        """The last part of every path."""
        return frozenset(path.rpartition("/")[2] for path in self.paths)

    def has(self, path: Path) -> bool:
        """Say whether there is a file or folder `path`, absolute, inside the project."""
        path = Path(os.path.normpath(path))
        return path.is_relative_to(self.root) and exists(path)

    def has_ending(self, written: str) -> bool:
        """Say whether some path of the project is `written` or ends with it."""
        wanted = written.strip("/").removeprefix("./")
        return wanted in self.paths or any(path.endswith(f"/{wanted}") for path in self.paths)


def _walk(root: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name[0] != "." and name not in _BUILT)
        inner = Path(folder).relative_to(root).as_posix()
        before = "" if inner == "." else f"{inner}/"
        for name in (*folders, *sorted(files)):
            yield before + name
