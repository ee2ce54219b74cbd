"""Claims about the length of a file: `1,100+ lines` beside a link to it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from conform.check.context import Context
from conform.domain.prose import Passage, PassageKind, Prose
from conform.errors import InputError
from conform.text import is_there, read_source

_LINES = re.compile(
    r"(?P<about>[~≈]\s*)?(?P<count>\d{1,3}(?:,\d{3})+|\d{2,6})(?P<more>\+)?\s+lines\b"
)
_TOLERANCE = 0.2
"""A number of lines is a round one: so much may it differ."""


def line_claims(context: Context, page: Prose) -> Iterator[tuple[Passage, int, int, str, int]]:
    """Yield each wrong claim: its passage and range, what it says, and the lines that there are.

    The file is the only one that the passage, or its table row, links to.
    """
    for passage in page.running():
        for match in _LINES.finditer(passage.text):
            path = _file(context, page, passage)
            lines = _length(path) if path else None
            stated = int(match["count"].replace(",", ""))
            if lines is not None and _is_wrong(stated, lines, is_least=bool(match["more"])):
                said = match[0].removesuffix("lines").strip()
                yield passage, match.start(), match.end(), said, lines


def _is_wrong(stated: int, lines: int, *, is_least: bool) -> bool:
    if is_least:
        return lines < stated or lines > 2 * stated
    return abs(lines - stated) > _TOLERANCE * stated


def _file(context: Context, page: Prose, passage: Passage) -> Path | None:
    beside = [passage]
    if passage.kind is PassageKind.CELL:
        beside = [
            cell
            for cell in page.of(PassageKind.CELL)
            if (cell.block, cell.row) == (passage.block, passage.row)
        ]
    folder = (context.root / page.path).parent
    targets = {link.target.partition("#")[0] for one in beside for link in one.links}
    paths = {Path(os.path.normpath(folder / target)) for target in targets if target}
    files = {path for path in paths if path.is_relative_to(context.root) and is_there(path)}
    return files.pop() if len(files) == 1 else None


def _length(path: Path) -> int | None:
    try:
        return len(read_source(path).text.splitlines())
    except InputError:
        return None
