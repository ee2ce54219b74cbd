"""Cutting the front matter out of a file: the first stretch between two lines `---`.

FizzBee looks for it anywhere in the file, takes the first, and blanks it, so that the lines of the
rest keep their numbers (parser/parser.py).
"""

from __future__ import annotations

import re

from conform.languages.fizzbee.syntax import FrontMatter
from conform.parsing.tokens import ReadingError
from conform.text import Source, Span

_FENCE = re.compile(r"^[ \t]*---[ \t]*$", re.MULTILINE)
_VISIBLE = re.compile(r"[^\r\n]")


def cut_front_matter(source: Source) -> tuple[FrontMatter | None, Source]:
    """Return the front matter, None without any, and the source with spaces in its place.

    Raises ReadingError for a `---` line without a second one.
    """
    text = source.text.replace("\r\n", "\n").replace("\r", "\n")
    opening = _FENCE.search(text)
    if opening is None:
        return None, source
    closing = _FENCE.search(text, opening.end() + 1)
    line = text.count("\n", 0, opening.start()) + 1
    if closing is None:
        column = opening.group().index("-") + 1
        raise ReadingError(
            "the front matter that begins here is never closed",
            Span(source.path, line, column, line, column + 2),
            expected="a second line `---`",
        )
    inner = text[opening.end() + 1 : closing.start()]
    last = text.count("\n", 0, closing.start()) + 1
    span = Span(source.path, line, 1, last, len(closing.group()))
    blanked = text[: opening.start()] + _VISIBLE.sub(" ", text[opening.start() : closing.end()])
    return FrontMatter(span, inner), Source(source.path, blanked + text[closing.end() :])
