"""File trees that a document draws in a code block, as entries with their paths."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from conform.domain.prose import Passage, PassageKind, Prose

_ENTRY = re.compile(r"(?P<margin>[\s\N{BOX DRAWINGS LIGHT VERTICAL}|]*)(?:[├└+|`]──?|[|`]--) *")
_NAME = re.compile(r"[\w.@-]+(?:/[\w.@-]+)*/?(?=\s|$)")


class TreeEntry(Struct, frozen=True):
    """A file or folder of a tree: where its name begins in its line, and its path.

    `path` is relative to what the tree is drawn from; `path_below_root` has the line above the
    first branch in front, where that names a folder.
    """

    name: str
    path: str
    path_below_root: str
    line: Passage
    start: int


def trees_of(page: Prose) -> Iterator[tuple[TreeEntry, ...]]:
    """Yield the entries of each tree of a document that has at least two."""
    for lines in page.blocks(PassageKind.CODE):
        entries = tuple(_entries(lines))
        if len(entries) > 1:
            yield entries


def _entries(lines: tuple[Passage, ...]) -> Iterator[TreeEntry]:
    open_folders: list[tuple[int, str]] = []
    root = ""
    is_known = True
    for line in lines:
        entry = _ENTRY.match(line.text)
        if entry is None:
            root = _root(line.text)
            open_folders.clear()
            continue
        depth = len(entry["margin"])
        while open_folders and open_folders[-1][0] >= depth:
            open_folders.pop()
        name = _NAME.match(line.text, entry.end())
        above = "/".join(folder for _depth, folder in open_folders)
        is_known = "\0" not in above and name is not None
        written = name[0] if name else "\0"
        open_folders.append((depth, written.rstrip("/")))
        if is_known:
            path = f"{above}/{written}".strip("/")
            below = f"{root}/{path}".strip("/")
            yield TreeEntry(written, path, below, line, entry.end())


def _root(text: str) -> str:
    """Return the folder that a line above the branches names, empty for any other line."""
    match = _NAME.match(text.strip())
    return match[0].strip("/") if match and match[0] != "." else ""
