"""Kinds of fairness that a text only compares: *strong rather than weak*, *more than weak*.

What a kind is held against is not stated: *weak fairness does not suffice for `A`* gives `A` none.
"""

from __future__ import annotations

import re

_NOT = r"\s*(?:not|n['\N{RIGHT SINGLE QUOTATION MARK}]t)"
_FAIR = r"(?:weak|strong)(?:ly)?(?:[\s-]+fair(?:ness)?)?"
_MORE_THAN_WEAK = re.compile(
    r"(?<!nothing\s)(?<!not\s)(?<!no\s)\b(?:(?:strictly\s+)?(?P<more>more|stronger)\s+than\s+weak(?:ly)?(?:[\s-]+fair(?:ness)?)?)\b",
    re.I,
)
_HELD_AGAINST = re.compile(
    rf"\b(?:rather\s+than|instead\s+of|as\s+opposed\s+to)\s+{_FAIR}\b"
    rf"|\bnot\s+(?:only\s+|just\s+|merely\s+)?{_FAIR}\s*,?\s+but\s+(?:also\s+)?(?={_FAIR}\b)",
    re.I,
)
_TOO_LITTLE = re.compile(
    rf"\b{_FAIR}(?:\s+alone)?\s+"
    rf"(?:(?:(?:does|do|would|will|can|is|are){_NOT}|cannot)\s+(?:be\s+)?(?:suffic\w+|enough)"
    r"|is\s+(?:insufficient|too\s+weak)|fails\s+to\s+suffice)\b",
    re.I,
)
_NOT_GIVEN = re.compile(rf"\b{_FAIR}\s+(?:(?:would|could)\b|(?:is|are){_NOT}\b)", re.I)
_WEAK, _STRONG = (re.compile(rf"\b{kind}(?:ly)?\b", re.I) for kind in ("weak", "strong"))
_PARENTHESES = re.compile(r"\([^()]*\)")


def without_comparisons(text: str) -> str:
    """Return a text of the same length in which no kind stands that is only compared with."""
    for pattern in (_HELD_AGAINST, _TOO_LITTLE):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return _MORE_THAN_WEAK.sub(lambda match: "strong".ljust(len(match[0])), text)


def is_unclear(text: str) -> bool:
    """Say whether a text speaks of a kind of fairness, and gives none, or more than one.

    What stands in parentheses explains, and what *would not do* is not given.
    """
    plain = _NOT_GIVEN.sub(" ", _PARENTHESES.sub(" ", without_comparisons(text)))
    found = [pattern.search(plain) is not None for pattern in (_WEAK, _STRONG)]
    if any(found):
        return all(found)
    return _TOO_LITTLE.search(text) is not None and not _STRONG.search(without_comparisons(text))
