"""State variables that list items, paragraphs or headings name, and of which only words tell more.

- **holder**: the node that has the lease. Initially `NONE`.

Only what stands in a region of variables counts, where no table declares any, and only if there are
several: a name begins with a small letter, as the values that a variable may take seldom do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from conform.domain.spec import Line, Variable
from conform.languages.markdown.blocks import Block, Paragraph
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.outline import Section
from conform.languages.markdown.stated_types import stated_type
from conform.languages.markdown.titles import Region

_NAME, _INDEX = r"[a-z]\w*", r"(?:\[[^\]`*]*\])?"
_NAMED = re.compile(
    rf"(?:\*\*`?(?P<bold>{_NAME}){_INDEX}`?(?P<inner>:?)\*\*|`(?P<code>{_NAME}){_INDEX}`"
    rf"|(?P<plain>{_NAME}){_INDEX}(?=\s*[:\N{{ELEMENT OF}}]))"
    r"\s*(?:\([^()]*\))?\s*(?P<mark>[:\N{ELEMENT OF}\N{EM DASH}\N{EN DASH}]|-\s)?"
)
_IN = r"(?:\N{ELEMENT OF}|\\in\b)"
_MEMBERS = (
    re.compile(rf"`(?P<name>{_NAME})\s*(?:{_IN}|:(?=\s))\s*(?P<type>[^`;]+)"),
    re.compile(rf"(?P<name>{_NAME})\s*{_IN}\s*(?P<type>(?:\{{[^{{}}`]*\}}|[^`,;{{}}])+)"),
)
"""A declaration in one piece, in code or plain: `x ∈ 0..3`; in code `x : A -> {B, C}` as well."""

_INDEX_BEHIND = re.compile(r"\[\s*(?P<index>[^\W\d]\w*)\s*\]")
_VALUE = r"`[^`]+`|-?\d+\b(?![.,]\d)|(?-i:[A-Z][A-Z_]+\b)|\"[^\"]*\""
_INITIALLY = re.compile(
    r"\b(?:initially|initial(?: value)?|starts?\s+(?:at|as|with)|default)\s*[:=]?\s*(?:all\s+)?"
    rf"(?P<value>{_VALUE})"
    rf"|(?P<first>{_VALUE})\s+(?:at\s+(?:first|the\s+(?:start|beginning))|initially)\b",
    re.I,
)
_ELSEWHERE = re.compile(
    r"(?:each|every|an?|the)\b(?!.*\bstate\b).*\b(?:ha(?:s|ve)|contains?|consists?|fields?|carr(?:y|ies)"
    r"|records?|tuples?)\b.*:\s*$",
    re.I | re.S,
)
"""An introduction to the parts of something else: *Each entry has:*."""

_LONGEST_INTRODUCTION = 300
"""A longer paragraph is more than an introduction."""

_OF_VALUES = re.compile(r"\b(?:machines?|diagrams?|values|enums?|life-?\s?cycles?|types?)\b", re.I)
"""Titles of sections that list the values that a variable may take."""

_FEWEST = 2
"""So many variables are listed, or none is."""


def listed_variables(root: Section, sets: Mapping[str, str]) -> list[Variable]:
    """Return the variables that are so named, in order; none unless there are several.

    `sets` has what the index of `status[t]` ranges over.
    """
    found: dict[str, Variable] = {}
    for section in root.walk():
        if section.region is Region.VARIABLES and not _OF_VALUES.search(section.title.text):
            for each in _in_section(section, sets):
                found.setdefault(each.name, each)
    return list(found.values()) if len(found) >= _FEWEST else []


def _in_section(section: Section, sets: Mapping[str, str]) -> Iterator[Variable]:
    title = section.title
    if title.is_coded and section.content is not None and not title.parameters:
        if title.name[:1].islower():
            yield _variable(title.name, section.content, _text(section.blocks))
        return
    may_be_plain = "variable" in title.text.lower()
    introduction: Fragment | None = None
    for block in section.blocks:
        if not isinstance(block, Paragraph) or block.depth > 1:
            continue
        if not block.opens_item and block.depth == 0:
            introduction = block.content
        if introduction is None or not _introduces_parts(introduction.text):
            yield from filter(None, [_begun_by(block, sets, may_be_plain=may_be_plain)])


def _introduces_parts(text: str) -> bool:
    return len(text) <= _LONGEST_INTRODUCTION and _ELSEWHERE.match(text) is not None


def _begun_by(block: Paragraph, sets: Mapping[str, str], *, may_be_plain: bool) -> Variable | None:
    content = block.content
    members = (pattern.match(content.text) for pattern in _MEMBERS)
    if block.opens_item and (member := next(filter(None, members), None)):
        kind = content.part(*member.span("type")).strip()
        variable = _variable(member["name"], content.part(*member.span("name")), content)
        line = Line(kind.text, True, kind.span())
        return Variable(
            variable.name,
            kind.text,
            variable.initial_text,
            variable.span,
            line,
            variable.initial_line,
        )
    match = _NAMED.match(content.text)
    if match is None or not (match["mark"] or match["inner"]):
        return None
    group = next(each for each in ("bold", "code", "plain") if match[each])
    if group == "plain" and not (may_be_plain and block.opens_item):
        return None
    variable = _variable(match[group], content.part(*match.span(group)), content)
    return _typed(variable, content, match.end(group), sets)


def _typed(variable: Variable, content: Fragment, end: int, sets: Mapping[str, str]) -> Variable:
    """Return a variable with its type, where that stands behind its name or behind the word.

    What is said of `status[t]` is the type of one element.
    """
    index = _INDEX_BEHIND.match(content.text, end)
    domain = sets.get(index["index"], "") if index else ""
    part = stated_type(content, index.end() if index else end)
    if part is None or bool(index) != bool(domain):
        return variable
    line = Line(part.text.strip("`"), True, part.span())
    text = f"[{domain} -> {line.text}]" if domain else line.text
    return replace(variable, type_text=text, type_line=line, domain=domain)


def _text(blocks: tuple[Block, ...]) -> Fragment | None:
    """Return the first paragraph of a section."""
    return next((each.content for each in blocks if isinstance(each, Paragraph)), None)


def _variable(name: str, at: Fragment, content: Fragment | None) -> Variable:
    """Return a variable with the value that the words about it say it has at first."""
    stated = list(_INITIALLY.finditer(content.text)) if content else []
    if content is None or len(stated) != 1:
        return Variable(name, "", "", at.span())
    value = content.part(*stated[0].span("value" if stated[0]["value"] else "first"))
    line = Line(value.text.strip("`"), True, value.span())
    return Variable(name, "", line.text, at.span(), None, line)
