"""Helpers that a sentence defines in passing: we write `Holds(w, t)` for `owner[t] = w`.

They may stand in any section, beside the variables or before the actions, and have parameters: a
name without any is an abbreviation of an expression.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from conform.domain.spec import Helper
from conform.languages.markdown.blocks import Paragraph
from conform.languages.markdown.clauses import text_line
from conform.languages.markdown.columns import parameters_in
from conform.languages.markdown.inline import reading
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.outline import Section

_CALL = r"`(?P<name>[^\W\d]\w*)\((?P<parameters>[^()`]+)\)`"
_FORMULA = r"(?P<body>`[^`]*[\s=][^`]*`)"
_WRITTEN = re.compile(
    rf"(?:\b(?:we|us)\s+(?:write|say|use|define|abbreviate)|\b(?:write|define)|\band|,)\s+{_CALL}"
    rf"\s+(?:for|as|to\s+mean|to\s+be)\s+(?:short\s+for\s+)?{_FORMULA}",
    re.I,
)
_STANDS_FOR = re.compile(
    rf"{_CALL}\s+(?:here\s+|simply\s+)?(?:stands\s+for|denotes|abbreviates|means|is\s+defined\s+as"
    rf"|is\s+(?:short|shorthand|an\s+abbreviation)\s+for)\s+{_FORMULA}",
    re.I,
)


def helpers_in_sentences(root: Section, known: Collection[str]) -> Iterator[Helper]:
    """Yield what the sentences of a document define, each name that is not `known` once.

    Names that are `known` are declared elsewhere.
    """
    found = set(known)
    for section in root.walk():
        for block in section.blocks:
            for helper in _in_text(block.content) if isinstance(block, Paragraph) else ():
                if helper.name not in found:
                    found.add(helper.name)
                    yield helper


def _in_text(content: Fragment) -> Iterator[Helper]:
    for pattern in (_WRITTEN, _STANDS_FOR):
        for match in pattern.finditer(content.text):
            body = content.part(*match.span("body"))
            line = text_line(body)
            if line is not None and line.is_formal:
                yield Helper(
                    match["name"],
                    parameters_in(match["parameters"]),
                    reading(body),
                    content.span(*match.span("name")),
                    (line,),
                )
