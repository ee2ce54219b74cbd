"""Fairness of all actions together: `WF_vars(Next)`, *weak fairness on the next-state relation*.

One action or another is taken again and again; none is fair for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from conform.domain.spec import Action, FairnessStatement
from conform.languages.markdown.inline import masked
from conform.languages.markdown.manuscript import Fragment

NEXT = "Next"
"""The disjunction of all actions, as TLA+ calls it by custom."""

_OF_THE_RELATION = re.compile(
    r"\b(?P<kind>weak|strong)(?:\s+fairness)?(?:\s+is)?(?:\s+(?:assumed|required))?\s+(?:of|on|for|over)\s+"
    r"(?:the\s+)?(?:(?:whole|entire)\s+)?next-state\s+(?:relation|action)\b",
    re.I,
)
_NOT_STATED = re.compile(
    r"\b(?:if|when|with|without|under|were|would|instead|not?|neither|never|alone|only)\b", re.I
)
_SENTENCE = re.compile(r"[^.;]+")


def fairness_of_the_relation(content: Fragment) -> Iterator[FairnessStatement]:
    """Yield what sentences say of the next-state relation in words."""
    for sentence in _SENTENCE.finditer(masked(content.text)):
        match = _OF_THE_RELATION.search(sentence[0])
        if match and not _NOT_STATED.search(sentence[0], 0, match.start()):
            start, end = (sentence.start() + at for at in match.span("kind"))
            yield FairnessStatement(NEXT, (), match["kind"].lower(), content.span(start, end))


def of_all_together(
    stated: Sequence[FairnessStatement], actions: Sequence[Action]
) -> tuple[FairnessStatement, ...]:
    """Return statements in which those of `Next` are made, jointly, of each action.

    An action of the document with this name is meant itself.
    """
    leaves = [leaf.name for each in actions for leaf in each.leaves()]
    if NEXT in leaves or not leaves:
        return tuple(stated)
    return tuple(
        each
        for statement in stated
        for each in (
            [replace(statement, action=name, parameters=(), is_joint=True) for name in leaves]
            if statement.action == NEXT and statement.kind != "none"
            else [statement]
        )
    )
