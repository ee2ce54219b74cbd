"""Fairness that a document tells in a form that is not read: its liveness cannot be judged then."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from conform.domain.spec import Action, FairnessStatement
from conform.languages.markdown.blocks import Block, Fence, Paragraph, Table
from conform.languages.markdown.compared_fairness import is_unclear
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.outline import Section
from conform.languages.markdown.titles import Region
from conform.text import Span

_FAIR = r"(?:weak|strong)(?:ly)?[\s-]+fair(?:ness)?"
_STATED = re.compile(
    rf"\b{_FAIR}(?:\s*\([^()]*\))?\s+(?:(?:is|are)\s+)?(?:\w+\s+)?(?:of|on|for|over|to)\b"
    rf"|\b(?:is|are|be|has|have|gets?|receives?)\s+(?:\w+\s+){{0,3}}{_FAIR}\b"
    rf"|\bassum\w*\s+(?:[\w`]+\s+){{0,6}}{_FAIR}\b"
    rf"|\b{_FAIR}\s+(?:is|are)\s+assumed\b"
    r"|\b[WS]F(?:_\w+|_<<[^<>]*>>)?\s*\(|\b[WS]F\s+(?:of|on|for)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"\W*(?:weak|strong|[WS]F)(?:[\s-]+fairness)?\W*[:\N{EM DASH}\N{EN DASH}-]"
    r"(?!\W*an?\s+(?:action|step|transition)\b)",
    re.IGNORECASE,
)
_KIND = re.compile(r"\W*(?:weak|strong|[WS]F)(?:ly)?(?:\s+fair(?:ness)?)?\W*", re.IGNORECASE)
_OF_EVERY_ACTION = re.compile(
    r"\b(?:every|each|all|any)\s+(?:[\w`]+\s+){0,4}(?:action|step|transition)s?\b.*"
    r"\b(?:eventually|infinitely|for\s+ever|fair(?:ly)?)\b",
    re.IGNORECASE | re.DOTALL,
)
_EXPLAINED = re.compile(
    r"\b(?:if|when|with|without|under|were|instead|replac\w+|alone|(?:not\s+)?enough|neither|would"
    r"|appears?|sufficient|suffices?)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.;]+")
_LONGEST_SENTENCE = 2_000
"""Characters; what is longer is no sentence."""


def unread_fairness(
    root: Section, actions: Sequence[Action], read: Sequence[FairnessStatement]
) -> Span | None:
    """Return the first place that gives actions some fairness and is not among what was `read`.

    In a section on fairness any place counts, unless a table there has been read or each action
    has its statement; elsewhere only where nothing was read at all. A sentence that supposes
    something, or explains what a kind of fairness means, states nothing.
    """
    known = {name for each in actions for name in (each.name, *_outcomes(each))}
    read = [each for each in read if each.action in known]  # Next is no action of its own
    told = {each.action for each in read if not each.is_joint}
    if all(each.name in told or told.issuperset(_outcomes(each)) for each in actions):
        return None
    sections = list(root.walk())
    own = [section for section in sections if section.region is Region.FAIRNESS]
    places = [place for section in own for place in _places(section.blocks, read, is_own=True)]
    if not read:
        others = (section for section in sections if section.region is not Region.FAIRNESS)
        places += (place for each in others for place in _places(each.blocks, (), is_own=False))
    return next(iter(places), None)


def _outcomes(action: Action) -> set[str]:
    return {leaf.name for leaf in action.leaves()}


def _places(
    blocks: Sequence[Block], read: Sequence[FairnessStatement], *, is_own: bool
) -> Iterator[Span]:
    """Yield the places in blocks that state a fairness, blocks with a statement left out."""
    if is_own and any(isinstance(block, Table) and _is_of_fairness(block) for block in blocks):
        return
    for block, following in itertools.zip_longest(blocks, blocks[1:]):
        match block:
            case Paragraph(content=content):
                said, around = [content], [content]
                if isinstance(following, Paragraph) and following.opens_item and _leads(content):
                    around.append(following.content)
                    if is_own and is_unclear(content.text):
                        yield content.span()
            case Fence(lines=lines):
                said = around = list(lines)
            case Table(rows=rows) if is_own and not read:
                yield from (cell.span() for row in rows for cell in row.cells if _is_kind(cell))
                continue
            case _:
                continue
        if not any(_lies_in(statement.span, text) for statement in read for text in around):
            for text in said:
                yield from _in_text(text, is_own=is_own)


def _leads(text: Fragment) -> bool:
    """Say whether a text ends with a colon: what it says is said of the items below."""
    return text.text.rstrip(" *_").endswith(":")


def _is_of_fairness(table: Table) -> bool:
    """Say whether a table has a column of fairness: it has been read then, row by row."""
    return any("fair" in cell.text.lower() for cell in table.header.cells)


def _is_kind(cell: Fragment) -> bool:
    return _KIND.fullmatch(cell.text) is not None


def _lies_in(span: Span, text: Fragment) -> bool:
    around = text.span()
    return around.line <= span.line <= around.end_line


def _in_text(text: Fragment, *, is_own: bool) -> Iterator[Span]:
    """Yield the sentences of a text that state a fairness."""
    for sentence in _SENTENCE.finditer(text.text):
        if len(sentence[0]) > _LONGEST_SENTENCE or _EXPLAINED.search(sentence[0]):
            continue
        is_stated = _STATED.search(sentence[0]) is not None
        if is_own and not is_stated:
            is_stated = any(
                pattern.match(sentence[0].strip()) for pattern in (_LABELLED, _OF_EVERY_ACTION)
            )
        if is_stated:
            yield text.part(*sentence.span()).strip().span()
