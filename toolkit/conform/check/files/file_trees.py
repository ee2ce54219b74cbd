"""File trees that a document draws in a code block, as entries with their paths."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from conform.domain.prose import Passage, PassageKind, Prose

_ENTRY = re.compile(r"(?P<margin>[\s\N{BOX DRAWINGS LIGHT VERTICAL}|]*)(?:[├└+|`]──?|[|`]--) *")
_LAST = ("└", "`")
"""What the branch of the last entry of a folder begins with."""

_NAME = re.compile(r"[\w.@-]+(?:/[\w.@-]+)*/?(?=\s|$)")


class TreeEntry(Struct, frozen=True):
    """A file or folder of a tree: where its name begins in its line, and its path.

    `path` is relative to what the tree is drawn from; `path_below_root` has the line above the
    first branch in front, where that names a folder. `path_in_last` is the path in the folder
    drawn as the last one (`└──`) just before at the same depth, empty where there is none: nothing
    can follow a last one but what is in it, though its indentation was lost.
    """

    name: str
    path: str
    path_below_root: str
    path_in_last: str
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
    root = last = ""
    is_known = True
    for line in lines:
        entry = _ENTRY.match(line.text)
        if entry is None:
            root = _root(line.text)
            open_folders.clear()
            continue
        depth = len(entry["margin"])
        in_last = last if open_folders and open_folders[-1][0] == depth else ""
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
            inner = f"{in_last}/{written}" if in_last else ""
            yield TreeEntry(written, path, below, inner, line, entry.end())
            is_last_folder = entry[0].strip()[:1] in _LAST and written.endswith("/")
            last = path if is_last_folder else in_last


def _root(text: str) -> str:
    """Return the folder that a line above the branches names, empty for any other line."""
    match = _NAME.match(text.strip())
    return match[0].strip("/") if match and match[0] != "." else ""
