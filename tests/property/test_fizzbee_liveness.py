"""Verdicts on liveness agree with a judge that knows neither components nor the front-end."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import chain, combinations
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from conform.domain.fairness import FairnessKind
from conform.domain.report import Verdict
from conform.domain.states import State
from conform.domain.temporal import Always, Eventually, StateAtom, TemporalProperty
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.languages.fizzbee.model import FizzModel, build_model
from conform.languages.fizzbee.specification import read_specification
from conform.languages.fizzbee.steps import StepKind
from tests.property.examples import EXAMPLES
from tests.property.fizzbee_judge import Arena, Edge, violates
from tests.property.fizzbee_programs import (
    Block,
    Choice,
    If,
    Link,
    Node,
    Program,
    first_of,
    held_by,
    links_of,
    random_program,
)
from tests.property.fizzbee_role_programs import role_text, unrolled
from tests.unit.languages.fizzbee.fizz_models import model_of

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path
    for folder in ("fizzbee", "tests")
    for path in (ROOT / folder).rglob("*.fizz")
    if "eventually" in path.read_text(encoding="utf-8")
)
MOST_NODES = 60
MOST_NAMES = 8
"""The judge tries each set of the strong names."""
MOST_STATES = 1500
"""Of a file's model: the judge is slow."""


def levels_of_choices(block: Block) -> dict[int, str]:
    """Return how fair the choices of a block are, by place."""
    found = {}
    for statement in block.statements:
        match statement:
            case Choice(place=place, level=level):
                found[place] = level
            case If(block=inner):
                found |= levels_of_choices(inner)
            case Block():
                found |= levels_of_choices(statement)
    return found


def arena_of(program: Program, links: list[Link]) -> Arena:
    """Return the steps of a program with the names that fairness is about.

    These are those of links; (place, value) of strongly fair choices, on offer to who passes
    them; and of weakly fair ones in fair actions the link with it, on offer where each way that the
    link can go passes it.
    """
    levels = {action.name: action.level for action in program.actions}
    choices: dict[int, str] = {}
    for action in program.actions:
        choices |= levels_of_choices(action.body)
    together: dict[tuple[Node, str], list[Link]] = {}
    for link in links:
        together.setdefault((link.source, link.name), []).append(link)
    edges: list[Edge] = []
    names: dict[str, set[Hashable]] = {"": set(), "weak": set(), "strong": set()}
    offers: dict[Hashable, set[Hashable]] = {}
    for (source, name), group in together.items():
        level = levels.get(name, "strong")
        names[level].add(name)
        offers.setdefault(name, set()).add(source)
        for pick in frozenset[tuple[int, int]]().union(*(link.taken for link in group)):
            if choices[pick[0]] == "strong":
                names["strong"].add(pick)
            elif choices[pick[0]] == "weak" and level:
                names["weak"].add((name, pick))
                always = all(pick in link.offered for link in group)
                offers.setdefault((name, pick), set()).update({source} if always else ())
        for link in group:
            takes = {name, *link.taken, *((name, pick) for pick in link.taken)}
            passes = {pick for pick in link.offered if choices[pick[0]] == "strong"}
            edges.append(Edge(source, link.target, frozenset(takes), frozenset(passes)))
    return Arena(
        tuple(edges),
        frozenset(names["strong"]),
        frozenset(names["weak"]),
        {name: frozenset(states) for name, states in offers.items()},
    )


def judged(program: Program, links: list[Link]) -> Verdict:
    """Return the judge's verdict on what a program asserts."""
    nodes = {first_of(program), *(link.target for link in links)}
    good: set[Hashable] = {node for node in nodes if held_by(program, node)}
    is_violated = violates(arena_of(program, links), first_of(program), program.kind, good)
    return Verdict.FAIL if is_violated else Verdict.PASS


def known(seed: int) -> tuple[Program, list[Link]] | None:
    """Return a random program and its steps; None where it is too large to be judged."""
    program = random_program(seed)
    links = links_of(program, MOST_NODES)
    if links is None or len({pick for link in links for pick in link.offered}) > MOST_NAMES:
        return None
    return program, links


@given(st.integers(0, 10**9))
@settings(max_examples=2 * EXAMPLES, deadline=None)
def test_a_program_has_the_verdict_of_the_judge(seed: int) -> None:
    drawn = known(seed)
    if drawn is None:
        return
    program, links = drawn
    result = explore(model_of(program.text()), ExploreOptions(self_check=1))
    assert result.verdicts() == {"Goal": judged(program, links)}, program.text()
    if program.threads == 1 and not program.crashes:
        assert result.distinct_states == len({first_of(program), *(link.target for link in links)})


@given(st.integers(0, 10**9))
@settings(max_examples=EXAMPLES, deadline=None)
def test_two_instances_of_a_role_have_the_verdict_of_two_sets_of_actions(seed: int) -> None:
    program = random_program(seed)
    apart = unrolled(program)
    links = links_of(apart, MOST_NODES)
    if links is None or len({pick for link in links for pick in link.offered}) > MOST_NAMES:
        return
    result = explore(model_of(role_text(program)), ExploreOptions(self_check=1))
    assert result.verdicts() == {"Goal": judged(apart, links)}, role_text(program)


def is_violated_by_sets(arena: Arena, initial: Hashable, kind: str, good: set[Hashable]) -> bool:
    """Answer as the judge, by trying all sets of edges that a behaviour could repeat for ever."""
    seen = {initial}
    while added := {edge.target for edge in arena.edges if edge.source in seen} - seen:
        seen |= added
    edges = [edge for edge in arena.edges if edge.source in seen]
    for chosen in chain([()], _subsets(edges)):
        starts = {edge.source for edge in chosen}
        for part in [starts] if chosen else [{state} for state in seen]:
            if _is_connected(part, chosen) and _is_fair(arena, part, chosen):
                bad = part - good
                if bad == part if kind == "always eventually" else bad:
                    return True
    return False


def _subsets(edges: list[Edge]) -> Iterator[tuple[Edge, ...]]:
    return chain.from_iterable(combinations(edges, n) for n in range(1, len(edges) + 1))


def _is_connected(part: set[Hashable], edges: tuple[Edge, ...]) -> bool:
    for state in part:
        found = {state}
        while added := {edge.target for edge in edges if edge.source in found} - found:
            found |= added
        if found != part:
            return False
    return True


def _is_fair(arena: Arena, part: set[Hashable], edges: tuple[Edge, ...]) -> bool:
    taken = frozenset[Hashable]().union(*(edge.takes for edge in edges))
    passed = frozenset[Hashable]().union(*(edge.passes for edge in edges))
    offered = {name for name in arena.strong if arena.offers.get(name, frozenset()) & part}
    weakly = {name for name in arena.weak if part <= arena.offers[name]}
    return (offered | weakly | (passed & arena.strong)) <= taken


@given(st.integers(0, 10**9))
@settings(max_examples=3 * EXAMPLES, deadline=None)
def test_the_judge_agrees_with_a_try_of_all_sets_of_steps(seed: int) -> None:
    program = random_program(seed)
    links = links_of(program, 4)
    if links is None or len(links) > 9:
        return
    arena = arena_of(program, links)
    nodes = {first_of(program), *(link.target for link in links)}
    good: set[Hashable] = {node for node in nodes if held_by(program, node)}
    expected = is_violated_by_sets(arena, first_of(program), program.kind, good)
    assert violates(arena, first_of(program), program.kind, good) == expected, program.text()


# ------------------------------------------------------------------------ models of the project


def steps_of(model: FizzModel) -> tuple[State, Arena] | None:
    """Return the first state of a model and its steps; None where they are not to be judged."""
    initial = list(dict.fromkeys(model.initial_states()))
    if len(initial) != 1:
        return None
    ways = [way for way in model.ways if not way.link.kind.is_fault]
    edges: list[Edge] = []
    offers: dict[Hashable, set[Hashable]] = {}
    known, waiting = set(initial), list(initial)
    while waiting:
        state = waiting.pop()
        for way in ways:
            for successor in model.successors(way.instance, state):
                offers.setdefault(way.link.name, set()).add(state)
                name = frozenset({way.link.name})
                edges.append(Edge(state, successor.state, name, frozenset()))
                if successor.state not in known:
                    known.add(successor.state)
                    waiting.append(successor.state)
        if len(known) > MOST_STATES:
            return None
    names: dict[FairnessKind | None, set[Hashable]] = {each: set() for each in FairnessKind}
    for way in ways:
        level: FairnessKind | None = FairnessKind.STRONG
        if way.link.kind is StepKind.START:
            assert way.link.routine is not None
            level = way.link.routine.fairness
        names.setdefault(level, set()).add(way.link.name)
    sets = {name: frozenset(offers.get(name, ())) for each in names.values() for name in each}
    strong, weak = frozenset(names[FairnessKind.STRONG]), frozenset(names[FairnessKind.WEAK])
    if len(strong) > MOST_NAMES:
        return None
    return initial[0], Arena(tuple(dict.fromkeys(edges)), strong, weak, sets)


def is_broken(model: FizzModel, told: tuple[State, Arena], formula: TemporalProperty) -> bool:
    """Return whether the judge finds a violation of `[]<>P` or `<>[]P`."""
    initial, arena = told
    match formula.formula:
        case Always(Eventually(StateAtom(predicate))):
            kind = "always eventually"
        case Eventually(Always(StateAtom(predicate))):
            kind = "eventually always"
        case _:
            raise AssertionError(formula.formula)
    states = {initial, *(edge.target for edge in arena.edges if isinstance(edge.target, tuple))}
    return violates(arena, initial, kind, {state for state in states if predicate.holds(state)})


def test_the_models_of_the_project_have_the_verdicts_of_the_judge() -> None:
    judged_ones = []
    for path in FILES:
        model = build_model(read_specification(path))
        if not model.liveness or any(choice.fairness for choice in model.program.choices):
            continue
        result, told = explore(model, ExploreOptions()), steps_of(model)
        if told is None or result.cut_by or result.deadlock:
            continue
        rows = {row.name: row.verdict for row in result.properties}
        for formula in model.liveness:
            expected = Verdict.FAIL if is_broken(model, told, formula) else Verdict.PASS
            assert rows[formula.property_name] is expected, (path.name, formula.property_name)
            judged_ones.append(path.stem)
    assert len(judged_ones) > 10, judged_ones
