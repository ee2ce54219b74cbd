"""What the document of the pattern says of a primitive: in its table, and below a heading."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from msgspec import Struct

from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import nearest

_COMPOUND = re.compile(r"(?P<name>[A-Z][a-z]+(?:[A-Z][a-z]*)+)(?:\([^()]*\))?")
_WORD = re.compile(r"[A-Z][a-z]*")
_INTRODUCING = re.compile(
    r"\b(?:adds?|also\s+(?:adds?|offers?|provides?|supports?|ha(?:s|ve)|needs?))\s+(?:an?\s+)?$",
    re.I,
)
_SAID_OF_IT = re.compile(r"\s*(?:[,:(\N{EM DASH}]|which\b|that\b)")
_WITH_PARAMETERS = re.compile(r"(?P<name>[A-Z][a-z]+(?:[A-Z][a-z]*)+)\([a-z][^()]*\)")
_READINGS = (
    (
        re.compile(
            r"\[\s*\w+\s*,\s*\w+\s*\)|\bhalf[- ]open\b|\bexclusive\b"
            r"|\b\w+\s*(?:≤|<=)\s*\w+\s*<\s*\w+",
            re.IGNORECASE,
        ),
        re.compile(
            r"\[\s*\w+\s*,\s*\w+\s*\]|\bclosed interval\b|\binclusive\b"
            r"|\b\w+\s*(?:≤|<=)\s*\w+\s*(?:≤|<=)\s*\w+",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"\b(?:new|incremented|updated|resulting)\s+value\b", re.IGNORECASE),
        re.compile(
            r"\b(?:previous|old|prior|former|original)\s+value\b|\bvalue\s+before\b", re.IGNORECASE
        ),
    ),
)
"""What cannot both be said of one primitive."""


class PrimitiveRemark(Struct, frozen=True):
    """What is wrong at a place of the pattern's page: a stretch of a passage, and what it says."""

    passage: Passage
    start: int
    end: int
    message: str
    close: str | None


def introduced_primitives(page: Prose, tabled: Collection[str]) -> frozenset[str]:
    """Return the names that a sentence adds to those of the table, with what each of them does.

    *Ordered stores add `CeilingGet(key)`, which returns the smallest key that is not below.*
    """
    return frozenset(
        match["name"]
        for passage in page.of(PassageKind.TEXT, PassageKind.ITEM)
        for start, code in passage.coded()
        if (match := _WITH_PARAMETERS.fullmatch(code))
        and _INTRODUCING.search(passage.text[:start])
        and _SAID_OF_IT.match(passage.text[start + len(code) :])
        and nearest(match["name"], tabled) is None
    )


def remarks_on_primitives(page: Prose, defined: Collection[str]) -> Iterator[PrimitiveRemark]:
    """Yield names that are a primitive's but for one word, and what contradicts what is said."""
    for passage in page.running():
        for start, code in passage.coded():
            match = _COMPOUND.fullmatch(code)
            name = match["name"] if match else ""
            close = nearest(name, defined) if name and name not in defined else None
            if close and close not in passage.text and _is_but_for_one_word(name, close):
                message = f"the table of primitives defines no `{name}`"
                yield PrimitiveRemark(passage, start, start + len(name), message, close)
    for name in sorted(defined):
        yield from _contradictions(name, list(_descriptions(page, name)))


def _is_but_for_one_word(one: str, other: str) -> bool:
    words, others = _WORD.findall(one), _WORD.findall(other)
    same = sum(a == b for a, b in zip(words, others, strict=False))
    return len(words) == len(others) and same == len(words) - 1 >= 2


def _descriptions(page: Prose, name: str) -> Iterator[Passage]:
    """Yield the cells of rows that begin with a primitive, and what stands below its heading.

    The name may stand behind the number of its row. A paragraph or an item that begins with the
    name and a mark or a verb is about it too.
    """
    rows: dict[tuple[int, int], list[Passage]] = {}
    for cell in page.of(PassageKind.CELL):
        rows.setdefault((cell.block, cell.row), []).append(cell)
    named = re.compile(rf"{re.escape(name)}(?:\([^()]*\))?")
    for cells in rows.values():
        head = cells[1] if cells[0].text.strip("# .").isdigit() and len(cells) > 1 else cells[0]
        if named.fullmatch(head.text.strip()):
            yield from cells
    heading = re.compile(rf"[\d.]*\s*{re.escape(name)}(?:\(.*\))?")
    opening = re.compile(
        rf"{re.escape(name)}(?:\([^()]*\))?(?:\s*[.:\N{{EM DASH}}\N{{EN DASH}}]|\s+[a-z]+s\b)"
    )
    below = False
    for passage in page.passages:
        if passage.kind is PassageKind.HEADING:
            below = heading.fullmatch(passage.text.strip()) is not None
        is_text = passage.kind in (PassageKind.TEXT, PassageKind.ITEM)
        if is_text and (below or opening.match(passage.text)):
            yield passage


def _contradictions(name: str, passages: list[Passage]) -> Iterator[PrimitiveRemark]:
    for readings in _READINGS:
        found = [
            [(passage, match) for passage in passages if (match := reading.search(passage.text))]
            for reading in readings
        ]
        places = [{id(passage) for passage, _match in each} for each in found]
        if all(found) and not places[0] & places[1]:
            (first, said), (passage, match) = sorted(
                (each[0] for each in found), key=lambda each: each[0].span().line
            )
            message = f"`{name}` has “{match[0]}” here, and “{said[0]}” in line {first.span().line}"
            yield PrimitiveRemark(passage, match.start(), match.end(), message, None)
