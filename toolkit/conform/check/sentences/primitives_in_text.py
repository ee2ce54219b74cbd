"""Primitives that a protocol's document uses in its steps, and does not list among its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.sentences.patterns import ASIDE, DOUBTFUL
from conform.domain.prose import Passage, PassageKind

_NAME = re.compile(r"(?P<name>[A-Z]\w*)(?:\([^()]*\))?")
_NOT_USED = re.compile(
    r"\b(?:not|no|never|nor|neither|rather\s+than|in\s+place\s+of|unconditional(?:ly)?|may|can"
    r"|built\s+(?:on|from)|primitives?)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[^.;]|[.;](?!\s|$))+")


def primitives_in_text(
    context: Context, defined: frozenset[str], own: frozenset[str]
) -> Iterator[tuple[str, Passage, int]]:
    """Yield each name in code of a primitive of the pattern that is none of `own`, with its place.

    Sentences that suppose or compare are left out, and sections about implementations and stores.
    """
    if len(own & defined) < 2:
        return
    titles: dict[int, str] = {}
    for passage in context.page().passages:
        if passage.kind is PassageKind.HEADING:
            titles = {level: text for level, text in titles.items() if level < passage.level}
            titles[passage.level] = passage.text
        elif passage.kind in (PassageKind.TEXT, PassageKind.ITEM, PassageKind.CELL):
            aside = any(ASIDE.search(text) for level, text in titles.items() if level > 1)
            if not aside:
                yield from _in_passage(passage, defined - own)


def _in_passage(passage: Passage, foreign: frozenset[str]) -> Iterator[tuple[str, Passage, int]]:
    for start, code in passage.coded():
        match = _NAME.fullmatch(code)
        if match is None or match["name"] not in foreign:
            continue
        sentence = next(
            (s for s in _SENTENCE.finditer(passage.text) if s.start() <= start < s.end()), None
        )
        if sentence is not None:
            plain = sentence[0]
            if not DOUBTFUL.search(plain) and not _NOT_USED.search(plain):
                yield match["name"], passage, start
