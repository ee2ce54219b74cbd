"""A sentence bounds a variable, or says how it begins or goes on, and states of the model differ.

What it means
    "v never exceeds N", "v is at least N", "v begins at N", "v never decreases", "at most one
    writer is X at a time": such a sentence is held against all states and steps of the model, and
    one of them contradicts it. Constants have the values of the configuration that is checked.

Example
    `sequenceCounter` never exceeds `MaxOffset`.     and it is MaxOffset + 1 in the end

What to do
    Correct the sentence, or the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np
from msgspec import Struct

from conform.check.sentences.cf368_transition_told import variable_for
from conform.check.sentences.facts import Place, is_alike, is_same, leaves
from conform.check.sentences.lexicon import Condition, Kind, Mention
from conform.check.sentences.patterns import END, NOT, NUMBER, VARIABLE, unqualified
from conform.check.sentences.reading import Told
from conform.check.sentences.tagging import Sentence
from conform.check.texts.number_words import NUMBER as COUNT
from conform.check.texts.number_words import value_of
from conform.domain.finding import Code, Finding
from conform.domain.values import format_value

CODE = Code("CF373", "value of a variable told otherwise")

_V = rf"(?P<variable>{VARIABLE})"
_BOUND = rf"(?P<bound>{NUMBER}(?:\s*[+-]\s*‹N\d+›)?|{VARIABLE})(?!\s*[+*/-])"
_MOST = (
    rf"(?:{NOT}\s+(?:ever\s+)?(?:exceeds?|pass(?:es)?|go(?:es)?\s+(?:above|beyond|over|past)"
    r"|rises?\s+above|grows?\s+(?:above|beyond|past)|overtakes?)"
    r"|is\s+(?:always\s+)?(?:at\s+most|no\s+(?:more|greater|larger|higher)\s+than"
    r"|bounded\s+by|limited\s+to|capped\s+at|never\s+(?:above|more\s+than|greater\s+than"
    r"|larger\s+than|higher\s+than))"
    r"|is\s+never\s+(?:above|more\s+than|greater\s+than|larger\s+than|higher\s+than|ahead\s+of)"
    r"|stays\s+at\s+or\s+below|does\s+not\s+exceed)"
)
_LEAST = (
    rf"(?:{NOT}\s+(?:ever\s+)?(?:falls?\s+below|drops?\s+below|go(?:es)?\s+below|sinks?\s+below"
    r"|falls?\s+behind)"
    r"|is\s+(?:always\s+)?(?:at\s+least|no\s+(?:less|smaller|lower)\s+than)"
    r"|is\s+never\s+(?:below|less\s+than|smaller\s+than|lower\s+than|under)"
    r"|stays\s+at\s+or\s+above)"
)
_BELOW = (
    r"(?:(?:is|stays|remains)\s+(?:always\s+|strictly\s+)*(?:below|under|less\s+than|smaller\s+than)"
    r"|never\s+reaches|does\s+not\s+reach)"
)
_ABOVE = (
    r"(?:(?:is|stays|remains)\s+(?:always\s+|strictly\s+)*(?:above|greater\s+than|more\s+than"
    r"|larger\s+than|ahead\s+of))"
)
_BEGINS = re.compile(
    rf"{_V}\s+(?:(?:starts|begins)(?:\s+(?:out|off))?\s+(?:at|with|as|from|in)|is\s+initially"
    r"|initially\s+(?:is|has|holds)|is\s+initiali[sz]ed\s+(?:to|with|at)|has\s+the\s+initial\s+value)"
    r"\s+(?P<value>‹[XN]\d+›)(?!\s*[+-])|\binitially\s*,?\s+(?P<other>‹V\d+›)\s+(?:is|equals|=)\s+"
    r"(?P<begun>‹[XN]\d+›)(?!\s*[+-])",
    re.IGNORECASE,
)
_RISES = re.compile(
    rf"{_V}\s+(?:never\s+(?:decreases|shrinks|moves\s+back(?:wards?)?|goes\s+(?:back|down)|runs\s+"
    r"backwards)|only\s+(?:ever\s+)?(?:grows|increases|advances|moves\s+forwards?|goes\s+up)"
    r"|is\s+monoton\w+|(?:grows|increases)\s+monoton\w+|does\s+not\s+(?:decrease|shrink))",
    re.IGNORECASE,
)
_FALLS = re.compile(
    rf"{_V}\s+(?:never\s+(?:increases|grows)|only\s+(?:ever\s+)?(?:decreases|shrinks|goes\s+down))",
    re.IGNORECASE,
)
_NEVER = re.compile(
    rf"{_V}\s+(?:(?:is|becomes)\s+never|never\s+(?:is|becomes|equals|reaches))\s+"
    rf"(?P<value>‹[XN]\d+›)(?!\s*[+*/-]|\s*,?\s+and\s+‹[XN]){END}",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    rf"\b(?:(?P<sort>at\s+most|no\s+more\s+than|never\s+more\s+than|not\s+more\s+than)\s+{COUNT}"
    r"|(?P<two>no\s+two|(?=two\s+\w+\s+are\s+never\b)two))\s+(?P<noun>[a-z]{3,20}?)s?\s+(?:is|are|can\s+be"
    r"|may\s+be)\s+(?:never\s+)?(?:ever\s+)?(?:in\s+|both\s+)?(?:the\s+state\s+|state\s+)?(?P<value>‹X\d+›)"
    r"(?P<rest>(?:\s+(?:at\s+(?:a|the\s+same|any)\s+time|at\s+once|together|simultaneously))?)"
    r"(?=\s*(?:[.,;:)]|$))",
    re.IGNORECASE,
)


class _Bound(Struct, frozen=True):
    """A way to bound a variable: its pattern, what has to hold of value and bound, and a sign."""

    pattern: re.Pattern[str]
    holds: Callable[[int, int], bool]
    sign: str


_BOUNDS = (
    _Bound(re.compile(rf"{_V}\s+{_MOST}\s+{_BOUND}", re.I), lambda a, b: a <= b, "<="),
    _Bound(re.compile(rf"{_V}\s+{_LEAST}\s+{_BOUND}", re.I), lambda a, b: a >= b, ">="),
    _Bound(re.compile(rf"{_V}\s+{_BELOW}\s+{_BOUND}", re.I), lambda a, b: a < b, "<"),
    _Bound(re.compile(rf"{_V}\s+{_ABOVE}\s+{_BOUND}", re.I), lambda a, b: a > b, ">"),
)


def values_told_otherwise(told: Told) -> Iterator[Finding]:
    """Yield a finding for each sentence about a variable's values that states contradict."""
    for sentence in told.sentences:
        if any(each.kind is Kind.VARIABLE for each in sentence.mentions):
            found = [
                *_bounds(told, sentence),
                *_begins(told, sentence),
                *_monotonic(told, sentence),
                *_never(told, sentence),
            ]
            yield from found[:1]
        yield from _together(told, sentence)


def _bounds(told: Told, sentence: Sentence) -> Iterator[Finding]:
    for bound in _BOUNDS:
        for match in unqualified(bound.pattern, sentence.tagged):
            (variable,) = sentence.mentioned(match["variable"])
            limits = sentence.mentioned(match["bound"])
            if limits[0].kind is Kind.VARIABLE:
                yield from _compared(told, sentence, match, (variable, limits[0]), bound)
                continue
            numbers = [each.value for each in limits if type(each.value) is int]
            if len(numbers) != len(limits):
                continue
            limit = numbers[0]
            if len(numbers) == 2:
                limit += numbers[1] if "+" in match["bound"] else -numbers[1]
            yield from _beyond(told, sentence, match, variable, limit, bound)


def _beyond(
    told: Told,
    sentence: Sentence,
    match: re.Match[str],
    variable: Mention,
    limit: int,
    bound: _Bound,
) -> Iterator[Finding]:
    (name,) = variable.names
    for place in told.facts.places(name):
        values = told.facts.values(place)
        wrong = [
            code
            for code, value in enumerate(values)
            if type(value) is int and not bound.holds(value, limit)
        ]
        if wrong:
            states = np.flatnonzero(np.isin(told.facts.codes(place), wrong))
            yield _state(told, sentence, match, int(states[0]), (place,))
            return


def _compared(
    told: Told,
    sentence: Sentence,
    match: re.Match[str],
    variables: tuple[Mention, Mention],
    bound: _Bound,
) -> Iterator[Finding]:
    """Yield a state in which two variables without keys are not as a sentence compares them."""
    places = [told.facts.places(*each.names) for each in variables]
    if any(len(each) != 1 or each[0].key is not None for each in places):
        return
    ((first,), (second,)) = places
    values = [
        np.array([v if type(v) is int else -1 for v in told.facts.values(place)])
        for place in (first, second)
    ]
    if any((each < 0).any() for each in values):
        return
    one, other = values[0][told.facts.codes(first)], values[1][told.facts.codes(second)]
    wrong = {"<=": one > other, ">=": one < other, "<": one >= other, ">": one <= other}[bound.sign]
    states = np.flatnonzero(wrong)
    if len(states):
        yield _state(told, sentence, match, int(states[0]), (first, second))


def _begins(told: Told, sentence: Sentence) -> Iterator[Finding]:
    for match in unqualified(_BEGINS, sentence.tagged):
        (variable,) = sentence.mentioned(match["variable"] or match["other"])
        (value,) = sentence.mentioned(match["value"] or match["begun"])
        for place in told.facts.places(*variable.names):
            begun = [told.facts.value(place, each) for each in range(told.graph.initial_count)]
            parts = [part for each in begun for _path, part in leaves(each)]
            is_simple = all(is_alike(part, value.value) for part in parts)
            if is_simple and not any(is_same(part, value.value) for part in parts):
                message = f"`{variable.text}` is {format_value(parts[0])} initially"
                yield told.finding(CODE, sentence, match.span(), message)
                break


def _monotonic(told: Told, sentence: Sentence) -> Iterator[Finding]:
    for pattern, is_up in ((_RISES, True), (_FALLS, False)):
        for match in unqualified(pattern, sentence.tagged):
            (variable,) = sentence.mentioned(match["variable"])
            (name,) = variable.names
            back = [
                edge
                for before, after, edge in told.facts.changes(name)
                if type(before) is int and type(after) is int and (after < before) == is_up
            ]
            if back:
                edge = min(back)
                action = told.facts.instance(edge).action
                message = f"`{action}` makes it {'smaller' if is_up else 'larger'}"
                yield told.finding(
                    CODE, sentence, match.span(), message, told.facts.told(edge, name)
                )


def _never(told: Told, sentence: Sentence) -> Iterator[Finding]:
    for match in unqualified(_NEVER, sentence.tagged):
        (variable,) = sentence.mentioned(match["variable"])
        (value,) = sentence.mentioned(match["value"])
        for place in told.facts.places(*variable.names):
            codes = [
                code
                for code, one in enumerate(told.facts.values(place))
                if is_same(one, value.value)
            ]
            states = np.flatnonzero(np.isin(told.facts.codes(place), codes))
            if len(states):
                yield _state(told, sentence, match, int(states[0]), (place,))
                break


def _together(told: Told, sentence: Sentence) -> Iterator[Finding]:
    """Yield a state in which more than the stated number of processes have a value at once."""
    for match in unqualified(_TOGETHER, sentence.tagged):
        if match["noun"].lower() not in told.lexicon.actors:
            continue
        (value,) = sentence.mentioned(match["value"])
        variable = variable_for(told, sentence, (value,))
        places = told.facts.places(variable) if variable else []
        if value.value is None or variable is None or len(places) < 2:
            continue
        most = 1 if match["two"] else value_of(match["number"])
        condition = Condition(variable, "=", (value.value,))
        flags = [told.facts.holding(place, condition) for place in places]
        known = [each for each in flags if each is not None]
        count = np.sum(known, axis=0) if known else np.zeros(1)
        states = np.flatnonzero(count > most)
        if len(states):
            yield _state(told, sentence, match, int(states[0]), tuple(places))


def _state(
    told: Told, sentence: Sentence, match: re.Match[str], number: int, places: tuple[Place, ...]
) -> Finding:
    shown = (f"{told.facts.named(p)} = {format_value(told.facts.value(p, number))}" for p in places)
    steps = told.graph.depth(number)
    when = "initially" if steps == 0 else f"after {steps} step{'' if steps == 1 else 's'}"
    return told.finding(CODE, sentence, match.span(), f"in the model {', '.join(shown)}", when)
