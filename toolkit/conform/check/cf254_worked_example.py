"""The numbers of a worked example contradict one another.

What it means
    An example says which offsets a batch covers, or where batches end, and its own numbers say
    otherwise: an entry at 3 with 2 records covers 2 and 3; the writes [1,2],[3,4] end at 2 and 4.
    Somebody changed a number of the example and left the other.

    Looked at are sentences with `at ... N with ... = M covers ... A and B`, and with ranges in
    brackets followed by `entries at offsets ...` or `end at ...`.

Example
    Writes of [1,2],[3,4] produce entries at offsets 2 and 5.

What to do
    Work the example out again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage

CODE = Code("CF254", "worked example with wrong numbers")

_COVERS = re.compile(
    r"\bat\s+(?:\w+\s+){0,2}(?P<key>\d{1,6})\b[^.;]{0,40}?"
    r"(?:(?P<size>\d{1,6})\s+(?:records|messages|offsets)|=\s*(?P<assigned>\d{1,6}))"
    r"[^.;]{0,30}?\bcovers\s+(?:only\s+)?(?:offsets?\s+)?"
    r"(?P<first>\d{1,6})(?:\s*(?:and|to|through|\.\.|[\N{EN DASH}-])\s*(?P<last>\d{1,6}))?(?!\d|,)",
    re.IGNORECASE,
)
_BATCH = re.compile(r"\[(?P<first>\d{1,6})(?:\s*(?:,|\.\.|[\N{EN DASH}-])\s*(?P<last>\d{1,6}))?\]")
_ENDS = re.compile(
    r"\b(?:entries|keys|end)\s+(?:\w+\s+)?at\s+(?:the\s+)?(?:offsets?\s+|keys?\s+)?"
    r"(?P<ends>\d{1,6}(?:\s*(?:,\s*(?:and\s+)?|and\s+)\d{1,6})*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")


def wrong_examples(context: Context) -> Iterator[Finding]:
    """Yield a finding for each example in a document whose numbers do not fit together."""
    for page in context.pages:
        for passage in page.running():
            yield from _coverage(context, passage)
            yield from _batches(context, passage)


def _coverage(context: Context, passage: Passage) -> Iterator[Finding]:
    for match in _COVERS.finditer(passage.text):
        key = int(match["key"])
        first = key - int(match["size"] or match["assigned"]) + 1
        said = (int(match["first"]), int(match["last"] or match["first"]))
        if said != (first, key):
            covered = f"{first} to {key}" if first != key else str(key)
            message = f"an entry at {key} of this size covers {covered}"
            end = match.end("last") if match["last"] else match.end("first")
            yield _finding(context, passage, match.start("first"), end, message)


def _batches(context: Context, passage: Passage) -> Iterator[Finding]:
    for match in _ENDS.finditer(passage.text):
        before = passage.text[: match.start()]
        batches = [*_BATCH.finditer(before, before.rfind(". ") + 1)]
        if not batches:
            continue
        ends = [int(batch["last"] or batch["first"]) for batch in batches]
        said = [int(number) for number in _NUMBER.findall(match["ends"])]
        if len(said) == len(ends) and said != ends:
            listed = ", ".join(map(str, ends))
            message = f"these batches end at {listed}"
            yield _finding(context, passage, match.start("ends"), match.end("ends"), message)


def _finding(context: Context, passage: Passage, start: int, end: int, message: str) -> Finding:
    span = passage.span(start, end)
    return CODE.finding(
        message, span, excerpt=context.excerpt(span), hint="work the example out again"
    )
