"""The kinds of clauses, and the words that open them: as labels, in first cells, in code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from conform.languages.markdown.manuscript import Fragment


class ClauseKind(Enum):
    """What a labelled part of a section says; OTHER labels end the clause before them."""

    GUARD = auto()
    EFFECT = auto()
    STATEMENT = auto()
    FORMAL = auto()
    EXPECTED = auto()
    DEFINITION = auto()
    TYPE = auto()
    CONSTRAINT = auto()
    OTHER = auto()


_WORDS = {
    ClauseKind.GUARD: "guards?|guard conditions?|pre-?conditions?|enabling conditions?"
    "|enabled when|enabled if|enabled|requires|pre",
    ClauseKind.EFFECT: "(?:effects?|post-?conditions?|post|(?:state )?updates?|(?:state )?changes?"
    "|next state|ensures)"
    "(?: (?:on|upon|in case of|for) [a-z]+)?|(?:on|upon|in case of) (?:success|failure)",
    ClauseKind.STATEMENT: "statement|informal(?: statement)?|property|meaning|description",
    ClauseKind.FORMAL: "formal(?:ly|isation|ization| statement| definition)?|formula|tla\\+",
    ClauseKind.EXPECTED: "expected(?: verdicts?| results?)?|verdict",
    ClauseKind.DEFINITION: "definition|defined as",
    ClauseKind.TYPE: "type|kind",
    ClauseKind.CONSTRAINT: "(?:state )?constraints?",
}
_WORDS_OF_STEPS = {
    **dict.fromkeys(("when", "only when", "condition", "conditions", "given"), ClauseKind.GUARD),
    **dict.fromkeys(("then", "do", "changes"), ClauseKind.EFFECT),
}
_WORDS_OF_ROWS = {
    **dict.fromkeys(("when", "only when", "condition", "conditions"), ClauseKind.GUARD),
    **dict.fromkeys(("what", "then", "do", "changes", "change", "result"), ClauseKind.EFFECT),
}
"""Labels of the rows of a table that has both kinds of them, and no columns about clauses."""

"""Labels that are common English: a column or a heading with one of them opens no clause."""

_KIND_PATTERNS = tuple((kind, re.compile(words, re.I)) for kind, words in _WORDS.items())
CODE_WORD = re.compile(
    r"\s*(?P<word>requires?|when|await|guard|then|do|effect|ensures?)\s+(?=\S)", re.I
)
"""A label of code that has no colon: `requires x = 1`, and `then y := 2` below it."""

NAMES_VALUE = re.compile(r"\s*let\b", re.I)
"""How a line begins that only names a value: `Let x = e`."""

GUARDING_WORDS = frozenset(("require", "requires", "when", "await", "guard"))
_ASSIGNS = re.compile(r":=|\N{LEFTWARDS ARROW}|<-")
_ROW_LABEL = re.compile(
    r"(?P<word>[a-z][a-z -]*?)\s*(?:,\s*|\(|\s(?=on\s|upon\s))(?P<case>[\w -]+?)\)?", re.I
)
_PARENTHESIS = re.compile(r"\s*\([^()]*\)")


_LONGEST_INTRODUCTION = 160
_WORDS_OF_ALL = (
    r"all(?: of)?|each of|the following|both|these|this|conditions?|of|the|are|is|holds?|true|met"
    r"|satisfied"
)
_UNLESS_DENIED = r"(?!.*\b(?:not|never|no|none|nobody|nothing|neither|nor|unless|any|some)\b)"
_UNLESS_ABOUT_IT = (
    r"(?!.*\b(?:pre-?conditions?|conditions?|guards?|checks?|tests?|requires?|requirements?|parameters?"
    r"|arguments?|outcomes?|variants?|cases|properties|assumptions?|reasons?|notes?|invariants?)\b)"
)
"""Sentences that say the opposite of a guard, or leave open which part of an action follows."""

_INTRODUCTIONS = (
    (
        ClauseKind.GUARD,
        re.compile(
            rf"{_UNLESS_DENIED}[^`:.;]*"
            r"\b(?:may|can|is (?:enabled|allowed|possible|taken)|happens|fires)\b[^`:.;]*"
            r"\b(?:if|when|provided|as long as)(?: (?:and only if|that))?"
            rf"(?: (?:{_WORDS_OF_ALL}))*\s*:",
            re.I,
        ),
    ),
    (
        ClauseKind.EFFECT,
        re.compile(
            rf"{_UNLESS_DENIED}{_UNLESS_ABOUT_IT}(?:when (?:it|this|so)[^`:.;]*, )?"
            r"(?:it|this|then|the (?:action|step|transition))\b[^`:.;]*"
            r"\b(?:does|performs|makes|changes|updates|following|as follows|happens?)\b"
            r"[^`:.;]*:",
            re.I,
        ),
    ),
)
"""Sentences without code that end in a colon: what they are about follows."""


def clause_kind(words: str) -> ClauseKind | None:
    """Return the kind of clause that a label opens; None for a label that is not known."""
    bare = _PARENTHESIS.sub("", words).strip()
    kinds = (kind for kind, pattern in _KIND_PATTERNS if pattern.fullmatch(bare))
    return next(kinds, None)


def introduced_kind(text: str) -> ClauseKind | None:
    """Return the kind of clause that a sentence introduces: *It may go on if all of these hold:*.

    The clause is what follows the sentence, which says nothing itself.
    """
    if len(text) > _LONGEST_INTRODUCTION:
        return None
    kinds = (kind for kind, pattern in _INTRODUCTIONS if pattern.fullmatch(text.strip(" *_")))
    return next(kinds, None)


def label_kind(words: str) -> ClauseKind | None:
    """Return the kind of clause that a label opens, where it may be a word such as *When*."""
    return clause_kind(words) or _WORDS_OF_STEPS.get(words.strip().lower())


def has_words_for_labels(lines: Sequence[Fragment]) -> bool:
    """Whether code begins with a word for a guard or an effect, and has both in it.

    Behind a guard, assignments need no word.
    """
    words = [match["word"].lower() for line in lines if (match := CODE_WORD.match(line.text))]
    guarding = {word in GUARDING_WORDS for word in words}
    others = (line for line in lines if not CODE_WORD.match(line.text))
    both = len(guarding) > 1 or (guarding == {True} and any(map(assigns, others)))
    return both and CODE_WORD.match(lines[0].text) is not None


def assigns(line: Fragment) -> bool:
    """Whether a line of code assigns something."""
    return _ASSIGNS.search(line.text) is not None


def row_label(text: str) -> tuple[ClauseKind | None, str]:
    """Return the kind and the case of what the first cell of a row says: `What, success`."""
    if kind := clause_kind(text) or _WORDS_OF_ROWS.get(text.lower()):
        return kind, ""
    match = _ROW_LABEL.fullmatch(text)
    kind = _WORDS_OF_ROWS.get(match["word"].lower()) if match else None
    return (kind, match["case"].split()[-1].lower()) if match and kind else (None, "")
