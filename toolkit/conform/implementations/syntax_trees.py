"""Syntax trees of sources, made by tree-sitter, and the places of their nodes.

tree-sitter counts bytes of UTF-8, lines by line feeds; the spans here are those of `conform.text`.
Its packages are imported with the first source that is read: most projects have none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from conform.text import TAB_WIDTH, Source, Span

if TYPE_CHECKING:
    from tree_sitter import Node

_LINE_END = re.compile(rb"\r\n|\r|\n")


class SyntaxTree:
    """The tree of one source; where the text is no such language, of what looks like it."""

    def __init__(self, source: Source, grammar: object) -> None:
        """Parse a source; `grammar` is what `language()` of a grammar's package gives."""
        from tree_sitter import Language, Parser  # noqa: PLC0415

        self._path = source.path
        self._data = source.text.encode()
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(self._data))]
        self.root = Parser(Language(grammar)).parse(self._data).root_node

    def error(self) -> Span | None:
        """Return the first place that the grammar has no name for, or misses something at."""
        left = [self.root]
        while left:
            node = left.pop()
            if node.is_error or node.is_missing:
                return self.span(node)
            if node.has_error:
                left += reversed(node.children)
        return None

    def text(self, first: Node, last: Node | None = None) -> str:
        """Return the text from the start of a node to the end of the same, or of a later one."""
        return self._data[first.start_byte : (last or first).end_byte].decode()

    def span(self, first: Node, last: Node | None = None) -> Span:
        """Return the place of the characters from the start of a node to the end of a later one.

        A line feed at the end, which is in some comments, does not count.
        """
        start, end = first.start_byte, (last or first).end_byte
        end = max(start + 1, start + len(self._data[start:end].rstrip(b"\r\n")))
        return Span(self._path, *self._place(start), *self._place(end - 1))

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset) - 1
        before = self._data[self._starts[line] : offset].decode(errors="ignore")
        return line + 1, len(before.expandtabs(TAB_WIDTH)) + 1
