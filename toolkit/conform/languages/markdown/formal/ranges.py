"""The ranges of parameters: what the document says a parameter stands for.

Tried in this order: the heading of the action (`A(w ∈ Writers)`), a statement in the action's own
section or before all actions (`w` ranges over `Writers`; for each `w ∈ Writers`), and the domain of
a variable that the action indexes by the parameter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from conform.errors import InputError
from conform.languages.markdown.blocks import Paragraph
from conform.languages.markdown.formal.parsing import parse_formula, parse_range
from conform.languages.markdown.formal.syntax import Expression
from conform.languages.markdown.inline import codes, marked
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.outline import Section
from conform.languages.markdown.titles import Role

_NAMES = r"`[^\W\d]\w*`(?:\s*(?:,\s*(?:and\s+)?|and\s+)`[^\W\d]\w*`)*"
_RANGES = re.compile(
    rf"(?P<names>{_NAMES})\s+(?:always\s+)?"
    r"(?:(?:ranges?|runs?|var(?:y|ies)|quantif\w+)\s+(?:over|through|in)|over|is\s+(?:an?(?:y)?\s+)?"
    r"(?:element|member)\s+of|(?:is\s+)?(?:drawn|taken)\s+from|is\s+(?:in|one\s+of))\s+"
    r"(?:the\s+(?:set\s+)?)?`(?P<set>[^`]+)`",
    re.I,
)
_NAME = re.compile(r"`([^\W\d]\w*)`")
_MEMBERSHIP = re.compile(r"[^\W\d]\w*(?:\s*,\s*[^\W\d]\w*)*\s*(?:∈|\\in\b)\s*\S.*", re.S)
_INTRODUCES = re.compile(
    r"(?:for\s+(?:each|every|all|any|some)|where|parameters?:?|with|here,?|let)\W*$", re.I
)

_AND = re.compile(r"`?\s*(?:,|\band\b|,\s*and\b)\s*`?", re.I)
"""Between two parameters: `w ∈ Writers`, `off ∈ Offsets`."""


class Ranges(Struct, frozen=True):
    """The ranges that the document states: for all actions, and in the section of each."""

    general: dict[str, Expression]
    by_action: dict[str, dict[str, Expression]]

    def of(self, action: str) -> dict[str, Expression]:
        """Return the stated ranges of parameters by name, as they are meant in an action."""
        return {**self.general, **self.by_action.get(action, {})}


def read_ranges(root: Section) -> Ranges:
    """Return the ranges that the prose of a document states; the first one of a name counts."""
    ranges = Ranges({}, {})
    _collect(root, ranges, None)
    return ranges


def _collect(section: Section, ranges: Ranges, action: str | None) -> None:
    title = section.title
    if title.role is Role.ACTION or (title.role is Role.BARE and title.is_coded):
        action = title.name
    found = ranges.general if action is None else ranges.by_action.setdefault(action, {})
    for block in section.blocks:
        if isinstance(block, Paragraph):
            for name, expression in _stated(marked(block.content), in_action=action is not None):
                found.setdefault(name, expression)
    for child in section.children:
        _collect(child, ranges, action)


def _stated(text: Fragment, *, in_action: bool) -> Iterator[tuple[str, Expression]]:
    for match in _RANGES.finditer(text.text):
        expression = _expression(text.part(*match.span("set")))
        if expression is not None:
            for name in _NAME.findall(match["names"]):
                yield name, expression
    position, is_introduced = 0, False
    for code in codes(text):
        start = text.text.find("`" + code.text, position)
        before, position = text.text[position:start], start + len(code.text) + 2
        goes_on = is_introduced and _AND.fullmatch(before)
        is_introduced = bool(
            goes_on or (_INTRODUCES.search(before) and (in_action or before.strip()))
        )
        if is_introduced and _MEMBERSHIP.fullmatch(code.text):
            yield from _bounds(code)


def _expression(code: Fragment) -> Expression | None:
    try:
        return parse_formula(code)
    except InputError:
        return None


def _bounds(code: Fragment) -> Iterator[tuple[str, Expression]]:
    try:
        bounds = parse_range(code)
    except InputError:
        return
    for bound in bounds:
        for name in bound.names:
            yield name, bound.domain
