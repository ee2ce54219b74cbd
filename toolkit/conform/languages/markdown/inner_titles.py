"""Titles that are no headings: `**3b. AssignFenced(w)** — why` in the section of an action.

Many documents give the outcomes of an action so. Each such paragraph is turned into a heading, so
that all that follows is read as it would be below one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from conform.languages.markdown.blocks import Block, Heading, Paragraph
from conform.languages.markdown.clauses import ClauseKind, read_clauses
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.titles import Role, read_title

_TITLE = re.compile(
    r"(?P<mark>\*{1,3}|_{1,3})(?:(?:outcome|case|variant|branch)\s+)?\(?"
    r"(?P<title>(?P<number>\d+[a-z]\b)[.:)]*\s*`?(?P<name>[^\W\d]\w*)"
    r"(?P<parameters>\([^()]*\))?`?)\s*[:.]?(?P=mark)"
    r"(?P<rest>[:.]?\s*(?:$|(?<=[:.] ).*|[\N{EM DASH}\N{EN DASH}(-].*|\n.*))",
    re.I | re.S,
)
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
    if not isinstance(heading, Heading) or read_title(heading.content).role is not Role.ACTION:
        return part
    first = next((index for index, block in enumerate(part) if _title(block)), len(part))
    own = part[1:first]
    beside = any(clause.kind in _ACTING for clause in read_clauses(own))
    lets = [block for block in own if is_let(block)]
    level = heading.level if beside else heading.level + 1
    return (*part[:first], *_titled(part[first:], level, lets))


def is_let(block: Block) -> bool:
    """Say whether a paragraph introduces names for what follows: `Let x = ...`."""
    return isinstance(block, Paragraph) and bool(_LET.match(block.content.text))


def _titled(blocks: Iterable[Block], level: int, lets: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        title = _title(block)
        if title is None or not isinstance(block, Paragraph):
            yield block
            continue
        name, rest = title
        yield Heading(level, name.edited([(0, 0, "Outcome ")]))
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
