"""Constants that no table declares: list items of a region of constants, and the values they give.

- `MaxEpoch` - the last epoch. Default: 3.

Sentences that begin with one and say what it is count as well: *`Nodes` is the set of all nodes*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.domain.spec import Constant, ParameterRow
from conform.languages.markdown.blocks import Fence, Paragraph
from conform.languages.markdown.inline import reading
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.outline import Section
from conform.languages.markdown.titles import Region

_REGION = re.compile(r"\b(?:parameters?|constants?)\b", re.IGNORECASE)
_ITEM = re.compile(
    r"(?:\*{0,2}`(?P<name>[^\W\d]\w*)`\s*:?\*{0,2}|\*\*(?P<bold>[^\W\d]\w*)\s*:?\*\*:?)\s*"
    r"(?::|\N{ELEMENT OF}|\N{EM DASH}|\N{EN DASH}|--?|(?=\())\s*(?P<rest>.*)",
    re.DOTALL,
)
_SENTENCE = re.compile(
    r"(?:^|(?<=[.;])\s+)`(?P<name>[A-Z]\w*)`\s+"
    r"(?:is|are|bounds?|limits?|gives?|denotes?|names?|caps?|sets?)\b"
)

_BOUND = re.compile(
    r"(?:CONST(?:ANT)?\s+|\*{0,2}`)?(?P<name>[A-Z]\w*[a-z]\w*)`?\*{0,2}\s*(?::=|=)\s*`?"
    r"(?P<value>\{[^{}`]*\}|-?\d[\d,_]*)`?\s*"
    r"(?P<rest>(?:(?://|#|--|\\\*|[(,.;:\N{EM DASH}\N{EN DASH}-]).*)?)",
    re.DOTALL,
)
"""A constant with its value, in an item or in code: `MaxEpoch = 3`."""

_VALUE = re.compile(
    r"\b(?P<header>default|small|medium|large)(?:\s+(?:value|model|config(?:uration)?))?"
    r"\s*(?:[:=]|is\b|)\s*(?:(?:\d+|[a-z]+)\s+[a-z]+\s*[,:(]\s*)?"
    r"(?:`(?P<code>[^`]+)`|(?P<number>-?\d[\d,_]*)(?=[.,;)\s]*(?:$|[.,;)\n])))",
    re.IGNORECASE,
)


def constants_in_items(root: Section) -> Iterator[Constant]:
    """Yield the constants that list items in regions of constants begin with, in order."""
    for name, _value, rest in _bound(root):
        yield Constant(name.text, " ".join(reading(rest).split()), name.span())
    for name, rest in _items(root):
        yield Constant(name.text, " ".join(reading(rest).split()), name.span())


def parameters_in_items(root: Section) -> Iterator[ParameterRow]:
    """Yield the values that such items give, `Default: 3`, by the names of configurations."""
    for name, value, _rest in _bound(root):
        yield ParameterRow(name.text, (("value", value),), name.span())
    for name, rest in _items(root):
        values = tuple(
            (match["header"], match["code"] or match["number"].rstrip(","))
            for match in _VALUE.finditer(rest.text)
        )
        if values:
            yield ParameterRow(name.text, values, name.span())


def _bound(root: Section) -> Iterator[tuple[Fragment, str, Fragment]]:
    """Yield each constant that an item or a line of code binds, its value, and words about it."""
    for section in root.walk():
        if section.region not in (Region.CONSTANTS, Region.PARAMETERS):
            continue
        for block in section.blocks if _REGION.search(section.title.text) else ():
            lines = block.lines if isinstance(block, Fence) else ()
            if isinstance(block, Paragraph) and block.opens_item:
                lines = (block.content,)
            for line in (each.strip() for each in lines):
                if match := _BOUND.fullmatch(line.text):
                    parts = (line.part(*match.span(group)) for group in ("name", "rest"))
                    name, rest = parts
                    yield name, match["value"], rest


def _items(root: Section) -> Iterator[tuple[Fragment, Fragment]]:
    """Yield the name of each constant with what is said of it."""
    for section in root.walk():
        if section.region not in (Region.CONSTANTS, Region.PARAMETERS):
            continue
        for block in section.blocks if _REGION.search(section.title.text) else ():
            if not isinstance(block, Paragraph):
                continue
            if not block.opens_item:
                yield from _in_sentences(block.content)
            elif match := _ITEM.fullmatch(block.content.text):
                start = match.start("rest")
                name = "name" if match["name"] else "bold"
                yield block.content.part(*match.span(name)), block.content.part(start)


def _in_sentences(content: Fragment) -> Iterator[tuple[Fragment, Fragment]]:
    matches = list(_SENTENCE.finditer(content.text))
    ends = [match.start() for match in matches[1:]] + [len(content.text)]
    for match, end in zip(matches, ends, strict=False):
        yield content.part(*match.span("name")), content.part(match.end("name") + 1, end).strip()
