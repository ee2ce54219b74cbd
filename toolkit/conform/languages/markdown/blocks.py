"""The block structure of a document: headings, paragraphs, list items, fences, tables."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct

from conform.errors import InputError
from conform.languages.markdown.manuscript import Fragment, Manuscript, joined
from conform.text import Source, Span

MAX_DOCUMENT_CHARACTERS = 1024 * 1024
"""Larger documents are refused; the longest known specification in prose has a tenth of it."""

MAX_NESTING = 24
"""Levels of quotes and lists (a list counts two); markdown-it would drop what stands deeper."""

_CONTAINER_MARK = re.compile(r"(?:[ \t>]|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))*")
_CELL_BORDER = re.compile(r"(?<!\\)\|")


class Heading(Struct, frozen=True):
    """A heading: its level from 1 to 6, and its text without the marks."""

    level: int
    content: Fragment


class Paragraph(Struct, frozen=True):
    """A paragraph; `depth` counts the lists around it, `opens_item` is true behind a bullet."""

    content: Fragment
    depth: int
    opens_item: bool


class Fence(Struct, frozen=True):
    """A code block: its lines without the indentation that they share, blank ones left out."""

    lines: tuple[Fragment, ...]
    depth: int


class Row(Struct, frozen=True):
    """A row of a table as written, perhaps with more or fewer cells than its header."""

    cells: tuple[Fragment, ...]
    line: Fragment

    def span(self) -> Span:
        """Return the place of the whole row."""
        return self.line.strip().span()


class Table(Struct, frozen=True):
    """A table: its header and the rows below the delimiter row."""

    header: Row
    rows: tuple[Row, ...]
    depth: int


Block = Heading | Paragraph | Fence | Table


@lru_cache(maxsize=16)  # a document is read for what it declares, for its formulas and its prose
def read_blocks(source: Source) -> tuple[Manuscript, tuple[Block, ...]]:
    """Return the lines of a document, and its blocks in order, lists and quotes flattened.

    Raises InputError for a document that is too long or nested too deeply to be read in full.
    """
    manuscript = Manuscript(source)
    body = manuscript.body()
    if len(body) > MAX_DOCUMENT_CHARACTERS:
        raise InputError(
            f"{source.path}: the document has more than {MAX_DOCUMENT_CHARACTERS:,} characters",
            hint="split it, or check that this is the file you meant",
        )
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    tokens = parser.enable("table").disable("inline").parse(body)
    return manuscript, _BlockReader(manuscript).read(tokens)


class _BlockReader:
    """Turns the tokens of markdown-it into blocks; one use each."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        self._blocks: list[Block] = []
        self._depth = 0
        self._opens_item = False

    def read(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        for index, token in enumerate(tokens):
            self._refuse_deep(token)
            match token.type:
                case "heading_open":
                    content = self._content(tokens[index + 1])
                    self._blocks.append(Heading(int(token.tag[1:]), content))
                case "paragraph_open":
                    content = self._content(tokens[index + 1])
                    self._blocks.append(Paragraph(content, self._depth, self._opens_item))
                    self._opens_item = False
                case "fence" | "code_block":
                    if token.content.strip():  # an empty one says nothing
                        self._blocks.append(self._fence(token))
                case "table_open":
                    self._blocks.append(self._table(token))
                case "bullet_list_open" | "ordered_list_open":
                    self._depth += 1
                case "bullet_list_close" | "ordered_list_close":
                    self._depth -= 1
                case "list_item_open":
                    self._opens_item = True
                case "list_item_close":
                    self._opens_item = False
        return tuple(self._blocks)

    def _refuse_deep(self, token: Token) -> None:
        if token.level >= MAX_NESTING - 1 and token.type in ("blockquote_open", "list_item_open"):
            line = self._manuscript.line(_lines_of(token)[0])
            raise line.refuse(
                "quotes and lists are nested too deeply here",
                expected=f"at most {MAX_NESTING // 2} lists or {MAX_NESTING} quotes in each other",
                hint="what stands deeper would be lost: flatten it",
            )

    def _content(self, inline: Token) -> Fragment:
        first = _lines_of(inline)[0]
        texts = inline.content.split("\n")
        return joined([self._locate(first + index, text) for index, text in enumerate(texts)])

    def _locate(self, index: int, text: str) -> Fragment:
        """Return the fragment of `text` in a line: what is left of it after marks in front."""
        line = self._manuscript.line(index)
        wanted = text.strip()
        start = line.text.rfind(wanted)
        if start >= 0:
            return line.part(start, start + len(wanted))
        return Fragment(line.manuscript, wanted, [line.strip().offsets[0]] * (len(wanted) + 1))

    def _fence(self, token: Token) -> Fence:
        first = _lines_of(token)[0] + (token.type == "fence")
        texts = enumerate(textwrap.dedent(token.content).split("\n"))
        lines = [self._indented(first + index, text) for index, text in texts if text.strip()]
        return Fence(tuple(lines), self._depth)

    def _indented(self, index: int, text: str) -> Fragment:
        """Return the fragment of a line of code with the indentation that `text` has."""
        content = self._locate(index, text)
        indentation = text[: len(text) - len(text.lstrip())]
        return content.edited([(0, 0, indentation)]) if indentation else content

    def _table(self, opening: Token) -> Table:
        first, end = _lines_of(opening)
        nested = opening.level > 0
        header = _row(self._manuscript.line(first), nested=nested)
        indices = range(first + 2, end)
        rows = [_row(self._manuscript.line(index), nested=nested) for index in indices]
        return Table(header, tuple(rows), self._depth)


def _lines_of(token: Token) -> tuple[int, int]:
    first, end = token.map or (0, 1)
    return first, end


def _row(line: Fragment, *, nested: bool) -> Row:
    """Split a line as GFM does: at pipes without a backslash, outer pipes optional."""
    if nested and (mark := _CONTAINER_MARK.match(line.text)):
        line = line.part(mark.end())
    line = line.strip()
    borders = [match.start() for match in _CELL_BORDER.finditer(line.text)]
    starts = [0, *(border + 1 for border in borders)]
    ends = [*borders, len(line.text)]
    cells = [_cell(line.part(start, end)) for start, end in zip(starts, ends, strict=True)]
    if cells and borders and borders[0] == 0:
        del cells[0]
    if cells and borders and borders[-1] == len(line.text) - 1:
        del cells[-1]
    return Row(tuple(cells), line)


def _cell(fragment: Fragment) -> Fragment:
    """Return the content of a cell; a backslash before a pipe belongs to the table, not to it."""
    content = fragment.strip()
    return content.edited(
        (escape.start(), escape.end(), "") for escape in re.finditer(r"\\(?=\|)", content.text)
    )
