"""A sentence says when an action is taken, or that it never is, and the model does otherwise.

What it means
    "A is only taken while v is X", "A requires X", "A is disabled in X", "a worker never crashes":
    such a sentence is held against all steps of the model, and a step contradicts it, or there is
    no step where the sentence says that the action is enabled. "Once enabled, it stays enabled" is
    false where a step of another action disables it; that decides between weak and strong fairness.
    So is a table of failures: the first action in its column Recovery is taken in the state that
    the row begins with, and between two actions of which one enables the other a value is so. An
    item *Crash while X: `A` is enabled* is one such row. Under *`v` written?*, the action that a
    row comes after writes it, or does not.

Example
    `SessionExpiry` requires `workerState[w] = IDLE`.     and it is taken in EXECUTING as well

What to do
    Correct the sentence, or the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from enum import Enum, auto

import numpy as np

from conform.check.cf255_action_in_words import stems_of
from conform.check.sentences.conditions import CONDITION, read
from conform.check.sentences.lexicon import Condition, Kind, Mention
from conform.check.sentences.patterns import ACTION, ACTIONS, END, NEITHER, NOT, unqualified
from conform.check.sentences.reading import Told
from conform.check.sentences.tagging import Sentence
from conform.check.texts.name_parts import parts_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import PassageKind
from conform.domain.values import format_value
from conform.errors import ConformError
from conform.explore.state_columns import Flags

CODE = Code("CF369", "action is taken otherwise than told")

_A = rf"(?P<actions>{ACTIONS})"
_C = rf"(?P<condition>{CONDITION})"
_POSSIBLE = r"(?:enabled|possible|taken|allowed|permitted|available|executed)"
_OFF = (
    r"(?:disabled|blocked|impossible|refused|forbidden|not\s+(?:enabled|possible|taken|allowed)"
    r"|never\s+(?:enabled|taken|possible|allowed))"
)
_RUN = r"(?:be\s+(?:taken|enabled|executed)|happen|fire|occur|run|start|take\s+place)"
_RUNS = r"(?:happens?|fires?|occurs?|runs?|starts?|takes\s+place|is\s+taken|are\s+taken)"
_WHEN = r"(?:when|while|if|in|from|once|as\s+long\s+as|where)"

_ONLY = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_A}\s+(?:is|are|can\s+be|may\s+be|becomes?)\s+only\s+{_POSSIBLE}\s+{_WHEN}\s+{_C}",
        rf"{_A}\s+(?:is|are|can\s+be|may\s+be|becomes?)\s+{_POSSIBLE}\s+only\s+{_WHEN}\s+{_C}",
        rf"{_A}\s+(?:only\s+{_RUNS}|{_RUNS}\s+only)\s+{_WHEN}\s+{_C}",
        rf"{_A}\s+(?:requires?|needs?|demands?|asks?\s+for|waits?\s+for|presupposes?)\s+{_C}",
        rf"{_A}\s+(?:can|may)\s+(?:only\s+)?{_RUN}\s+only\s+{_WHEN}\s+{_C}",
        rf"{_A}\s+(?:can|may)\s+only\s+{_RUN}\s+{_WHEN}\s+{_C}",
        rf"\bonly\s+{_WHEN}\s+{_C}\s*,?\s+(?:is|are|can|may)\s+{_A}\s+(?:be\s+)?{_POSSIBLE}",
    )
)
_ALSO = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!only ){_A}\s+(?:is|are|can\s+be|may\s+be|becomes?)\s+(?:also\s+)?{_POSSIBLE}\s+"
        rf"(?:also\s+|even\s+)?{_WHEN}\s+{_C}",
        rf"(?<!only ){_A}\s+(?:can|may)\s+(?:also\s+)?{_RUN}\s+(?:also\s+|even\s+)?{_WHEN}\s+{_C}",
        rf"(?:^|[,;:(]\s*)(?:while|when|as\s+long\s+as|once)\s+{_C}\s*,?\s+{_A}\s+"
        rf"(?:is|are|can\s+be|may\s+be|becomes)\s+{_POSSIBLE}",
    )
)
_NOT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_A}\s+(?:is|are|stays?|remains?)\s+{_OFF}\s+{_WHEN}\s+{_C}",
        rf"{_A}\s+{NOT}\s+{_RUN}\s+{_WHEN}\s+{_C}",
        rf"{_A}\s+never\s+{_RUNS}\s+{_WHEN}\s+{_C}",
        rf"(?:^|[,;:(]\s*)(?:while|when|as\s+long\s+as|once)\s+{_C}\s*,?\s+{_A}\s+"
        rf"(?:(?:is|are|stays?|remains?)\s+{_OFF}|{NOT}\s+{_RUN})",
        rf"(?:^|[,;:(]\s*)(?:while|when|as\s+long\s+as|once)\s+{_C}\s*,?\s+(?:no|neither)\s+{_A}\s+"
        rf"(?:is|are|can\s+be)\s+{_POSSIBLE}",
    )
)
_NEVER = re.compile(
    rf"{_A}\s+(?:(?:is|are)\s+never\s+{_POSSIBLE}|never\s+{_RUNS})"
    r"(?=\s*(?:[.;)]|$))",
    re.IGNORECASE,
)
_STAYS = re.compile(
    r"\bonce\s+(?:it\s+is\s+)?enabled\s*,?\s+(?:it\s+)?(?:stays|remains)\s+(?:so|enabled)"
    r"|\b(?:stays|remains)\s+(?:continuously\s+)?enabled\s+(?:until|once)"
    rf"|\bis\s+never\s+disabled(?:\s+(?:by|once)\b|\s*$)|\bnothing\s+disables\s+it{END}",
    re.IGNORECASE,
)
_STAYS_NOT = re.compile(
    r"\b(?:if|unless|not|no|would|could|may|might|should|assum\w+|required?|requires|needs?)\b",
    re.IGNORECASE,
)
"""Words that make it a condition, or deny it: `it is not true that it stays enabled`."""

_DOES = re.compile(
    r"(?:(?:an?|the|every|each|any|all)\s+)?(?P<state>‹X\d+›\s+)?(?P<noun>[a-z]+)\s+"
    r"(?:that\s+(?:is|are)\s+(?P<being>‹X\d+›)\s+)?(?:never|cannot|can\s+not"
    r"|can't|does\s+not|do\s+not|(?:is|are)\s+never)\s+(?P<verb>[a-z]{4,20})"
    r"(?P<rest>\s+between\s+(?:‹A\d+›|steps|actions)[^.;,‹]{0,20})?(?=\s*(?:[.;):]|$|,\s+(?:and|but|so|because|since)\b))",
    re.IGNORECASE,
)
_UNMODELLED = re.compile(
    r"(?:(?:an?|the|that)\s+)?(?P<noun>[a-z]{4,20}(?<!ed))\s+(?:is|are)\s+not\s+(?:modell?ed|considered"
    r"|covered)|\bno\s+(?P<other>[a-z]{4,20})\s+(?:is|are)\s+modell?ed",
    re.IGNORECASE,
)
_AFTER = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<later>{ACTIONS})\s+(?:(?:is|are|can\s+be|may\s+be)\s+{_POSSIBLE}|{_RUNS}|comes?"
        rf"|(?:can|may)\s+{_RUN})\s+(?:only|always)\s+after\s+(?P<earlier>{ACTION})",
        rf"(?P<later>{ACTIONS})\s+(?:(?:is|are|can\s+be|may\s+be)\s+only\s+{_POSSIBLE}|(?:only|always)\s+"
        rf"{_RUNS}|(?:only|always)\s+comes?|(?:can|may)\s+only\s+{_RUN})\s+after\s+(?P<earlier>{ACTION})",
        rf"(?P<earlier>{ACTION})\s+(?:always\s+)?(?:precedes|comes\s+before|happens\s+before"
        rf"|is\s+(?:always\s+)?taken\s+before|runs\s+before)\s+(?P<later>{ACTIONS})",
        rf"\bno\s+(?P<later>{ACTION})\s+(?:(?:is|are)\s+{_POSSIBLE}\s+|{_RUNS}\s+)?(?:before|without)\s+"
        rf"(?:an?\s+)?(?P<earlier>{ACTION})",
        rf"(?P<later>{ACTIONS})\s+(?:never\s+{_RUNS}|is\s+never\s+{_POSSIBLE}|{NOT}\s+{_RUN})\s+before\s+"
        rf"(?P<earlier>{ACTION})",
        rf"(?P<later>{ACTIONS})\s+(?:requires?|needs?)\s+(?:an?\s+)?(?:prior|preceding)\s+"
        rf"(?P<earlier>{ACTION})",
    )
)
_ONE = re.compile(
    rf"(?P<action>{ACTION})(?:\s+guard)?[^.;‹]{{0,80}}?\b(?P<quantity>(?:as\s+soon\s+as|once|when(?:ever)?)"
    r"\s+(?:(?:only|at\s+least)\s+)?(?:one|any|some|a\s+single))\s+(?P<what>[^.;,‹]{5,80})",
    re.IGNORECASE,
)
_ALL = re.compile(r"\b(?:every|all|each)\b|\N{FOR ALL}|\\A\b", re.IGNORECASE)
_SOME = re.compile(r"\b(?:some|any|exists|one)\b|\N{THERE EXISTS}|\\E\b", re.IGNORECASE)
_SHARED = 2
"""Words that a sentence and a guard have to share to be about the same things."""

_TRIED = 50
"""States in which an action seems disabled that are asked about."""


_LONE = r"only\s+"
_AND = re.compile(r"\s*,?\s*(?:and|but|with)\b", re.IGNORECASE)
"""Behind the condition under which an action is disabled: it is a part of the condition."""


class _Asked(Enum):
    """What is said of an action and a condition: taken only there, not there, there as well."""

    ONLY = auto()
    NOT = auto()
    ALSO = auto()


def taken_otherwise(told: Told) -> Iterator[Finding]:
    """Yield a finding for each sentence about when actions are taken that steps contradict."""
    for sentence in told.sentences:
        if any(each.kind is Kind.ACTION for each in sentence.mentions):
            found = [
                *_held(told, sentence, _ONLY, _Asked.ONLY),
                *_held(told, sentence, _NOT, _Asked.NOT),
                *_held(told, sentence, _ALSO, _Asked.ALSO),
                *_never(told, sentence),
                *_after(told, sentence),
                *_one_for_all(told, sentence),
            ]
            yield from found[:1]
        yield from _actors(told, sentence)
    yield from _fair_for_ever(told)


def _held(
    told: Told, sentence: Sentence, patterns: tuple[re.Pattern[str], ...], asked: _Asked
) -> Iterator[Finding]:
    """Yield what `asked` is said of the first pattern that a sentence has, and contradicted."""
    match = next((m for p in patterns for m in unqualified(p, sentence.tagged, _LONE)), None)
    if match is None or NEITHER.search(match["actions"]):
        return
    if asked is _Asked.NOT and _AND.match(sentence.tagged, match.end()):
        return
    actions = sentence.mentioned(match["actions"])
    names = frozenset(name for each in actions for name in each.names)
    condition = read(sentence, match["condition"], told.facts.read_by(names))
    for action in actions if condition is not None else ():
        assert condition is not None
        is_known, edge = told.facts.taken_where(
            action.names, condition, holds=asked is not _Asked.ONLY
        )
        if not is_known or (edge is None) is not (asked is _Asked.ALSO):
            continue
        if edge is not None:
            where = "where this is not so" if asked is _Asked.ONLY else "there"
            message = f"`{told.facts.instance(edge).action}` is taken {where}"
            yield _shown(told, sentence, match, message, edge, condition.variable)
        elif len(told.facts.edges(action.names)):
            message = f"no step of `{action.text}` is taken there"
            yield told.finding(CODE, sentence, match.span(), message)


def _never(told: Told, sentence: Sentence) -> Iterator[Finding]:
    match = _NEVER.match(sentence.tagged)  # behind other words it is about an example
    for action in sentence.mentioned(match["actions"]) if match else ():
        edges = told.facts.edges(action.names)
        if match and len(edges):
            step = told.facts.told(int(edges[0]))
            yield told.finding(CODE, sentence, match.span(), f"`{action.text}` is taken", step)


def _after(told: Told, sentence: Sentence) -> Iterator[Finding]:
    """Yield an action that is taken on a way without the one that is said to come before it."""
    match = next((m for p in _AFTER for m in unqualified(p, sentence.tagged)), None)
    if match is None or NEITHER.search(match["later"]):
        return
    (earlier,) = sentence.mentioned(match["earlier"])
    columns = told.graph.columns
    reached = _reached_without(told, earlier)
    for later in sentence.mentioned(match["later"]):
        edges = told.facts.edges(later.names)
        edges = edges[reached[columns.sources[edges]]]
        if len(edges) and later.names.isdisjoint(earlier.names):
            message = f"`{later.text}` is taken without a step of `{earlier.text}` before it"
            step = told.facts.told(int(edges[0]))
            yield told.finding(CODE, sentence, match.span(), message, step)
            return


def _reached_without(told: Told, action: Mention) -> Flags:
    """Return the states that are reached by steps of other actions alone."""
    columns = told.graph.columns
    others = np.ones(told.graph.edge_count, np.bool_)
    others[told.facts.edges(action.names)] = False
    sources, targets = columns.sources[others], columns.targets[others]
    reached = np.zeros(told.graph.state_count, np.bool_)
    reached[: told.graph.initial_count] = True
    known = -1
    while known != (known := int(reached.sum())):
        reached[targets[reached[sources]]] = True
    return reached


def _actors(told: Told, sentence: Sentence) -> Iterator[Finding]:
    """Yield what a sort of process is said never to do, and an action of this name does."""
    actions = {each.action for each in told.graph.instances}
    for match in unqualified(_DOES, sentence.tagged):
        verb = {_undoubled(stem) for stem in stems_of(match["verb"])}
        actors = {match["noun"].lower().removesuffix("s")} & told.lexicon.actors
        for name in sorted(actions) if actors else ():
            is_meant = bool(verb) and _stems_beside(name, actors) == verb
            is_meant = is_meant and not told.lexicon.actors.intersection(parts_of(name)) - actors
            edge = _taken_by(told, sentence, match, name) if is_meant else None
            if edge is not None:
                message = f"`{name}` is an action of the model"
                yield told.finding(CODE, sentence, match.span(), message, told.facts.told(edge))
    for match in unqualified(_UNMODELLED, sentence.tagged):
        nouns = stems_of(match["noun"] or match["other"])
        for name in sorted(actions) if nouns else ():
            if _stems_beside(name, told.lexicon.actors) == nouns:
                message = f"`{name}` is an action of the model"
                yield told.finding(CODE, sentence, match.span(), message)
                break


def _stems_beside(name: str, actors: Set[str]) -> set[str]:
    """Return the stems of an action's name without the sorts of processes in it."""
    parts = (part for part in parts_of(name) if part.removesuffix("s") not in actors)
    return {stem for part in parts for stem in stems_of(part)}


def _taken_by(told: Told, sentence: Sentence, match: re.Match[str], name: str) -> int | None:
    """Return the first edge by an action: of `a held seat` where it is this; None for none."""
    states = sentence.mentioned(match["state"] or match["being"] or "")
    if not states:
        return next(iter(told.facts.edges((name,)).tolist()), None)
    (state,) = states
    if len(state.names) != 1 or state.value is None:
        return None
    condition = Condition(next(iter(state.names)), "in", (state.value,))
    is_known, edge = told.facts.taken_where((name,), condition, holds=True)
    return edge if is_known else None


def _undoubled(stem: str) -> str:
    """Return the stem of a verb without its doubled last letter: scan, of scanned."""
    return stem[:-1] if stem[-1:] == stem[-2:-1] else stem


def _one_for_all(told: Told, sentence: Sentence) -> Iterator[Finding]:
    """Yield an action that is said to need one of something, and whose guard asks for all."""
    for match in _ONE.finditer(sentence.tagged):
        (action,) = sentence.mentioned(match["action"])
        for stated in told.context.document.leaf_actions():
            if told.lexicon.actions.get(stated.name) != action.names:
                continue
            guard = " ".join(line.text for line in stated.guard)
            shared = stems_of(match["what"]) & stems_of(guard)
            if _ALL.search(guard) and not _SOME.search(guard) and len(shared) >= _SHARED:
                message = f"the guard of `{stated.name}` asks for all: {guard}"
                yield told.finding(CODE, sentence, match.span("quantity"), message)


def _fair_for_ever(told: Told) -> Iterator[Finding]:
    """Yield the actions of a row, or a section, that are said to stay enabled and do not."""
    page = told.context.page()
    rows: dict[tuple[int, int], list[Mention]] = {}
    for sentence in told.every:
        passage = sentence.passage
        if passage.path != page.path:
            continue
        named = [each for each in sentence.mentions if each.kind is Kind.ACTION]
        if passage.kind is PassageKind.CELL:
            row = rows.setdefault((passage.block, passage.row), [])
            if passage.column == 0:
                row.extend(named)
            named = [*row, *named]
        match = _STAYS.search(sentence.tagged)
        if match is None or _STAYS_NOT.search(sentence.tagged):
            continue
        for action in dict.fromkeys(named):
            edge = _disabling(told, action)
            if edge is not None:
                message = f"`{told.facts.instance(edge).action}` disables `{action.text}`"
                yield told.finding(CODE, sentence, match.span(), message, told.facts.told(edge))
                break


def _disabling(told: Told, action: Mention) -> int | None:
    """Return the first edge, by another instance, to a state in which an action is disabled."""
    graph, columns = told.graph, told.graph.columns
    for number, instance in enumerate(graph.instances):
        if instance.action not in action.names:
            continue
        enabled = columns.states_left_by([number])
        lost = enabled.take(columns.sources) & ~enabled.take(columns.targets)
        lost &= columns.instances != number
        for edge in np.flatnonzero(lost)[:_TRIED].tolist():
            if told.facts.instance(edge).action in action.names:
                continue
            state = graph.state(graph.targets[edge])
            try:
                leads = any(True for _each in told.explored.model.successors(instance, state))
            except ConformError:
                continue
            if not leads:
                return int(edge)
    return None


def _shown(
    told: Told,
    sentence: Sentence,
    match: re.Match[str],
    message: str,
    edge: int,
    variable: str,
) -> Finding:
    place = told.facts.at(told.facts.instance(edge), variable)
    step = told.facts.told(edge)
    if place is not None:
        value = told.facts.value(place, told.graph.sources[edge])
        step = f"{step}, where {told.facts.named(place)} is {format_value(value)}"
    return told.finding(CODE, sentence, match.span(), message, step)
