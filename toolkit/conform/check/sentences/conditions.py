"""Conditions as sentences state them: `v = x` in code, "the log is X", "in X"."""

from __future__ import annotations

import re

from conform.check.sentences.lexicon import Condition, Kind
from conform.check.sentences.patterns import AND
from conform.check.sentences.tagging import Sentence
from conform.check.texts.name_parts import owner_of

_IS = r"\s+(?:is|are|=|equals?|be|has\s+the\s+value|stays|remains)\s+(?P<not>not\s+)?"
_STATES = rf"(?P<values>‹X\d+›(?:{AND}‹X\d+›)*)"
CONDITION = (
    r"(?:(?:that|the\s+guard)\s+)?(?:‹K\d+›"
    r"|(?:the\s+)?‹V\d+›\s+(?:is|=|equals?|be)\s+(?:not\s+)?(?:either\s+)?‹[XN]\d+›"
    rf"(?:{AND}‹[XN]\d+›)*"
    r"|(?:(?:the|a|an|its|this|that|every|each)\s+)?\w+\s+(?:is|be|stays|remains)\s+(?:not\s+)?"
    rf"(?:in\s+|either\s+)?‹X\d+›(?:{AND}‹X\d+›)*"
    rf"|(?:in\s+)?(?:the\s+)?(?:state\s+|status\s+|phase\s+)?‹X\d+›(?:{AND}‹X\d+›)*)"
)
"""Matches what `read` understands."""

_NAMED = re.compile(r"‹V(?P<name>\d+)›\s+(?:is|=|equals?|be)\s+(?P<not>not\s+)?")
_SUBJECT = re.compile(r"(?P<subject>\w+)\s+(?:is|be|stays|remains)\s+(?P<not>not\s+)?")


def read(sentence: Sentence, text: str, about: frozenset[str]) -> Condition | None:
    """Return the condition that a piece of a sentence states, None where that is not clear.

    Of several variables that it may be about, those of `about` are meant.
    """
    mentions = sentence.mentioned(text)
    if not mentions:
        return None
    if mentions[0].kind is Kind.CONDITION:
        stated = mentions[0].condition
        return stated if stated is not None and stated.sign != ":=" else None
    values = [each for each in mentions if each.kind in (Kind.VALUE, Kind.NUMBER)]
    known = tuple(each.value for each in values if each.value is not None)
    if not known or len(known) != len(values):
        return None
    named = _NAMED.search(text)
    subject = _SUBJECT.search(text)
    shape = named or subject
    is_not = shape is not None and bool(shape["not"])
    if named:
        (variable,) = sentence.mentions[int(named["name"])].names
    else:
        if any(each.kind is not Kind.VALUE for each in values):
            return None
        word = subject["subject"].lower().removesuffix("s") if subject else ""
        common = frozenset.intersection(*(each.names for each in values))
        own = frozenset(name for name in common if owner_of(name) == word)
        common = own or (common if word in ("", "it", "that") or len(common) == 1 else own)
        if len(common) > 1:
            common &= about
        if len(common) != 1:
            return None
        (variable,) = common
    sign = "#" if is_not else "in"
    return Condition(variable, sign, known)
