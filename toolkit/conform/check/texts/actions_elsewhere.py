"""Actions of another protocol that a text gives by number, beside words about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from conform.check.context import Context
from conform.check.texts.protocol_numbers import number_of_protocol
from conform.domain.prose import Passage, Prose

_CITED = re.compile(
    r"(?P<phrase>[^.,;:()\N{EM DASH}]{4,80})\(\s*Protocol\s+(?P<protocol>\d{1,2})\s*,\s*"
    r"[Aa]ction\s+(?P<number>\d{1,3}[a-z]?)\s*\)"
)
_HEADING = re.compile(r"[Aa]ction\s+(?P<number>\d{1,3}[a-z]?)\s*[:.\N{EM DASH}-]\s*(?P<name>\w+)")


class Cited(Struct, frozen=True):
    """A phrase with the number of an action of another document behind it.

    `start` and `end` are the number's place in the passage; `titles` has, for each number there,
    the name of the action and the title of the part that it stands in.
    """

    phrase: str
    number: str
    path: str
    passage: Passage
    start: int
    end: int
    titles: Mapping[str, tuple[str, str]]


def actions_cited(context: Context) -> Iterator[Cited]:
    """Yield the actions of other documents that the protocol's own gives by number."""
    pages = (*context.pages, *context.neighbours)
    for passage in context.page().running():
        for match in _CITED.finditer(passage.text):
            number = int(match["protocol"])
            found = {p.path: p for p in pages if number_of_protocol(p) == number}
            found.pop(context.document.path, None)
            if len(found) == 1:
                (page,) = found.values()
                titles = _titles(page)
                if match["number"] in titles:
                    yield Cited(
                        match["phrase"],
                        match["number"],
                        page.path,
                        passage,
                        *match.span("number"),
                        titles,
                    )


def _titles(page: Prose) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    above: dict[int, str] = {}
    for heading in page.headings():
        above = {level: text for level, text in above.items() if level < heading.level}
        match = _HEADING.search(heading.text)
        if match is not None:
            part = above[max(above)] if above and max(above) > 1 else ""
            found[match["number"]] = match["name"], part
        above[heading.level] = heading.text
    return found
