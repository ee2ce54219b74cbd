"""A sentence says what holds, or stays, while something else does, and the model does otherwise.

What it means
    "While the log is X, `v` does not change", "whenever `v` is X, `w` is Y", "the lock survives the
    expiry of the session", "`A` adds 2 to `v`": such a sentence is held against all states and
    steps of the model, and one of them contradicts it. Conditions about one process are asked of
    the same process on both sides.

Example
    While the log is `FENCED`, `logIndex` does not change.     and a compaction step changes it

What to do
    Correct the sentence, or the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from conform.check.cf255_action_in_words import stems_of
from conform.check.sentences.conditions import CONDITION, read
from conform.check.sentences.facts import Place
from conform.check.sentences.lexicon import Condition
from conform.check.sentences.patterns import ACTION, NOT, VARIABLE, unqualified
from conform.check.sentences.reading import Told
from conform.check.sentences.tagging import Sentence
from conform.check.texts.name_parts import owner_of, parts_of
from conform.domain.finding import Code, Finding
from conform.domain.values import format_value

CODE = Code("CF376", "what is kept told otherwise")

_WHILE = r"(?:while|whenever|when|as\s+long\s+as|in\s+every\s+state\s+(?:in\s+which|where))"
_STAYS = re.compile(
    rf"(?:^|[,:(]\s*){_WHILE}\s+(?P<condition>{CONDITION})\s*,\s*(?P<variable>{VARIABLE})\s+"
    rf"(?:{NOT}\s+changes?|(?:is|are)\s+(?:not|never)\s+(?:changed|written|modified)|stays\s+"
    r"(?:the\s+same|as\s+it\s+is|unchanged|fixed)|remains\s+(?:unchanged|fixed))(?=\s*(?:[.;)]|$))",
    re.IGNORECASE,
)
_IMPLIES = re.compile(
    rf"(?:^|[,:(]\s*){_WHILE}\s+(?P<premise>{CONDITION})\s*,\s*(?P<conclusion>‹K\d+›(?:\s+holds)?"
    r"|‹V\d+›\s+is\s+(?:always\s+|not\s+)?‹[XN]\d+›"
    r"|(?:the|its|that|every|each)\s+\w+\s+is\s+(?:always\s+|not\s+)?‹X\d+›)(?=\s*(?:[.;)]|$))",
    re.IGNORECASE,
)
_SURVIVES = re.compile(
    r"\b(?P<noun>[a-z]{4,15}?)s?\s+(?:survives?|outlives?|(?:is|are)\s+(?:kept|retained|preserved"
    r"|unaffected|untouched)\s+(?:by|on|after|through|across))\s+(?:(?:an?|the|its|any|every)\s+)?"
    r"(?:[a-z]+(?:['\N{RIGHT SINGLE QUOTATION MARK}]s)?\s+)?(?P<event>[a-z]{4,15})\b",
    re.IGNORECASE,
)
_ADDS = re.compile(
    rf"(?P<action>{ACTION})\s+(?:(?:increments|increases|advances|raises|bumps)\s+(?P<variable>{VARIABLE})"
    rf"\s+by\s+|adds\s+)(?P<step>‹N\d+›|one|two)(?:\s+to\s+(?P<other>{VARIABLE}))?"
    r"(?=\s*(?:[.,;)]|$|and\b))",
    re.IGNORECASE,
)


def kept_otherwise(told: Told) -> Iterator[Finding]:
    """Yield a finding for each sentence about what stays or holds beside something else."""
    for sentence in told.sentences:
        yield from _stays(told, sentence)
        yield from _implies(told, sentence)
        yield from _survives(told, sentence)
        yield from _adds(told, sentence)


def _stays(told: Told, sentence: Sentence) -> Iterator[Finding]:
    for match in unqualified(_STAYS, sentence.tagged):
        (variable,) = sentence.mentioned(match["variable"])
        (name,) = variable.names
        condition = read(sentence, match["condition"], frozenset())
        if condition is None:
            continue
        for place in told.facts.places(name):
            beside = _beside(told, place, condition)
            holds = None if beside is None else told.facts.holding(beside, condition)
            if holds is None:
                continue
            sources = told.graph.columns.sources
            edges = np.flatnonzero(told.facts.changing(place) & holds[sources])
            if len(edges):
                edge = int(edges[0])
                message = f"`{told.facts.instance(edge).action}` changes it then"
                step = told.facts.told(edge, name)
                yield told.finding(CODE, sentence, match.span(), message, step)
                break


def _implies(told: Told, sentence: Sentence) -> Iterator[Finding]:
    for match in unqualified(_IMPLIES, sentence.tagged):
        premise = read(sentence, match["premise"], frozenset())
        conclusion = read(sentence, match["conclusion"], frozenset())
        if premise is None or conclusion is None:
            continue
        for place in told.facts.places(conclusion.variable):
            beside = _beside(told, place, premise)
            first = None if beside is None else told.facts.holding(beside, premise)
            second = told.facts.holding(place, conclusion)
            if beside is None or first is None or second is None:
                continue
            states = np.flatnonzero(first & ~second)
            if len(states):
                number = int(states[0])
                shown = (
                    f"{told.facts.named(each)} = {format_value(told.facts.value(each, number))}"
                    for each in (beside, place)
                )
                message = f"in a state of the model {', '.join(shown)}"
                steps = f"after {told.graph.depth(number)} steps"
                yield told.finding(CODE, sentence, match.span(), message, steps)
                break


def _beside(told: Told, place: Place, condition: Condition) -> Place | None:
    """Return the place that a condition is about beside another: the only one, or of its key."""
    places = told.facts.places(condition.variable)
    if len(places) == 1 and places[0].key is None:
        return places[0]
    found = [each for each in places if each.key == place.key] if place.key is not None else []
    return found[0] if len(found) == 1 else None


def _survives(told: Told, sentence: Sentence) -> Iterator[Finding]:
    """Yield what is said to survive an event whose action changes it."""
    for match in unqualified(_SURVIVES, sentence.tagged, r"(?:the|an?|its|every|each|all)\s+"):
        noun, event = match["noun"].lower(), stems_of(match["event"])
        if noun in told.lexicon.actors or not event:
            continue
        variables = {slot.variable for slot in told.graph.slots}
        for variable in sorted(
            name for name in variables if noun == owner_of(name).removesuffix("s")
        ):
            changers = told.facts.changers(variable)
            for action in sorted(changers):
                if event <= set().union(*(stems_of(part) for part in parts_of(action))):
                    message = f"`{action}` changes `{variable}`"
                    step = told.facts.told(changers[action], variable)
                    yield told.finding(CODE, sentence, match.span(), message, step)
                    return


def _adds(told: Told, sentence: Sentence) -> Iterator[Finding]:
    for match in unqualified(_ADDS, sentence.tagged):
        if not (match["variable"] or match["other"]):
            continue
        (action,) = sentence.mentioned(match["action"])
        (variable,) = sentence.mentioned(match["variable"] or match["other"])
        written = match["step"].lower()
        given = {"one": 1, "two": 2}.get(written)
        size = given or sentence.mentioned(match["step"])[0].value
        (name,) = variable.names
        for before, after, edge in told.facts.changes(name, action.names):
            if type(before) is int and type(after) is int and after - before != size:
                message = f"a step of `{action.text}` adds {after - before}"
                step = told.facts.told(edge, name)
                yield told.finding(CODE, sentence, match.span(), message, step)
                break
