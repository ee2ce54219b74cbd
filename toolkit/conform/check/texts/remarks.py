"""What documents remark about a construct: its section, its table rows, sentences that name it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.domain.prose import Passage, PassageKind, Prose

_BY_CONSTRUCTION = re.compile(
    r"\bno\s+(?:separate|corresponding|explicit|own|dedicated|\S+\s+or\s+\S+)?\s*"
    r"(?:construct|formula|invariant|assertion|check|counterpart)|\bnot\s+(?:separately\s+)?"
    r"(?:modell?ed|checked|stated|expressed)\b|\bhas\s+none\b",
    re.I,
)
"""What is said of a property that holds by construction, where no model states it."""

_RUNNING = (PassageKind.TEXT, PassageKind.ITEM, PassageKind.CELL)


def remarks(context: Context, name: str) -> Iterator[Passage]:
    """Yield the passages of all documents that are about `name`, each once.

    These are the ones that have it as a word, what stands with it in a table row, and the section
    whose heading has it.
    """
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for page in context.pages:
        yield from _on_page(page, word)


def is_remarked(context: Context, name: str, words: re.Pattern[str]) -> bool:
    """Say whether some passage about `name` has the words."""
    return any(words.search(passage.text) for passage in remarks(context, name))


def is_by_construction(context: Context, name: str) -> bool:
    """Say whether a passage about a property tells that it needs no formula of a model."""
    return is_remarked(context, name, _BY_CONSTRUCTION)


def section_of(page: Prose, line: int) -> tuple[Passage, ...]:
    """Return the heading that stands in a line and what is below it, sub-headings included."""
    found: list[Passage] = []
    level = 0
    for passage in page.passages:
        if passage.kind is PassageKind.HEADING:
            if found and passage.level <= level:
                break
            if not found and passage.span().line == line:
                level = passage.level
                found.append(passage)
                continue
        if found:
            found.append(passage)
    return tuple(found)


def _on_page(page: Prose, word: re.Pattern[str]) -> Iterator[Passage]:
    rows = {
        (passage.block, passage.row)
        for passage in page.of(PassageKind.CELL)
        if word.search(passage.text)
    }
    open_level = 0
    for passage in page.passages:
        if passage.kind is PassageKind.HEADING:
            if open_level and passage.level <= open_level:
                open_level = 0
            if not open_level and word.search(passage.text):
                open_level = passage.level
        elif passage.kind in _RUNNING and (
            open_level or (passage.block, passage.row) in rows or word.search(passage.text)
        ):
            yield passage
