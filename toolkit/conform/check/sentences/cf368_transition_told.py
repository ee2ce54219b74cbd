"""A sentence tells of a change between values that no step makes, or rules out one that happens.

What it means
    "Moves from X to Y", "A returns the worker to X", "X is never left", "X is entered by A alone":
    what is said of the values of a variable is held against all steps of the model. The variable is
    the one whose type has the values; where several have, the sentence must name one, or the sort
    of process that it belongs to. Drawn transitions are those of CF245.

    So are sentences about runs: "every path to X passes Y", "X is only reachable from Y", "once in
    X, it never returns to Y", "A never directly follows B", "A is always preceded by B", "once A
    has happened, B is never taken". Steps of two actions are those of one process, where they have
    a parameter of one name.

Example
    `WorkerCrash` moves the worker from `EXECUTING` to `IDLE`.     and no step of it does

What to do
    Correct the sentence, or the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from conform.check.sentences.facts import is_same, pairs
from conform.check.sentences.lexicon import Kind, Mention
from conform.check.sentences.patterns import (
    ACTION,
    ACTIONS,
    END,
    NEITHER,
    VALUE,
    VALUES,
    VARIABLE,
    unqualified,
)
from conform.check.sentences.reading import Told
from conform.check.sentences.tagging import Sentence
from conform.check.texts.name_parts import owner_of
from conform.domain.finding import Code, Finding
from conform.domain.values import Value

CODE = Code("CF368", "transition told otherwise")

_A = rf"(?P<actions>{ACTIONS})"
_VERB = (
    r"(?:moves?|takes?|brings?|puts?|sends?|switch(?:es)?|turns?|changes?|sets?|resets?|flips?"
    r"|goes|go|passes|pass|transitions?|advances?|returns?|leads?|steps?|falls?|drops?|marks?)"
)
_SETS = (
    r"(?:moves|takes|brings|puts|sends|switches|turns|changes|sets|resets|flips|returns|leads|drops"
    r"|marks|makes|leaves|transitions)"
)
_WHAT = r"(?P<what>(?:[^‹.;:]{0,50}?|[^.;:‹]{0,30}?‹V\d+›[^.;:‹]{0,10}?))"
_OBJECT = (
    r"(?P<what>(?:(?:the|an?|its|this|that|every|each)\s+(?!(?:state|status|phase|value)\b)[a-z]+|it"
    r"|them|(?:the\s+)?‹V\d+›))"
)
_WHO = r"(?:(?:an?|the|every|each|any)\s+)?(?:[a-z]+\s+)?(?:(?:in|that\s+is)\s+)?"
"""What a value is said of, before it: `a seat in ‹X0›`."""

_SUBJECT = (
    r"(?:(?:the|an?|its|this|every|each|any)\s+)?(?:‹V\d+›|(?!nothing|nobody|none)[a-z]+)\s+"
    r"(?:always\s+|then\s+|also\s+)?"
)
"""What a transition is said of, before the verb: `the seat`."""

_FROM_TO = re.compile(
    rf"(?:{_A}\s+(?:then\s+|also\s+|always\s+)?|\b(?P<none>no\s+(?:actions?|steps?)|nothing)\s+)?"
    rf"(?P<never>never\s+|does\s+not\s+|do\s+not\s+|cannot\s+|can\s+not\s+)?\b{_VERB}\b{_WHAT}\s*\bfrom\s+(?P<before>{VALUE})\s+"
    rf"(?:straight\s+|directly\s+|back\s+)?(?:in)?to\s+(?P<after>{VALUE})"
    rf"(?:\s+(?:by|in|through|via|with)\s+(?P<by>{ACTIONS}))?",
    re.IGNORECASE,
)
_MADE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!not ){_A}\s+(?:then\s+|also\s+|always\s+|only\s+)?{_SETS}\b{_WHAT}\s*"
        rf"(?<!\bnot )\b(?:back\s+|on\s+)?(?:(?:in)?to|as)\s+(?P<after>{VALUE})",
        rf"{_A}\s+(?:then\s+|also\s+|always\s+|only\s+)?(?:puts|leaves|brings)\s+{_OBJECT}\s+"
        rf"(?:in|at)\s+(?P<after>{VALUE})",
        rf"{_A}\s+(?:marks|makes|leaves)\s+{_OBJECT}\s+(?P<after>{VALUE}){END}",
        rf"(?<!not ){_A}\s+(?:ends\s+in|leads\s+to|enters|goes\s+to|results\s+in)\s+"
        rf"(?P<what>)(?P<after>{VALUE})",
        rf"{_WHAT}\s+(?:is|are)\s+(?:then\s+)?(?:set|moved|put|returned|reset|switched|marked"
        rf"|brought|taken)\s+(?:back\s+)?(?:(?:in)?to\s+|as\s+)?(?P<after>{VALUE})\s+"
        rf"(?:by|in|through|with)\s+{_A}",
    )
)
_ONLY_BY = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bonly\s+{_A}\s+(?:{_SETS}\b{_WHAT}\s*\b(?:to|as)\s+|enters\s+|leads\s+to\s+)"
        rf"(?P<after>{VALUE})",
        rf"(?P<after>{VALUE})\s+(?:is|are|can\s+be)\s+(?:only\s+)?(?:entered|reached|set|written)\s+"
        rf"(?P<what>)(?:only\s+)?(?:by|through|in|via)\s+{_A}(?:\s+(?:alone|only))?",
    )
)
_FINAL = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<values>{VALUE})\s+(?:is|are)\s+(?:a\s+|an\s+|the\s+)?(?:final|terminal|absorbing"
        rf"|never\s+left|(?:dead\s+)?end)(?:\s+(?:state|status|phase))?{END}",
        rf"\b(?:never\s+leaves?|nothing\s+leaves|no\s+(?:action|step)\s+leaves|no\s+(?:action|step)"
        rf"\s+leads\s+out\s+of)\s+(?P<values>{VALUE}){END}",
        rf"\bonce\s+(?:(?:an?|the)\s+)?(?:(?P<noun>\w+)\s+(?:is\s+)?)?(?:\w+\s+){{0,2}}?(?P<values>{VALUE})\s*,?"
        r"\s+(?:it|they|(?:the|that)\s+(?P=noun))\s+(?:stays|remains)\s+(?:so|there|that\s+way|for\s+ever"
        r"|forever)",
    )
)
_NEVER_AGAIN = re.compile(
    r"(?P<before>‹X\d+›)\s+(?:\w+\s+)?never\s+(?:becomes|turns|returns\s+to|goes\s+(?:back\s+)?to|enters"
    r"|reaches)\s+(?P<after>‹X\d+›)",
    re.IGNORECASE,
)
_ONLY_FROM = re.compile(
    rf"(?P<after>‹X\d+›)\s+(?:is|can\s+be)\s+(?:(?:entered|reached|left\s+for)\s+only|only\s+(?:entered"
    rf"|reached))\s+from\s+(?P<before>{VALUES})|(?P<source>‹X\d+›)\s+leads\s+only\s+to\s+"
    rf"(?P<targets>{VALUES})",
    re.IGNORECASE,
)
_SET_TO = re.compile(
    rf"{_A}\s+(?:also\s+|then\s+)?(?:re)?sets?\s+(?P<variable>{VARIABLE})\s+(?:back\s+)?to\s+(?P<number>‹N\d+›)"
    rf"(?!\s*[+*-])|(?P<other>{VARIABLE})\s+is\s+(?:re)?set\s+(?:back\s+)?to\s+(?P<value>‹N\d+›)\s+(?:by|in)\s+"
    rf"(?P<by>{ACTIONS})",
    re.IGNORECASE,
)
_BETWEEN = rf"between\s+(?P<first>{ACTION})(?:\s+and\s+(?P<second>{ACTION}))?(?!\s+and\b)"
_OVERLAP = re.compile(
    rf"(?P<values>‹X\d+›[^.;‹]{{0,30}}‹X\d+›)[^.;‹]{{0,40}}\b(?:overlaps?|coexists?"
    rf"|exist\s+together|stand\s+side\s+by\s+side)\b[^.;‹]{{0,30}}\b{_BETWEEN}",
    re.IGNORECASE,
)
_LEFT = re.compile(
    rf"\b(?:crash|failure|stop|fail)\w*\s+(?:\w+\s+){{0,3}}?{_BETWEEN}\s+leaves?\s+[^.;‹]{{0,40}}"
    rf"(?P<values>{VALUE})[^.;‹]{{0,30}}\b(?:behind|in\s+place|standing|there)\b",
    re.IGNORECASE,
)
_OR = re.compile(r"\bor\b", re.IGNORECASE)
_LONE = re.compile(r"\b(?:only|alone)\b", re.IGNORECASE)


def transitions_told_otherwise(told: Told) -> Iterator[Finding]:
    """Yield a finding for each sentence about values before and after steps that is not so."""
    for sentence in told.plain:
        yield from _set_to(told, sentence)
        if not any(each.kind is Kind.VALUE for each in sentence.mentions):
            continue
        if sentence.is_aside:
            yield from _between(told, sentence)
            continue
        found = list(_from_to(told, sentence)) or list(_only_by(told, sentence))
        found = found or list(_made(told, sentence)) or list(_final(told, sentence))
        found = found or list(_never_again(told, sentence)) or list(_between(told, sentence))
        found = found or list(_only_from(told, sentence))
        yield from found[:1]


def variable_for(
    told: Told, sentence: Sentence, values: Iterable[Mention], by: Iterable[Mention] = ()
) -> str | None:
    """Return the variable that values in a sentence are said of, None where that is not clear.

    Of several the one is meant that is named, or whose owner is, or that the actions change.
    """
    named = {n for each in sentence.mentions if each.kind is Kind.VARIABLE for n in each.names}
    having = [each.names for each in values]
    if any(each.value in (True, False) and type(each.value) is bool for each in values):
        return next(iter(named)) if len(named) == 1 else None
    common = frozenset.intersection(*having) if having else frozenset()
    if len(common) > 1 and common & named:
        common &= named
    if len(common) > 1:
        words = {word.lower().removesuffix("s") for word in re.findall(r"\w+", sentence.tagged)}
        owned = frozenset(name for name in common if owner_of(name) in words)
        common = owned or common
    if len(common) > 1:
        names = {name for each in by for name in each.names}
        common = frozenset(v for v in common if not names.isdisjoint(told.facts.changers(v)))
    return next(iter(common)) if len(common) == 1 else None


def _from_to(told: Told, sentence: Sentence) -> Iterator[Finding]:
    for match in unqualified(_FROM_TO, sentence.tagged, _SUBJECT):
        (first,), (second,) = (sentence.mentioned(match[each]) for each in ("before", "after"))
        named = match["by"] or match["actions"] or ""
        if NEITHER.search(named):
            continue
        by = sentence.mentioned(named)
        variable = variable_for(told, sentence, (first, second), by)
        if variable is None:
            continue
        names = frozenset(name for each in by for name in each.names)
        made = list(told.facts.changes(variable, names if by else None))
        steps = [
            edge
            for before, after, edge in made
            if any(
                is_same(one, first.value) and is_same(other, second.value)
                for one, other in pairs(before, after)
            )
        ]
        text = f"`{variable}` from {first.text} to {second.text}"
        is_denied = bool(match["never"] or match["none"])
        if is_denied and steps:
            message = f"a step does take {text}"
            yield told.finding(
                CODE, sentence, match.span(), message, told.facts.told(min(steps), variable)
            )
        elif not is_denied and not steps:
            reached = not by and _leads(told, variable, first.value, second.value)
            of_all = [each.action for each in told.graph.instances]
            if not reached and not told.facts.is_hidden(variable, names if by else of_all):
                who = f"no step of {_listed(by)}" if by else "no way"
                yield told.finding(
                    CODE, sentence, match.span(), f"{who} takes {text}", *_what(told, variable, by)
                )


def _leads(told: Told, variable: str, first: Value | None, second: Value | None) -> bool:
    """Say whether several steps may take a variable from one value to another."""
    edges = [
        pair
        for before, after, _edge in told.facts.changes(variable)
        for pair in pairs(before, after)
    ]
    reached = [first]
    for value in reached:
        for one, other in edges:
            if is_same(one, value) and other not in reached:
                reached.append(other)
    return any(is_same(each, second) for each in reached[1:] if each is not None)


def _made(told: Told, sentence: Sentence) -> Iterator[Finding]:
    for pattern in _MADE:
        for match in unqualified(pattern, sentence.tagged, r"only\s+"):
            (value,) = sentence.mentioned(match["after"])
            by = sentence.mentioned(match["actions"])
            variable = variable_for(told, sentence, (value,), by)
            if variable is None or NEITHER.search(match["actions"]):
                continue
            idle = [each for each in by if not _into(told, variable, value, each.names)]
            if _OR.search(match["actions"]) and len(idle) < len(by):
                continue
            for action in idle:
                if not told.facts.is_hidden(variable, action.names):
                    message = f"no step of `{action.text}` makes `{variable}` {value.text}"
                    yield told.finding(
                        CODE, sentence, match.span(), message, *_what(told, variable, [action])
                    )


def _only_by(told: Told, sentence: Sentence) -> Iterator[Finding]:
    for pattern in _ONLY_BY:
        for match in unqualified(pattern, sentence.tagged):
            (value,) = sentence.mentioned(match["after"])
            by = sentence.mentioned(match["actions"])
            variable = variable_for(told, sentence, (value,), by)
            if variable is None or not _LONE.search(match[0]):
                continue
            names = frozenset(name for each in by for name in each.names)
            if not _into(told, variable, value, names):
                continue  # that none of these sets it is told by CF366
            others = [
                edge
                for action in told.facts.changers(variable)
                if action not in names
                for edge in _into(told, variable, value, (action,))
            ]
            if others:
                edge = min(others)
                message = f"`{told.facts.instance(edge).action}` does it as well"
                yield told.finding(
                    CODE, sentence, match.span(), message, told.facts.told(edge, variable)
                )


def _final(told: Told, sentence: Sentence) -> Iterator[Finding]:
    for pattern in _FINAL:
        for match in unqualified(pattern, sentence.tagged, _WHO):
            for value in sentence.mentioned(match["values"]):
                variable = variable_for(told, sentence, (value,))
                left = [
                    edge
                    for before, after, edge in (told.facts.changes(variable) if variable else ())
                    if any(is_same(one, value.value) for one, _other in pairs(before, after))
                ]
                if left and variable is not None:
                    edge = min(left)
                    message = f"`{told.facts.instance(edge).action}` leaves {value.text}"
                    yield told.finding(
                        CODE, sentence, match.span(), message, told.facts.told(edge, variable)
                    )


def _never_again(told: Told, sentence: Sentence) -> Iterator[Finding]:
    for match in unqualified(_NEVER_AGAIN, sentence.tagged, _WHO):
        (first,), (second,) = (sentence.mentioned(match[each]) for each in ("before", "after"))
        variable = variable_for(told, sentence, (first, second))
        if variable is not None and _leads(told, variable, first.value, second.value):
            message = f"`{variable}` may go from {first.text} to {second.text}"
            yield told.finding(CODE, sentence, match.span(), message)


def _only_from(told: Told, sentence: Sentence) -> Iterator[Finding]:
    for match in unqualified(_ONLY_FROM, sentence.tagged):
        (one,) = sentence.mentioned(match["after"] or match["source"])
        several = sentence.mentioned(match["before"] or match["targets"])
        variable = variable_for(told, sentence, (one, *several))
        for before, after, edge in told.facts.changes(variable) if variable else ():
            for first, second in pairs(before, after):
                mine, other = (second, first) if match["after"] else (first, second)
                others = [each for each in several if is_same(other, each.value)]
                if is_same(mine, one.value) and not others and variable is not None:
                    message = f"`{told.facts.instance(edge).action}` does otherwise"
                    step = told.facts.told(edge, variable)
                    yield told.finding(CODE, sentence, match.span(), message, step)
                    return


def _set_to(told: Told, sentence: Sentence) -> Iterator[Finding]:
    """Yield the numbers that no step of an action gives a variable, which it is said to give."""
    for match in unqualified(_SET_TO, sentence.tagged) if not sentence.is_aside else ():
        (variable,) = sentence.mentioned(match["variable"] or match["other"])
        (number,) = sentence.mentioned(match["number"] or match["value"])
        for action in sentence.mentioned(match["actions"] or match["by"]):
            (name,) = variable.names
            made = list(told.facts.changes(name, action.names))
            if made and not _into(told, name, number, action.names):
                message = f"no step of `{action.text}` makes `{variable.text}` {number.text}"
                step = told.facts.told(min(edge for _b, _a, edge in made), name)
                yield told.finding(CODE, sentence, match.span(), message, step)


def _between(told: Told, sentence: Sentence) -> Iterator[Finding]:
    """Yield the actions between which values are said to stand side by side, or be left behind.

    The first of the two has to write one of the values, where both stand, and the second has to
    take one away.
    """
    for pattern in (_OVERLAP, _LEFT):
        for match in pattern.finditer(sentence.tagged):
            ends = _ends(told, sentence, match)
            values = sentence.mentioned(match["values"])
            variables = frozenset.intersection(*(each.names for each in values))
            if len(ends) != 2 or len(variables) != 1:
                continue
            (variable,) = variables
            for at, action in enumerate(ends):
                steps = told.facts.changes(variable, (action,))
                ways = [pair for before, after, _edge in steps for pair in pairs(before, after)]
                held = [one if at else other for one, other in ways]
                is_asked = at == 1 or pattern is _OVERLAP
                is_asked = is_asked and not told.facts.is_hidden(variable, (action,))
                if is_asked and not any(is_same(v, each.value) for v in held for each in values):
                    what = "takes away" if at else "writes"
                    names = " or ".join(dict.fromkeys(each.text for each in values))
                    message = f"no step of `{action}` {what} {names}"
                    yield told.finding(CODE, sentence, match.span(), message)
                    return


def _ends(told: Told, sentence: Sentence, match: re.Match[str]) -> list[str]:
    """Return the two actions that a sentence has something happen between, in their order."""
    said = [*sentence.mentioned(match["first"]), *sentence.mentioned(match["second"] or "")]
    order = list(dict.fromkeys(each.action for each in told.graph.instances))
    numbered = [name for names in told.lexicon.numbered.values() for name in sorted(names)]
    found = [sorted(each.names, key=(numbered + order).index) for each in said]
    return [name for names in found for name in names]


def _into(told: Told, variable: str, value: Mention, actions: Iterable[str]) -> list[int]:
    """Return edges by some actions that give a variable, or a part of it, a value."""
    return [
        edge
        for before, after, edge in told.facts.changes(variable, actions)
        if any(is_same(other, value.value) for _one, other in pairs(before, after))
    ]


def _what(told: Told, variable: str, by: list[Mention]) -> Iterator[str]:
    """Yield what steps of some actions do to a variable, in words."""
    names = frozenset(name for each in by for name in each.names)
    edges = [edge for _b, _a, edge in told.facts.changes(variable, names)] if by else []
    if edges:
        yield told.facts.told(min(edges), variable)


def _listed(actions: list[Mention]) -> str:
    return " and ".join(f"`{each.text}`" for each in actions)
