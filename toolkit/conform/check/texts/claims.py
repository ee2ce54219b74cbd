"""Claims of a document about examples: after these batches, this action can or cannot be taken."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from msgspec import Struct

from conform.domain.prose import Passage, Prose

_INTERVAL = r"\[\s*\d{1,6}(?:\s*(?:,|\.\.|-|\N{EN DASH})\s*\d{1,6})?\s*\]"
_BATCHES = re.compile(rf"{_INTERVAL}(?:\s*(?:,|;|and|then|,\s*and|,\s*then|→|->)\s*{_INTERVAL})*")
_VALUE = re.compile(r"\b(?P<name>[A-Za-z]\w*)(?:\s*(?:=|:=|<-)\s*|\s+)(?P<value>\d{1,6})\b")
_VERB = (
    r"(?:fires?|firing|starts?|begins?|happens?|runs?|proceeds?|(?:is|be|becomes?)\s+(?:enabled"
    r"|taken|possible|allowed|admitted)|is\s+able\s+to\s+\w+)"
)
_NEVER = re.compile(
    rf"(?:does\s+not|doesn['\N{{RIGHT SINGLE QUOTATION MARK}}]t|do\s+not|will\s+not|won't|can\s?not"
    rf"|can't|may\s+not|must\s+not|never|no\s+longer|does\s+n't|not)\s+(?:\w+ly\s+)?{_VERB}\b"
    r"|\bis\s+not\s+(?:enabled|possible|taken|allowed)\b|\b(?:is|stays|remains)\s+(?:disabled"
    r"|blocked)\b|\brefuses?\s+to\b|\bis\s+never\s+(?:enabled|taken)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(rf"\bonly\s+{_VERB}\s+(?:when|if|once)\b|\b{_VERB}\s+only\s+(?:when|if|once)\b")
_CONTAINED = re.compile(r"\bcontained\b|\bwithin\b|\binside\b|\bwholly\b|\balign", re.IGNORECASE)
_CAN = re.compile(rf"\b(?:can|may|does|still|then|will)?\s*{_VERB}\b", re.IGNORECASE)
_DOUBTFUL = re.compile(
    r"\b(?:if|unless|without|would|careless|wrong|instead|variant|until|drops?|dropped|suppose)\b",
    re.IGNORECASE,
)


class SequenceClaim(Struct, frozen=True):
    """After `batches`, and under `values` of constants, `action` can be taken, or cannot.

    `start` and `end` are where the batches stand in the passage; `said` is the sentence that says
    whether the action can be taken.
    """

    batches: tuple[tuple[int, int], ...]
    values: Mapping[str, int]
    action: str
    can_be_taken: bool
    said: str
    passage: Passage
    start: int
    end: int


def sequence_claims(
    page: Prose, actions: Collection[str], constants: Collection[str]
) -> Iterator[SequenceClaim]:
    """Yield the claims of a document that can be understood, about actions of these names.

    A passage is understood when it has one row of batches, each beginning right after the one
    before it, and after it one sentence that names one of the actions and says that it fires or is
    enabled, or that it does not; "only fires when" what is written is contained in the range says
    that it does not, if a batch lies across a value that the passage gives. Sentences that suppose
    something else (if, without, would) are left out.
    """
    for passage in page.running():
        rows = [match for match in _BATCHES.finditer(passage.text) if "[" in match[0]]
        if len(rows) == 1:
            yield from _claims(passage, rows[0], actions, constants)


def _claims(
    passage: Passage, row: re.Match[str], actions: Collection[str], constants: Collection[str]
) -> Iterator[SequenceClaim]:
    batches = tuple(_batches(row[0]))
    follow = all(first == before + 1 for (_, before), (first, _) in pairwise(batches))
    if not follow or batches[0][0] != 1 or any(first > last for first, last in batches):
        return
    values = {
        match["name"]: int(match["value"])
        for match in _VALUE.finditer(passage.text)
        if match["name"] in constants
    }
    for sentence in _sentences(passage.text):
        start = passage.text.find(sentence)
        named = [name for name in actions if re.search(rf"\b{re.escape(name)}\b", sentence)]
        if len(named) != 1 or start + len(sentence) <= row.start():
            continue
        can_be_taken = _says(sentence, batches, values)
        if can_be_taken is not None:
            yield SequenceClaim(
                batches,
                values,
                named[0],
                can_be_taken,
                sentence.strip(),
                passage,
                row.start(),
                row.end(),
            )


def _batches(text: str) -> Iterator[tuple[int, int]]:
    for part in re.findall(_INTERVAL, text):
        numbers = [int(number) for number in re.findall(r"\d+", part)]
        yield numbers[0], numbers[-1]


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+(?=[A-Z`*_(\"])", text)


def _says(
    sentence: str, batches: tuple[tuple[int, int], ...], values: Mapping[str, int]
) -> bool | None:
    """Return whether a sentence says that its action can be taken, None if that is not clear."""
    if _ONLY.search(sentence):
        across = any(first <= value < last for value in values.values() for first, last in batches)
        return False if across and _CONTAINED.search(sentence) else None
    if _DOUBTFUL.search(sentence):
        return None
    if _NEVER.search(sentence):
        return False
    return True if _CAN.search(sentence) else None
