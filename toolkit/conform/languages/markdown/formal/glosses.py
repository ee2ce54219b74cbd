"""Glosses behind formulas, which explain and say nothing more: *`x = 1` (the first one)*."""

from __future__ import annotations

import re

from conform.languages.markdown.inline import CODE, masked, readable
from conform.languages.markdown.manuscript import Fragment

_GLOSS = re.compile(
    r"\s*(?:[\N{EM DASH}\N{EN DASH}]|\s-{1,2}\s|\((?=[^()]*\)\W*$)|:\s)\s*(?P<words>.+)"
    r"|\s*[,;]?\s*(?:i\.e\.,?|that is,?|so that|because|since|meaning(?: that)?|in other words,?)"
    r"\s+(?P<reason>.+)",
    re.I,
)
_HOLDS = re.compile(
    r"\s+(?:holds|is\s+true|is\s+satisfied)(?:\s+(?:for|in|of)\s+the\s+current\s+\w+)?\W*", re.I
)
_FOR_EACH = re.compile(
    r"\s*,?\s*for\s+(?:each|every|all)\s+(?:the\s+)?[a-z]+(?:\s+`?\w`?)?\W*", re.I
)
_VACUOUS = re.compile(
    r"\s*[(\N{EM DASH}-]?\s*(?:currently\s+)?(?:vacuous|trivial)(?:ly)?\b[^`]*", re.I
)
"""What does not change a formula behind which it stands."""

_SAYS_NOTHING = (_HOLDS, _FOR_EACH, _VACUOUS)

_TAKES_BACK = re.compile(
    r"\b(?:unless|except|if|when|only|or|until|while|otherwise|not|but|provided|also|and then)\b",
    re.I,
)
_REASON_TAKES_BACK = re.compile(
    r"\b(?:unless|except|if|when|until|while|otherwise|but|provided|also|and then)\b", re.I
)
_DENIED_OF_IT = re.compile(
    r"\b(?:has|have|had|is|are|was|were|does|do|did|can|could|may|must|will)\s?not\b"
    r"(?!\s+(?:be\s+|been\s+|yet\s+)?(?:require|need|necessar|check|enforce|test|ask|consult"
    r"|consider|relevant|model|part|hold|apply|appl|always|in|true|used?|look))",
    re.I,
)
"""*The client has not failed* denies something of the client, and nothing of the formula."""

_NAME = re.compile(r"(?<=\w )`[\w.()\[\], ]+`")
"""A name in a gloss, as *set by `Send`*; what a formula says beside another is no gloss."""

_ADDS = re.compile(
    r"\b(?:and|both|likewise|same|too|plus|with|where|for|to|becomes?)\b|[=<>,]", re.I
)

_BEHIND_CODE = re.compile(rf"(?<={CODE})\s*\((?P<words>[^()]*)\)")
_IN_CODE = re.compile(
    r"(?<=\S)\s+\((?P<words>(?!not\b|some\b)[A-Za-z][a-z]*(?:[ ,-]+[\w'-]+)+)\)\s*[.,;]?$"
)
"""Words in parentheses at the end of a line of code: no formula has two names side by side."""

_WORDS_OF_FORMULAS = re.compile(r"\b(?:in|and|or|mod|div|union|if|then|else|implies)\b", re.I)


def is_gloss(rest: str) -> bool:
    """Say whether text behind a formula only explains it; code is in ticks."""
    if any(each.fullmatch(rest) for each in _SAYS_NOTHING):
        return True
    gloss = _GLOSS.fullmatch(rest)
    return gloss is not None and _explains(gloss["words"] or "", gloss["reason"] or "")


def without_glosses(text: Fragment) -> Fragment:
    """Return the text of a line of code without the words in parentheses that end it."""
    gloss = _IN_CODE.search(text.text)
    if gloss is None or _WORDS_OF_FORMULAS.search(gloss["words"]):
        return text
    return text.part(0, gloss.start()) if _explains(gloss["words"]) else text


def without_glosses_of_code(text: Fragment) -> Fragment | None:
    """Return a text as it is read, without what stands in parentheses behind codes to explain them.

    None where nothing is left out.
    """
    found = [
        match
        for match in _BEHIND_CODE.finditer(masked(text.text))
        if _explains(text.text[slice(*match.span("words"))])
    ]
    return readable(text.edited((*match.span(), "") for match in found)) if found else None


def _explains(words: str, reason: str = "") -> bool:
    said = words or reason
    named = _NAME.sub(" ", said)
    if "`" in named or (named != said and _ADDS.search(named)):
        return False
    takes_back = _REASON_TAKES_BACK if reason else _TAKES_BACK
    return not takes_back.search(_DENIED_OF_IT.sub(" ", said))
