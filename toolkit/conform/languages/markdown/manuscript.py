"""A document as lines of characters, and stretches of it that know where each character stands."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from conform.errors import InputError
from conform.text import TAB_WIDTH, Source, Span

FRONT_MATTER_LINES = 200
"""A YAML front matter block is looked for in so many lines at the top of a document."""


class Manuscript:
    """The lines of a source, numbered as `Source.line` numbers them.

    An offset counts characters of the lines joined by one newline each, from 0.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.lines = [line.replace("\0", "\N{REPLACEMENT CHARACTER}") for line in source.lines()]
        lengths = (len(line) + 1 for line in self.lines)
        self._starts = [0, *itertools.accumulate(lengths)]
        self._tabbed = {number for number, line in enumerate(self.lines) if "\t" in line}
        self._columns: dict[int, list[int]] = {}

    def body(self) -> str:
        """Return the text for the block parser: front matter blanked, all lines kept in place."""
        closing = _front_matter_end(self.lines)
        return "\n".join(["" for _ in range(closing)] + self.lines[closing:])

    def line(self, index: int) -> Fragment:
        """Return line `index` (0-based) whole; an empty fragment outside the text."""
        if index >= len(self.lines):
            return Fragment(self, "", (self._starts[-1],))
        start = self._starts[index]
        text = self.lines[index]
        return Fragment(self, text, range(start, start + len(text) + 1))

    def place(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of the character at `offset`."""
        index = min(bisect_right(self._starts, offset), max(1, len(self.lines))) - 1
        within = offset - self._starts[index]
        if index not in self._tabbed:
            return index + 1, within + 1
        if index not in self._columns:
            self._columns[index] = list(_columns(self.lines[index]))
        return index + 1, self._columns[index][within]


class Fragment(Struct, frozen=True):
    """A stretch of a document's text, perhaps with characters left out or put in.

    `offsets` has the manuscript offset of every character of `text`, and one more: of its end.
    """

    manuscript: Manuscript
    text: str
    offsets: Sequence[int]

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the place of `text[start:end]`; one column wide when that is empty."""
        stop = len(self.text) if end is None else end
        line, column = self.manuscript.place(self.offsets[start])
        last = self.offsets[stop - 1] if stop > start else self.offsets[start]
        return Span(self.manuscript.source.path, line, column, *self.manuscript.place(last))

    def part(self, start: int, end: int | None = None) -> Fragment:
        """Return the fragment of `text[start:end]`."""
        stop = len(self.text) if end is None else end
        return Fragment(self.manuscript, self.text[start:stop], self.offsets[start : stop + 1])

    def strip(self) -> Fragment:
        """Return the fragment without white space around it; one of white space alone is empty."""
        if not self.text.strip():
            return self.part(0, 0)
        return self.part(len(self.text) - len(self.text.lstrip()), len(self.text.rstrip()))

    def lines(self) -> Iterator[Fragment]:
        """Yield the lines of the fragment, stripped."""
        start = 0
        for text in self.text.split("\n"):
            yield self.part(start, start + len(text)).strip()
            start += len(text) + 1

    def edited(self, edits: Iterable[tuple[int, int, str]]) -> Fragment:
        """Return the fragment with each `text[start:end]` replaced; edits ascend, none overlaps.

        Characters put in stand where the text that they replace began.
        """
        texts: list[str] = []
        offsets: list[int] = []
        position = 0
        edits = tuple(edits)
        if not edits:
            return self
        for start, end, replacement in edits:
            texts += self.text[position:start], replacement
            offsets += self.offsets[position:start]
            offsets += [self.offsets[start]] * len(replacement)
            position = end
        texts.append(self.text[position:])
        return Fragment(self.manuscript, "".join(texts), [*offsets, *self.offsets[position:]])

    @property
    def indentation(self) -> int:
        """How many blanks the text begins with."""
        return len(self.text) - len(self.text.lstrip())

    def refuse(
        self, message: str, *, start: int = 0, end: int | None = None, expected: str, hint: str
    ) -> InputError:
        """Return the error that says what is wrong with `text[start:end]`, drawn in its line."""
        span = self.span(start, end)
        excerpt = self.manuscript.source.excerpt(span)
        return InputError(message, span=span, excerpt=excerpt, expected=expected, hint=hint)


def joined(fragments: Sequence[Fragment]) -> Fragment:
    """Return one fragment of several (at least one), a newline between each two."""
    offsets: list[int] = []
    for fragment in fragments:
        offsets += fragment.offsets
    text = "\n".join(fragment.text for fragment in fragments)
    return Fragment(fragments[0].manuscript, text, offsets)


def _columns(line: str) -> Iterator[int]:
    column = 1
    for character in line:
        yield column
        column += TAB_WIDTH - (column - 1) % TAB_WIDTH if character == "\t" else 1
    yield column


def _front_matter_end(lines: Sequence[str]) -> int:
    """Return how many lines YAML front matter takes at the top; 0 when there is none."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    for index, line in enumerate(lines[1:FRONT_MATTER_LINES], start=1):
        if line.rstrip() in ("---", "..."):
            return index + 1
    return 0
