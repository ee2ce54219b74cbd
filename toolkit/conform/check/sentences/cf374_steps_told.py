"""A sentence tells of several steps where the model has one action, or of one where it has several.

What it means
    What is one action of the model happens at one instant; others act before or after it, and not
    in between. A sentence in an action's section that has it in "two separate steps", or one that
    has two actions "in one atomic step", tells of another protocol: its states between are
    missing in the model, or are there and should not be. What implementations do in several steps
    is left alone.

Example
    #### Action 3: AssignOffset     above     "Two separate steps: count up, then write the entry."

What to do
    Correct the sentence, or split or join the actions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.sentences.lexicon import Kind, Mention
from conform.check.sentences.patterns import ACTION, AND, END, unqualified
from conform.check.sentences.reading import Told
from conform.check.sentences.tagging import Sentence
from conform.domain.finding import Code, Finding
from conform.domain.prose import PassageKind

CODE = Code("CF374", "steps of an action told otherwise")

_MANY = r"(?:two|three|four|five|several|[2-9]|‹N\d+›)"
_APART = (
    rf"(?:{_MANY}\s+(?:separate|distinct|independent|successive|consecutive|different)\s+(?:atomic\s+)?"
    r"(?:steps|operations|transactions|actions)"
    rf"|in\s+{_MANY}\s+(?:atomic\s+)?(?:steps|transactions)|(?:is\s+)?not\s+(?:one\s+)?atomic(?:ally)?"
    rf"|{_MANY}-step\b|non-atomic(?:ally)?)"
)
_IN_SECTION = re.compile(rf"^\s*(?:[Aa]s\s+|[Ii]s\s+|[Tt]his\s+is\s+)?{_APART}", re.IGNORECASE)
_NAMED = re.compile(
    rf"(?P<action>{ACTION})\s+(?:is|happens|takes\s+place|occurs|runs|consists\s+of|takes)\s+"
    rf"(?:as\s+|in\s+)?{_APART}{END}",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    rf"(?P<actions>{ACTION}(?:{AND}{ACTION})+)\s+(?:are|happen|take\s+place|occur|run|execute"
    r"|form|make)\s+(?:together\s+)?(?:in\s+|as\s+)?(?:(?:one|a\s+single|the\s+same)\s+"
    rf"(?:atomic\s+)?(?:step|action|transaction|operation)|atomically(?:\s+together)?){END}",
    re.IGNORECASE,
)


def steps_told_otherwise(told: Told) -> Iterator[Finding]:
    """Yield a finding for each sentence that splits an action of the model, or joins some."""
    sections = _sections(told)
    for sentence in told.sentences:
        subject = sections.get(sentence.passage.span().line)
        match = _IN_SECTION.match(sentence.tagged) if subject else None
        if match is not None and subject is not None and _is_own(sentence, subject):
            yield from _one(told, sentence, match, subject)
        elif match := next(unqualified(_NAMED, sentence.tagged), None):
            yield from _one(told, sentence, match, *sentence.mentioned(match["action"]))
        if match := next(unqualified(_TOGETHER, sentence.tagged), None):
            actions = sentence.mentioned(match["actions"])
            names = [each.text for each in actions]
            apart = all(
                one.names.isdisjoint(other.names)
                for at, one in enumerate(actions)
                for other in actions[at + 1 :]
            )
            if apart and all(each.names for each in actions):
                message = f"`{names[0]}` and `{names[1]}` are actions of their own in the model"
                yield told.finding(CODE, sentence, match.span(), message)


def _one(
    told: Told, sentence: Sentence, match: re.Match[str], action: Mention
) -> Iterator[Finding]:
    if len(action.names) == 1:
        message = f"`{action.text}` is one step of the model"
        yield told.finding(CODE, sentence, match.span(), message)


def _is_own(sentence: Sentence, subject: Mention) -> bool:
    """Say whether a sentence names no other action than that of its section."""
    named = [each for each in sentence.mentions if each.kind is Kind.ACTION]
    return all(each.names <= subject.names for each in named)


def _sections(told: Told) -> dict[int, Mention]:
    """Return for each line of a paragraph in the section of an action that action."""
    found: dict[int, Mention] = {}
    lines = {action.span.line: action for action in told.context.document.actions}
    subject: Mention | None = None
    for passage in told.context.page().passages:
        line = passage.span().line
        if passage.kind is PassageKind.HEADING:
            action = lines.get(line)
            names = told.lexicon.actions.get(action.name, frozenset()) if action else frozenset()
            subject = Mention(Kind.ACTION, action.name, -1, -1, names) if action and names else None
        elif passage.kind in (PassageKind.TEXT, PassageKind.ITEM) and subject is not None:
            found[line] = subject
    return found
