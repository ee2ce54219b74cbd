"""Fairness in sentences: `Weak fairness of A and B; strong fairness of C. D is not fair.`"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from conform.domain.spec import FairnessStatement
from conform.languages.markdown.columns import parameters_in
from conform.languages.markdown.compared_fairness import without_comparisons
from conform.languages.markdown.manuscript import Fragment

_NAME = r"(?!(?:weak|strong|none|no|and)\b)`?[^\W\d]\w*(?:\([^()]*\))?`?"
_NAMES = (
    rf"(?P<names>(?>(?:actions?\s+|steps?\s+)?{_NAME}"
    rf"(?:\s*(?:,?\s*\band\b|,|/|&)\s*{_NAME})*+))"
)
_APPLIES = (
    r"(?:\s+\([^()]*\))?(?:\s+(?:is\s+)?(?:assumed|required|needed|applied|applies|imposed|given))?"
)
_HAS = (
    r"(?:(?:is|are)\s+(?:all\s+|both\s+)?(?:treated\s+as\s+|assumed\s+(?:to\s+be\s+)?)?"
    r"|(?:has|have|gets?|receives?)\s+)"
)
_KIND_FIRST = re.compile(
    r"\b(?P<kind>weak|strong|none|no|[ws]f)(?:ly fair)?(?:\s+fairness)?"
    rf"{_APPLIES}(?:\s*:|\s+(?:of|on|for|to))\s+{_NAMES}"
    r"(?!\s+(?:alone|would|does|do|(?:is|are)(?!\s+(?:assumed|required|needed|necessary)))\b)",
    re.IGNORECASE,
)
_NAMES_FIRST = re.compile(
    rf"{_NAMES}\s+{_HAS}(?P<kind>weak|strong|not?(?:\s+(?:weak|strong))?|un)(?:ly)?[\s-]*"
    r"fair(?:ness)?\b",
    re.IGNORECASE,
)
_EACH = r"(?:each|every|all)(?:\s+(?:of\s+)?the)?\s+(?:other\s+)?(?:action|transition|step)s?"
_EXCEPT = rf"\s*,?\s*\(?(?:except|but|other\s+than|apart\s+from)(?:\s+for)?\s+{_NAMES}"
_ALL_BUT = (
    re.compile(
        rf"\b(?P<kind>weak|strong|[ws]f\b)(?:\s+fairness)?{_APPLIES}"
        rf"\s+(?:of|on|for|to)\s+{_EACH}{_EXCEPT}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_EACH}{_EXCEPT}\)?\s+{_HAS}(?P<kind>weak|strong)(?:ly)?[\s-]+fair(?:ness)?\b",
        re.IGNORECASE,
    ),
)
"""What is said of all actions with exceptions. Without any, all together may be meant: that some of
them is taken again and again.
"""

_ONE = re.compile(r"(?P<name>[^\W\d]\w*)(?:\((?P<parameters>[^()]*)\))?")
_SENTENCE = re.compile(r"[^.;]+(?:\.(?=\w)[^.;]*)*")
_LONGEST_SENTENCE = 2_000
"""Characters; to look for names in a longer one takes too long, and nobody says so much at once."""

_SUPPOSITION = re.compile(r"\b(?:if|when|with|without|under|were|instead|replac\w+|only)\b", re.I)
_DENIAL = re.compile(r"\b(?:no|not|neither|nor|never|cannot)\b|n't\b", re.I)
_CLAUSE_END = re.compile(r"[,;:.\N{EM DASH}\N{EN DASH}]")
_BESIDE_NAMES = frozenset(("and", "or", "which", "who", "that", "because", "since", "as"))
_KINDS = {"weak": "weak", "strong": "strong", "wf": "weak", "sf": "strong"}


def is_denied(text: str, start: int, end: int) -> bool:
    """Say whether the clause that ends at `end`, and begins at `start` at most, denies something.

    *There is no weak fairness of `A`* and *Neither is strongly fair* say nothing of the kind.
    """
    clause = _CLAUSE_END.split(text[start:end])[-1]
    return _DENIAL.search(clause) is not None


def fairness_in_sentences(
    content: Fragment, known: Mapping[str, Sequence[str]]
) -> Iterator[FairnessStatement]:
    """Yield a statement for each of the `known` actions that a sentence calls fair, or not fair.

    `known` has the outcomes of each action by its name, or the action itself.
    A sentence that supposes something, or says what a kind of fairness does, states nothing.
    """
    text = without_comparisons(content.text)
    for sentence in _SENTENCE.finditer(text):
        if len(sentence[0]) > _LONGEST_SENTENCE:
            continue
        of_others = list(fairness_of_all_but(content, known, sentence.span()))
        yield from of_others
        for pattern in () if of_others else (_KIND_FIRST, _NAMES_FIRST):
            for match in pattern.finditer(text, *sentence.span()):
                if not _SUPPOSITION.search(text, sentence.start(), match.start()):
                    denied = is_denied(text, sentence.start(), match.start("kind"))
                    kind = "none" if denied else _KINDS.get(match["kind"].lower(), "none")
                    yield from _statements(content, match, kind, known)


def fairness_of_all_but(
    content: Fragment, known: Mapping[str, Sequence[str]], span: tuple[int, int] | None = None
) -> Iterator[FairnessStatement]:
    """Yield a statement for each action where all of them but some are spoken of."""
    start, end = span or (0, min(len(content.text), _LONGEST_SENTENCE))
    found = (pattern.search(content.text, start, end) for pattern in _ALL_BUT)
    match = next(filter(None, found), None)
    if match is None or _SUPPOSITION.search(content.text, start, match.start()):
        return
    names = {each["name"] for each in _ONE.finditer(match["names"])} - _BESIDE_NAMES
    if not names <= known.keys() or is_denied(content.text, start, match.start("kind")):
        return  # *all actions except failures*: which ones are meant is not told
    excepted = {leaf for name in names for leaf in known[name]}
    for name in dict.fromkeys(leaf for leaves in known.values() for leaf in leaves):
        kind = "none" if name in excepted else _KINDS[match["kind"].lower()]
        yield FairnessStatement(name, (), kind, content.span(*match.span("kind")))


def _statements(
    content: Fragment, match: re.Match[str], kind: str, known: Collection[str]
) -> Iterator[FairnessStatement]:
    for name in _ONE.finditer(content.text, *match.span("names")):
        if name["name"] in known:
            parameters = parameters_in(name["parameters"])
            yield FairnessStatement(name["name"], parameters, kind, content.span(*name.span()))
