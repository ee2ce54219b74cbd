"""The numbers that a document gives its sections, actions and properties, in their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from conform.domain.prose import Passage, Prose

_SECTION = re.compile(
    r"(?:Section\s+|\N{SECTION SIGN}\s*)?(?P<number>\d{1,3}(?:\.\d{1,3})*)(?P<letter>[a-z]?)"
    r"(?P<mark>[.):]|(?=\s))\s*(?=\S)"
)
_WORDED = re.compile(
    r"(?P<word>Action|Outcome|Protocol|Layer|Table|Phase|Step|Appendix|Rule|Lemma|Safety|Liveness"
    r"|Property|Invariant)s?\s+(?P<label>[A-Z]{0,3}-?)(?P<number>\d{1,3}(?:\.\d{1,3})*)"
    r"(?P<letter>[a-z]?)(?:\s*[\N{EN DASH}-]\s*(?P<last>\d{1,3})(?P<last_letter>[a-z]?))?(?!\w)"
)


class Number(Struct, frozen=True):
    """A number in a heading: `parts` of 7.3 are 7 and 3; `letter` is that of 3b, or empty.

    `series` says of what: `section`, or the word in front and the letters of a label ("Safety S").
    `last` is the end of a range as in `Actions 5-9`, or the number itself.
    """

    series: str
    parts: tuple[int, ...]
    letter: str
    last: int
    heading: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The number as written, without the end of a range."""
        return ".".join(map(str, self.parts)) + self.letter


def numbers_of(page: Prose) -> tuple[Number, ...]:
    """Return the numbers of a document's headings in order.

    A plain number followed by neither a full stop, a colon nor a parenthesis counts where it has
    several parts, or other headings are numbered in that way: `3 ways to fail` is no section 3.
    """
    found = list(_numbers(page))
    marked = [each for each, is_marked in found if is_marked and each.series == "section"]
    return tuple(
        number
        for number, is_marked in found
        if is_marked or len(marked) == 0 or len(number.parts) > 1
    )


def sections_of(page: Prose) -> tuple[Number, ...]:
    """Return the numbers of sections alone."""
    return tuple(number for number in numbers_of(page) if number.series == "section")


def _numbers(page: Prose) -> Iterator[tuple[Number, bool]]:
    for heading in page.headings():
        if match := _SECTION.match(heading.text):
            yield _number("section", match, heading), bool(match["mark"])
        elif match := _WORDED.match(heading.text):
            series = f"{match['word']} {match['label']}".strip()
            yield _number(series, match, heading), True


def _number(series: str, match: re.Match[str], heading: Passage) -> Number:
    parts = tuple(int(part) for part in match["number"].split("."))
    last = match.groupdict().get("last")
    end = match.end("letter")
    letter = match["letter"]
    return Number(
        series, parts, letter, int(last or parts[-1]), heading, match.start("number"), end
    )
