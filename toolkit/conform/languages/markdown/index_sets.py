"""The set that a short name always stands for an element of: `t` where all say `t ∈ Tasks`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.languages.markdown.blocks import Fence, Paragraph, Table
from conform.languages.markdown.outline import Section

_BOUND = re.compile(
    r"(?<![\w.])(?P<name>[a-z]\w{0,2})\s*(?:\N{ELEMENT OF}|\\in\b)\s*(?P<set>[A-Z]\w*)"
    r"(?P<more>\s*(?:\.\.|[\[(]|\\(?!/)|[\N{UNION}\N{INTERSECTION}\N{MULTIPLICATION SIGN}]))?"
)

LISTED_VALUES = re.compile(r"\w+(?:\s*,\s*\w+)+")
"""Values with commas between, as they stand below *Domain*."""


def index_sets(root: Section) -> dict[str, str]:
    """Return the name of the set by the name that is bound to range over it throughout.

    A name that ranges over two sets, or over what is made of one, stands for neither.
    """
    found: dict[str, set[str]] = {}
    for text in _texts(root):
        for match in _BOUND.finditer(text):
            found.setdefault(match["name"], set()).add("" if match["more"] else match["set"])
    return {name: sets.pop() for name, sets in found.items() if len(sets) == 1 and "" not in sets}


def _texts(root: Section) -> Iterator[str]:
    for section in root.walk():
        if section.content is not None:
            yield section.content.text
        for block in section.blocks:
            match block:
                case Paragraph(content=content):
                    yield content.text
                case Fence(lines=lines):
                    yield from (line.text for line in lines)
                case Table(rows=rows):
                    yield from (row.line.text for row in rows)
