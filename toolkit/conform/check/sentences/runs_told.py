"""Sentences about runs: what comes before what, and what every way to a value passes.

*Every path to `DONE` passes `BUSY`*, *`Finish(w)` is always preceded by `Begin(w)`*, *once `Close`
has happened, `Open` is never taken*. Each is decided on the explored graph; steps of several
actions are those of one process where they have a parameter of one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np

from conform.check.sentences.cf368_transition_told import CODE, variable_for
from conform.check.sentences.facts import Place, is_same
from conform.check.sentences.lexicon import Mention
from conform.check.sentences.patterns import ACTION, VALUE, VALUES, unqualified
from conform.check.sentences.reading import Told
from conform.check.sentences.tagging import Sentence
from conform.domain.actions import ActionInstance
from conform.domain.finding import Finding
from conform.explore.state_columns import Flags, Numbers

_THROUGH = re.compile(
    rf"\b(?:every|each|all|any)\s+(?:paths?|ways?|runs?|routes?)(?:\s+from\s+(?P<first>{VALUE}))?\s+to\s+"
    rf"(?P<last>{VALUE})\s+(?:pass(?:es)?|goes|go|leads?|runs?)\s+(?:through\s+|by\s+|via\s+)?(?P<by>{VALUE})",
    re.IGNORECASE,
)
_ONLY_FROM = re.compile(
    rf"(?P<last>{VALUE})\s+(?:is\s+only\s+reachable|is\s+reachable\s+only|can\s+only\s+be\s+(?:entered|reached)"
    rf"|always\s+follows)(?:\s+from)?\s+(?P<by>{VALUES})"
    rf"|\bcan\s+only\s+(?:reach|enter|get\s+to|go\s+to)\s+(?P<later>{VALUE})\s+from\s+(?P<source>{VALUES})",
    re.IGNORECASE,
)
_WHO = r"(?:an?|the)\s+(?:[a-z]+|‹V\d+›)\s+"
"""What a value is said of, in front of it: *the phase `X`*."""

_DIRECT = re.compile(r"\b(?:entered|enter|follows)\b", re.IGNORECASE)
"""Words for the one step into a value; it may be reached from others by way of those named."""

_LEFT_FOR = re.compile(
    rf"(?P<first>{VALUE})\s+(?:is|can\s+be)\s+(?:only\s+left|left\s+only)\s+(?:for|to|towards)\s+"
    rf"(?P<last>{VALUES})",
    re.IGNORECASE,
)
_NEVER_BACK = re.compile(
    rf"\bonce\s+(?:in\s+|(?:an?|the)\s+[a-z]+\s+is\s+(?:in\s+)?)?(?P<first>{VALUE})\s*,?\s+"
    r"(?:it|they|(?:an?|the|that)\s+[a-z]+)\s+(?:never|can\s+never|cannot|does\s+not)\s+"
    rf"(?:returns?|goes?\s+back|gets?\s+back|comes?\s+back|reach(?:es)?)\s+(?:to\s+)?(?P<last>{VALUE})",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    rf"(?P<later>{ACTION})\s+never\s+(?:(?:directly|immediately)\s+)(?:follows|comes\s+after)\s+"
    rf"(?P<first>{ACTION})|(?P<after>{ACTION})\s+never\s+(?:follows|comes)\s+(?:directly\s+after\s+)?"
    rf"(?P<before>{ACTION})\s+(?:directly|immediately)",
    re.IGNORECASE,
)
_PRECEDED = re.compile(
    rf"(?P<later>{ACTION})\s+(?:is|must\s+be)\s+(?:always\s+)?preceded\s+by\s+(?:an?\s+)?(?P<first>{ACTION})"
    rf"|(?P<before>{ACTION})\s+(?:must|has\s+to|always)\s+(?:happens?|comes?|be\s+taken)\s+before\s+"
    rf"(?P<after>{ACTION})",
    re.IGNORECASE,
)
_NEVER_AFTER = re.compile(
    rf"\b(?:once|after)\s+(?P<first>{ACTION})(?:\s+(?:has\s+(?:happened|been\s+taken)|happened"
    rf"|is\s+taken|was\s+taken))?\s*,?\s+(?P<later>{ACTION})\s+(?:is\s+never|can\s+never\s+be|cannot\s+be"
    r"|is\s+no\s+longer|never|can\s+never|cannot)\s+(?:taken|happens?|occurs?|fires?|possible|enabled)"
    r"(?:\s+again)?",
    re.IGNORECASE,
)


def runs_told_otherwise(told: Told) -> Iterator[Finding]:
    """Yield a finding for each sentence about runs that the graph contradicts."""
    for sentence in told.sentences:
        for rule in (_through, _only_from, _left_for, _never_back, _of_actions):
            yield from rule(told, sentence)


def _through(told: Told, sentence: Sentence) -> Iterator[Finding]:
    for match in unqualified(_THROUGH, sentence.tagged):
        by = sentence.mentioned(match["by"])
        first, (last,) = sentence.mentioned(match["first"] or ""), sentence.mentioned(match["last"])
        variable = variable_for(told, sentence, (*first, last, *by))
        if variable is not None and _avoids(told, variable, first, last, by):
            message = f"a way leads to {last.text} without {by[0].text}"
            yield told.finding(CODE, sentence, match.span(), message)


def _only_from(told: Told, sentence: Sentence) -> Iterator[Finding]:
    """Yield what is entered from another value, or reached from it by a way past all of those."""
    for match in unqualified(_ONLY_FROM, sentence.tagged, _WHO):
        (last,) = sentence.mentioned(match["last"] or match["later"])
        by = sentence.mentioned(match["by"] or match["source"])
        variable = variable_for(told, sentence, (last, *by))
        if variable is None:
            continue
        other = [
            edge
            for before, after, edge in told.facts.changes(variable)
            if is_same(after, last.value) and not any(is_same(before, each.value) for each in by)
        ]
        is_direct = _DIRECT.search(match[0]) is not None
        if other and (is_direct or _avoids(told, variable, (), last, by)):
            step = told.facts.told(min(other), variable)
            message = f"another value leads to {last.text}"
            yield told.finding(CODE, sentence, match.span(), message, step)


def _left_for(told: Told, sentence: Sentence) -> Iterator[Finding]:
    for match in unqualified(_LEFT_FOR, sentence.tagged):
        (first,), last = sentence.mentioned(match["first"]), sentence.mentioned(match["last"])
        variable = variable_for(told, sentence, (first, *last))
        other = [
            edge
            for before, after, edge in (told.facts.changes(variable) if variable else ())
            if is_same(before, first.value) and not any(is_same(after, each.value) for each in last)
        ]
        if other and variable is not None:
            step = told.facts.told(min(other), variable)
            message = f"{first.text} is left for another value"
            yield told.finding(CODE, sentence, match.span(), message, step)


def _never_back(told: Told, sentence: Sentence) -> Iterator[Finding]:
    for match in unqualified(_NEVER_BACK, sentence.tagged):
        (first,), (last,) = (sentence.mentioned(match[each]) for each in ("first", "last"))
        variable = variable_for(told, sentence, (first, last))
        if variable is not None and _avoids(told, variable, (first,), last, ()):
            message = f"a way leads from {first.text} to {last.text}"
            yield told.finding(CODE, sentence, match.span(), message)


def _avoids(
    told: Told,
    variable: str,
    first: Iterable[Mention],
    last: Mention,
    by: Iterable[Mention],
) -> bool:
    """Say whether some place comes to a value, from another one or the beginning, but not by some.

    The value itself, where a way begins or ends, is not by the way.
    """
    for place in told.facts.places(variable):
        ends = _having(told, place, (last,))
        starts = _having(told, place, first) if first else _initial(told)
        if bool((_reached(told, starts, allowed=~_having(told, place, by)) & ends).any()):
            return True
    return False


def _having(told: Told, place: Place, values: Iterable[Mention]) -> Flags:
    """Return for each state whether a place has one of some values there."""
    wanted = list(values)
    known = [any(is_same(value, e.value) for e in wanted) for value in told.facts.values(place)]
    flags: Flags = np.array(known, dtype=bool)[told.facts.codes(place)]
    return flags


def _initial(told: Told) -> Flags:
    flags: Flags = np.zeros(told.graph.state_count, dtype=bool)
    flags[: told.graph.initial_count] = True
    return flags


def _reached(
    told: Told, starts: Flags, *, allowed: Flags | None = None, edges: Flags | None = None
) -> Flags:
    """Return the states that steps lead to from some, through states and edges that are allowed.

    Where a way begins is reached only if a step leads back to it.
    """
    columns = told.graph.columns
    sources, targets = columns.sources, columns.targets
    if edges is not None:
        sources, targets = sources[edges], targets[edges]
    inside = starts.copy() if allowed is None else starts & allowed
    reached: Flags = np.zeros(len(starts), dtype=bool)
    frontier = inside
    while bool(frontier.any()):
        fresh: Flags = np.zeros(len(starts), dtype=bool)
        fresh[targets[frontier[sources]]] = True
        if allowed is not None:
            fresh &= allowed
        fresh &= ~reached
        reached |= fresh
        frontier = fresh & ~inside
        inside = inside | fresh
    return reached


def _of_actions(told: Told, sentence: Sentence) -> Iterator[Finding]:
    for pattern in (_FOLLOWS, _PRECEDED, _NEVER_AFTER):
        for match in unqualified(pattern, sentence.tagged):
            named = match.groupdict()
            (later,) = sentence.mentioned(named["later"] or named["after"])
            (first,) = sentence.mentioned(named["first"] or named["before"])
            edge = _contrary(told, pattern, first, later)
            if edge is not None:
                message = {
                    _FOLLOWS: f"`{later.text}` does follow `{first.text}`",
                    _PRECEDED: f"`{later.text}` can come without `{first.text}` before it",
                    _NEVER_AFTER: f"`{later.text}` can come after `{first.text}`",
                }[pattern]
                yield told.finding(CODE, sentence, match.span(), message, told.facts.told(edge))


def _contrary(told: Told, pattern: re.Pattern[str], first: Mention, later: Mention) -> int | None:
    """Return the first edge by which what is said of two actions is not so; None for none."""
    columns, found = told.graph.columns, list[int]()
    for number, instance in enumerate(told.graph.instances):
        if instance.action not in later.names:
            continue
        own = columns.edges_by(number)
        others: Numbers = np.array(
            [
                at
                for at, each in enumerate(told.graph.instances)
                if each.action in first.names and _of_one_process(each, instance)
            ],
            dtype=np.int64,
        )
        by_first: Flags = np.isin(columns.instances, others)
        if not len(own) or not bool(by_first.any()):
            continue
        behind: Flags = np.zeros(told.graph.state_count, dtype=bool)
        behind[columns.targets[by_first]] = True
        if pattern is _PRECEDED:
            starts = _initial(told)
            behind = starts | _reached(told, starts, edges=~by_first)
        elif pattern is _NEVER_AFTER:
            behind |= _reached(told, behind)
        met = own[behind[columns.sources[own]]]
        found += [int(met[0])] if len(met) else []
    return min(found, default=None)


def _of_one_process(one: ActionInstance, other: ActionInstance) -> bool:
    """Say whether two instances have the same value for each parameter of one name."""
    given = dict(other.parameters)
    return all(given.get(name, value) == value for name, value in one.parameters)
