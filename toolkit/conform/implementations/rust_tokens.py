"""The tokens of a Rust source, with their places.

The lexical rules are those of the Rust reference: comments nest, raw strings end at as many `#` as
they began with, and `'a` is a lifetime where no quote closes it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from itertools import accumulate

from msgspec import Struct

from conform.text import Source, Span


class Kind(StrEnum):
    """What a token is."""

    COMMENT = "comment"
    STRING = "string"
    WORD = "word"
    NUMBER = "number"
    MARK = "mark"


class Token(Struct, frozen=True):
    """A token: its text as written, a string's without quotes; `start` counts from 0."""

    kind: Kind
    text: str
    start: int
    end: int


_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<line>//[^\n]*)"
    r"|(?P<block>/\*)"
    r"|(?P<raw>b?r(?P<hashes>#*)\")"
    r"|(?P<string>b?\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<char>b?'(?:[^'\\\n]|\\(?:x..|u\{[^}]*\}|.))')"
    r"|(?P<lifetime>'[A-Za-z_]\w*)"
    r"|(?P<word>(?:r\#)?[^\W\d]\w*)"
    r"|(?P<number>\d[\w]*(?:\.\d\w*)?)"
    r"|(?P<mark>::|->|=>|==|!=|<=|>=|\.\.=|\.\.|<<|.)",
    re.DOTALL,
)
_COMMENT_EDGE = re.compile(r"/\*|\*/")
_MARGIN = re.compile(r"^//[/!]?|^/\*[*!]?|\*/$")


def tokens_of(text: str) -> Iterator[Token]:
    """Yield the tokens of a text in order; an unclosed comment or string ends with the text."""
    position = 0
    while match := _TOKEN.match(text, position):
        kind = match.lastgroup
        start, position = match.start(), match.end()
        if match["raw"]:
            close = f'"{match["hashes"]}'
            end = text.find(close, position)
            body = text[position:] if end < 0 else text[position:end]
            position = len(text) if end < 0 else end + len(close)
            yield Token(Kind.STRING, body, start, position)
        elif match["block"]:
            position = _end_of_comment(text, position)
            yield Token(Kind.COMMENT, text[start:position], start, position)
        elif match["line"]:
            yield Token(Kind.COMMENT, match[0], start, position)
        elif match["string"]:
            yield Token(Kind.STRING, match[0].lstrip("b")[1:-1], start, position)
        elif kind in ("word", "number"):
            yield Token(Kind(kind), match[0].removeprefix("r#"), start, position)
        elif kind in ("mark", "char", "lifetime"):
            yield Token(Kind.MARK, match[0], start, position)


def _end_of_comment(text: str, position: int) -> int:
    depth = 1
    while depth and (edge := _COMMENT_EDGE.search(text, position)):
        depth += 1 if edge[0] == "/*" else -1
        position = edge.end()
    return len(text) if depth else position


def comment_text(token: Token) -> str:
    """Return a comment without the marks around it, as long as it is written."""
    return _MARGIN.sub(lambda mark: " " * len(mark[0]), token.text)


class Places:
    """Where the characters of a source stand."""

    def __init__(self, source: Source) -> None:
        self._path = source.path
        lengths = (len(line) for line in source.text.splitlines(keepends=True))
        self._starts = [0, *accumulate(lengths)]

    def span(self, start: int, end: int) -> Span:
        """Return the place of the characters from `start` up to `end`, both from 0."""
        first, last = self._place(start), self._place(max(start, end - 1))
        return Span(self._path, *first, *last)

    def _place(self, position: int) -> tuple[int, int]:
        line = max(0, bisect_right(self._starts, position) - 1)
        return line + 1, position - self._starts[line] + 1
