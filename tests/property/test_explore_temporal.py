"""Verdicts on temporal formulas agree with a tableau of another kind, built without any cunning.

The oracle is that of Lichtenstein and Pnueli (1985): a node is an edge together with a truth value
for each `[]` and `<>` in the formula; the others follow. Fairness is part of the formula. Nothing
is simplified, no case told apart, and no node left out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from conform.domain.fairness import ActionSteps, FairnessCondition, FairnessKind
from conform.domain.report import Verdict
from conform.domain.states import State
from conform.domain.temporal import (
    Always,
    And,
    Eventually,
    LeadsTo,
    Not,
    Or,
    StateAtom,
    StepAtom,
    Temporal,
)
from conform.explore.liveness.evidence import is_fair_violation
from conform.explore.liveness.product import FEW
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from tests.property.examples import EXAMPLES
from tests.property.test_explore_liveness import (
    Edge,
    behaviour_of,
    effect_of,
    expanding_together_above,
    member,
)
from tests.unit.explore.toys import SPAN, Toy

Values = tuple[bool, ...]
Node = tuple[Edge, Values]


@dataclass(frozen=True)
class Problem:
    """A toy with one property, and the edges of its graph, a stuttering one at each state."""

    toy: Toy
    initial: frozenset[int]
    edges: frozenset[Edge]


class Drawing:
    """Draws one random problem."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.size = self.rng.randint(1, 4)
        self.states = range(self.size)
        self.initial = self.subset(0.3) | {0}
        density = self.rng.choice((0.15, 0.3, 0.5))
        self.actions = [
            frozenset(
                (s, t) for s in self.states for t in self.states if self.rng.random() < density
            )
            for _ in range(self.rng.randint(1, 3))
        ]
        self.excluded = self.subset(self.rng.choice((0.0, 0.0, 0.15)))
        self.toy = Toy(("s",), lambda: [{"s": s} for s in sorted(self.initial)])

    def problem(self) -> Problem:
        for place, edges in enumerate(self.actions):
            self.toy.action(f"A{place}", effect_of(edges), ["s"])
        if self.excluded:
            is_out = member(self.excluded)
            self.toy.constraints.append(self.toy.predicate("C", lambda v: not is_out(v), ["s"]))
        for _ in range(self.rng.choice((0, 0, 1))):
            self.fairness()
        if self.rng.random() < 0.5:  # or else most counterexamples stutter
            self.toy.fair(FairnessKind.WEAK, *self.toy.instances)
        if self.rng.random() < 0.25:
            self.toy.temporal_assumptions.append(self.formula(2))
        self.toy.temporal("P", self.formula(self.rng.randint(1, 3)))
        inside = frozenset(self.states) - self.excluded
        moves = {edge for edges in self.actions for edge in edges if set(edge) <= inside}
        edges = frozenset(moves | {(s, s) for s in inside})
        return Problem(self.toy, self.initial & inside, edges)

    def fairness(self) -> None:
        """Add a fairness condition on some actions; half of them tell their steps."""
        count = len(self.actions)
        chosen = self.rng.sample(self.toy.instances, self.rng.randint(1, count))
        self.toy.fair(self.rng.choice(list(FairnessKind)), *chosen)
        if self.rng.random() < 0.5:
            plain = self.toy.fairness.pop()
            steps = ActionSteps(frozenset(each.number for each in chosen), frozenset({0}))
            self.toy.fairness.append(
                FairnessCondition(
                    plain.kind, plain.action, (), SPAN, plain.enabled, plain.taken, steps
                )
            )

    def formula(self, depth: int) -> Temporal:
        """Return a formula with `[]` and `<>` nested up to `depth`, stuttering apart."""
        if depth == 0:
            return self.atom()
        draw = self.formula
        kinds: list[Callable[[], Temporal]] = [
            lambda: Always(draw(depth - 1)),
            lambda: Eventually(draw(depth - 1)),
            lambda: Always(StepAtom(self.step("[A]_v", at_rest=True))),
            lambda: Eventually(StepAtom(self.step("<<A>>_v", at_rest=False))),
            lambda: Eventually(Or((self.atom(), Not(StepAtom(self.step("[A]_v", at_rest=True)))))),
            lambda: Not(draw(depth)),
            lambda: And((draw(depth - 1), draw(depth))),
            lambda: Or((draw(depth), draw(depth - 1))),
            lambda: LeadsTo(draw(depth - 1), self.atom()),
            lambda: Always(Eventually(draw(depth - 1))),
            lambda: Eventually(Always(draw(depth - 1))),
        ]
        return self.rng.choice(kinds)()

    def atom(self) -> Temporal:
        atom = StateAtom(self.toy.predicate("p", member(self.subset(0.5)), ["s"]))
        return self.rng.choice((atom, Not(atom)))

    def step(self, name: str, *, at_rest: bool) -> ToyStep:
        pairs = [(s, t) for s in self.states for t in self.states if s != t]
        chosen = frozenset(pair for pair in pairs if self.rng.random() < 0.5)
        return ToyStep(name, chosen, at_rest)

    def subset(self, share: float) -> frozenset[int]:
        return frozenset(s for s in self.states if self.rng.random() < share)


@dataclass(frozen=True)
class ToyStep:
    """A predicate on steps given by its pairs; `at_rest` is its value where nothing changes."""

    name: str
    pairs: frozenset[Edge]
    at_rest: bool
    reads: frozenset[int] | None = frozenset({0})
    span = SPAN

    def holds(self, before: State, after: State) -> bool:
        """Return whether the pair is one of them."""
        return self.at_rest if before == after else (before[0], after[0]) in self.pairs


class Tableau:
    """All ways to give truth values to the parts of a formula along a graph."""

    def __init__(self, formula: Temporal, edges: frozenset[Edge]) -> None:
        self.formula = formula
        self.parts = list(dict.fromkeys(modal_parts(formula)))
        self.places = {part: place for place, part in enumerate(self.parts)}
        choices = list(product((False, True), repeat=len(self.parts)))
        self.nodes = [
            (edge, values)
            for edge in sorted(edges)
            for values in choices
            if self.is_consistent(edge, values)
        ]
        self.by_state: dict[int, list[Node]] = {}
        for node in self.nodes:
            self.by_state.setdefault(node[0][0], []).append(node)

    def value(self, formula: Temporal, node: Node) -> bool:
        """Return the value of a part at a node."""
        (before, after), values = node
        match formula:
            case StateAtom(predicate):
                return predicate.holds((before,))
            case StepAtom(step):
                return step.holds((before,), (after,))
            case Not(inner):
                return not self.value(inner, node)
            case And(formulas):
                return all(self.value(inner, node) for inner in formulas)
            case Or(formulas):
                return any(self.value(inner, node) for inner in formulas)
            case LeadsTo():
                return self.value(spelt_out(formula), node)
            case _:
                return values[self.places[formula]]

    def is_consistent(self, edge: Edge, values: Values) -> bool:
        """Whether `[]F` implies F, and F implies `<>F`."""
        node = (edge, values)
        return all(
            is_true <= self.value(part.formula, node)
            if isinstance(part, Always)
            else self.value(part.formula, node) <= is_true
            for part, is_true in zip(self.parts, values, strict=True)
        )

    def successors(self, node: Node) -> Iterator[Node]:
        """Yield the nodes that may come next."""
        (_, after), values = node
        for following in self.by_state.get(after, ()):
            if all(
                is_true == (self.value(part.formula, node) and later)
                if isinstance(part, Always)
                else is_true == (self.value(part.formula, node) or later)
                for part, is_true, later in zip(self.parts, values, following[1], strict=True)
            ):
                yield following

    def is_satisfied(self, initial: frozenset[int]) -> bool:
        """Whether some behaviour from an initial state satisfies the formula."""
        after = {node: list(self.successors(node)) for node in self.nodes}
        starts = [n for n in self.nodes if n[0][0] in initial and self.value(self.formula, n)]
        seen = reached(starts, after)
        before: dict[Node, list[Node]] = {node: [] for node in seen}
        for node in seen:
            for following in after[node]:
                before[following].append(node)
        waiting = set(seen)
        while waiting:
            root = next(iter(waiting))
            part = reached([root], after) & reached([root], before)
            waiting -= part
            if self.is_fulfilling(part, after):
                return True
        return False

    def is_fulfilling(self, part: set[Node], after: dict[Node, list[Node]]) -> bool:
        """Whether what is promised in a part comes true there, for promises kept or broken."""
        if len(part) == 1 and not part & set(after[next(iter(part))]):
            return False
        return all(
            any(self.value(each, n) == is_always or self.value(each.formula, n) != is_always
                for n in part)
            for each in self.parts
            for is_always in [isinstance(each, Always)]
        )  # fmt: skip


def reached(starts: Iterable[Node], after: dict[Node, list[Node]]) -> set[Node]:
    """Return the nodes that can be reached."""
    found = set(starts)
    queue = list(found)
    for node in queue:
        fresh = [each for each in after[node] if each not in found]
        found.update(fresh)
        queue.extend(dict.fromkeys(fresh))
    return found


def modal_parts(formula: Temporal) -> Iterator[Always | Eventually]:
    """Yield each `[]` and `<>` in a formula."""
    match formula:
        case Always(inner) | Eventually(inner):
            yield formula
            yield from modal_parts(inner)
        case Not(inner):
            yield from modal_parts(inner)
        case And(formulas) | Or(formulas):
            for inner in formulas:
                yield from modal_parts(inner)
        case LeadsTo():
            yield from modal_parts(spelt_out(formula))


def spelt_out(formula: LeadsTo) -> Temporal:
    """Return `P ~> Q` as `[](P => <>Q)`."""
    return Always(Or((Not(formula.premise), Eventually(formula.conclusion))))


def as_formula(condition: FairnessCondition) -> Temporal:
    """Return WF or SF as the formula that it stands for."""
    never = Eventually(Always(Not(StateAtom(condition.enabled))))
    taken = Always(Eventually(StepAtom(condition.taken)))
    if condition.kind is FairnessKind.STRONG:
        return Or((never, taken))
    return Or((Not(Eventually(Always(StateAtom(condition.enabled)))), taken))


def is_violated(problem: Problem) -> bool:
    """Whether a behaviour is fair, satisfies the assumptions, and violates the property."""
    toy = problem.toy
    wanted = [as_formula(condition) for condition in toy.fairness]
    wanted += toy.temporal_assumptions
    wanted.append(Not(toy.liveness[0].formula))
    return Tableau(And(tuple(wanted)), problem.edges).is_satisfied(problem.initial)


MOST_PARTS = 6
"""The oracle's nodes double with each `[]` and `<>`."""


@given(st.integers(0, 10**9), st.sampled_from([0, FEW]))
@settings(max_examples=4 * EXAMPLES, deadline=None)
def test_verdict_agrees_with_another_tableau(seed: int, few: int) -> None:
    problem = Drawing(seed).problem()
    toy = problem.toy
    formulas = [*map(as_formula, toy.fairness), *toy.temporal_assumptions, toy.liveness[0].formula]
    if sum(len(list(modal_parts(formula))) for formula in formulas) > MOST_PARTS:
        return
    with expanding_together_above(few):
        result = explore(toy, ExploreOptions(self_check=1))
    if result.is_vacuous:
        assert not problem.initial
        return
    (row,) = result.properties
    if row.verdict is Verdict.INCOMPLETE:
        assert "by its form" in row.reason
        assert not is_violated(problem)
        return
    assert row.verdict is (Verdict.FAIL if is_violated(problem) else Verdict.PASS)
    if row.verdict is Verdict.FAIL:
        assert row.trace is not None
        behaviour = behaviour_of(toy, row, row.trace)
        assert is_fair_violation(toy, toy.liveness[0].formula, behaviour)
