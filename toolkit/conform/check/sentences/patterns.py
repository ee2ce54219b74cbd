"""Pieces of patterns over tagged sentences, and the words that make a sentence no plain claim."""

from __future__ import annotations

import re
from collections.abc import Iterator

AND = r"(?:\s*,\s*(?:and\s+|or\s+|nor\s+)?|\s+(?:and|or|nor)\s+|\s*/\s*)"
ACTION = r"(?:the\s+)?(?:(?:actions?|steps?)\s+)?‹A\d+›(?:\s+(?:actions?|steps?)(?!\s+of))?"
_AGAIN = r"(?:(?:by|in|through|via|with|during)\s+)?"
"""What may stand before each of several actions: `by ‹A0› and by ‹A1›`."""

ACTIONS = rf"(?:either\s+|both\s+|neither\s+)?{ACTION}(?:{AND}{_AGAIN}{ACTION})*"
VARIABLE = r"(?:(?:the|its)\s+)?(?:(?:variables?|field|value\s+of(?:\s+the)?)\s+)?‹V\d+›"
VARIABLES = rf"(?:both\s+|neither\s+)?{VARIABLE}(?:{AND}{VARIABLE})*"
VALUE = (
    r"(?:the\s+(?:state|value|status|phase)\s+|state\s+|a\s+|an\s+)?‹X\d+›(?:\s+(?:state|again))?"
)
VALUES = rf"{VALUE}(?:{AND}(?:(?:from|to|into|in)\s+)?{VALUE})*"
NUMBER = r"(?:the\s+(?:value|bound|limit)\s+(?:of\s+)?)?‹N\d+›"
NOT = (
    r"(?:does\s+not|do\s+not|doesn['\N{RIGHT SINGLE QUOTATION MARK}]t|never|cannot|can\s+not|can't)"
)
END = r"(?=\s*(?:[.,;:)]|$|\band\b|\bbut\b|\bso\b))"
"""What follows a claim that nothing qualifies."""

DOUBTFUL = re.compile(
    r"\b(?:(?<!only\s)if|unless|would|could|might|should|ought|suppose[ds]?|imagine|(?<!›\s)without|without(?!\s+(?:an?\s+)?‹A)|instead|otherwise"
    r"|variants?|except|careless|wrong|wrongly|mistakes?|mistaken|earlier|formerly|previous(?:ly)?"
    r"|used\s+to|once\s+was|future|planned|unlike|contrast|whereas|implementations?|real|practice"
    r"|raft|paxos|assum\w+|alternative\w*|naive\w*|buggy|broken|fault|faulty|violat\w+|"
    r"counterexample|another\s+protocol|other\s+protocols?|forgets?|omits?|requires?\s+that\s+no"
    r"|believed?|belief|thought|said|untrue|no\s+longer|contrary|hypothetical\w*|expected\s+to|ideally|usually|normally|typically|often|sometimes|in\s+general)\b|\?",
    re.IGNORECASE,
)
"""Words of sentences that suppose, compare, recommend or tell of something else than the model."""

ASIDE = re.compile(
    r"\b(?:implementation|implementing|variants?|alternatives?|related|history|changelog|changes"
    r"|examples?|scenarios?|walk-?throughs?|traces?|future|limitations?|mistakes|pitfalls|faults?|stores?|real|rationale\s+for\s+not|faq)\b",
    re.IGNORECASE,
)
"""Words in the headings of sections that tell of something else than the protocol's steps."""

LONGEST = 2_000
"""Characters of a sentence that is read: a longer one is a list of something."""

NEITHER = re.compile(r"\b(?:neither|nor)\b", re.IGNORECASE)
"""Words between names that deny of each of them what is said."""

_IN_FRONT = re.compile(
    r"\b(?:while|when|whenever|as\s+long\s+as|until|during|where|which|who|whose|in\s+case|after|once"
    r"|before|from\s+then\s+on|if|provided|requires?)\b",
    re.IGNORECASE,
)
_BEGINNING = re.compile(
    r"(?:in|for|with|within|under|at|on|among|apart|besides|aside|beyond|outside|inside|as|given|like"
    r"|by|of|upon|from|through|between|across)\s"
    r"(?!\s*(?:(?:all|any|every|each)\b|(?:fact|particular|short|total|addition|consequence|general"
    r"|the\s+model|a\s+result|other\s+words)\b))",
    re.IGNORECASE,
)
"""A clause that begins like this speaks of a part of the runs: `in the first two steps`."""

_BOUNDARY = re.compile(
    r"[,;:(]\s*|\b(?:and|but|so|because|since|thus|hence|therefore|although)\s+", re.I
)
_NEUTRAL = re.compile(
    r"(?:(?:and|but|so|then|also|thus|hence|therefore|because|since|as|here|now|moreover|still|yet|note"
    r"|that|both|even|note\s+that|in\s+(?:all|any|every|each)\s+\w+|at\s+(?:all|any)\s+times?"
    r"|in\s+(?:fact|particular|the\s+model|total))\s+)*"
    r"|(?:\w+\s+){0,6}?(?:says?|means?|ensures?|guarantees?|states?|follows|implies|shows?|notes?|sure)\s+"
    r"(?:\w+\s+){0,2}?that\s+",
    re.IGNORECASE,
)
"""What may stand in a claim's own clause before it."""

_UNTRUE = re.compile(
    r"\b(?:not\s+(?:true|the\s+case)|false|nobody|nothing\s+says)\b", re.IGNORECASE
)
_DENIED = re.compile(
    r"\b(?:no|not|nor|neither|none|nobody|nothing|nowhere|never|false|hardly|cannot)\b",
    re.IGNORECASE,
)
_ON = re.compile(
    r"\s*(?:$|[.,;:)!]|(?:and|but|so|because|since|which|thus|hence|at\s+(?:all|any)|in\s+(?:all|any"
    r"|every)|throughout|here|ever|too|either)\b|\((?!\s*(?:and|or|also|with|except|plus|only|if|unless"
    r"|when|while|as)\b))",
    re.IGNORECASE,
)
"""What may follow a claim: the end of its clause, a reason, or that it holds everywhere."""

_BEHIND = re.compile(
    r"\s*[,(]?\s*(?:(?:only|even|and\s+only|and)\s+)?(?:while|when|whenever|as\s+long\s+as|until|during"
    r"|where|before|after|once|provided|for\s+the|for\s+each|in\s+(?:this|that|the|case)|within|or|if"
    r"|as\s+well|apart|besides|aside|plus|together|along|each|separately|only)\b",
    re.IGNORECASE,
)


def unqualified(pattern: re.Pattern[str], text: str, subject: str = "") -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern in a sentence that nothing before or behind qualifies.

    Nothing may stand in a claim's own clause before it but words that leave its meaning alone, and
    what `subject` matches. A match that begins with a mark of punctuation begins its clause. A
    sentence longer than `LONGEST` has none.
    """
    for match in pattern.finditer(text) if len(text) <= LONGEST else ():
        if not _is_led(text, match.start(), subject) and is_ended(text, match.end()):
            yield match


def is_ended(text: str, end: int) -> bool:
    """Say whether nothing behind a claim takes some of it back."""
    return _ON.match(text, end) is not None and not _BEHIND.match(text, end)


def _is_led(text: str, start: int, subject: str) -> bool:
    """Say whether what stands before a claim qualifies it, or denies it."""
    front = text[:start]
    if _IN_FRONT.search(front) or _BEGINNING.match(front) or _UNTRUE.search(front):
        return True
    begins = [each.end() for each in _BOUNDARY.finditer(front)]
    clause = front[begins[-1] if begins else 0 :]
    is_denied = _DENIED.search(clause) is not None
    if subject:
        clause = re.sub(rf"(?:{subject})$", "", clause, flags=re.IGNORECASE)
    is_own = text[start] in ",;:("
    return not is_own and (is_denied or not _NEUTRAL.fullmatch(clause))
