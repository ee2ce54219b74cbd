"""Generalised Büchi automata, acceptance on transitions, of formulas in negation normal form.

A state of the automaton is what has still to hold from here on. Its transitions are the ways to
make that true: what must hold of the moment at hand, what of the next one, and which `<>F` were put
off. A run that puts none off for ever is accepted (Couvreur, "On-the-fly verification of linear
temporal logic", 1999; without until and next, there is nothing else to it).
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from conform.domain.temporal import Always, And, Eventually, Or, Temporal, is_momentary
from conform.explore.defect import ExplorerDefectError
from conform.explore.liveness.normal_form import (
    FALSE,
    TRUE,
    TooManyCasesError,
    is_of_state,
)

MAX_SIZE = 4096
"""States of one automaton, and transitions of one state: a product with more takes too long."""

MAX_PROMISES = 64
"""`<>F` of one automaton: the marks of a transition are the bits of a machine word."""


class Transition(Struct, frozen=True):
    """`now` are formulas of the state, `step` of the step, that must hold to go on to `target`.

    Bit n of `marks` is set unless the n-th `<>F` of the automaton was put off.
    """

    now: tuple[Temporal, ...]
    step: tuple[Temporal, ...]
    target: int
    marks: int


class Automaton(Struct, frozen=True):
    """Transitions by state; state 0 is the initial one. A run must see each bit of `all_marks`."""

    transitions: tuple[tuple[Transition, ...], ...]
    all_marks: int


class _Way(Struct, frozen=True):
    """One way to make obligations true: now, later, and what was put off. No part has doubles."""

    now: tuple[Temporal, ...] = ()
    later: tuple[Temporal, ...] = ()
    put_off: tuple[Temporal, ...] = ()

    def __or__(self, other: _Way) -> _Way:
        return _Way(
            _joined(self.now, other.now),
            _joined(self.later, other.later),
            _joined(self.put_off, other.put_off),
        )


def automaton(obligations: tuple[Temporal, ...]) -> Automaton:
    """Return the automaton of the conjunction of normal formulas; may raise TooManyCasesError."""
    numbers = {frozenset(obligations): 0}
    queue = [obligations]
    expanded: list[list[_Way]] = []
    for state in queue:
        ways = _ways_of_all(state)
        for way in ways:
            if frozenset(way.later) not in numbers:
                numbers[frozenset(way.later)] = len(numbers)
                queue.append(way.later)
        if len(numbers) > MAX_SIZE:
            raise TooManyCasesError
        expanded.append(ways)
    promises = {promise: 0 for ways in expanded for way in ways for promise in way.put_off}
    if len(promises) > MAX_PROMISES:
        raise TooManyCasesError
    bits = {promise: 1 << place for place, promise in enumerate(promises)}
    all_marks = sum(bits.values())

    def transition(way: _Way) -> Transition:
        now = tuple(formula for formula in way.now if is_of_state(formula))
        step = tuple(formula for formula in way.now if not is_of_state(formula))
        marks = all_marks - sum(bits[promise] for promise in way.put_off)
        return Transition(now, step, numbers[frozenset(way.later)], marks)

    return Automaton(tuple(tuple(map(transition, ways)) for ways in expanded), all_marks)


def _ways_of_all(obligations: Iterable[Temporal]) -> list[_Way]:
    """Return the ways to make all obligations true, but for superfluous ones."""
    ways = [_Way()]
    for obligation in obligations:
        more = _ways(obligation)
        if len(ways) * len(more) > MAX_SIZE:
            raise TooManyCasesError
        ways = _best([way | another for way in ways for another in more])
    return ways


def _ways(formula: Temporal) -> list[_Way]:
    """Return the ways to make one obligation true."""
    if formula == TRUE:
        return [_Way()]
    if formula == FALSE:
        return []
    if is_of_state(formula):
        return [_Way(now=(formula,))]
    match formula:
        case And(formulas):
            return _ways_of_all(formulas)
        case Or(formulas):
            return [way for inner in formulas for way in _ways(inner)]
        case Always(inner):
            again = _Way(later=(formula,))
            return [way | again for way in _ways(inner)]
        case Eventually(inner):
            return [*_ways(inner), _Way(later=(formula,), put_off=(formula,))]
        case _ if is_momentary(formula):
            return [_Way(now=(formula,))]
        case _:
            raise ExplorerDefectError("a temporal formula is not in negation normal form")


def _best(ways: list[_Way]) -> list[_Way]:
    """Return the ways without those that another one makes superfluous.

    That one has the same later, asks no more now, and puts off no more.
    """
    alike: dict[frozenset[Temporal], list[_Way]] = {}
    for way in ways:
        alike.setdefault(frozenset(way.later), []).append(way)
    return [way for group in alike.values() for way in _best_alike(group)]


def _best_alike(ways: list[_Way]) -> list[_Way]:
    kept: list[tuple[_Way, frozenset[Temporal], frozenset[Temporal]]] = []
    for way in ways:
        now, put_off = frozenset(way.now), frozenset(way.put_off)
        if not any(less <= now and fewer <= put_off for _, less, fewer in kept):
            kept = [each for each in kept if not (now <= each[1] and put_off <= each[2])]
            kept.append((way, now, put_off))
    return [way for way, _, _ in kept]


def _joined(left: tuple[Temporal, ...], right: tuple[Temporal, ...]) -> tuple[Temporal, ...]:
    return tuple(dict.fromkeys((*left, *right)))
