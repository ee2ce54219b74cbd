"""Fairness in sentences: `Weak fairness of A and B; strong fairness of C. D is not fair.`"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from conform.domain.spec import FairnessStatement
from conform.languages.markdown.columns import parameters_in
from conform.languages.markdown.manuscript import Fragment

_NAME = r"(?!(?:weak|strong|none|no|and)\b)`?[^\W\d]\w*(?:\([^()]*\))?`?"
_NAMES = (
    rf"(?P<names>(?>(?:actions?\s+|steps?\s+)?{_NAME}"
    rf"(?:\s*(?:,?\s*\band\b|,|/|&)\s*{_NAME})*+))"
)
_KIND_FIRST = re.compile(
    r"\b(?P<kind>weak|strong|none|no)(?:ly fair)?(?:\s+fairness)?"
    r"(?:\s+is\s+(?:assumed|required|needed))?"
    rf"(?:\s*:|\s+(?:of|on|for))\s+{_NAMES}"
    r"(?!\s+(?:alone|would|does|do|(?:is|are)(?!\s+(?:assumed|required|needed|necessary)))\b)",
    re.IGNORECASE,
)
_NAMES_FIRST = re.compile(
    rf"{_NAMES}\s+(?:is|are)\s+(?P<kind>weak|strong|not|un)(?:ly)?\s*fair\b", re.IGNORECASE
)
_ONE = re.compile(r"(?P<name>[^\W\d]\w*)(?:\((?P<parameters>[^()]*)\))?")
_SENTENCE = re.compile(r"[^.;]+(?:\.(?=\w)[^.;]*)*")
_SUPPOSITION = re.compile(r"\b(?:if|when|with|without|under|were|instead|replac\w+|only)\b", re.I)
_KINDS = {"weak": "weak", "strong": "strong"}


def fairness_in_sentences(content: Fragment, known: Collection[str]) -> Iterator[FairnessStatement]:
    """Yield a statement for each of the `known` actions that a sentence calls fair, or not fair.

    A sentence that supposes something, or says what a kind of fairness does, states nothing.
    """
    for sentence in _SENTENCE.finditer(content.text):
        for pattern in (_KIND_FIRST, _NAMES_FIRST):
            for match in pattern.finditer(content.text, *sentence.span()):
                if not _SUPPOSITION.search(content.text, sentence.start(), match.start()):
                    yield from _statements(content, match, known)


def _statements(
    content: Fragment, match: re.Match[str], known: Collection[str]
) -> Iterator[FairnessStatement]:
    kind = _KINDS.get(match["kind"].lower(), "none")
    for name in _ONE.finditer(content.text, *match.span("names")):
        if name["name"] in known:
            parameters = parameters_in(name["parameters"])
            yield FairnessStatement(name["name"], parameters, kind, content.span(*name.span()))
