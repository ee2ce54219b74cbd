"""Choices in pseudo-code: `either`, what is done then, and `or` with the other way below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from conform.languages.markdown.manuscript import Fragment

_EITHER = re.compile(r"\s*either\s*:?\s*", re.I)
_OR = re.compile(r"\s*or\s*:?\s*", re.I)
_COMMENT = re.compile(r"\s+(?://|\\\*)\s*(?P<words>.*?)\s*$")
_CASE = re.compile(r"success|failure|fail|retry|error|abort|timeout", re.I)
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")


def by_choices(lines: Sequence[Fragment]) -> Iterator[tuple[str, Fragment]]:
    """Yield the lines of pseudo-code without comments, each with the case that it is done in.

    The case is empty outside a choice. It is the word of a comment, success or failure and the
    like, or else counted: first, second. The lines `either` and `or` themselves are left out.
    """
    bare = [_without_comment(line) for line in lines]
    place = 0
    while place < len(bare):
        ways = _ways(bare, place)
        if len(ways) < 2 or len(ways) > len(_PLACES):
            yield "", bare[place]
            place += 1
            continue
        for number, way in enumerate(ways):
            case = _case(lines[way.start - 1 : way.stop]) or _PLACES[number]
            yield from ((case, bare[index]) for index in way)
        place = ways[-1].stop


def _ways(lines: Sequence[Fragment], place: int) -> list[range]:
    """Return the lines of each way of a choice that begins at `place`; none where none does."""
    if not _EITHER.fullmatch(lines[place].text):
        return []
    depth = lines[place].indentation
    ways: list[range] = []
    start = place + 1
    while True:
        end = start
        while end < len(lines) and lines[end].indentation > depth:
            end += 1
        if end == start:
            return []
        ways.append(range(start, end))
        following = lines[end] if end < len(lines) else None
        if following is None or following.indentation != depth or not _OR.fullmatch(following.text):
            return ways
        start = end + 1


def _case(lines: Sequence[Fragment]) -> str:
    """Return the one case that comments on these lines name; empty where they name none."""
    comments = (_COMMENT.search(line.text) for line in lines)
    words = {match["words"].lower() for match in comments if match}
    return words.pop() if len(words) == 1 and all(map(_CASE.fullmatch, words)) else ""


def _without_comment(line: Fragment) -> Fragment:
    match = _COMMENT.search(line.text)
    return line.part(0, match.start()) if match else line
