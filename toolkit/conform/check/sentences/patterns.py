"""Pieces of patterns over tagged sentences, and the words that make a sentence no plain claim."""

from __future__ import annotations

import re
from collections.abc import Iterator

AND = r"(?:\s*,\s*(?:and\s+|or\s+|nor\s+)?|\s+(?:and|or|nor)\s+|\s*/\s*)"
ACTION = r"(?:the\s+)?(?:(?:actions?|steps?)\s+)?‹A\d+›(?:\s+(?:actions?|steps?)(?!\s+of))?"
ACTIONS = rf"(?:either\s+|both\s+|neither\s+)?{ACTION}(?:{AND}{ACTION})*"
VARIABLE = r"(?:(?:the|its)\s+)?(?:(?:variables?|field|value\s+of(?:\s+the)?)\s+)?‹V\d+›"
VARIABLES = rf"(?:both\s+|neither\s+)?{VARIABLE}(?:{AND}{VARIABLE})*"
VALUE = (
    r"(?:the\s+(?:state|value|status|phase)\s+|state\s+|a\s+|an\s+)?‹X\d+›(?:\s+(?:state|again))?"
)
VALUES = rf"{VALUE}(?:{AND}{VALUE})*"
NUMBER = r"(?:the\s+(?:value|bound|limit)\s+(?:of\s+)?)?‹N\d+›"
NOT = (
    r"(?:does\s+not|do\s+not|doesn['\N{RIGHT SINGLE QUOTATION MARK}]t|never|cannot|can\s+not|can't)"
)
END = r"(?=\s*(?:[.,;:)]|$|\band\b|\bbut\b|\bso\b))"
"""What follows a claim that nothing qualifies."""

DOUBTFUL = re.compile(
    r"\b(?:if|unless|would|could|might|should|ought|suppose[ds]?|imagine|without|instead|otherwise"
    r"|variants?|except|careless|wrong|wrongly|mistakes?|mistaken|earlier|formerly|previous(?:ly)?"
    r"|used\s+to|once\s+was|future|planned|unlike|contrast|whereas|implementations?|real|practice"
    r"|raft|paxos|assum\w+|alternative\w*|naive\w*|buggy|broken|fault|faulty|violat\w+|"
    r"counterexample|another\s+protocol|other\s+protocols?|forgets?|omits?|requires?\s+that\s+no"
    r"|expected\s+to|ideally|usually|normally|typically|often|sometimes|in\s+general)\b|\?",
    re.IGNORECASE,
)
"""Words of sentences that suppose, compare, recommend or tell of something else than the model."""

ASIDE = re.compile(
    r"\b(?:implementation|implementing|variants?|alternatives?|related|history|changelog|changes"
    r"|examples?|scenarios?|walk-?throughs?|traces?|future|limitations?|mistakes|pitfalls|faults?|stores?|real|rationale\s+for\s+not|faq)\b",
    re.IGNORECASE,
)
"""Words in the headings of sections that tell of something else than the protocol's steps."""

_IN_FRONT = re.compile(
    r"\b(?:while|when|whenever|as\s+long\s+as|until|during|where|whose|in\s+case|after|once|before"
    r"|from\s+then\s+on)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s*,?\s*(?:(?:only|even|and\s+only)\s+)?(?:while|when|whenever|as\s+long\s+as|until|during|where"
    r"|before|after|once|provided|for\s+the|for\s+each|in\s+(?:this|that|the|case)|within)\b",
    re.IGNORECASE,
)


def unqualified(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern in a sentence that no clause before or behind qualifies."""
    for match in pattern.finditer(text):
        if not _IN_FRONT.search(text[: match.start()]) and not _BEHIND.match(text, match.end()):
            yield match
