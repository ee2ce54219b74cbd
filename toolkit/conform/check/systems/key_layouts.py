"""Keys that a page draws as a tree of folders, one name a line, each below what it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import Span

_ENTRY = re.compile(
    r"[\s|+`\u2500-\u257f]*(?P<path>[\w{}<>.:*-]+(?:/[\w{}<>.:*-]+)*/?)(?=\s|$)(?P<rest>.*)"
)
_NOTE = re.compile(r"\s*(?:#|//|--|\u2190|\u2014|\(|\s).*|\s*")
_LEAST = 3


def layout_keys(page: Prose) -> Iterator[tuple[str, Span]]:
    """Yield the whole keys of the trees of a page, each with the place of its last part."""
    for lines in page.blocks(PassageKind.CODE):
        yield from _keys(lines)


def _keys(lines: tuple[Passage, ...]) -> Iterator[tuple[str, Span]]:
    """Yield the keys of one block; nothing if a line of it is no name, or few are folders."""
    entries = [(line, _ENTRY.fullmatch(line.text)) for line in lines if line.text.strip()]
    named = [(line, match) for line, match in entries if match and _NOTE.fullmatch(match["rest"])]
    folders = sum(match["path"].endswith("/") for _line, match in named)
    if len(named) < len(entries) or folders < _LEAST:
        return
    above: list[tuple[int, str]] = []
    for line, match in named:
        start = match.start("path")
        while above and above[-1][0] >= start:
            above.pop()
        if match["path"].endswith("/"):
            above.append((start, match["path"]))
        else:
            whole = "".join(path for _start, path in above) + match["path"]
            yield whole, line.span(*match.span("path"))
