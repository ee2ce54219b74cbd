"""What instances and predicates say of the slots they read and write is true in every state."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conform.domain.actions import ActionInstance
from conform.domain.states import Predicate, State
from conform.errors import EvaluationError
from conform.languages.tlaplus.behaviour import Formula
from conform.languages.tlaplus.evaluation.compiler import Compiler
from conform.languages.tlaplus.model import TlaModel
from conform.languages.tlaplus.predicates import Formulas
from tests.unit.languages.tlaplus.modules import model

VALUES = st.integers(0, 2)
STATES = st.tuples(VALUES, VALUES, VALUES)

GUARDS = [
    "x = {n}",
    "y > {n}",
    "x < z",
    "x' >= {n}",
    "y' # z",
    "\\E i \\in 0..{n} : i = y",
    "\\A i \\in 0..x : i <= {n}",
    "ENABLED Move({n})",
    "ENABLED (UNCHANGED <<y, z>> /\\ z' = {n})",
    "Primed(x) = {n}",
    "(LET v == z + {n} IN v > x)",
    "(x = {n} \\/ y = z)",
    "(IF y = {n} THEN x = 0 ELSE z = 1)",
    "Both(x, y) # {n}",
    "~(z = {n})",
    "(x = {n} => y = z)",
]
ASSIGNMENTS = [
    "{v}' = {n}",
    "{v}' = (x + {n}) % 3",
    "{v}' = (y + z) % 3",
    "{v}' \\in 0..{n}",
    "{v}' \\in {{y, z}}",
    "UNCHANGED {v}",
    "(IF z = {n} THEN {v}' = x ELSE UNCHANGED {v})",
    "(x = {n} => {v}' = 1) /\\ (x # {n} => UNCHANGED {v})",
    "({v}' = 0 \\/ (y = {n} /\\ UNCHANGED {v}))",
    "(CASE x = {n} -> {v}' = z [] OTHER -> UNCHANGED {v})",
    "(\\E i \\in 0..y : {v}' = i)",
    "Set({v}, (x + {n}) % 3)",
    "(LET v == z IN {v}' = v)",
]
BEFORE = """VARIABLES x, y, z
vars == <<x, y, z>>
Both(a, b) == a + b
Primed(a) == a'
Set(v, e) == v' = e
Move(n) == x = n /\\ x' = y /\\ UNCHANGED <<y, z>>
Init == x \\in 0..2 /\\ y \\in 0..2 /\\ z \\in 0..2
"""


@st.composite
def guards(draw: st.DrawFn) -> str:
    return draw(st.sampled_from(GUARDS)).format(n=draw(VALUES))


def is_about_a_state(guard: str) -> bool:
    """Whether a guard has no primes, but for those of an action under ENABLED."""
    return guard.startswith("ENABLED") or not ("'" in guard or guard.startswith("Primed"))


@st.composite
def actions(draw: st.DrawFn) -> str:
    """Draw an action that assigns every variable; what looks at them stands before or behind."""
    lines = [
        draw(st.sampled_from(ASSIGNMENTS)).format(v=variable, n=draw(VALUES))
        for variable in draw(st.permutations(["x", "y", "z"]))
    ]
    behind = draw(st.lists(guards(), max_size=2))
    before = draw(st.lists(guards().filter(is_about_a_state), max_size=2))
    return "\n".join(f"  /\\ {line}" for line in [*before, *lines, *behind])


@dataclass(frozen=True)
class Sample:
    """A model of one instance, and its action as a predicate over steps."""

    model: TlaModel
    instance: ActionInstance


@cache
def sample(action: str) -> Sample:
    found = model(f"{BEFORE}Act ==\n{action}\nNext == Act")
    return Sample(found, found.instances[0])


def outcome(found: Sample, state: State) -> list[State] | str:
    """Return the successors, or that there was an error (whose message may name any value)."""
    try:
        return [one.state for one in found.model.successors(found.instance, state)]
    except EvaluationError:
        return "error"


def merged(state: State, other: State, slots: frozenset[int]) -> State:
    """Return `state` with the values of `other` outside `slots`."""
    return tuple(state[i] if i in slots else other[i] for i in range(len(state)))


@settings(deadline=None)
@given(actions(), STATES, STATES)
def test_slots_outside_reads_change_nothing_inside_writes(
    action: str, state: State, other: State
) -> None:
    found = sample(action)
    assert found.instance.reads is not None
    writes = found.instance.writes
    one = outcome(found, state)
    two = outcome(found, merged(state, other, found.instance.reads))
    if isinstance(one, str) or isinstance(two, str):
        assert one == two
        return
    inside = [[tuple(after[i] for i in sorted(writes)) for after in each] for each in (one, two)]
    assert inside[0] == inside[1]


@settings(deadline=None)
@given(actions(), STATES)
def test_successors_agree_with_the_state_outside_writes(action: str, state: State) -> None:
    found = sample(action)
    for after in outcome(found, state):
        if not isinstance(after, str):
            assert merged(after, state, found.instance.writes) == after


@settings(deadline=None)
@given(actions(), STATES, STATES)
def test_what_was_observed_to_be_read_decides_and_was_foreseen(
    action: str, state: State, other: State
) -> None:
    found = sample(action)
    try:
        seen = found.model.observe(found.instance, state)
    except EvaluationError:
        return
    assert found.instance.reads is not None
    assert seen.reads <= found.instance.reads
    assert [one.state for one in seen.successors] == outcome(found, state)
    changed = merged(state, other, seen.reads)
    after = outcome(found, changed)
    assert not isinstance(after, str)
    expected = [merged(one.state, changed, seen.writes) for one in seen.successors]
    assert after == expected


@settings(deadline=None)
@given(actions(), STATES)
def test_every_step_of_an_action_makes_it_true_as_a_formula(action: str, state: State) -> None:
    found = sample(action)
    after = outcome(found, state)
    loaded = found.model.specification
    compiler = Compiler(("x", "y", "z"), loaded.analysis)
    formula = Formula(loaded.definitions["Act"].body, loaded.scope)
    step = Formulas(loaded, compiler).of_step("Act", formula)
    enabled = Formulas(loaded, compiler).of_enabled("Act", formula)
    if isinstance(after, str):
        return
    assert all(step.holds(state, one) for one in after)
    assert enabled.holds(state) is bool(after)


@settings(deadline=None)
@given(st.lists(guards().filter(is_about_a_state), min_size=1, max_size=3), STATES, STATES)
def test_slots_outside_the_reads_of_an_invariant_do_not_decide(
    parts: list[str], state: State, other: State
) -> None:
    lines = "\n".join(f"  /\\ {part}" for part in parts)
    found = model(
        f"{BEFORE}Next == UNCHANGED vars\nInv ==\n  /\\ TRUE\n{lines}",
        "INIT Init\nNEXT Next\nINVARIANT Inv",
    )
    for predicate in found.invariants:
        assert predicate.reads is not None
        assert value(predicate, state) == value(predicate, merged(state, other, predicate.reads))


def value(predicate: Predicate, state: State) -> bool | None:
    try:
        return predicate.holds(state)
    except EvaluationError:
        return None


@settings(deadline=None)
@given(actions(), STATES)
def test_an_action_that_chooses_nothing_gives_no_choices(action: str, state: State) -> None:
    found = sample(action)
    if found.instance.chooses:
        return
    try:
        successors = list(found.model.successors(found.instance, state))
    except EvaluationError:
        return
    assert not any(one.choices for one in successors)


@pytest.mark.parametrize(
    ("action", "chooses"),
    [
        ("x' \\in {0, 1} /\\ UNCHANGED <<y, z>>", False),
        ("(\\E i \\in 0..y : i = x) /\\ x' = y /\\ UNCHANGED <<y, z>>", False),
        ("(\\E i \\in 0..y : x' = i) /\\ UNCHANGED <<y, z>>", True),
        (
            "IF y = 0 THEN UNCHANGED vars ELSE \\E i \\in 0..y : Set(x, i) /\\ y' = i /\\ z' = i",
            True,
        ),
    ],
)
def test_values_are_chosen_by_what_assigns_under_a_quantifier(action: str, chooses: bool) -> None:
    assert sample(action).instance.chooses is chooses
