"""The text of a document, passage by passage, with the place of each character.

A `Spec` holds what was recognised in a document; here is all of it, for rules about what its
sentences, links and code claim.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from operator import itemgetter

from msgspec import Struct

from conform.text import Span


class PassageKind(StrEnum):
    """What a passage is in the document."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    HEADER = "header"
    CELL = "cell"
    CODE = "code"


class Stretch(Struct, frozen=True):
    """From `start` on, the characters of a passage stand side by side in `line`, from `column`."""

    start: int
    line: int
    column: int


class Link(Struct, frozen=True):
    """A link: its label is `text[start:end]` of the passage, `target` as written, without title."""

    start: int
    end: int
    target: str


class Passage(Struct, frozen=True):
    """A heading, a paragraph, a list item, a cell of a table, or a line of a code block.

    `text` is what a reader sees, without marks and line breaks; `codes` are the ranges of its code
    spans, `links` its links. `level` is a heading's, 1 to 6, that of the list around an item or a
    paragraph in one, and 0 for the rest. Passages of one
    block (a table, a code block) share `block`, a number from 0; `row` and `column` place a cell in
    its table, the header being row 0, and a line in its code block.
    """

    path: str
    kind: PassageKind
    text: str
    codes: tuple[tuple[int, int], ...]
    links: tuple[Link, ...]
    stretches: tuple[Stretch, ...]
    block: int
    level: int = 0
    row: int = 0
    column: int = 0

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the place of `text[start:end]`; one column wide when that is empty."""
        stop = len(self.text) if end is None else end
        line, column = self._place(start)
        return Span(self.path, line, column, *self._place(max(start, stop - 1)))

    def coded(self) -> Iterator[tuple[int, str]]:
        """Yield the start and the text of each code span."""
        for start, end in self.codes:
            yield start, self.text[start:end]

    def plain(self) -> str:
        """Return the text with every character of a code span replaced by a tick."""
        text = self.text
        for start, end in self.codes:
            text = text[:start] + "`" * (end - start) + text[end:]
        return text

    def is_code(self, position: int) -> bool:
        """Say whether the character at `position` is inside a code span, or in a code block."""
        at = bisect_right(self.codes, position, key=itemgetter(0)) - 1
        inside = at >= 0 and position < self.codes[at][1]
        return inside or self.kind is PassageKind.CODE

    def _place(self, position: int) -> tuple[int, int]:
        starts = [stretch.start for stretch in self.stretches]
        stretch = self.stretches[max(0, bisect_right(starts, position) - 1)]
        return stretch.line, stretch.column + position - stretch.start


class Prose(Struct, frozen=True):
    """A document's passages in order.

    `anchors` are the names that HTML anchors give to places; `definitions` the links that stand
    apart from the text, as `[label]: target`. `is_read` is False for one that could not be read,
    and has no passages for that reason.
    """

    path: str
    passages: tuple[Passage, ...]
    anchors: frozenset[str] = frozenset()
    definitions: tuple[Passage, ...] = ()
    is_read: bool = True

    def of(self, *kinds: PassageKind) -> Iterator[Passage]:
        """Yield the passages of some kinds, in order."""
        return (passage for passage in self.passages if passage.kind in kinds)

    def running(self) -> Iterator[Passage]:
        """Yield what is read as sentences: paragraphs, list items and cells, in order."""
        return self.of(PassageKind.TEXT, PassageKind.ITEM, PassageKind.CELL)

    def headings(self) -> tuple[Passage, ...]:
        """Return the headings in order."""
        return tuple(self.of(PassageKind.HEADING))

    def blocks(self, kind: PassageKind) -> Iterator[tuple[Passage, ...]]:
        """Yield the passages of one kind block by block."""
        found: dict[int, list[Passage]] = {}
        for passage in self.of(kind):
            found.setdefault(passage.block, []).append(passage)
        return (tuple(passages) for passages in found.values())
