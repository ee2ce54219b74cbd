"""Sentences that have a protocol work by compare-and-set, where its list of primitives has none.

`CAS` is what many texts call the primitive that a table names CompareAndSet or CompareAndSwap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from conform.check.context import Context
from conform.check.texts.page_topics import has_title_of
from conform.domain.prose import Passage, PassageKind

_LONG = re.compile(r"(?:Compare|Check|Test)(?:And|_and_)?(?:Set|Swap|_set|_swap)", re.IGNORECASE)
_SHORT = re.compile(r"(?<![\w-])CAS(?![\w-])")
_ANOTHER = re.compile(
    r"\b(?:no|not|without|instead|unlike|could|would|may|might|either|or|real|implement\w*)\b", re.I
)


_CODED = re.compile(r"CAS(?:\([^()]*\))?")


class Claim(Struct, frozen=True):
    """Where a page says CAS for the first time, and the name that the pattern's table has."""

    passage: Passage
    start: int
    primitive: str


def claims_of_compare_and_set(
    context: Context, defined: frozenset[str], own: frozenset[str]
) -> Iterator[Claim]:
    """Yield a claim for each page about the protocol that says CAS in a sentence or a list item.

    `defined` are the primitives of the pattern, `own` those that the protocol's document lists:
    nothing is said where one of these is the primitive, or is called so.
    """
    known = {name for name in defined if _LONG.fullmatch(name)}
    if len(known) != 1 or known & own or not own or "CAS" in defined or _lists_it(context):
        return
    for page in context.pages:
        if has_title_of(context, page):
            for passage in page.of(PassageKind.TEXT, PassageKind.ITEM):
                match = _SHORT.search(passage.text)
                if match and not _ANOTHER.search(passage.text):
                    yield Claim(passage, match.start(), *known)
                    break


def _lists_it(context: Context) -> bool:
    """Say whether the protocol's document has CAS in the code of a table: that is a list of its."""
    cells = context.page().of(PassageKind.CELL)
    return any(_CODED.fullmatch(text.strip()) for cell in cells for _start, text in cell.coded())
