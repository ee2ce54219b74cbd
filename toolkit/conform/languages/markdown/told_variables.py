"""State variables that paragraphs tell of: *`next` is the offset that is handed out next.*

Only paragraphs of a region of variables count, and only beside a table or a list that declares
others, or where there are several. Words give no type; a value where they say *starts at 1*.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from conform.domain.spec import Line, Variable
from conform.languages.markdown.blocks import Paragraph
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.outline import Section
from conform.languages.markdown.titles import Region

_TELLS = re.compile(
    r"\*{0,2}`(?P<name>[a-z]\w*)(?:\[[^\]`]*\])?`\*{0,2}\s+"
    r"(?:is|are|maps?|holds?|says?|counts?|records?|stores?|keeps?|tells?|gives?|names?|has|starts?)\b"
)
_VALUE = r"`[^`]+`|-?\d+\b(?![.,]\d)"
_INITIALLY = re.compile(
    rf"\b(?:starts?|begins?)\s+(?:at|as|with)\s+(?P<value>{_VALUE})"
    rf"|\b(?:initially|at\s+first)\s+(?P<second>{_VALUE})"
    rf"|(?P<first>{_VALUE})\s+(?:at\s+(?:first|the\s+(?:start|beginning))|initially)\b",
    re.I,
)
_FEWEST = 2
"""So many variables are declared at least, by one way or another."""


def told_variables(root: Section, known: Collection[str]) -> Iterator[Variable]:
    """Yield the variables that paragraphs begin with and that are not `known`, in order."""
    found = {
        match["name"]: (block.content, match)
        for section in root.walk()
        if section.region is Region.VARIABLES and not section.title.is_coded
        for block in section.blocks
        if isinstance(block, Paragraph) and (match := _TELLS.match(block.content.text))
    }
    if len({*known, *found}) >= _FEWEST:
        for name, (content, match) in found.items():
            if name not in known:
                yield _variable(content, match)


def _variable(content: Fragment, match: re.Match[str]) -> Variable:
    span = content.span(*match.span("name"))
    stated = list(_INITIALLY.finditer(content.text, match.end("name") + 1))
    if len(stated) != 1:
        return Variable(match["name"], "", "", span)
    group = next(name for name in ("value", "second", "first") if stated[0][name])
    value = content.part(*stated[0].span(group))
    line = Line(value.text.strip("`"), True, value.span())
    return Variable(match["name"], "", line.text, span, None, line)
