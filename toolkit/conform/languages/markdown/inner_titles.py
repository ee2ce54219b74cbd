"""Titles that are no headings: `**3b. AssignFenced(w)** — why` in the section of an action.

Many documents give the outcomes of an action so, or name them behind a word: Success (`SendOk`):.
Each such paragraph is turned into a heading, so
that all that follows is read as it would be below one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from conform.languages.markdown.abbreviations import abbreviations_in
from conform.languages.markdown.blocks import Block, Heading, Paragraph, Table
from conform.languages.markdown.case_tables import named_cases
from conform.languages.markdown.clause_kinds import ClauseKind
from conform.languages.markdown.clauses import read_clauses
from conform.languages.markdown.headed_code import without_heads
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.numbered_steps import stepped_clauses
from conform.languages.markdown.titles import Role, Title, read_title

_TITLE = re.compile(
    r"(?P<mark>\*{1,3}|_{1,3})(?:(?:(?:sub-?)?action|transition|outcome|case|variant|branch)\s+)?\(?"
    r"(?P<title>(?P<number>\d+[a-z]\b)[.:)]*\s*`?(?P<name>[^\W\d]\w*)"
    r"(?P<parameters>\([^()]*\))?`?)\s*[:.]?(?P=mark)"
    r"(?P<rest>[:.]?\s*(?:$|(?<=[:.] ).*|[\N{EM DASH}\N{EN DASH}(-].*|\n.*))",
    re.I | re.S,
)
_CASE_TITLE = re.compile(
    r"(?P<mark>\*{0,3})(?:[A-Za-z]+[ -]){0,3}[A-Za-z]+(?P=mark)\s*"
    r"(?:[:\N{EM DASH}\N{EN DASH}-]\s*)?(?P<open>\()?"
    r"(?P<title>`(?P<name>[^\W\d]\w*)(?P<parameters>\([^()]*\))?`)(?(open)\))"
    r"(?P<rest>[:.]?(?P=mark)?[:.]?)"
)
_NAME_TITLE = re.compile(
    r"(?P<mark>\*{1,3}|_{1,2})(?P<title>`?(?P<name>[^\W\d]\w*)(?P<parameters>\([^()]*\))?`?)"
    r"(?P<rest>[:.]?(?P=mark)[:.]?)"
)
"""A name in bold or italics alone: of an outcome, where a guard or an effect follows."""

_GLOSSED_TITLE = re.compile(
    r"(?P<mark>\*{2,3}|__)(?P<title>`?(?P<name>[^\W\d]\w*)(?P<parameters>\([^()]*\))?`?)\s*"
    r"(?:[:.](?P=mark)|(?P=mark)\s*(?:[:.]|[\N{EM DASH}\N{EN DASH}-]\s))[^`]*"
)
"""The same with a sentence about it behind a mark; without one, the name begins a sentence."""

_VARIANT = re.compile(
    r"(?P<mark>\*{2,3}|__)(?P<title>`?(?P<name>[^\W\d]\w*)(?P<parameters>\([^()]*\))?`?)\s*:?"
    r"(?P=mark)\s*[:.\N{EM DASH}\N{EN DASH}-]?\s*(?:[^`:]*[.:;]\s+)?"
    r"(?P<guard>(?:\*\*)?guard(?:\*\*)?\s*:\s*(?:\*\*\s*)?`.*?`)[\s.;,]*"
    r"(?P<effect>(?:\*\*)?effects?(?:\*\*)?\s*:\s*(?:\*\*\s*)?`.*`)(?P<gloss>[^`]*)",
    re.I | re.S,
)
"""An outcome in one item: its name in bold, perhaps a sentence, its guard and its effect."""

_BETWEEN = ":. \n\N{EM DASH}\N{EN DASH}-"
_LET = re.compile(r"(?:\*\*|_|\*)?(?:let|where|with)\b", re.I)
_ACTING = (ClauseKind.GUARD, ClauseKind.EFFECT)


def with_inner_titles(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of a document with the inner titles of its actions as headings.

    They lie below the action, or beside it where it has a guard or an effect of its own. What the
    action introduces by `Let` before the first of them is repeated below each.
    """
    found: list[Block] = []
    part: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            found += _in_section(part)
            part = []
        part.append(block)
    return (*found, *_in_section(part))


def _in_section(part: Sequence[Block]) -> Sequence[Block]:
    """Return a heading and what follows it, titled where the heading announces an action."""
    heading = part[0] if part else None
    title = read_title(heading.content) if isinstance(heading, Heading) else None
    if not isinstance(heading, Heading) or title is None or not _may_be_action(title):
        return part
    own_name = title.name
    part = [heading, *_spread([*without_heads(part[1:], own_name)], title)]
    titles = {index for index, block in enumerate(part) if _title(block)}
    titles.update(_case_titles(part, own_name))
    first = min(titles, default=len(part))
    own = part[1:first]
    beside = any(clause.kind in _ACTING for clause in read_clauses(own))
    lets = [block for block in own if is_let(block) or any(abbreviations_in([block]))]
    level = heading.level if beside else heading.level + 1
    marks = [index in titles for index in range(first, len(part))]
    return (*part[:first], *_titled(zip(part[first:], marks, strict=True), level, lets))


def _may_be_action(title: Title) -> bool:
    """Say whether a heading is that of an action, or has a name that may be one: `4.2 Send(w)`."""
    is_call = title.role is Role.BARE and title.is_coded and bool(title.parameters)
    return title.role is Role.ACTION or is_call


def _spread(blocks: Sequence[Block], own: Title) -> Iterator[Block]:
    """Yield the blocks, each variant in an item as a title with its guard and its effect below.

    So is each in a row of a table.
    """
    for block in blocks:
        if isinstance(block, Table) and (cases := named_cases(block, own)):
            yield from (Paragraph(text, 0, opens_item=False) for text in cases)
            continue
        match = _VARIANT.fullmatch(block.content.text) if isinstance(block, Paragraph) else None
        if match is None or not isinstance(block, Paragraph):
            yield block
            continue
        content = block.content
        marks = content.part(match.start("mark"), match.start("title"))
        title = content.part(match.start("mark"), match.end("title") + len(marks.text))
        for fragment in (
            title,
            content.part(*match.span("guard")),
            content.part(*match.span("effect")),
        ):
            yield Paragraph(fragment, 0, opens_item=False)


def _case_titles(part: Sequence[Block], own_name: str) -> Iterator[int]:
    """Yield where paragraphs name an outcome behind a word, and its guard or effect follows."""
    for index, block in enumerate(part[:-1]):
        title = _case_title(block)
        if title is not None and title[0].text.strip("`").partition("(")[0] != own_name:
            steps = list(takewhile(_is_item, part[index + 1 :]))
            following = stepped_clauses(steps) or read_clauses(part[index + 1 : index + 2])
            if any(clause.kind in _ACTING for clause in following):
                yield index


def _is_item(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.opens_item


def is_let(block: Block) -> bool:
    """Say whether a paragraph introduces names for what follows: `Let x = ...`."""
    return isinstance(block, Paragraph) and bool(_LET.match(block.content.text))


def _titled(
    blocks: Iterable[tuple[Block, bool]], level: int, lets: Sequence[Block]
) -> Iterator[Block]:
    for block, is_title in blocks:
        title = (_title(block) or _case_title(block)) if is_title else None
        if title is None or not isinstance(block, Paragraph):
            yield block
            continue
        name, rest = title
        word = "Outcome " if name.text[:1].isdigit() else "Outcome: "
        yield Heading(level, name.edited([(0, 0, word)]))
        yield from lets
        if rest.text:
            yield Paragraph(rest, block.depth, block.opens_item)


def _title(block: Block) -> tuple[Fragment, Fragment] | None:
    """Return the title in a paragraph and the text behind it; None for any other block."""
    if not isinstance(block, Paragraph) or block.depth:
        return None
    match = _TITLE.match(block.content.text)
    if match is None:
        return None
    start = len(block.content.text) - len(match["rest"].lstrip(_BETWEEN))
    rest = block.content.part(start).strip()
    return block.content.part(match.start("title"), match.end("title")), rest


def _case_title(block: Block) -> tuple[Fragment, Fragment] | None:
    """Return the name of an outcome in a paragraph that says nothing else, and no text behind.

    Words about the outcome are left out.
    """
    if not isinstance(block, Paragraph) or block.depth:
        return None
    text = block.content.text
    patterns = (_CASE_TITLE, _NAME_TITLE, _GLOSSED_TITLE)
    match = next(filter(None, (pattern.fullmatch(text) for pattern in patterns)), None)
    if match is None or not _is_name(match):
        return None
    end = len(block.content.text)
    return block.content.part(*match.span("title")), block.content.part(end)


def _is_name(match: re.Match[str]) -> bool:
    """Say whether a title is the name of an outcome and no word such as Effect or Success."""
    marked = match["parameters"] is not None or "`" in match["title"]
    return marked or sum(character.isupper() for character in match["name"]) > 1
