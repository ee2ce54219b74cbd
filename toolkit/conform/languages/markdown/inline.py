"""Code spans and the other marks inside a line of Markdown, and its text without them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from conform.languages.markdown.manuscript import Fragment

CODE = "\ue000"
"""Stands for every character of a code span in masked text; a private character of Unicode."""

TARGET = "\ue001"
"""Stands for every character of a link's target in masked text."""

_TICKS = re.compile(r"`+")
_LINK_TARGET = re.compile(r"(?<=\])\((?:[^()]|\([^()]*\)){0,2000}\)")
_LINK = re.compile(rf"!?\[([^\[\]]*)\]{TARGET}+")
_MARKUP = re.compile(
    r"(?P<escape>\\(?=[!-/:-@\[-`{-~]))"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<tag></?(?:a|b|i|em|strong|sub|sup|span|kbd|tt|u|p|small)\b[^<>]{0,200}>"
    r"|<!--[^<>]{0,2000}-->)"
    r"|(?P<stars>\*+)|(?P<strike>~~)"
    r"|(?<![\w/.])(?P<opening>__?)(?![\s_])(?=[^_]*[^\s_](?P=opening)(?![\w/._]))"
    r"|(?<=[^\s_])(?P<closing>__?)(?![\w/._])"
)

Edit = tuple[int, int, str]

KEPT_TEXTS = 8192
"""Texts of which what is found in them is kept: each is looked at by many readers in turn."""


@lru_cache(KEPT_TEXTS)
def code_ranges(text: str) -> tuple[tuple[int, int, int], ...]:
    """Return start, end and number of ticks of each code span (CommonMark 6.1), ticks included."""
    runs = [match.span() for match in _TICKS.finditer(text)]
    closers: list[int | None] = [None] * len(runs)
    latest: dict[int, int] = {}
    for index in range(len(runs) - 1, -1, -1):
        width = runs[index][1] - runs[index][0]
        closers[index] = latest.get(width)
        latest[width] = index
    return tuple(_pair_ticks(text, runs, closers))


def _pair_ticks(
    text: str, runs: list[tuple[int, int]], closers: list[int | None]
) -> Iterator[tuple[int, int, int]]:
    index = 0
    while index < len(runs):
        start, end = runs[index]
        closer = closers[index]
        escaped = start > 0 and text[start - 1] == "\\"
        if closer is None or escaped:
            index += 1
            continue
        yield start, runs[closer][1], end - start
        index = closer + 1


def codes(fragment: Fragment) -> list[Fragment]:
    """Return what stands inside each code span, stripped."""
    return [
        fragment.part(start + ticks, end - ticks).strip()
        for start, end, ticks in code_ranges(fragment.text)
    ]


@lru_cache(KEPT_TEXTS)
def masked(text: str) -> str:
    """Return a text of the same length in which code and link targets are placeholders."""
    pieces: list[str] = []
    position = 0
    for start, end, _ in code_ranges(text):
        pieces += text[position:start], CODE * (end - start)
        position = end
    hidden = "".join([*pieces, text[position:]])
    return _LINK_TARGET.sub(lambda match: TARGET * len(match[0]), hidden)


def linked(fragment: Fragment) -> Iterator[tuple[Fragment, Fragment]]:
    """Yield the label and the target of each link, the target without its parentheses."""
    for match in _LINK.finditer(masked(fragment.text)):
        label = fragment.part(*match.span(1))
        yield label, fragment.part(match.end(1) + 2, match.end() - 1)


def marked(fragment: Fragment) -> Fragment:
    """Return the fragment with links as written and code spans in single ticks, without marks."""
    return fragment.edited(_marking_edits(fragment.text))


@lru_cache(KEPT_TEXTS)
def _marking_edits(text: str) -> tuple[Edit, ...]:
    return tuple(sorted([*_markup_edits(masked(text)), *_spare_tick_edits(text)]))


def unlinked(fragment: Fragment) -> Fragment:
    """Return the fragment with the labels of its links in their places."""
    return fragment.edited(_link_edits(masked(fragment.text)))


def readable(fragment: Fragment) -> Fragment:
    """Return the text that a reader sees: no ticks, no emphasis, links as their text."""
    return fragment.edited(_reading_edits(fragment.text))


@lru_cache(KEPT_TEXTS)
def _reading_edits(text: str) -> tuple[Edit, ...]:
    hidden = masked(text)
    return tuple(sorted([*_markup_edits(hidden), *_link_edits(hidden), *_tick_edits(text)]))


def reading(fragment: Fragment) -> str:
    """Return the readable text on one line, white space collapsed."""
    return " ".join(readable(fragment).text.split())


def _markup_edits(hidden: str) -> Iterator[Edit]:
    pending = ""
    for match in _MARKUP.finditer(hidden):
        start, end = match.span()
        if match.lastgroup == "stars" and _stands_alone(hidden, start, end):
            continue
        if match.lastgroup == "closing" and match[0] != pending:
            continue
        if match.lastgroup in ("opening", "closing"):
            pending = match[0] if match.lastgroup == "opening" else ""
        yield start, end, html.unescape(match[0]) if match.lastgroup == "entity" else ""


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether a run of stars has white space, or nothing, on both sides: a product."""
    return not text[start - 1 : start].strip() and not text[end : end + 1].strip()


def _link_edits(hidden: str) -> Iterator[Edit]:
    for match in _LINK.finditer(hidden):
        yield match.start(), match.start(1), ""
        yield match.end(1), match.end(), ""


def _tick_edits(text: str) -> Iterator[Edit]:
    for start, end, ticks in code_ranges(text):
        yield start, start + ticks, ""
        yield end - ticks, end, ""


def _spare_tick_edits(text: str) -> Iterator[Edit]:
    for start, end, ticks in code_ranges(text):
        if ticks > 1 and "`" not in text[start + ticks : end - ticks]:
            yield start + 1, start + ticks, ""
            yield end - ticks, end - 1, ""
