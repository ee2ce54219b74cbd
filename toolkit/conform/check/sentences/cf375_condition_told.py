"""An effect says under which condition a variable gets a value, and steps of the model differ.

What it means
    "`status[t] := GONE` once `failures[t]` reaches `N`": in every step of the action that sets the
    value, the condition has to be true before or after it, and where a step makes the condition
    true the value has to be set. A step that does otherwise is shown: the bound is off by one, or
    the condition is about something else.

Example
    `taskStatus[t] := DLQ` once `taskFailCount[t]` exceeds `MaxFailures`
    and the module sets DLQ where the count has reached MaxFailures

What to do
    Correct the condition, or the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from conform.check.sentences.facts import Place, is_same
from conform.check.sentences.lexicon import Condition, Mention
from conform.check.sentences.patterns import NUMBER, VARIABLE
from conform.check.sentences.reading import Told
from conform.check.sentences.tagging import Sentence, sentences_of
from conform.domain.finding import Code, Finding
from conform.domain.values import Value, format_value

CODE = Code("CF375", "condition of an effect told otherwise")

_WHEN = r"(?:once|when|if|as\s+soon\s+as|after|provided(?:\s+that)?)"
_SIGNS: tuple[tuple[str, Callable[[int, int], bool]], ...] = (
    (r"reaches|hits|gets\s+to|is\s+at\s+least|has\s+reached|arrives\s+at", lambda a, b: a >= b),
    (
        r"exceeds|passes|goes\s+over|rises\s+above|is\s+(?:above|more\s+than|greater\s+than|over)"
        r"|has\s+exceeded|is\s+larger\s+than",
        lambda a, b: a > b,
    ),
    (r"is\s+below|falls\s+below|drops\s+below|is\s+(?:less|smaller)\s+than", lambda a, b: a < b),
    (r"is\s+at\s+most|drops\s+to|falls\s+to", lambda a, b: a <= b),
    (r"equals|is\s+equal\s+to|is|=", lambda a, b: a == b),
)
_CLAIM = tuple(
    (
        re.compile(
            rf"(?P<effect>‹K\d+›)\s*,?\s+(?:only\s+)?{_WHEN}\s+(?P<variable>{VARIABLE})\s+"
            rf"(?:{words})\s+(?P<bound>{NUMBER})(?!\s*[+*/-])"
            rf"|{_WHEN}\s+(?P<front>{VARIABLE})\s+(?:{words})\s+(?P<limit>{NUMBER})\s*,?\s+"
            r"(?:then\s+)?(?P<then>‹K\d+›)",
            re.IGNORECASE,
        ),
        holds,
    )
    for words, holds in _SIGNS
)


class _Claim(Struct, frozen=True):
    """What an effect sets, and what has to hold of another variable where it does."""

    effect: Condition
    variable: Mention
    limit: int
    holds: Callable[[int, int], bool]


def conditions_told_otherwise(told: Told) -> Iterator[Finding]:
    """Yield a finding for each condition in an effect that a step of the action contradicts."""
    lines = {
        line.span.line: action
        for action in told.context.document.leaf_actions()
        for line in action.effect
    }
    for passage in told.context.page().running():
        action = lines.get(passage.span().line)
        names = told.lexicon.actions.get(action.name) if action else None
        for sentence in sentences_of(passage, told.lexicon) if names else ():
            for pattern, holds in _CLAIM:
                match = pattern.search(sentence.tagged)
                claim = _read(sentence, match, holds) if match else None
                if match is not None and claim is not None and names is not None:
                    yield from _against(told, sentence, match, claim, names)
                    break


def _read(
    sentence: Sentence, match: re.Match[str], holds: Callable[[int, int], bool]
) -> _Claim | None:
    (effect,) = sentence.mentioned(match["effect"] or match["then"])
    (variable,) = sentence.mentioned(match["variable"] or match["front"])
    (limit,) = sentence.mentioned(match["bound"] or match["limit"])
    condition = effect.condition
    if condition is None or condition.sign not in (":=", "=") or type(limit.value) is not int:
        return None
    return _Claim(condition, variable, limit.value, holds)


def _against(
    told: Told, sentence: Sentence, match: re.Match[str], claim: _Claim, names: frozenset[str]
) -> Iterator[Finding]:
    facts, columns = told.facts, told.graph.columns
    (other,) = claim.variable.names
    others = facts.places(other)
    for place in facts.places(claim.effect.variable):
        counted = _beside(place, others)
        if counted is None or not all(type(v) is int for v in facts.values(counted)):
            continue
        sets = facts.changing(place)
        for edge in facts.edges(names).tolist():
            states = int(columns.sources[edge]), int(columns.targets[edge])
            counts = [facts.value(counted, state) for state in states]
            before, after = (_is_met(claim, count) for count in counts)
            is_set = is_same(facts.value(place, states[1]), claim.effect.values[0])
            wrong = (
                not (before or after)
                if sets[edge] and is_set
                else after and not before and not is_set
            )
            if wrong:
                shown = " to ".join(dict.fromkeys(map(format_value, counts)))
                message = (
                    f"a step {'sets' if is_set else 'does not set'} "
                    f"{facts.named(place)} to this where {facts.named(counted)} goes from {shown}"
                    if len(set(counts)) > 1
                    else f"a step sets {facts.named(place)} to this where "
                    f"{facts.named(counted)} is {shown}"
                )
                step = facts.told(edge, claim.effect.variable)
                yield told.finding(CODE, sentence, match.span(), message, step)
                return


def _beside(place: Place, others: list[Place]) -> Place | None:
    """Return the place of the other variable for the same argument, or its only one."""
    if len(others) == 1 and others[0].key is None:
        return others[0]
    found = [each for each in others if each.key is not None and each.key == place.key]
    return found[0] if len(found) == 1 else None


def _is_met(claim: _Claim, value: Value) -> bool:
    return type(value) is int and claim.holds(value, claim.limit)
