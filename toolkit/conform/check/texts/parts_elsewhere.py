"""References to parts of another document by its number: `Protocol 1, Action 12`, `S8 of Layer 2`.

Such a document is one of the pages whose title or file has the number. What is not numbered there
at all is not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from conform.check.texts.numbering import numbers_of, sections_of
from conform.check.texts.protocol_numbers import number_of_protocol
from conform.check.texts.section_references import NUMBERS, each_number
from conform.domain.prose import Passage, PassageKind, Prose

_WHOSE = r"\b(?P<word>Protocol|Layer)\s+(?P<whose>\d{1,2})"
_PART = (
    rf"(?:(?P<action>[Aa]ctions?)\s+{NUMBERS}"
    rf"|(?P<section>[Ss]ections?\s+|\N{{SECTION SIGN}}\s*){NUMBERS.replace('numbers', 'sections')}"
    r"|(?:(?:[Pp]roperty|[Ss]afety|[Ll]iveness|[Ii]nvariant)\s+)?(?P<label>[SLI]\d{1,2})(?![\w-]))"
)
_BEFORE = re.compile(rf"{_WHOSE}(?:'s|\N{{RIGHT SINGLE QUOTATION MARK}}s)?\s*[,:]?\s+{_PART}")
_BEHIND = re.compile(rf"\b{_PART}\s+(?:of|in|from)\s+{_WHOSE}\b(?!\.\d)")
_FEWEST = 2
"""Where so many documents are numbered, a protocol that is referred to is one of them."""

_ACTION_CELL = re.compile(r"\d{1,3}[a-z]?")
_SPREAD = re.compile(r"(?P<first>\d{1,3})\s?[-\N{EN DASH}]\s?(?P<last>\d{1,3})")


class PartElsewhere(Struct, frozen=True):
    """A number or label, where it stands, and the page that is said to have such a part.

    `page` is None where there is no document of the protocol at all.
    """

    passage: Passage
    start: int
    kind: str
    text: str
    page: Prose | None


def missing_elsewhere(
    pages: Sequence[Prose], neighbours: Sequence[Prose]
) -> Iterator[PartElsewhere]:
    """Yield each reference to a part of a numbered document that this document does not have.

    The references are those of `pages`; the documents may be among `neighbours` as well.
    """
    numbered: dict[int, list[Prose]] = {}
    for page in (*pages, *neighbours):
        number = number_of_protocol(page)
        if number is not None:
            numbered.setdefault(number, []).append(page)
    parts: dict[tuple[str, str], frozenset[str]] = {}
    for page in pages:
        for passage in page.running():
            for at, start, whose, kind, text in _references(passage):
                owners = numbered.get(whose, [])
                if not owners and at >= 0 and len(numbered) >= _FEWEST:
                    yield PartElsewhere(passage, at, "protocol", str(whose), None)
                if len(owners) != 1:
                    continue
                key = (owners[0].path, kind)
                if key not in parts:
                    parts[key] = _PARTS[kind](owners[0])
                if parts[key] and text not in parts[key]:
                    yield PartElsewhere(passage, start, kind, text, owners[0])


def _references(passage: Passage) -> Iterator[tuple[int, int, int, str, str]]:
    """Yield each reference to a numbered part of a numbered document.

    These are the place of the protocol's number, -1 where it is a layer's, that of the part's
    number, the protocol's number, what the other one numbers, and that one.
    """
    text = passage.plain()
    for match in (*_BEFORE.finditer(text), *_BEHIND.finditer(text)):
        whose = int(match["whose"])
        at = match.start("whose") if match["word"] == "Protocol" else -1
        if match["label"]:
            yield at, match.start("label"), whose, "property", match["label"]
        elif match["action"]:
            for start, number in each_number(match):
                yield at, start, whose, "action", number
        else:
            for start, number in each_number(match, "sections"):
                yield at, start, whose, "section", number


def _sections(page: Prose) -> frozenset[str]:
    return frozenset(number.text for number in sections_of(page))


def _labels(page: Prose) -> frozenset[str]:
    """Return the labels of properties that stand in headings, and at the start of cells."""
    found = set()
    for passage in page.of(PassageKind.HEADING, PassageKind.CELL, PassageKind.ITEM):
        if match := re.search(r"(?<![\w.-])[SLI]\d{1,2}(?![\w-])", passage.text[:24]):
            found.add(match[0])
    return frozenset(found)


def _actions(page: Prose) -> frozenset[str]:
    """Return the numbers of actions in headings, and in the first column of tables of actions."""
    found: set[str] = set()
    for number in numbers_of(page):
        if number.series in ("Action", "Outcome"):
            found |= {number.text, *map(str, range(number.parts[-1], number.last + 1))}
    for header in page.of(PassageKind.HEADER):
        if header.column == 1 and re.fullmatch(r"actions?", header.text.strip(), re.IGNORECASE):
            for cell in page.of(PassageKind.CELL):
                text = cell.text.strip()
                is_first = cell.block == header.block and cell.column == 0
                if is_first and _ACTION_CELL.fullmatch(text):
                    found.add(text)
                elif is_first and (spread := _SPREAD.fullmatch(text)):
                    found |= set(map(str, range(int(spread["first"]), int(spread["last"]) + 1)))
    return frozenset(found)


_PARTS = {"action": _actions, "section": _sections, "property": _labels}
