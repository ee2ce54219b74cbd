"""A property is of one kind in one reading and of another kind in another.

What it means
    What the document asks of every state, say, is checked in one artefact as a liveness property or
    of steps only. Verdicts of different kinds say different things, even where both are PASS.

Example
    `AppendProgress` is a liveness property in TLA+, and an `always assertion` in FizzBee.

What to do
    State the property in the other artefact as what the document says it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from conform.check.agreement.property_agreement import Judgement
from conform.domain.finding import Code, Finding

CODE = Code("CF328", "kind of a property differs")


def kinds_differ(name: str, judgements: Sequence[Judgement]) -> Finding:
    """Return the finding for a property that two readings take for different kinds."""
    backwards = reversed(judgements)  # of two, the second is the one to point to
    odd = max(backwards, key=lambda each: (_outvoted(each, judgements), bool(each.reading.role)))
    width = max(len(each.reading.name) for each in judgements)
    shown = [
        f"{each.reading.name:<{width}}  {' and '.join(sorted(each.kinds))}, at {each.span}"
        for each in judgements
    ]
    return CODE.finding(
        f"property `{name}` is not of the same kind in all readings",
        odd.span,
        excerpt=odd.reading.excerpt(odd.span),
        details=tuple(shown),
        hint="state it as what the document says it is",
    )


def _outvoted(each: Judgement, judgements: Sequence[Judgement]) -> int:
    return sum(each.kinds.isdisjoint(other.kinds) for other in judgements)
