"""State variables that no table declares: lines of code, or list items, of a region of variables.

    taskStatus : Tasks → {INIT, COMMITTED}   -- initially INIT

A line has a name, a type or an initial value, or both, and perhaps a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.domain.spec import Line, Variable
from conform.languages.markdown.blocks import Fence, Paragraph
from conform.languages.markdown.inline import marked
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.outline import Section
from conform.languages.markdown.stated_types import stated_type
from conform.languages.markdown.titles import Region

_INITIALLY = (
    r"(?:initially|initial(?:\s+value)?|init|starts?\s+(?:at|as|with)|default)\b\s*[:=]?\s*"
)
_DECLARATION = re.compile(
    r"\s*(?:VAR(?:IABLE)?\s+)?(?P<name>[^\W\d]\w*)(?:\[[^\W\d]\w*\])?\s*"
    r"(?:(?::(?!=)|\N{ELEMENT OF}|\\in\b)\s*(?P<type>.*?))?"
    r"\s*(?:(?<![=<>!/:])(?:=|:=)(?![=>])\s*(?P<value>.*?))?"
    rf"\s*(?:(?:--|\\\*|//|#|;|[,(](?=\s*{_INITIALLY})|(?<=\s\s)(?=(?i:{_INITIALLY})))"
    r"\s*(?P<comment>.*?)\)?)?\s*",
    re.S,
)
_GAP = re.compile(r"\s{3,}")
"""Long gaps are shortened: what stands in columns is found in time that grows with each space."""

_NAMES = re.compile(r"\s*VARIABLES?\s+(?P<names>[^\W\d]\w*(?:\s*,\s*[^\W\d]\w*)*)\s*(?:\\\*.*)?")
_ONE_NAME = re.compile(r"[^\W\d]\w*")
_IN_COMMENT = re.compile(rf"(?:^|[\s,;(]){_INITIALLY}(?P<value>[^;]+?)[.;)]*(?=$|;|\s--)", re.I)
_WORDS = re.compile(r"[a-z]+(?:[ -][a-z]+)+")
_ITEM = re.compile(
    r"\*{0,2}`(?P<name>[^\W\d]\w*)`\*{0,2}\s*(?::|\N{ELEMENT OF}|\N{EM DASH}|\N{EN DASH}|--?)\s*"
    r"(?:`(?P<type>[^`]+)`)?(?P<rest>.*)",
    re.S,
)
_BEGINS = re.compile(r"\binitial(?:ly|\s+(?:state|values?))\b", re.I)
_BEGUN = re.compile(
    r"`(?P<name>[^\W\d]\w*)(?:\[[^\W\d]\w*\])?\s*(?::=|=)\s*(?P<value>[^`=]+)`"
    r"(?:(?:,?\s+for\s+(?:all|each|every)\s+[^.;]{1,60})?)[.;]?\s*"
)
_ITEM_INITIALLY = re.compile(rf"\b{_INITIALLY}(?P<value>`[^`]+`|all\s+`[^`]+`)", re.I)


def variables_in_lines(root: Section) -> Iterator[Variable]:
    """Yield the variables that code and list items in regions of variables declare, in order."""
    for section in root.walk():
        if section.region is not Region.VARIABLES or section.title.is_coded:
            continue
        is_initial = _BEGINS.search(section.title.text) is not None
        for block in section.blocks:
            if isinstance(block, Fence):
                for line in block.lines:
                    yield from _in_code(line)
            elif isinstance(block, Paragraph) and block.opens_item:
                begun = _begun(block.content) if is_initial else None
                yield from filter(None, [begun or _in_item(block.content)])
            elif isinstance(block, Paragraph):
                is_initial = _BEGINS.search(block.content.text) is not None


def _in_code(line: Fragment) -> Iterator[Variable]:
    if names := _NAMES.fullmatch(line.text):
        for each in _ONE_NAME.finditer(line.text, *names.span("names")):
            yield _variable(line.part(*each.span()), None, None)
    elif variable := _declared(line):
        yield variable


def _declared(line: Fragment) -> Variable | None:
    line = line.edited((gap.start() + 2, gap.end(), "") for gap in _GAP.finditer(line.text))
    match = _DECLARATION.fullmatch(line.text)
    if match is None or line.text[:1].isspace():
        return None
    initial = _part(line, *match.span("value")) if match["value"] else None
    comment = match["comment"] or ""
    if initial is None and (stated := _IN_COMMENT.search(comment)):
        start = match.start("comment")
        initial = _part(line, start + stated.start("value"), start + stated.end("value"))
    type_part = _part(line, *match.span("type")) if match["type"] else None
    if initial is None and type_part is None:
        return None
    return _variable(line.part(*match.span("name")), type_part, initial)


def _in_item(content: Fragment) -> Variable | None:
    text = marked(content)
    match = _ITEM.fullmatch(text.text)
    if match is None:
        return None
    stated = _ITEM_INITIALLY.search(match["rest"])
    if stated is None and match["type"] is None:
        return None
    start = match.start("rest")
    initial = stated and _part(text, start + stated.start("value"), start + stated.end("value"))
    if match["type"]:
        type_part: Fragment | None = _part(text, *match.span("type"))
    else:
        type_part = stated_type(text, match.end("name"))
    return _variable(text.part(*match.span("name")), type_part, initial or None)


def _begun(content: Fragment) -> Variable | None:
    """Return a variable with the value that an item below *Initially:* gives it."""
    text = marked(content)
    match = _BEGUN.fullmatch(text.text)
    if match is None:
        return None
    value = _part(text, *match.span("value"))
    return _variable(text.part(*match.span("name")), None, value)


def _part(text: Fragment, start: int, end: int) -> Fragment:
    return text.part(start, end).strip()


def _variable(name: Fragment, type_part: Fragment | None, initial: Fragment | None) -> Variable:
    type_line = _line(type_part) if type_part else None
    initial_line = _line(initial) if initial else None
    return Variable(
        name.text,
        type_line.text if type_line else "",
        initial_line.text if initial_line else "",
        name.span(),
        type_line,
        initial_line,
    )


def _line(part: Fragment) -> Line:
    text = part.text.replace("`", "")
    return Line(text, _WORDS.fullmatch(text) is None, part.span())
