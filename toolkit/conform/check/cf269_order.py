r"""Steps are listed in another order than their actions have.

What it means
    A sentence announces steps and lists them, the words of two of the steps are those of one action
    each, and the later step's action comes first in the document, where both are of one part: their
    numbers follow each other. The steps were reordered in one of the two places.

    Looked at are lists behind a colon or a dash in sentences that speak of steps, phases or a
    sequence. Words count that have four letters or more and stand in the name of one action alone.

Example
    in three steps: write the new entry, advance the cursor, delete the old entries
    while CompactDeleteOld is action 7 and CompactUpdateCursor action 8

What to do
    Correct the order in the sentence, or the actions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from conform.check.cf255_action_in_words import own_words, stems_of
from conform.check.context import Context
from conform.domain.finding import Code, Finding

CODE = Code("CF269", "steps in another order")

_STEPS = re.compile(
    r"\b(?:steps|phases|stages|in\s+this\s+order|in\s+order|sequence)\b[^.;:\N{EM DASH}]{0,30}"
    r"(?::|\s[\N{EM DASH}\N{EN DASH}])\s*(?P<list>[^.;:\N{EM DASH}]{8,400})",
    re.IGNORECASE,
)
_BREAK = re.compile(r",\s*(?:and\s+|or\s+|then\s+|finally\s+)*|\s*(?:→|->)\s*|\s+and\s+then\s+")
_FAR = 3
"""Actions whose numbers lie farther apart are no steps of one thing."""


def misordered_steps(context: Context) -> Iterator[Finding]:
    """Yield a finding for each pair of neighbouring steps whose actions come the other way."""
    own = own_words(context.document)
    names = {each.number: each.name for each in context.document.actions if each.number}
    for page in context.pages if own else ():
        if page.path != context.document.path:
            continue
        for passage in page.running():
            for match in _STEPS.finditer(passage.text):
                steps = list(_numbered(match["list"], own))
                for (_at, _end, first), (at, end, second) in pairwise(steps):
                    if 0 < int(first) - int(second) <= _FAR:
                        start = match.start("list")
                        span = passage.span(start + at, start + end)
                        yield CODE.finding(
                            f"this comes after the step of action {first}, `{names[first]}`, and "
                            f"its words are those of `{names[second]}`, action {second}",
                            span,
                            excerpt=context.excerpt(span),
                            hint="correct the order, or the actions",
                        )


def _numbered(text: str, own: dict[str, frozenset[str]]) -> Iterator[tuple[int, int, str]]:
    """Yield the place of each step whose words are those of one numbered action, and its number."""
    place = 0
    for piece in _BREAK.split(text):
        start = text.index(piece, place)
        place = start + len(piece)
        said = stems_of(piece)
        meant = [number for number, words in own.items() if said & words and number.isdigit()]
        if len(meant) == 1:
            yield start, place, meant[0]
