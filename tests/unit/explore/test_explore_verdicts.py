"""Verdicts, traces and errors of safety properties; nothing passes that was not looked at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conform.domain.exploration import ExplorationStatus
from conform.domain.model import PropertyKind, Unchecked
from conform.domain.report import Verdict
from conform.domain.states import Slot
from conform.domain.values import function
from conform.errors import EvaluationError
from conform.explore.defect import ExplorerDefectError
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.explore.trace import variables_of
from tests.unit.explore.toys import SPAN, Toy, Vars, counter, jugs, number, turning

ALL = ExploreOptions()
EACH = ExploreOptions(stop_at_first=False)


def fail(values: Vars) -> bool:
    """Raise the error of a formula without a value."""
    raise EvaluationError("no value")


def test_die_hard_is_solved_in_seven_states() -> None:
    toy = jugs()
    toy.invariant("NotSolved", lambda v: v["big"] != 4, ["big"])
    (row,) = explore(toy, ALL).properties
    assert row.trace is not None
    assert [step.action for step in row.trace.steps] == [
        None,
        "FillBig",
        "BigToSmall",
        "EmptySmall",
        "BigToSmall",
        "FillBig",
        "BigToSmall",
    ]
    assert row.trace.steps[-1].variables == (("big", 4), ("small", 3))
    assert [step.number for step in row.trace.steps] == list(range(1, 8))


def test_first_violated_invariant_in_order_is_reported() -> None:
    toy = counter(5)
    toy.invariant("Later", lambda v: number(v["x"]) < 3)
    toy.invariant("First", lambda v: number(v["x"]) < 2)
    toy.invariant("AlsoFirst", lambda v: number(v["x"]) < 2)
    result = explore(toy, ALL)
    assert result.message == "invariant First is violated"
    assert result.verdicts() == {
        "Later": Verdict.INCOMPLETE,
        "First": Verdict.FAIL,
        "AlsoFirst": Verdict.INCOMPLETE,
    }
    assert "stopped at the first violation, that of First" in result.properties[0].reason


def test_each_property_gets_its_verdict_and_shortest_trace_when_going_on() -> None:
    toy = counter(5)
    toy.checks_deadlock = True
    toy.invariant("BelowThree", lambda v: number(v["x"]) < 3)
    toy.invariant("BelowTwo", lambda v: number(v["x"]) < 2)
    toy.invariant("BelowTen", lambda v: number(v["x"]) < 10)
    toy.leads_to("Five", lambda v: v["x"] == 0, lambda v: v["x"] == 5)
    result = explore(toy, EACH)
    assert result.verdicts() == {
        "BelowThree": Verdict.FAIL,
        "BelowTwo": Verdict.FAIL,
        "BelowTen": Verdict.PASS,
        "Five": Verdict.FAIL,
    }
    assert [len(row.trace.steps) for row in result.properties if row.trace] == [4, 3, 1]
    assert result.deadlock is not None
    assert result.distinct_states == 6
    assert result.status is ExplorationStatus.VIOLATION_FOUND


def test_initial_properties_concern_initial_states_alone() -> None:
    toy = counter(3)
    toy.initial_properties += [
        toy.predicate("StartsAtZero", lambda v: v["x"] == 0),
        toy.predicate("StartsAtOne", lambda v: v["x"] == 1),
    ]
    result = explore(toy, EACH)
    assert result.verdicts() == {"StartsAtZero": Verdict.PASS, "StartsAtOne": Verdict.FAIL}
    assert result.distinct_states == 4


def test_initial_properties_pass_though_a_limit_cut_the_rest_off() -> None:
    toy = counter(3)
    toy.initial_properties.append(toy.predicate("StartsAtZero", lambda v: v["x"] == 0))
    result = explore(toy, ExploreOptions(max_states=2))
    assert result.verdicts() == {"StartsAtZero": Verdict.PASS}
    assert result.status is ExplorationStatus.INCOMPLETE


def test_choices_inside_an_action_are_drawn_again() -> None:
    toy = Toy(("x",), lambda: [{"x": 0}])
    toy.action(
        "Choose",
        lambda v: [{"x": k, "?k": k} for k in (1, 2, 3)] if v["x"] == 0 else [],
        ["x"],
        parameters=(("p", "a"),),
    )
    toy.invariant("NotTwo", lambda v: v["x"] != 2)
    (row,) = explore(toy, ALL).properties
    assert row.trace is not None
    step = row.trace.steps[-1]
    assert (step.action, step.parameters, step.choices) == ("Choose", (("p", "a"),), (("k", 2),))


def test_false_assumption_ends_the_run_before_the_search() -> None:
    toy = counter(3)
    toy.invariant("Fine", lambda v: True)
    toy.assumptions.append(toy.predicate("Sane", lambda v: False))
    result = explore(toy, ALL)
    assert result.status is ExplorationStatus.ERROR
    assert result.failed_assumption == "Sane"
    assert result.states_generated == 0
    assert result.verdicts() == {"Fine": Verdict.INCOMPLETE}
    assert result.message == "the assumption Sane is false"


def test_assumption_without_value_is_an_error_with_its_cause() -> None:
    toy = counter(3)
    toy.assumptions.append(toy.predicate("Sane", fail))
    result = explore(toy, ALL)
    assert result.status is ExplorationStatus.ERROR
    assert result.failure is not None
    assert result.failure.doing == "assumption Sane"


def test_error_in_an_invariant_comes_with_its_trace() -> None:
    toy = counter(3)
    toy.invariant("Broken", lambda v: fail(v) if v["x"] == 2 else True)
    result = explore(toy, ALL)
    assert result.status is ExplorationStatus.ERROR
    (row,) = result.properties
    assert row.verdict is Verdict.ERROR
    assert row.trace is not None
    assert row.trace.steps[-1].variables == (("x", 2),)
    assert result.failure is not None
    assert result.failure.error.message == "no value"


def test_error_in_one_invariant_does_not_hide_the_others_when_going_on() -> None:
    toy = counter(3)
    toy.invariant("Broken", lambda v: fail(v) if v["x"] == 1 else True)
    toy.invariant("NotThree", lambda v: v["x"] != 3)
    result = explore(toy, EACH)
    assert result.verdicts() == {"Broken": Verdict.ERROR, "NotThree": Verdict.FAIL}
    assert result.status is ExplorationStatus.ERROR


def test_error_in_an_action_ends_the_run_with_the_trace_to_its_state() -> None:
    toy = counter(3)
    toy.action("Break", lambda v: [{"x": int(fail(v))}] if v["x"] == 1 else [], ["x"])
    toy.invariant("Fine", lambda v: True)
    result = explore(toy, EACH)
    assert result.status is ExplorationStatus.ERROR
    assert result.failure is not None
    assert result.failure.doing == "action Break"
    assert result.failure.trace is not None
    assert [step.variables for step in result.failure.trace.steps] == [(("x", 0),), (("x", 1),)]
    assert result.verdicts() == {"Fine": Verdict.INCOMPLETE}
    assert result.properties[0].reason == "evaluating action Break failed"


def test_successors_before_an_error_are_checked_first() -> None:
    toy = Toy(("x",), lambda: [{"x": 0}])

    def one_then_error(values: Vars) -> Iterator[Vars]:
        yield {"x": 1}
        fail(values)

    toy.action("OneThenError", one_then_error, ["x"])
    toy.invariant("NotOne", lambda v: v["x"] != 1)
    result = explore(toy, ALL)
    assert result.status is ExplorationStatus.VIOLATION_FOUND
    assert result.states_generated == 2


def test_error_in_the_initial_states_has_no_trace() -> None:
    def broken() -> list[Vars]:
        raise EvaluationError("no value")

    result = explore(Toy(("x",), broken), ALL)
    assert result.status is ExplorationStatus.ERROR
    assert result.failure is not None
    assert (result.failure.doing, result.failure.trace) == ("the initial states", None)


def test_error_in_a_constraint_is_reported_with_the_step_to_it() -> None:
    toy = counter(3)
    toy.constraints.append(toy.predicate("Bound", lambda v: fail(v) if v["x"] == 2 else True))
    result = explore(toy, ALL)
    assert result.failure is not None
    assert result.failure.doing == "constraint Bound"
    assert result.failure.trace is not None
    assert len(result.failure.trace.steps) == 3


def test_unchecked_properties_keep_the_run_from_passing() -> None:
    toy = counter(3)
    toy.unchecked.append(Unchecked("Refines", PropertyKind.LIVENESS, "too hard", SPAN))
    result = explore(toy, ALL)
    assert result.status is ExplorationStatus.INCOMPLETE
    assert result.verdicts() == {"Refines": Verdict.INCOMPLETE}
    assert result.properties[0].reason == "too hard"
    assert result.message == "not checked to the end: Refines"


def test_parts_of_one_property_share_the_gravest_verdict() -> None:
    toy = counter(3)
    toy.invariant("Both", lambda v: True)
    toy.invariant("Both", lambda v: v["x"] != 3)
    toy.action_properties.append(toy.step_predicate("Both", lambda v, w: True))
    result = explore(toy, EACH)
    assert [(row.kind, row.verdict) for row in result.properties] == [
        (PropertyKind.INVARIANT, Verdict.FAIL),
        (PropertyKind.ACTION, Verdict.PASS),
    ]
    assert result.verdicts() == {"Both": Verdict.FAIL}


def test_self_check_finds_reads_that_were_not_declared() -> None:
    toy = Toy(("x", "y"), lambda: [{"x": 0, "y": 0}])
    toy.action("Y", lambda v: [{"y": (number(v["y"]) + 1) % 3}], ["y"], ["y"])
    toy.action("Lie", lambda v: [{"x": v["y"]}], [], ["x"])
    with pytest.raises(ExplorerDefectError, match="answer of Lie is wrong"):
        explore(toy, ExploreOptions(self_check=1))


def test_self_check_finds_writes_that_were_not_declared() -> None:
    toy = Toy(("x", "y"), lambda: [{"x": 0, "y": 0}])
    toy.action("Lie", lambda v: [{"x": 1, "y": 1}], ["x"], ["x"])
    with pytest.raises(ExplorerDefectError, match="answer of Lie is wrong"):
        explore(toy, ExploreOptions(self_check=1))


def test_self_check_finds_predicates_that_read_more_than_they_say() -> None:
    toy = counter(2)
    toy.invariant("Lie", lambda v: v["x"] != 1, [])
    with pytest.raises(ExplorerDefectError, match="answer of Lie is wrong"):
        explore(toy, ExploreOptions(self_check=1))


def test_remembered_answers_save_evaluations() -> None:
    names = ("a", "b", "c", "d")
    evaluations = {}
    for remember in (True, False):
        toy = Toy(names, lambda: [dict.fromkeys(names, 0)])
        for name in names:
            toy.action("Turn", turning(name, 5), [name], [name])
        result = explore(toy, ExploreOptions(remember=remember, self_check=0))
        assert result.distinct_states == 625
        evaluations[remember] = toy.evaluations
    assert evaluations == {True: 4 * 5, False: 4 * 625}


def test_variables_split_into_slots_are_drawn_whole() -> None:
    slots = [Slot("f", "b"), Slot("x"), Slot("f", "a")]
    assert variables_of(slots, (1, 2, True)) == (
        ("f", function({"a": True, "b": 1})),
        ("x", 2),
    )
