"""Titles of actions in paragraphs: `**T1 StartAppend(w)** — why` below a heading about actions.

Each is turned into a heading a level deeper, so that what follows it is read as it would be below
one. A title that names two outcomes, `Send(w)`-`Ok` and `-Fail` so to say, is the title of the
action that both names begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from conform.languages.markdown.blocks import Block, Fence, Heading, Paragraph
from conform.languages.markdown.clause_kinds import ClauseKind
from conform.languages.markdown.clauses import read_clauses
from conform.languages.markdown.headed_code import headed_parts
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.spoken_clauses import spoken_clauses
from conform.languages.markdown.titles import Region, Role, read_title, region_of

_CODED = r"`?[^\W\d]\w*(?:\([^()`]*\))?`?"
_TITLE = re.compile(
    rf"(?P<mark>\*\*|__)(?P<title>(?:(?P<label>[A-Z]{{1,3}}-?\d{{1,3}}[a-z]?|\d{{1,3}}[a-z]?)[.:)]?\s+)?"
    rf"(?P<names>{_CODED}(?:\s*(?:,|/|and|or)\s*{_CODED})*))\s*[.:]?(?P=mark)"
    r"\s*(?:[:.\N{EM DASH}\N{EN DASH}-]\s*)?(?P<rest>.*)",
    re.S,
)
_CODED_TITLE = re.compile(
    r"(?P<mark>)(?P<title>(?P<names>`[^\W\d]\w*(?:\([^()`]*\))?`))"
    r"\s*[:\N{EM DASH}\N{EN DASH}-]\s*(?P<rest>.*)",
    re.S,
)
"""What an item of a list may begin with instead."""

_ONE = re.compile(r"`?(?P<name>[^\W\d]\w*)(?P<parameters>\([^()`]*\))?`?")
_ACTING = (ClauseKind.GUARD, ClauseKind.EFFECT)
_SHORTEST_STEM = 3
"""Names of two outcomes have so many letters in common at least."""


def with_region_titles(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of a document with the bold titles of its actions as headings."""
    return tuple(_titled(blocks))


def _titled(blocks: Sequence[Block]) -> Iterator[Block]:
    around: list[tuple[int, Region | None, bool]] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Heading):
            announced = read_title(block.content)
            around = [each for each in around if each[0] < block.level]
            opened = region_of(announced, block.level)
            around.append((block.level, opened, announced.is_coded))
        is_about_actions = _is_about_actions(around)
        level = min(around[-1][0] + 1, 6) if around else 1
        if isinstance(block, Fence) and is_about_actions and (parts := headed_parts(block)):
            for title, fence in parts:
                yield Heading(level, title)
                yield fence
            continue
        found = _title(block, blocks[index + 1 :]) if is_about_actions else None
        if found is None:
            yield block
            continue
        title_text, names, rest = found
        yield Heading(level, title_text)
        if names.text:
            yield Paragraph(names, 0, opens_item=False)
        if rest.text:
            yield Paragraph(rest, 0, opens_item=False)


def _is_about_actions(around: Sequence[tuple[int, Region | None, bool]]) -> bool:
    regions = [region for _level, region, _coded in around if region]
    return bool(around) and not around[-1][2] and regions[-1:] == [Region.ACTIONS]


def _title(block: Block, behind: Sequence[Block]) -> tuple[Fragment, Fragment, Fragment] | None:
    """Return the title that a paragraph begins with, its names if several, and what follows it.

    None where that is no action.
    """
    if not isinstance(block, Paragraph):
        return None
    match = _TITLE.fullmatch(block.content.text)
    if match is None and block.opens_item:
        match = _CODED_TITLE.fullmatch(block.content.text)
    title = _as_heading(block.content, match) if match else None
    if match is None or title is None:
        return None
    role = read_title(title)
    rest = block.content.part(*match.span("rest")).strip()
    own = Paragraph(rest, 0, opens_item=False)
    following = [own, *_up_to_next(behind, block)]
    acting = any(clause.kind in _ACTING for clause in read_clauses(following))
    is_labelled = match.groupdict().get("label") is not None and acting
    if role.role is not Role.BARE or not (role.is_coded or is_labelled):
        return None
    one = title.text == match["title"]
    names = block.content.part(*((0, 0) if one else match.span("names")))
    return (title, names, rest) if acting or spoken_clauses([own]) else None


def _up_to_next(behind: Sequence[Block], title: Paragraph) -> Iterator[Block]:
    """Yield what belongs to a title: up to the next one or a heading; to an item what is in it."""
    for block in behind:
        if isinstance(block, Heading) or (title.opens_item and block.depth <= title.depth):
            return
        if isinstance(block, Paragraph) and _TITLE.fullmatch(block.content.text):
            return
        yield block


def _as_heading(content: Fragment, match: re.Match[str]) -> Fragment | None:
    """Return the title as a heading has it: one name, that of the action."""
    ones = list(_ONE.finditer(match["names"]))
    names = [one["name"] for one in ones if one["name"] not in ("and", "or")]
    title = content.part(*match.span("title"))
    if len(names) == 1:
        return title
    stem = _common_beginning(names)
    if len(names) > 2 or len(stem) < _SHORTEST_STEM or any(name == stem for name in names):
        return None
    if not all(name[len(stem)].isupper() for name in names):
        return None
    start = match.start("names") - match.start("title")
    name = f"`{stem}{ones[0]['parameters'] or ''}`"
    return title.edited([(start, len(title.text), name)])


def _common_beginning(names: Sequence[str]) -> str:
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False))
    return "".join(letters[0] for letters in same)
