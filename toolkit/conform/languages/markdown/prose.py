"""The whole text of a document as passages: what rules about sentences and links look at."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import assert_never

from conform.domain.prose import Link, Passage, PassageKind, Prose, Stretch
from conform.languages.markdown.blocks import (
    Block,
    Fence,
    Heading,
    Paragraph,
    Table,
    read_blocks,
)
from conform.languages.markdown.inline import codes, linked, readable
from conform.languages.markdown.manuscript import Fragment, Manuscript
from conform.text import Source

_ANCHOR = re.compile(r"<[a-zA-Z][^<>]{0,500}?\b(?:id|name)\s*=\s*[\"']([^\"'<>]{1,200})[\"']")
_DEFINITION = re.compile(r" {0,3}\[(?P<label>[^\[\]^][^\[\]]{0,200})\]:\s*(?P<target>\S+)")
_TARGET = re.compile(r"\s*(?:<(?P<angled>[^<>]*)>|(?P<plain>\S*))")


@lru_cache(maxsize=64)  # pages that several protocols link to, README.md first
def read_prose(source: Source) -> Prose:
    """Return the text of a Markdown document; raise InputError for one that cannot be read."""
    manuscript, blocks = read_blocks(source)
    passages = tuple(
        passage for number, block in enumerate(blocks) for passage in _passages(block, number)
    )
    anchors = frozenset(_ANCHOR.findall(source.text)) if "<" in source.text else frozenset()
    return Prose(source.path, passages, anchors, tuple(_definitions(manuscript, passages)))


def _passages(block: Block, number: int) -> Iterator[Passage]:
    match block:
        case Heading(level, content):
            yield _passage(PassageKind.HEADING, content, number, level=level)
        case Paragraph(content, depth, opens_item):
            kind = PassageKind.ITEM if opens_item else PassageKind.TEXT
            yield _passage(kind, content, number, level=depth)
        case Fence(lines):
            for row, line in enumerate(lines):
                yield _code(line, number, row)
        case Table(header, rows):
            for column, cell in enumerate(header.cells):
                yield _passage(PassageKind.HEADER, cell, number, column=column)
            for row, cells in enumerate(rows, start=1):
                for column, cell in enumerate(cells.cells):
                    yield _passage(PassageKind.CELL, cell, number, row=row, column=column)
        case _:
            assert_never(block)


def _passage(
    kind: PassageKind,
    content: Fragment,
    block: int,
    *,
    level: int = 0,
    row: int = 0,
    column: int = 0,
) -> Passage:
    shown = readable(content)
    return Passage(
        content.manuscript.source.path,
        kind,
        shown.text.replace("\n", " "),
        tuple(_ranges(shown, codes(content))),
        tuple(_links(shown, content)),
        _stretches(shown),
        block,
        level,
        row,
        column,
    )


def _code(line: Fragment, block: int, row: int) -> Passage:
    path = line.manuscript.source.path
    stretches = _stretches(line)
    return Passage(path, PassageKind.CODE, line.text, (), (), stretches, block, row=row)


def _ranges(shown: Fragment, parts: list[Fragment]) -> Iterator[tuple[int, int]]:
    """Yield where parts of a fragment are in what a reader sees of it."""
    for part in parts:
        start = bisect_left(shown.offsets, part.offsets[0])
        yield start, start + len(part.text)


def _links(shown: Fragment, content: Fragment) -> Iterator[Link]:
    for label, target in linked(content):
        start = bisect_left(shown.offsets, label.offsets[0])
        end = bisect_left(shown.offsets, label.offsets[-1])
        match = _TARGET.match(target.text)
        assert match is not None  # both alternatives match the empty text
        written = match["angled"] if match["angled"] is not None else match["plain"]
        yield Link(start, min(end, len(shown.text)), written)


def _stretches(fragment: Fragment) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    expected = (0, 0)
    for start in range(max(1, len(fragment.text))):
        line, column = fragment.manuscript.place(fragment.offsets[start])
        if (line, column) != expected:
            found.append(Stretch(start, line, column))
        expected = (line, column + 1)
    return tuple(found)


def _definitions(manuscript: Manuscript, passages: tuple[Passage, ...]) -> Iterator[Passage]:
    """Yield the link definitions, `[label]: target`, of which the block structure shows nothing."""
    taken = {stretch.line for passage in passages for stretch in passage.stretches}
    for index, text in enumerate(manuscript.lines):
        match = _DEFINITION.match(text) if index + 1 not in taken else None
        if match is None:
            continue
        content = manuscript.line(index).part(*match.span("label"))
        target = match["target"].strip("<>")
        yield Passage(
            manuscript.source.path,
            PassageKind.TEXT,
            content.text,
            (),
            (Link(0, len(content.text), target),),
            _stretches(content),
            -1,
        )
