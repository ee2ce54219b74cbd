"""Examples of what a primitive gives: `CeilingGet(5)` on the keys 2, 4 and 7 returns 7."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from msgspec import Struct

from conform.domain.prose import Passage, Prose

_LIST = r"\d{1,6}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)\d{1,6})*"
_RANGE = re.compile(
    r"(?<!\w)(?P<name>[A-Z]\w*)\(\s*(?P<start>\d{1,6})\s*,\s*(?P<end>\d{1,6})\s*\)\s+"
    r"(?:deletes|removes|drops|returns|covers|reads|gives)\s+(?:only\s+|exactly\s+)?"
    rf"(?:the\s+)?(?:(?:keys?|offsets?|entr(?:y|ies)|records?)\s+(?:at\s+)?)?(?P<list>{_LIST})"
    r"(?!\s*(?:to\b|through\b|\.\.|[\N{EN DASH}-]|\w))"
)
_LOOKUP = re.compile(
    r"(?<!\w)(?P<name>[A-Z]\w*)\(\s*(?P<key>\d{1,6})\s*\)(?P<between>[^.;()]{0,80}?)\b"
    r"(?:returns|finds|yields|gives)\s+(?:the\s+)?(?:(?:entry|key|record|offset|one|at|is)\s+){0,3}"
    r"(?P<result>\d{1,6}\b(?!\s*,)|none\b|nothing\b)"
)
_KEYS = re.compile(rf"\b(?:keys|offsets)\s+(?P<list>{_LIST})")
_NUMBER = re.compile(r"\d+")
_HALF_OPEN = re.compile(r"\[\s*\w+\s*,\s*\w+\s*\)|\bhalf[- ]open\b|\bend\s+is\s+exclusive\b", re.I)
_CLOSED = re.compile(r"\[\s*[a-z]\w*\s*,\s*[a-z]\w*\s*\]|\binclusive\b", re.I)


class WrongExample(Struct, frozen=True):
    """An example's result at a place of a passage that is not what the primitive gives."""

    passage: Passage
    start: int
    end: int
    message: str


def wrong_results(page: Prose, defined: Collection[str]) -> Iterator[WrongExample]:
    """Yield the results of examples that are not those of a ceiling, a floor, or a range.

    Whether a range has its end is what the page says of that primitive; without a word of it, or
    with both, its examples are not looked at.
    """
    for passage in page.running():
        yield from _lookups(passage, defined)
        for match in _RANGE.finditer(passage.text):
            given = [int(number) for number in _NUMBER.findall(match["list"])]
            first, last = int(match["start"]), int(match["end"])
            has_end = _has_end(page, match["name"]) if match["name"] in defined else None
            right = [*range(first, last + bool(has_end))] if last - first < len(given) + 2 else []
            if has_end is not None and right and given != right:
                numbers = ", ".join(map(str, right))
                message = f"`{match['name']}` of {first} and {last} is about {numbers}"
                yield WrongExample(passage, *match.span("list"), message)


def _lookups(passage: Passage, defined: Collection[str]) -> Iterator[WrongExample]:
    keys: list[int] = []
    for match in _LOOKUP.finditer(passage.text):
        listed = _KEYS.search(match["between"])
        if listed is not None:
            keys = [int(number) for number in _NUMBER.findall(listed["list"])]
        is_ceiling, is_floor = "Ceiling" in match["name"], "Floor" in match["name"]
        if len(keys) < 2 or match["name"] not in defined or is_ceiling == is_floor:
            continue
        key = int(match["key"])
        above, below = [k for k in keys if k >= key], [k for k in keys if k <= key]
        found = min(above, default=None) if is_ceiling else max(below, default=None)
        said = int(match["result"]) if match["result"].isdigit() else None
        if said != found:
            there = "none" if found is None else f"key {found}"
            message = f"`{match['name']}` of {key} on these keys is {there}"
            yield WrongExample(passage, *match.span("result"), message)


def _has_end(page: Prose, name: str) -> bool | None:
    """Return whether a range has its end, by the passages that begin with its primitive."""
    texts = []
    rows: dict[tuple[int, int], list[str]] = {}
    for passage in page.passages:
        if passage.row:
            rows.setdefault((passage.block, passage.row), []).append(passage.text)
        elif name in passage.text:
            texts.append(passage.text)
    texts += (" ".join(cells) for cells in rows.values() if any(name in cell for cell in cells))
    readings = [any(map(each.search, texts)) for each in (_HALF_OPEN, _CLOSED)]
    return readings[1] if readings[0] != readings[1] else None
