"""Remembered answers change nothing, and the search agrees with a naive one over plain values."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from conform.domain.report import Verdict
from conform.domain.states import State
from conform.domain.values import Value
from conform.explore.options import ExploreOptions
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from tests.unit.explore.toys import Effect, StepTest, Test, Toy, Vars

NAMES = ("a", "b", "c")
VALUES: tuple[Value, ...] = (0, 1, True, False, "x")

Exact = tuple[tuple[type, Value], ...]


def exact(values: Iterable[Value]) -> Exact:
    """Return values with their types: Python takes 1 for True."""
    return tuple((type(value), value) for value in values)


def table(*key: object) -> random.Random:
    """Return the random numbers that belong to a key: a function drawn at random."""
    return random.Random(repr(key))


def some(names: tuple[str, ...], rng: random.Random) -> list[str]:
    """Return a random subset of names, in order."""
    return [name for name in names if rng.random() < 0.6]


def random_effect(seed: str, reads: list[str], writes: list[str]) -> Effect:
    """Return an effect that depends on `reads` alone and assigns `writes`."""

    def effect(values: Vars) -> list[Vars]:
        rng = table(seed, exact(values[name] for name in reads))
        branches = rng.choice((0, 0, 1, 1, 2, 3))
        return [{name: rng.choice(VALUES) for name in writes} for _ in range(branches)]

    return effect


def random_test(seed: str, reads: list[str], share: float) -> Test:
    """Return a test that depends on `reads` alone and holds for about a `share` of states."""
    return lambda v: table(seed, exact(v[name] for name in reads)).random() < share


def random_step_test(seed: str, reads: list[str], share: float) -> StepTest:
    """Return a step test that depends on `reads` alone."""

    def test(v: Vars, w: Vars) -> bool:
        before, after = exact(v[n] for n in reads), exact(w[n] for n in reads)
        return table(seed, before, after).random() < share

    return test


def random_toy(seed: int) -> Toy:
    """Return a small random model whose declared reads and writes are true."""
    rng = random.Random(seed)
    starts: list[Vars] = [
        {name: rng.choice(VALUES) for name in NAMES} for _ in range(rng.choice((1, 1, 2, 3)))
    ]
    toy = Toy(NAMES, lambda: starts, checks_deadlock=rng.random() < 0.3)
    for number in range(rng.randint(1, 4)):
        reads, writes = some(NAMES, rng), some(NAMES, rng)
        effect = random_effect(f"{seed} action {number}", reads, writes)
        toy.action(f"A{number}", effect, None if rng.random() < 0.2 else reads, writes)
    for number in range(rng.randint(0, 3)):
        reads = some(NAMES, rng)
        toy.invariant(f"I{number}", random_test(f"{seed} I{number}", reads, 0.97), reads)
    if rng.random() < 0.5:
        reads = some(NAMES, rng)
        test = random_step_test(f"{seed} step", reads, 0.98)
        toy.action_properties.append(toy.step_predicate("Step", test, reads))
    if rng.random() < 0.4:
        reads = some(NAMES, rng)
        toy.constraints.append(toy.predicate("C", random_test(f"{seed} C", reads, 0.9), reads))
    if rng.random() < 0.3:
        reads = some(NAMES, rng)
        test = random_step_test(f"{seed} cut", reads, 0.9)
        toy.action_constraints.append(toy.step_predicate("AC", test, reads))
    return toy


@dataclass
class Naive:
    """What a naive search sees that goes on after violations: TLC's rules, spelled out."""

    generated: int
    distinct: int
    depth: int
    first_violations: dict[str, int]
    deadlock: int | None


def naive_search(toy: Toy) -> Naive:
    """Search with plain values; `first_violations` holds lengths of shortest traces, in states."""
    seen: set[Exact] = set()
    level: list[State] = []
    result = Naive(0, 0, 0, {}, None)

    def visit_state(state: State, length: int) -> None:
        for invariant in toy.invariants:
            if not invariant.holds(state):
                result.first_violations.setdefault(invariant.name, length)

    def arrive(state: State, *, admitted: bool, length: int, into: list[State]) -> None:
        result.generated += 1
        is_inside = admitted and all(c.holds(state) for c in toy.constraints)
        if is_inside and exact(state) in seen:
            return
        if is_inside:
            seen.add(exact(state))
            into.append(state)
        visit_state(state, length)

    for state in toy.initial_states():
        arrive(state, admitted=True, length=1, into=level)
    while level:
        result.depth += 1
        following: list[State] = []
        for state in level:
            successors = [s.state for i in toy.instances for s in toy.successors(i, state)]
            if not successors and toy.checks_deadlock and result.deadlock is None:
                result.deadlock = result.depth
            for after in successors:
                admitted = all(c.holds(state, after) for c in toy.action_constraints)
                arrive(after, admitted=admitted, length=result.depth + 1, into=following)
                for step in toy.action_properties:
                    if not step.holds(state, after):
                        result.first_violations.setdefault(step.name, result.depth + 1)
        level = following
    result.distinct = len(seen)
    return result


def as_naive(found: ExplorationResult) -> Naive:
    """Return what the explorer found in the terms of the naive search."""
    lengths = {
        row.name: len(row.trace.steps)
        for row in found.properties
        if row.verdict is Verdict.FAIL and row.trace is not None
    }
    deadlock = None if found.deadlock is None else len(found.deadlock.steps)
    return Naive(found.states_generated, found.distinct_states, found.depth, lengths, deadlock)


@given(st.integers(0, 10**9))
@settings(deadline=None)
def test_search_agrees_with_a_naive_one(seed: int) -> None:
    found = explore(random_toy(seed), ExploreOptions(stop_at_first=False, self_check=1))
    assert as_naive(found) == naive_search(random_toy(seed))


@given(st.integers(0, 10**9), st.booleans())
@settings(deadline=None)
def test_remembering_answers_changes_nothing(seed: int, stop_at_first: bool) -> None:
    results = [
        explore(
            random_toy(seed),
            ExploreOptions(stop_at_first=stop_at_first, remember=remember, self_check=self_check),
        )
        for remember, self_check in ((True, 1), (True, 0), (False, 0))
    ]
    first, *others = [replace(result, duration=0.0) for result in results]
    for other in others:
        assert other == first


@given(st.integers(0, 10**9))
@settings(deadline=None)
def test_every_step_of_a_trace_is_one_of_the_model(seed: int) -> None:
    toy = random_toy(seed)
    found = explore(toy, ExploreOptions(stop_at_first=False))
    traces = [row.trace for row in found.properties if row.trace] + [
        trace for trace in (found.deadlock,) if trace
    ]
    for trace in traces:
        states = [tuple(value for _, value in step.variables) for step in trace.steps]
        assert exact(states[0]) in [exact(state) for state in toy.initial_states()]
        for before, after, step in zip(states, states[1:], trace.steps[1:], strict=False):
            (instance,) = [i for i in toy.instances if i.action == step.action]
            reached = [exact(s.state) for s in toy.successors(instance, before)]
            assert exact(after) in reached
