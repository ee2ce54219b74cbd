"""Liveness verdicts agree with a brute-force oracle that enumerates sets of states."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from conform.domain.fairness import ActionSteps, FairnessKind
from conform.domain.report import Verdict
from conform.domain.temporal import LeadsTo
from conform.domain.trace import Trace
from conform.explore.liveness import product
from conform.explore.liveness.evidence import Behaviour, is_fair_violation
from conform.explore.liveness.product import FEW
from conform.explore.options import ExploreOptions
from conform.explore.result import PropertyResult
from conform.explore.search import explore
from tests.property.examples import EXAMPLES
from tests.unit.explore.toys import Effect, Test, Toy, number

Edge = tuple[int, int]


@dataclass(frozen=True)
class Problem:
    """A graph whose edges belong to actions, fairness on actions, a premise and a conclusion."""

    size: int
    initial: frozenset[int]
    actions: tuple[frozenset[Edge], ...]
    fairness: tuple[tuple[FairnessKind, frozenset[int]], ...]
    excluded: frozenset[int]
    premise: frozenset[int]
    conclusion: frozenset[int]


def problem(seed: int) -> Problem:
    """Return a random problem of up to five states."""
    rng = random.Random(seed)
    size = rng.randint(1, 5)
    states = range(size)
    density = rng.choice((0.1, 0.2, 0.35))
    kinds = rng.choice(([FairnessKind.STRONG], [FairnessKind.WEAK, FairnessKind.STRONG]))
    actions = tuple(
        frozenset((s, t) for s in states for t in states if rng.random() < density)
        for _ in range(rng.randint(1, 4))
    )

    def subset(share: float) -> frozenset[int]:
        return frozenset(s for s in states if rng.random() < share)

    fairness = []
    for _ in range(rng.randint(0, 4)):
        chosen = rng.sample(range(len(actions)), rng.randint(1, min(2, len(actions))))
        fairness.append((rng.choice(kinds), frozenset(chosen)))
    return Problem(
        size,
        subset(0.3) | {0},
        actions,
        tuple(fairness),
        subset(rng.choice((0.0, 0.0, 0.2))),
        subset(0.5),
        subset(rng.choice((0.0, 0.1, 0.3))),
    )


def restless(seed: int) -> Problem:
    """Return a problem where staying put is unfair and strong conditions ask for single steps.

    There the verdict hangs on parts of components, which `problem` seldom makes it do.
    """
    rng = random.Random(seed)
    size = rng.randint(3, 5)
    pairs = [(s, t) for s in range(size) for t in range(size) if s != t]
    moves = {(s, (s + 1) % size) for s in range(size)} | set(rng.sample(pairs, size))
    exits = [frozenset(rng.sample(pairs, rng.randint(1, 2))) for _ in range(rng.randint(1, 3))]
    strong = [(FairnessKind.STRONG, frozenset({place + 1})) for place in range(len(exits))]
    conclusion = frozenset(rng.sample(range(1, size), rng.randint(1, 2)))
    return Problem(
        size,
        frozenset({0}),
        (frozenset(moves), *exits),
        ((FairnessKind.WEAK, frozenset({0})), *strong),
        frozenset(),
        frozenset(range(size)),
        conclusion,
    )


def effect_of(edges: frozenset[Edge]) -> Effect:
    """Return the effect of an action given by its edges."""
    return lambda v: [{"s": t} for s, t in sorted(edges) if s == v["s"]]


def member(states: frozenset[int]) -> Test:
    """Return the test whether the state is one of these."""
    return lambda v: v["s"] in states


def toy_of(given_problem: Problem) -> tuple[Toy, LeadsTo]:
    """Return the problem as a model, and its leads-to formula."""
    toy = Toy(("s",), lambda: [{"s": s} for s in sorted(given_problem.initial)])
    for place, edges in enumerate(given_problem.actions):
        toy.action(f"A{place}", effect_of(edges), ["s"])
    for kind, chosen in given_problem.fairness:
        toy.fair(kind, *(toy.instances[place] for place in sorted(chosen)))
    if given_problem.excluded:
        excluded = given_problem.excluded
        toy.constraints.append(toy.predicate("C", lambda v: v["s"] not in excluded, ["s"]))
    formula = toy.leads_to("P", member(given_problem.premise), member(given_problem.conclusion))
    return toy, formula


def subsets(states: Iterable[int]) -> Iterator[frozenset[int]]:
    """Yield the subsets that are not empty."""
    chosen = sorted(states)
    sizes = range(1, len(chosen) + 1)
    return map(frozenset, chain.from_iterable(combinations(chosen, size) for size in sizes))


def reachable(start: Iterable[int], edges: Iterable[Edge]) -> frozenset[int]:
    """Return the states reached from `start`, by going round until nothing is added."""
    found = set(start)
    while added := {t for s, t in edges if s in found} - found:
        found |= added
    return frozenset(found)


def is_violated(given_problem: Problem) -> bool:
    """Whether a fair behaviour violates the formula: some set of states is visited for ever."""
    inside = frozenset(range(given_problem.size)) - given_problem.excluded
    kept = {(s, t) for edges in given_problem.actions for s, t in edges if {s, t} <= inside}
    seen = reachable(given_problem.initial & inside, kept)
    waiting = inside - given_problem.conclusion
    waiting_edges = [(s, t) for s, t in kept if {s, t} <= waiting]
    region = reachable(seen & given_problem.premise & waiting, waiting_edges)
    return any(
        is_connected(part, kept) and is_fair(part, given_problem) for part in subsets(region)
    )


def is_connected(part: frozenset[int], edges: set[Edge]) -> bool:
    """Whether each state of `part` can be reached from each other inside it."""
    inner = [(s, t) for s, t in edges if s in part and t in part]
    return all(reachable([state], inner) == part for state in part)


def is_fair(part: frozenset[int], given_problem: Problem) -> bool:
    """Whether a behaviour that visits exactly `part` for ever, by all its steps, is fair."""
    for kind, chosen in given_problem.fairness:
        steps = {(s, t) for place in chosen for s, t in given_problem.actions[place] if s != t}
        if any(s in part and t in part for s, t in steps):
            continue
        enabling = {s for s, _ in steps} & part
        if enabling == part or (enabling and kind is FairnessKind.STRONG):
            return False
    return True


def behaviour_of(toy: Toy, row: PropertyResult, trace: Trace) -> Behaviour:
    """Return the behaviour that a row's lasso stands for, read from the trace alone."""
    places = {instance.action: instance.number for instance in toy.instances}
    actions = [step.action for step in trace.steps[1:]]
    if row.closing_step is not None:
        actions.append(row.closing_step.action)
        assert row.closing_step.number == trace.loop_to
    states = tuple((number(step.variables[0][1]),) for step in trace.steps)
    loop = None if trace.ends_in_stuttering or trace.loop_to is None else trace.loop_to - 1
    return Behaviour(states, tuple(places[str(action)] for action in actions), loop)


@contextmanager
def expanding_together_above(few: int) -> Iterator[None]:
    """Have levels of more than `few` nodes expanded as arrays: with 0, even those of small graphs.

    The way is chosen for speed alone.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(product, "FEW", few)
        yield


@given(st.integers(0, 10**9), st.sampled_from([problem, restless]), st.sampled_from([0, FEW]))
@settings(max_examples=5 * EXAMPLES, deadline=None)
def test_verdict_agrees_with_brute_force(
    seed: int, draw: Callable[[int], Problem], few: int
) -> None:
    given_problem = draw(seed)
    toy, formula = toy_of(given_problem)
    with expanding_together_above(few):
        result = explore(toy, ExploreOptions())
    if result.is_vacuous:
        assert given_problem.initial <= given_problem.excluded
        return
    (row,) = result.properties
    expected = Verdict.FAIL if is_violated(given_problem) else Verdict.PASS
    assert row.verdict is expected
    if expected is Verdict.FAIL:
        assert row.trace is not None
        assert is_fair_violation(toy, formula, behaviour_of(toy, row, row.trace))


def apart(problems: list[Problem]) -> Problem:
    """Return problems side by side, as one: no step leads from one to another."""
    offsets = [sum(each.size for each in problems[:place]) for place in range(len(problems))]
    actions: list[frozenset[Edge]] = []
    fairness: list[tuple[FairnessKind, frozenset[int]]] = []

    def moved(states: Callable[[Problem], Iterable[int]]) -> frozenset[int]:
        pairs = zip(offsets, problems, strict=True)
        return frozenset(offset + state for offset, each in pairs for state in states(each))

    for offset, each in zip(offsets, problems, strict=True):
        first = len(actions)
        fairness += [(kind, frozenset(first + a for a in chosen)) for kind, chosen in each.fairness]
        actions += [frozenset((offset + s, offset + t) for s, t in a) for a in each.actions]
    return Problem(
        sum(each.size for each in problems),
        moved(lambda each: each.initial),
        tuple(actions),
        tuple(fairness),
        moved(lambda each: each.excluded),
        moved(lambda each: each.premise),
        moved(lambda each: each.conclusion),
    )


def with_known_steps(toy: Toy, given_problem: Problem) -> None:
    """Have each fairness condition of a problem's model say which instances its steps are by."""
    toy.fairness = [
        replace(condition, steps=ActionSteps(chosen, frozenset({0})))
        for condition, (_, chosen) in zip(toy.fairness, given_problem.fairness, strict=True)
    ]


@given(
    st.lists(st.integers(0, 10**9), min_size=2, max_size=8),
    st.sampled_from([0, FEW]),
    st.booleans(),
)
@settings(deadline=None)
def test_parts_are_judged_together_as_each_alone(
    seeds: list[int], few: int, knows_steps: bool
) -> None:
    drawn = [restless(seed) if seed % 3 else problem(seed) for seed in seeds]
    others = [each for each in drawn[1:] if not is_violated(each)]
    together = apart([*others[:3], drawn[0], *others[3:]])
    toy, formula = toy_of(together)
    if knows_steps:
        with_known_steps(toy, together)
    with expanding_together_above(few):
        result = explore(toy, ExploreOptions(self_check=1))
    if result.is_vacuous:
        assert together.initial <= together.excluded
        return
    (row,) = result.properties
    expected = Verdict.FAIL if is_violated(drawn[0]) else Verdict.PASS
    assert row.verdict is expected
    if expected is Verdict.FAIL:
        assert row.trace is not None
        assert is_fair_violation(toy, formula, behaviour_of(toy, row, row.trace))


@given(st.integers(0, 10**9), st.sampled_from([problem, restless]))
@settings(deadline=None)
def test_levels_expanded_in_either_way_give_the_same_row(
    seed: int, draw: Callable[[int], Problem]
) -> None:
    rows = []
    for few in (0, FEW):
        toy, _ = toy_of(draw(seed))
        with expanding_together_above(few):
            rows.append(explore(toy, ExploreOptions()).properties)
    assert rows[0] == rows[1]
