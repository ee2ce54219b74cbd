"""A sentence says which actions change a variable, and others do, or these do not.

What it means
    "Only A changes v", "v is written by A and B", "A leaves v as it is", "A changes v and nothing
    else", "v never changes": such a sentence is held against all steps of the model, and one of
    them contradicts it, or the action never does what is said. "Increments" and "advances" are
    about steps that make a number larger.

    Sentences that suppose something, compare, or tell of implementations are left alone.

Example
    Only `AssignOffset` changes `logIndex`.     and the module's CompactReset changes it as well

What to do
    Correct the sentence, or the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.cf255_action_in_words import stems_of
from conform.check.sentences.facts import pairs
from conform.check.sentences.lexicon import Kind, Mention
from conform.check.sentences.patterns import (
    ACTION,
    ACTIONS,
    END,
    NEITHER,
    NOT,
    VARIABLE,
    VARIABLES,
    unqualified,
)
from conform.check.sentences.reading import Told
from conform.check.sentences.tagging import Sentence
from conform.check.texts.name_parts import parts_of
from conform.domain.finding import Code, Finding

CODE = Code("CF367", "change of a variable told otherwise")

_VERB = (
    r"(?P<verb>(?:change|write|modify|modifie|update|assign|touche?|alter|affect|set"
    r"|increment|advance|raise|bump|increase|decrement|decrease|lower|reset|clear|move)s?)"
)
_DONE = (
    r"(?P<verb>changed|written|modified|updated|assigned|touched|altered|affected|set|incremented"
    r"|advanced|raised|bumped|increased|decremented|decreased|lowered|reset|cleared|moved)"
)
_UP = ("increment", "advance", "raise", "bump", "increase")
_DOWN = ("decrement", "decrease", "lower")
_BACK = ("reset", "clear")
_A, _V = rf"(?P<actions>{ACTIONS})", rf"(?P<variables>{VARIABLE})"
_VS = rf"(?P<variables>{VARIABLES})"
_OR = re.compile(r"\bor\b", re.IGNORECASE)
_ALONE = r"(?:only|solely|exclusively)"

_ONLY = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_ALONE}\s+{_A}\s+(?:ever\s+|may\s+|can\s+)?{_VERB}\s+{_V}(?!\s+(?:to|from)\b)",
        rf"{_V}\s+(?:is|are|may\s+be|can\s+be)\s+{_ALONE}\s+(?:ever\s+)?{_DONE}\s+"
        rf"(?:by|in|through|during)\s+{_A}",
        rf"{_V}\s+(?:is|are|may\s+be|can\s+be)\s+(?:ever\s+)?{_DONE}\s+{_ALONE}\s+"
        rf"(?:by|in|through|during)\s+{_A}",
        rf"{_V}\s+(?:is|are)\s+{_DONE}\s+(?:by|in)\s+{_A}\s+(?:alone|only)\b",
        rf"{_V}\s+(?P<verb>changes|moves|advances)\s+{_ALONE}\s+(?:in|by|through|with|when)\s+{_A}"
        rf"{END}",
        r"\b(?:no|nothing)(?:\s+(?:other\s+)?(?:actions?|steps?))?\s+(?:other\s+than|but|except"
        rf"(?:\s+for)?|besides|than)\s+{_A}\s+{_VERB}\s+{_V}(?!\s+(?:to|from)\b)",
        rf"{_A}\s+(?:is|are)\s+the\s+only\s+(?:\w+\s+)?(?:actions?|steps?|ones?)\s+"
        rf"(?:that|to|which)\s+(?:can\s+|may\s+|ever\s+)?{_VERB}\s+{_V}(?!\s+(?:to|from)\b)",
        rf"{_A}\s+alone\s+{_VERB}\s+{_V}(?!\s+(?:to|from)\b)",
    )
)
_NONE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_A}\s+(?:leaves?|keeps?)\s+{_VS}\s+(?:unchanged|untouched|alone|as\s+(?:it|they)\b"
        r"|intact|in\s+place)",
        rf"{_A}\s+{NOT}\s+(?:itself\s+)?{_VERB}\s+{_VS}(?!\s+(?:to|from|by|again)\b)",
        rf"{_A}\s+{_VERB}\s+(?=neither\b){_VS}",
        rf"{_VS}\s+(?:is|are)\s+(?:not|never)\s+{_DONE}\s+by\s+{_A}",
        rf"{_VS}\s+(?:is|are|stays?|remains?)\s+(?:left\s+)?(?:unchanged|untouched)\s+(?:by|in)\s+"
        rf"{_A}",
    )
)
_JUST = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<actions>{ACTION})\s+(?:changes|touches|writes|modifies|updates)\s+(?:only"
        rf"|nothing\s+but|nothing\s+other\s+than)\s+{_VS}(?!\s*,?\s*\(?and\b){END}",
        rf"(?P<actions>{ACTION})\s+(?:changes|touches|writes|modifies|updates)\s+{_VS}\s+"
        r"(?:only|alone|and\s+nothing\s+else)\b",
    )
)
_DOES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!not )(?<!only ){_A}\s+(?:also\s+|always\s+|then\s+)?(?P<verb>(?:change|write|update"
        rf"|set|increment|advance|raise|bump|increase|decrement|decrease|lower|reset|clear)s?)\s+"
        rf"{_VS}(?!\s+(?:neither|to\s+neither))",
        rf"{_VS}\s+(?:is|are)\s+(?:also\s+|only\s+|always\s+)?{_DONE}\s+(?:only\s+)?by\s+{_A}",
    )
)
_OTHERS = re.compile(r"[^.;:]*?\b(?:by|in|through|also|too)\s+(?:\w+\s+)?‹A\d", re.IGNORECASE)
"""Behind `only by ‹A0›` these are more of those that are meant: `and, in the end, by ‹A1›`."""

_UNTIL = re.compile(
    r"\b(?:keeps?|holds?|retains?)\s+(?:its|their|the|all(?:\s+(?:its|their))?)\s+(?P<noun>[a-z]{3,15}?)s?"
    r"\s+until\s+(?:it|they|the\s+\w+)\s+(?:is\s+|are\s+)?(?P<verb>[a-z]{4,20})",
    re.IGNORECASE,
)
_NEVER = re.compile(
    rf"{_V}\s+(?:never\s+changes|is\s+never\s+(?:changed|written|modified|updated)"
    rf"|does\s+not\s+change|stays\s+(?:constant|fixed)|is\s+(?:constant|fixed|immutable))"
    r"(?=\s*(?:[.;)]|$))",
    re.IGNORECASE,
)


def changes_told_otherwise(told: Told) -> Iterator[Finding]:
    """Yield a finding for each sentence about who changes a variable that steps contradict."""
    for sentence in told.sentences:
        yield from _until(told, sentence)
        if not any(each.kind is Kind.VARIABLE for each in sentence.mentions):
            continue
        for patterns, asked in ((_ONLY, _only), (_NONE, _none), (_JUST, _just), (_DOES, _does)):
            match = next((m for p in patterns for m in unqualified(p, sentence.tagged)), None)
            if match is None or (asked is _only and _OTHERS.match(sentence.tagged, match.end())):
                continue
            if found := list(asked(told, sentence, match)):
                yield found[0]
                break
        for match in unqualified(_NEVER, sentence.tagged):
            yield from _never(told, sentence, match)


def _until(told: Told, sentence: Sentence) -> Iterator[Finding]:
    """Yield what is said to be kept until something happens that does not touch it."""
    for match in _UNTIL.finditer(sentence.tagged):
        noun, verb = match["noun"].lower(), stems_of(match["verb"])
        actions = sorted(
            name
            for name in {each.action for each in told.graph.instances}
            if verb and verb <= set().union(*(stems_of(part) for part in parts_of(name)))
        )
        variables = sorted({s.variable for s in told.graph.slots if noun in parts_of(s.variable)})
        touched = [set(told.facts.changers(variable)) for variable in variables]
        if actions and variables and set().union(*touched).isdisjoint(actions):
            message = f"`{actions[0]}` does not change `{variables[0]}`"
            others = sorted(touched[0])
            step = f"changed by {', '.join(others)}" if others else "changed by nothing"
            yield told.finding(CODE, sentence, match.span(), message, step)


def _only(told: Told, sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    allowed = _names(sentence, match)
    for variable in sentence.mentioned(match["variables"]):
        changers = _changers(told, variable, match["verb"])
        for action in sorted(changers.keys() - allowed, key=lambda each: changers[each]):
            message = f"`{action}` changes `{variable.text}` as well"
            yield _finding(told, sentence, match, message, changers[action], variable)
    yield from _does(told, sentence, match)


def _none(told: Told, sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    names = _names(sentence, match)
    verb = match.groupdict().get("verb") or "change"
    for variable in sentence.mentioned(match["variables"]):
        changers = _changers(told, variable, verb)
        for action in sorted(changers.keys() & names):
            message = f"`{action}` does change `{variable.text}`"
            yield _finding(told, sentence, match, message, changers[action], variable)


def _just(told: Told, sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    variables = sentence.mentioned(match["variables"])
    allowed = frozenset(name for each in variables for name in each.names)
    names = _names(sentence, match)
    for other in dict.fromkeys(slot.variable for slot in told.graph.slots):
        if other not in allowed:
            changers = told.facts.changers(other)
            for action in sorted(changers.keys() & names):
                message = f"`{action}` changes `{other}` as well"
                step = told.facts.told(changers[action], other)
                yield told.finding(CODE, sentence, match.span(), message, step)


def _does(told: Told, sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    if NEITHER.search(match["actions"]):
        yield from _none(told, sentence, match)
        return
    actions = sentence.mentioned(match["actions"])
    for variable in sentence.mentioned(match["variables"]):
        (name,) = variable.names
        changers = told.facts.changers(name)
        idle = [each for each in actions if each.names.isdisjoint(changers)]
        if _OR.search(match["actions"]) and len(idle) < len(actions):
            continue
        for action in idle:
            if not told.facts.is_hidden(name, action.names):
                message = f"no step of `{action.text}` changes `{variable.text}`"
                yield told.finding(CODE, sentence, match.span(), message)


def _never(told: Told, sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    for variable in sentence.mentioned(match["variables"]):
        changers = told.facts.changers(*variable.names)
        if changers:
            action = min(changers, key=lambda each: changers[each])
            message = f"`{action}` changes `{variable.text}`"
            yield _finding(told, sentence, match, message, changers[action], variable)


def _names(sentence: Sentence, match: re.Match[str]) -> frozenset[str]:
    return frozenset(n for each in sentence.mentioned(match["actions"]) for n in each.names)


def _changers(told: Told, variable: Mention, verb: str) -> dict[str, int]:
    """Return the actions that do to a variable what a verb says, each with its first edge."""
    (name,) = variable.names
    stem = verb.lower()
    if not stem.startswith((*_UP, *_DOWN, *_BACK)):
        return told.facts.changers(name)
    initial = {told.facts.value(place, 0) for place in told.facts.places(name)}
    found: dict[str, int] = {}
    for action in told.facts.changers(name):
        for before, after, edge in told.facts.changes(name, (action,)):
            if stem.startswith(_BACK):
                does = after in initial
            else:
                does = any(
                    type(one) is int
                    and type(other) is int
                    and (other > one) == stem.startswith(_UP)
                    for one, other in pairs(before, after)
                )
            if does:
                found[action] = min(edge, found.get(action, edge))
    return found


def _finding(
    told: Told,
    sentence: Sentence,
    match: re.Match[str],
    message: str,
    edge: int,
    variable: Mention,
) -> Finding:
    (name,) = variable.names
    return told.finding(CODE, sentence, match.span(), message, told.facts.told(edge, name))
