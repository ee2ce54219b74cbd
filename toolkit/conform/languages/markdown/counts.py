"""Counts that the prose of a document states: states and depth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.domain.spec import StatedCount
from conform.languages.markdown.blocks import Paragraph
from conform.languages.markdown.inline import readable
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.outline import Section

# A number is matched whole or not at all (possessive), so that long rows of digits cost no retries.
_VALUE = (
    r"(?P<about>(?:[~\u2248]|\b(?:about|around|roughly|approximately|some)\b)\s*+)?"
    r"(?<![\w.,^-])(?P<value>10\^\d{1,2}+(?!-?\d)|\d[\d,_\u00a0\u2009]*+(?<=\d))"
)
_STATES = re.compile(
    rf"{_VALUE}\s++(?P<measure>distinct\s+states|(?:states\s+)?generated|states)\b", re.I
)
_DEPTH = re.compile(rf"\b(?P<measure>depth)(?:\s+(?:of|is))?\s*[:=]?\s*{_VALUE}\b", re.I)
_WRITTEN = re.compile(r"10\^\d{1,2}|\d{1,18}|\d{1,3}(?:[,_\u00a0\u2009]\d{3}){1,5}")


def read_counts(root: Section) -> tuple[StatedCount, ...]:
    """Return the counts stated in paragraphs and list items, in order."""
    return tuple(
        count
        for section in root.walk()
        for block in section.blocks
        if isinstance(block, Paragraph)
        for count in _counts(readable(block.content))
    )


def _counts(text: Fragment) -> Iterator[StatedCount]:
    matches = [*_STATES.finditer(text.text), *_DEPTH.finditer(text.text)]
    for match in sorted(matches, key=lambda found: found.start()):
        measure = " ".join(match["measure"].lower().split())
        measure = "states generated" if measure == "generated" else measure
        written = match["value"]
        if not _WRITTEN.fullmatch(written):
            continue
        is_approximate = bool(match["about"]) or "^" in written
        span = text.span(match.start(), match.end())
        yield StatedCount(measure, _value(written), is_approximate, span)


def _value(written: str) -> int:
    if written.startswith("10^"):
        return int("1" + "0" * int(written.removeprefix("10^")))
    return int(re.sub(r"\D", "", written))
