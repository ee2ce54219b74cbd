"""VIEW and SYMMETRY: what counts as one state, and what that must not change."""

from __future__ import annotations

import itertools

import pytest

from conform.domain.exploration import ExplorationStatus
from conform.domain.report import Verdict
from conform.domain.values import (
    FunctionValue,
    ModelValue,
    SetValue,
    Value,
    function,
    record,
    sequence,
)
from conform.errors import InputError
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.languages.tlaplus.identity import Symmetry, generated_group
from conform.text import Span
from tests.unit.languages.tlaplus.modules import model, run

HERE = Span("M.cfg", 1, 1, 1, 1)
A, B, C = (ModelValue(name) for name in "abc")


def swap(one: ModelValue, other: ModelValue) -> FunctionValue:
    """Return the function that exchanges two model values."""
    return function({one: other, other: one})


LIVE = r"""
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == \/ y < 3 /\ y' = y + 1 /\ x' = x
        \/ y = 3 /\ x' = 1 /\ y' = y
Spec == Init /\ [][Next]_<<x, y>> /\ WF_<<x, y>>(Next)
Part == x
Arrives == (y = 0) ~> (x = 1)
"""


def test_liveness_under_a_view_is_checked_on_all_states() -> None:
    result = run(LIVE, "SPECIFICATION Spec\nVIEW Part\nPROPERTY Arrives")
    assert result.distinct_states == 1
    assert result.verdicts() == {"Arrives": Verdict.PASS}


def test_liveness_is_incomplete_where_all_states_are_too_many() -> None:
    found = model(LIVE, "SPECIFICATION Spec\nVIEW Part\nPROPERTY Arrives")
    result = explore(found, ExploreOptions(max_states=3))
    (row,) = result.properties
    assert (row.verdict, result.status) == (Verdict.INCOMPLETE, ExplorationStatus.INCOMPLETE)
    assert "without VIEW Part" in row.reason


def test_a_kept_graph_has_all_states() -> None:
    found = model(LIVE, "SPECIFICATION Spec\nVIEW Part")
    graph = explore(found, ExploreOptions(keep_graph=True)).graph
    assert graph is not None
    assert graph.state_count == 5


SENDERS = r"""
CONSTANT P
VARIABLE sent
Perms == Permutations(P)
Init == sent = <<>>
Next == Len(sent) < 3 /\ \E p \in P : sent' = Append(sent, p)
Repeats == Len(sent) = 2 => sent[1] = sent[2]
Constant == {[p \in P |-> CHOOSE q \in P : TRUE]}
Numbers == Permutations({1, 2})
"""


def test_a_trace_under_symmetry_is_a_behaviour() -> None:
    found = model(
        SENDERS, "INIT Init\nNEXT Next\nCONSTANT P = {a, b}\nSYMMETRY Perms\nINVARIANT Repeats"
    )
    (row,) = explore(found, ExploreOptions()).properties
    assert row.trace is not None
    states = [dict(step.variables)["sent"] for step in row.trace.steps]
    for before, after in itertools.pairwise(states):
        reached = [
            successor.state
            for instance in found.instances
            for successor in found.successors(instance, (before,))
        ]
        assert (after,) in reached


@pytest.mark.parametrize(
    ("name", "why"), [("Constant", "in another order"), ("Numbers", "no model value")]
)
def test_what_permutes_nothing_is_no_symmetry(name: str, why: str) -> None:
    with pytest.raises(InputError, match=why) as caught:
        model(SENDERS, f"INIT Init\nNEXT Next\nCONSTANT P = {{a, b}}\nSYMMETRY {name}")
    assert caught.value.span is not None


def test_a_group_is_generated() -> None:
    assert len(generated_group([swap(A, B), swap(B, C)], HERE)) == 5


def test_a_group_is_all_that_permutations_of_two_sets_make() -> None:
    others = [ModelValue(name) for name in ("d", "e", "f", "g")]
    swaps = [swap(A, B), swap(B, C), *map(swap, others, others[1:])]
    group = generated_group(swaps, HERE)
    assert len(group) == 6 * 24 - 1
    assert {frozenset(each) & {A, B, C} for each in group} == {
        frozenset(),
        frozenset({A, B}),
        frozenset({A, C}),
        frozenset({B, C}),
        frozenset({A, B, C}),
    }
    every: list[dict[Value, Value]] = [dict(one.items()) for one in group]
    assert len(generated_group([*map(function, every)], HERE)) == len(group)


def test_the_identity_generates_nothing() -> None:
    assert generated_group([function({A: A})], HERE) == []


def test_keys_are_those_of_orbits_at_every_depth() -> None:
    symmetry = Symmetry("S", generated_group([swap(A, B), swap(B, C)], HERE), 2)
    nested = [
        (SetValue([record({"from": one, "to": other})]), function({one: sequence([other])}))
        for one, other in ((A, B), (B, C), (C, A))
    ]
    assert len({symmetry.key(state) for state in nested}) == 1
    same = (SetValue([record({"from": A, "to": A})]), function({A: sequence([A])}))
    assert symmetry.key(same) != symmetry.key(nested[0])


def test_truth_and_one_are_told_apart() -> None:
    symmetry = Symmetry("S", generated_group([swap(A, B)], HERE), 1)
    assert symmetry.key((True,)) != symmetry.key((1,))
