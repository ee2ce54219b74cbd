"""Types that a document names and spells out apart: `WriterState = {IDLE, DONE}`.

In words too: *`WriterState` is one of two values: `IDLE`, `DONE`*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from conform.languages.markdown.blocks import Fence, Paragraph
from conform.languages.markdown.outline import Section

_VALUE = r"[\"']?[A-Z][A-Z0-9_]*[\"']?"
_SET = rf"\{{\s*(?P<set>{_VALUE}(?:\s*[,|]\s*{_VALUE})+)\s*\}}"
_EQUALS = r"(?:::=|:=|==?|\N{DELTA EQUAL TO}|:)"
_DEFINED = re.compile(
    rf"(?:^|[\s*`])(?:(?:type|enum)\s+)?(?P<name>[A-Z]\w*[a-z]\w*)[`*\s]*+"
    rf"(?:{_EQUALS}?[\s`*]*+{_SET}|{_EQUALS}[\s`*]*+(?P<bare>{_VALUE}(?:\s*\|\s*{_VALUE})+))"
)
_ONE_OF = re.compile(
    r"(?:^|[\s*`])(?P<name>[A-Z]\w*[a-z]\w*)[`*]*+\s+(?:is|has)\s+(?:always\s+|exactly\s+)?one\s+of\s+"
    r"(?:(?:the|these|\w+)\s+){0,3}(?:values?|states|kinds|types)?\s*:?\s*"
    rf"(?P<values>`{_VALUE}`(?:(?:\s*,)?\s*(?:\b(?:or|and)\b)?\s*`{_VALUE}`)+)"
)
_WORD = re.compile(r"(?<![\w\"'])[A-Z]\w*(?![\w\"'(])")


def named_types(root: Section) -> dict[str, str]:
    """Return the values in capitals that a document spells out for a name, as a set.

    A name that is spelt out twice, and not alike, stands for nothing.
    """
    found: dict[str, set[str]] = {}
    for text in _texts(root):
        for match in _DEFINED.finditer(text):
            values = re.findall(r"[A-Z][A-Z0-9_]*", match["set"] or match["bare"])
            found.setdefault(match["name"], set()).add(f"{{{', '.join(values)}}}")
        for match in _ONE_OF.finditer(text):
            values = re.findall(r"[A-Z][A-Z0-9_]*", match["values"])
            found.setdefault(match["name"], set()).add(f"{{{', '.join(values)}}}")
    return {name: sets.pop() for name, sets in found.items() if len(sets) == 1}


def spelled_out(type_text: str, types: Mapping[str, str]) -> str:
    """Return a type with the values of the types that it names."""
    return _WORD.sub(lambda match: types.get(match[0], match[0]), type_text)


def _texts(root: Section) -> Iterator[str]:
    for section in root.walk():
        for block in section.blocks:
            match block:
                case Paragraph(content=content):
                    yield content.text
                case Fence(lines=lines):
                    yield "\n".join(line.text for line in lines)
