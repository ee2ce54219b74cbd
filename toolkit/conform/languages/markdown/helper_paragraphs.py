"""Helpers that have no heading: defined in code, in list items, or under bold names.

Only what stands in a region of helpers counts, and in no construct's own section.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from conform.domain.spec import Helper
from conform.languages.markdown.blocks import Fence, Paragraph
from conform.languages.markdown.clauses import code_line, text_line
from conform.languages.markdown.columns import parameters_in
from conform.languages.markdown.inline import reading
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.outline import Section, open_sections
from conform.languages.markdown.titles import Region

_DEFINITION = re.compile(
    r"(?P<name>[^\W\d]\w*)(?:\((?P<parameters>[^()]*)\))?\s*(?:\u225c|\u225d|==|:=|=(?![=>]))\s*"
)
_PROGRAM = re.compile(
    r"(?:(?:def|fn|func|function|helper)\s+)?(?P<name>[^\W\d]\w*)\((?P<parameters>[^()]*)\)\s*:\s*"
)
_RETURN = re.compile(r"\s+return\s+")
_COMPREHENSION = re.compile(r"\bfor\s+(?!all\b|each\b|every\b|any\b)\w+\s+in\b")
"""What a program has in another form than the notation."""

LEADING_CODE = re.compile(
    r"\*{0,2}`(?P<name>[^\W\d]\w*)(?:\((?P<parameters>[^()`]*)\))?(?P<body>[^`]*)`\*{0,2}"
    r"\s*(?P<mark>[:=\u225c\u2014\u2013]|-\s|\bis\b|$)"
)
"""A name in code that a paragraph begins with, and the mark behind it."""

_CODED = r"`[^\W\d]\w*(?:\([^()`]*\))?`"
_SEVERAL = re.compile(
    rf"(?P<names>{_CODED}(?:(?:\s*[,/]\s*(?:and\s+)?|\s+and\s+){_CODED})+)"
    r"\s*(?:[:\u2014\u2013]|-\s)\s*(?=\S)"
)
_SEVERAL_IN_BOLD = re.compile(
    rf"(?P<names>\*\*{_CODED}\*\*(?:(?:\s*[,/]\s*(?:and\s+)?|\s+and\s+)\*\*{_CODED}\*\*)+)\s*"
    r"(?:(?:[:\u2014\u2013]|-\s)\s*|(?=(?:are|give|return|denote|stand)\b))(?=\S)"
)
"""Names that are each in bold, and the sentence that says what they are."""

_ONE_OF_SEVERAL = re.compile(r"`(?P<name>[^\W\d]\w*)(?:\((?P<parameters>[^()`]*)\))?`")
_BOLD_NAME = re.compile(
    r"\*\*`?(?P<name>[^\W\d]\w*)(?:\((?P<parameters>[^()]*)\)`?\s*:?\*\*|`\s*:?\*\*)\s*[:\u2014\u2013-]?"
)
_BOLD_DEFINED = re.compile(
    r"\*\*(?P<name>[^\W\d]\w*)(?:\((?P<parameters>[^()]*)\))?\s*(?:[:=\u225c]\s*\*\*"
    r"|\*\*\s*(?:[:=\u225c\u2014\u2013]|-(?=\s)))\s*(?=`[^`]*\s[^`]*`[\s.;]*$)"
)
"""A name in bold, and behind it nothing but the code that defines it."""

_BOLD_NAMES = re.compile(
    r"\*\*(?P<names>`?[^\W\d]\w*`?(?:\s*(?:/|,|\band\b)\s*`?[^\W\d]\w*`?)+)\s*:?\*\*\s*[:\u2014\u2013-]"
)
"""Several helpers, whose definition in words follows."""

_ONE_BOLD = re.compile(r"(?<!\w)(?!and\b)[^\W\d]\w*")
_EQUATED = re.compile(
    r"\*{0,2}`(?P<name>[^\W\d]\w*)(?:\((?P<parameters>[^()`]*)\))?`\*{0,2}\s*[=\u225c]\s*(?=\S)"
)
"""An item that says what a name stands for, outside a region of helpers."""

_THEN_WORDS = re.compile(r"(?P<code>`[^`]*\s[^`]*`)\s*[,;.\u2014\u2013]\s+(?=\w).*$")
"""The code that defines a helper, and words about it."""

_FIELDS_FOLLOW = re.compile(
    r"\b(?:fields|records?|shape|structure|carries|consists\s+of|attributes)\b[^.]*:\s*$", re.I
)
"""A sentence behind which the fields of a record stand, and no helpers."""

_EQUALS = frozenset("=:\u225c")
"""Marks behind which the definition of a helper stands, and no words about it."""


def helpers_in_paragraphs(root: Section) -> Iterator[Helper]:
    """Yield the helpers that code blocks, list items and bold names of a region of helpers define.

    A definition in code goes before the words of a paragraph about the same name.
    """
    for section in open_sections(root, Region.HELPERS):
        coded = {
            helper.name
            for block in section.blocks
            if isinstance(block, Fence)
            for helper in defined_in_code(block.lines)
        }
        are_fields = False
        for block in section.blocks:
            if isinstance(block, Paragraph) and not block.opens_item:
                are_fields = bool(_FIELDS_FOLLOW.search(block.content.text))
            if are_fields:
                continue
            if isinstance(block, Fence):
                yield from defined_in_code(block.lines)
            elif isinstance(block, Paragraph):
                content = block.content
                several = _each_in_bold(content)
                if not several:
                    found = _defined_in_item(content) or _defined_in_bold(content)
                    several = [found] if found else _named_together(content)
                yield from (each for each in several if each.name not in coded)


def helpers_equated(root: Section, known: Collection[str]) -> Iterator[Helper]:
    """Yield the names that items beside parameters and variables equate with something.

    Names that are `known` are constants, variables and so on, of which the item says a value.
    """
    for region in (Region.PARAMETERS, Region.CONSTANTS, Region.VARIABLES):
        for section in open_sections(root, region):
            for block in section.blocks:
                if not isinstance(block, Paragraph) or not block.opens_item:
                    continue
                match = _EQUATED.match(block.content.text)
                if match is not None and match["name"] not in known:
                    yield _equated(block.content, match)


def _equated(content: Fragment, match: re.Match[str]) -> Helper:
    rest = content.part(match.end()).strip()
    line = text_line(rest)
    return Helper(
        match["name"],
        parameters_in(match["parameters"]),
        reading(rest),
        content.span(match.start("name"), match.end("name")),
        (line,) if line else (),
    )


def defined_in_code(lines: Sequence[Fragment]) -> Iterator[Helper]:
    """Yield what a code block defines: each definition goes on in lines that stand deeper."""
    for start, first in enumerate(lines):
        match = _DEFINITION.match(first.text)
        if match is None:
            yield from _programmed(lines[start:])
            continue
        rest = list(takewhile(lambda line: line.text[:1].isspace(), lines[start + 1 :]))
        texts = [first.text[match.end() :], *(line.text for line in rest)]
        yield Helper(
            match["name"],
            parameters_in(match["parameters"]),
            "\n".join(texts).strip(),
            first.span(match.start("name"), match.end("name")),
            tuple(map(code_line, (first, *rest))),
        )


def _programmed(lines: Sequence[Fragment]) -> Iterator[Helper]:
    """Yield the helper that a head and a `return` below it define; in words where there is more."""
    match = _PROGRAM.fullmatch(lines[0].text)
    body = list(takewhile(lambda line: line.text[:1].isspace(), lines[1:])) if match else []
    if match is None or not body:
        return
    returned = _RETURN.match(body[0].text) if len(body) == 1 else None
    value = body[0].part(returned.end()) if returned else None
    is_formula = value is not None and not _COMPREHENSION.search(value.text)
    yield Helper(
        match["name"],
        parameters_in(match["parameters"]),
        "\n".join(line.text for line in body).strip(),
        lines[0].span(*match.span("name")),
        (code_line(value),) if value is not None and is_formula else (),
    )


def _named_together(content: Fragment) -> list[Helper]:
    """Return the helpers that an item or bold names before words about all of them define."""
    match = _BOLD_NAMES.match(content.text)
    if match is None:
        return _named_in_item(content)
    text = reading(content.part(match.end()))
    names = _ONE_BOLD.finditer(content.text, *match.span("names"))
    return [Helper(each[0], (), text, content.span(*each.span())) for each in names]


def _named_in_item(content: Fragment) -> list[Helper]:
    """Return the helpers that an item names before it says what they all are."""
    match = _SEVERAL.match(content.text)
    return _named_before(content, match) if match else []


def _each_in_bold(content: Fragment) -> list[Helper]:
    """Return the helpers that are each in bold before the sentence about all of them."""
    match = _SEVERAL_IN_BOLD.match(content.text)
    return _named_before(content, match) if match else []


def _named_before(content: Fragment, match: re.Match[str]) -> list[Helper]:
    text = reading(content.part(match.end()))
    names = _ONE_OF_SEVERAL.finditer(content.text, *match.span("names"))
    return [
        Helper(
            each["name"],
            parameters_in(each["parameters"]),
            text,
            content.span(each.start("name"), each.end("name")),
        )
        for each in names
    ]


def _defined_in_bold(content: Fragment) -> Helper | None:
    defined = _BOLD_DEFINED.match(content.text)
    match = defined or _BOLD_NAME.match(content.text)
    if match is None:
        return None
    span = content.span(match.start("name"), match.end("name"))
    rest = content.part(match.end()).strip()
    line = text_line(rest) if defined else None
    parameters = parameters_in(match["parameters"])
    return Helper(match["name"], parameters, reading(rest), span, (line,) if line else ())


def _defined_in_item(content: Fragment) -> Helper | None:
    match = LEADING_CODE.match(content.text)
    if match is None or not (match["mark"] or match["body"].strip()):
        return None
    span = content.span(match.start("name"), match.end("name"))
    rest = content.part(match.end()).strip()
    if match["mark"] in _EQUALS and (defined := _THEN_WORDS.match(rest.text)):
        rest = rest.part(*defined.span("code"))
    text = match["body"].lstrip(" =\u225c:") or reading(rest)
    line = None if match["body"].strip() or match["mark"] not in _EQUALS else text_line(rest)
    lines = (line,) if line else ()
    return Helper(match["name"], parameters_in(match["parameters"]), text, span, lines)
