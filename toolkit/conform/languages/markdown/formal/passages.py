"""Where formal lines stand in the document: their text again, with the place of each character.

A Line has its text without marks; to point into it, the text is taken from the document once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from conform.domain.spec import Line
from conform.languages.markdown.blocks import Block, Fence
from conform.languages.markdown.formal.glosses import without_glosses_of_code
from conform.languages.markdown.formal.indented_code import grouped
from conform.languages.markdown.inline import CODE, code_ranges, marked, masked, readable
from conform.languages.markdown.manuscript import Fragment, Manuscript, joined
from conform.text import Span

_QUOTE = re.compile(r"[ \t>]*>")
_WORD = re.compile(r"[^\W\d_]+")
_NOTATION = frozenset(
    ("let", "choose", "pick", "set", "to", "if", "then", "else", "and", "or", "not", "for", "each")
)
_STARTS_JUNCTION = re.compile(r"\s*(?:/\\|\\/|∧|∨|&&|\|\|)")


class Passages:
    """The text of one document by places."""

    def __init__(self, manuscript: Manuscript, blocks: Sequence[Block]) -> None:
        self._manuscript = manuscript
        self._fences: dict[int, int] = {}
        for number, block in enumerate(blocks):
            if isinstance(block, Fence):
                rows = (line.span().line for line in block.lines)
                self._fences.update(dict.fromkeys(rows, number))

    def of_lines(self, lines: Iterable[Line]) -> Iterator[tuple[Line, Fragment]]:
        """Yield the logical lines of a clause, each with its text as a reader sees it.

        What continues a line of a code block (deeper, or a list of TLA+) is one with it; the Line
        is then the first.
        """
        for (fence, _case), group in groupby(lines, self._block_of):
            if fence is None:
                yield from ((line, self._whole(line)) for line in group)
            else:
                for part in self._between_labels(group):
                    yield from self._coded(part)

    def _between_labels(self, lines: Iterable[Line]) -> Iterator[list[Line]]:
        """Yield the lines of a code block in parts; a label beside the first line ends a part."""
        part: list[Line] = []
        for line in lines:
            if part and self._has_label(part[0], part[-1], line):
                yield part
                part = []
            part.append(line)
        yield part

    def _has_label(self, first: Line, last: Line, line: Line) -> bool:
        between = map(self._manuscript.line, range(last.span.end_line, line.span.line - 1))
        texts = (row.text for row in between if row.text.strip())
        columns = (1 + len(text) - len(text.lstrip()) for text in texts)
        return any(column <= first.span.column < line.span.column for column in columns)

    def _block_of(self, line: Line) -> tuple[int | None, str]:
        """Return which code block a line stands in, and in which case of a choice there."""
        return self._fences.get(line.span.line), line.case

    def _whole(self, line: Line) -> Fragment:
        """Return the text of a line with those below it, as one group in parentheses."""
        text = self.at(line.span)
        if not line.inner:
            return text
        inner = [self._whole(each) for each in line.inner]
        ended = [each.edited([(len(each.text), len(each.text), ";")]) for each in inner[:-1]]
        group = joined([*ended, inner[-1]])
        end = len(group.text)
        return joined([text, group.edited([(0, 0, "("), (end, end, ")")])])

    def at(self, span: Span) -> Fragment:
        """Return the text at `span`; outside of code blocks without the marks of Markdown."""
        lines = [self._line(number, span) for number in range(span.line, span.end_line + 1)]
        text = joined(lines)
        if span.line in self._fences:
            return text
        shown = readable(text)
        return shown.edited(
            (escape.start(), escape.end(), "") for escape in re.finditer(r"\\(?=\|)", shown.text)
        )

    def is_code_alone(self, span: Span) -> bool:
        """Whether nothing stands at `span` but code, and words that the notation has for itself."""
        if span.line in self._fences:
            return True
        lines = [self._line(number, span) for number in range(span.line, span.end_line + 1)]
        shown = masked(marked(joined(lines)).text)
        words = _WORD.findall(shown.replace(CODE, " "))
        return CODE in shown and _NOTATION.issuperset(word.lower() for word in words)

    def glossed(self, span: Span) -> tuple[Fragment, str] | None:
        """Return the code that a line begins with and the text behind it; None without either."""
        if span.line in self._fences:
            return None
        lines = [self._line(number, span) for number in range(span.line, span.end_line + 1)]
        text = marked(joined(lines))
        first = next(iter(code_ranges(text.text)), None)
        if first is None or first[0] > 0:
            return None
        _, end, ticks = first
        rest = " ".join(text.text[end:].split())
        return (text.part(ticks, end - ticks), f" {rest}") if rest else None

    def without_glosses(self, span: Span) -> Fragment | None:
        """Return a line without the glosses behind its codes, of which there must be one."""
        if span.line in self._fences:
            return None
        lines = [self._line(number, span) for number in range(span.line, span.end_line + 1)]
        return without_glosses_of_code(joined(lines))

    def _line(self, number: int, span: Span) -> Fragment:
        line = self._manuscript.line(number - 1)
        columns = [self._manuscript.place(offset)[1] for offset in line.offsets]
        start = columns.index(span.column) if number == span.line else _after_quote(line)
        end = columns.index(span.end_column) + 1 if number == span.end_line else len(line.text)
        return line.part(min(start, end), end)

    def _coded(self, lines: list[Line]) -> Iterator[tuple[Line, Fragment]]:
        """Yield the logical lines of a code block; one list of TLA+ is one line."""
        base = min(line.span.column for line in lines)
        wholes = [self._indented(line.span, base) for line in lines]
        if any(map(_begins_with_or, lines)):
            yield lines[0], joined(wholes)
            return
        starts = [i for i, line in enumerate(lines) if line.span.column == base or i == 0]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            text = joined(grouped(wholes[start:end]))
            sign = re.match(r"\s*(?:/\\|∧|&&)", text.text)
            if sign and end - start == 1:
                text = text.part(sign.end()).strip()
            yield lines[start], text

    def _indented(self, span: Span, base: int) -> Fragment:
        """Return a line of code with the indentation that it has beside the others."""
        content = self._line(span.line, span)
        return content.edited([(0, 0, " " * (span.column - base))])


def _begins_with_or(line: Line) -> bool:
    match = _STARTS_JUNCTION.match(line.text)
    return match is not None and match[0].strip() in ("\\/", "∨", "||")


def _after_quote(line: Fragment) -> int:
    match = _QUOTE.match(line.text)
    return match.end() if match else 0
