"""Shares that a text tells: *six of the seven invariants hold*, *four actions are weakly fair*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from conform.check.texts.number_words import NUMBER, value_of
from conform.check.texts.verdict_cells import claimed_verdict
from conform.domain.spec import Spec

_SENTENCE = re.compile(r"(?:[^.!?;]|[.!?](?!\s))+")
_WHOLE = NUMBER.replace("number", "whole")
_NOUN = r"(?P<noun>(?:safety\s+|liveness\s+)?properties|invariants|actions)"
_HOLD = r"(?P<hold>hold|pass|are\s+satisfied|are\s+verified)\b"
_SHARE = re.compile(
    rf"(?<!least\s)(?<!most\s)(?<!than\s)\b{NUMBER}\s+(?:out\s+)?of\s+(?:the\s+|its\s+|all\s+|our\s+)?"
    rf"{_WHOLE}\s+{_NOUN}\s+(?:{_HOLD}|(?:is|are)\s+(?:weakly|strongly)?\s*fair\b)",
    re.IGNORECASE,
)
_FAIR = re.compile(
    rf"(?<!least\s)(?<!most\s)(?<!than\s)\b{NUMBER}(?:\s+of\s+(?:the|its|all|these|them)"
    rf"(?:\s+{_WHOLE})?)?(?:\s+actions)?(?:\s+(?:is|are|have|has))?\s+(?P<kind>weak|strong)(?:ly)?"
    r"(?=\s+fair|\s*(?:[,.;)]|\band\b|$))",
    re.IGNORECASE,
)
_REST = NUMBER.replace("number", "rest")
_FIRST_AND_REST = re.compile(
    rf"\bthe\s+first\s+{NUMBER}\s+(?P<noun>variables|actions|properties|constants)\b"
    rf"[^.;]{{3,80}}[.;]\s+the\s+(?:remaining|other|last)\s+{_REST}"
    r"(?=\s+(?:are|is|live|exist|have|do)\b)",
    re.IGNORECASE,
)
"""*The first four variables live there. The remaining six are local.*"""

_ABOUT_FAIRNESS = re.compile(r"\bactions?\b.*\bfair|\bfair\w*\b.*\bactions?\b", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(?:not?|if|when|with|without|would|except|other|others|more|than|each|per)\b", re.IGNORECASE
)

Wrong = tuple[int, int, str]
"""A part of a text, from its first character to the one behind its last, and what is wrong."""


def wrong_shares(document: Spec, counts: Mapping[str, set[int]], text: str) -> Iterator[Wrong]:
    """Yield what a text tells of some out of all that is not so in the document.

    `counts` has the numbers of what there is, by noun. Nothing is said of a share of properties
    where a row of results fails, nor of fairness that is stated in no form that is read.
    """
    for match in _FIRST_AND_REST.finditer(text):
        noun = match["noun"].lower()
        known = counts.get(noun, set()) - {0}
        told = value_of(match["number"]) + value_of(match["rest"])
        if known and told not in known:
            yield *match.span("rest"), _counted(str(told), f"{noun} in the two parts", known)
    for sentence in _SENTENCE.finditer(text):
        if not _UNSURE.search(sentence[0]):
            for start, end, message in _in_sentence(document, counts, sentence[0]):
                yield sentence.start() + start, sentence.start() + end, message


def _in_sentence(document: Spec, counts: Mapping[str, set[int]], text: str) -> Iterator[Wrong]:
    for match in _SHARE.finditer(text):
        noun = " ".join(match["noun"].lower().split())
        known = counts.get(noun, set()) - {0}
        part, whole = value_of(match["number"]), value_of(match["whole"])
        if known and whole not in known:
            yield *match.span("whole"), _counted(match["whole"], noun, known)
        elif match["hold"] and part < whole and _all_pass(document):
            said = f"the text says that {match['number']} of {match['whole']} {noun} hold"
            yield *match.span("number"), f"{said}, and no verdict is another than PASS"
    fair = _fair_actions(document) if _ABOUT_FAIRNESS.search(text) else {}
    for match in _FAIR.finditer(text) if fair else ():
        kind = match["kind"].lower()
        if value_of(match["number"]) not in fair[kind]:
            yield *match.span("number"), _counted(match["number"], f"{kind}ly fair", fair[kind])


def _counted(said: str, noun: str, known: set[int]) -> str:
    return f"the text says {said} {noun}, and there are {' or '.join(map(str, sorted(known)))}"


def _all_pass(document: Spec) -> bool:
    """Say whether there are verdicts of properties in the document, and all of them are PASS."""
    found = [each.expected for each in document.properties if each.expected]
    found += [cell for row in document.results for _header, cell in row.verdicts]
    verdicts = {claimed_verdict(cell) for cell in found}
    return "PASS" in verdicts and verdicts <= {"PASS", ""} | {None}


def _fair_actions(document: Spec) -> dict[str, set[int]]:
    """Return how many actions are fair in each way: with outcomes for themselves, or together.

    Empty where the document's fairness is not read, or of all actions together.
    """
    if document.unread_fairness or any(each.is_joint for each in document.fairness):
        return {}
    kinds = {each.action: each.kind for each in document.fairness}
    found: dict[str, set[int]] = {}
    for kind in ("weak", "strong") if kinds else ():
        groups = [
            [leaf.name for leaf in (action, *action.leaves()) if kinds.get(leaf.name) == kind]
            for action in document.actions
        ]
        leaves = {leaf.name for action in document.actions for leaf in action.leaves()}
        apart = {name for name in leaves if kinds.get(name) == kind}
        found[kind] = {len(apart), sum(map(bool, groups)), sum(len(set(each)) for each in groups)}
    return found
