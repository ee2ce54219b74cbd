"""Simulation: random behaviours, checked at each state; never a PASS for what was not passed."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from conform.domain.exploration import ExplorationStatus
from conform.domain.report import Verdict
from conform.domain.states import State
from conform.domain.trace import Trace
from conform.explore.options import ExploreOptions, Limit
from conform.explore.progress import Progress
from conform.explore.simulation import SimulationOptions, simulate
from tests.unit.explore.toys import Toy, Vars, counter, equals, jugs, number


def drawn(toy: Toy, seed: int, behaviours: int = 20, depth: int = 12) -> list[Trace]:
    taken: list[Trace] = []
    options = SimulationOptions(seed=seed, behaviours=behaviours, depth=depth)
    simulate(toy, options, take=taken.append)
    return taken


def states_of(trace: Trace) -> list[State]:
    return [tuple(value for _, value in step.variables) for step in trace.steps]


def test_a_seed_draws_the_same_behaviours_each_time() -> None:
    assert drawn(jugs(), 7) == drawn(jugs(), 7)
    assert drawn(jugs(), 7) != drawn(jugs(), 8)


def test_behaviours_are_the_models() -> None:
    toy = jugs()
    for trace in drawn(toy, 1):
        states = states_of(trace)
        assert states[0] == (0, 0)
        for (before, after), step in zip(pairwise(states), trace.steps[1:], strict=True):
            (instance,) = [one for one in toy.instances if one.action == step.action]
            assert after in [successor.state for successor in toy.successors(instance, before)]


def test_behaviours_are_as_many_and_as_long_as_asked() -> None:
    traces = drawn(jugs(), 1, behaviours=5, depth=9)
    assert [len(trace.steps) for trace in traces] == [9] * 5
    assert [trace.source for trace in traces][:2] == ["Toy, behaviour 1", "Toy, behaviour 2"]
    assert [len(trace.steps) for trace in drawn(counter(3), 1, behaviours=2)] == [4, 4]


def test_no_violation_is_incomplete_and_says_how_much_was_seen() -> None:
    toy = jugs()
    toy.invariant("Small", lambda v: number(v["small"]) <= 3)
    found = simulate(toy, SimulationOptions(seed=3, behaviours=50))
    result = found.result
    assert result.status is ExplorationStatus.INCOMPLETE
    assert result.verdicts() == {"Small": Verdict.INCOMPLETE}
    expected = (
        "no violation in 50 random behaviours of at most 100 states (seed 3), which is no proof"
    )
    assert result.message == expected
    assert result.properties[0].reason == "not violated in the behaviours drawn"
    assert (found.simulation.behaviours, result.depth) == (50, 100)
    assert 10 < result.distinct_states <= 16


def test_a_violation_ends_with_the_behaviour_that_leads_to_it() -> None:
    toy = jugs()
    toy.invariant("NotFour", lambda v: v["big"] != 4)
    result = simulate(toy, SimulationOptions(seed=3)).result
    assert result.status is ExplorationStatus.VIOLATION_FOUND
    assert result.message == "invariant NotFour is violated (seed 3)"
    (row,) = result.properties
    assert row.trace
    bigs = [dict(step.variables)["big"] for step in row.trace.steps]
    assert bigs[-1] == 4
    assert 4 not in bigs[:-1]
    assert result.depth >= len(bigs)


def test_all_successors_of_the_chosen_instance_are_checked() -> None:
    toy = Toy(("x",), lambda: [{"x": 0}])
    toy.action("Jump", lambda v: [{"x": x} for x in range(1, 1000)], ["x"], ["x"])
    toy.invariant("Not999", lambda v: v["x"] != 999)
    result = simulate(toy, SimulationOptions(seed=1, behaviours=1, depth=2)).result
    assert result.status is ExplorationStatus.VIOLATION_FOUND


def test_instances_are_chosen_before_their_successors() -> None:
    """As in TLC: an action with many successors is taken no more often than one with one."""
    toy = Toy(("x",), lambda: [{"x": 0}])
    toy.action("One", lambda v: [{"x": 1}])
    toy.action("Nine", lambda v: [{"x": x} for x in range(2, 11)])
    toy.action("None", lambda v: [])
    taken = Counter(step.action for trace in drawn(toy, 1, 200) for step in trace.steps[1:])
    assert taken.total() == 200 * 11
    assert 0.45 < taken["One"] / taken.total() < 0.55


def test_with_continue_each_property_gets_its_own_behaviour() -> None:
    toy = jugs()
    toy.invariant("NotFour", lambda v: v["big"] != 4)
    toy.invariant("NotFive", lambda v: v["big"] != 5)
    options = SimulationOptions(seed=3, explore=ExploreOptions(stop_at_first=False))
    result = simulate(toy, options).result
    assert result.verdicts() == {"NotFour": Verdict.FAIL, "NotFive": Verdict.FAIL}
    for row, big in zip(result.properties, (4, 5), strict=True):
        assert row.trace
        assert dict(row.trace.steps[-1].variables)["big"] == big


def test_action_property_is_checked_on_each_step() -> None:
    toy = counter(5)
    toy.action_properties.append(toy.step_predicate("Stops", lambda b, a: a["x"] != 4))
    result = simulate(toy, SimulationOptions(seed=1)).result
    (row,) = result.properties
    assert row.verdict is Verdict.FAIL
    assert row.trace
    assert len(row.trace.steps) == 5


def test_deadlock_is_found_unless_only_the_constraints_make_it() -> None:
    stuck = counter(3)
    stuck.checks_deadlock = True
    result = simulate(stuck, SimulationOptions(seed=1)).result
    assert result.message == "deadlock reached (seed 1)"
    assert result.deadlock
    assert len(result.deadlock.steps) == 4
    cut = counter(10)
    cut.checks_deadlock = True
    cut.constraints.append(cut.predicate("Below", lambda v: number(v["x"]) < 3))
    result = simulate(cut, SimulationOptions(seed=1, behaviours=2)).result
    assert result.status is ExplorationStatus.INCOMPLETE
    assert (result.states_generated, result.distinct_states, result.depth) == (7, 3, 3)


def test_states_outside_the_constraints_are_checked_all_the_same() -> None:
    toy = counter(10)
    toy.constraints.append(toy.predicate("Below", lambda v: number(v["x"]) < 3))
    toy.invariant("NotThree", lambda v: v["x"] != 3)
    assert simulate(toy, SimulationOptions(seed=1)).result.verdicts() == {"NotThree": Verdict.FAIL}


def test_initial_states_are_all_checked() -> None:
    toy = Toy(("x",), lambda: [{"x": x} for x in range(50)])
    toy.initial_properties.append(toy.predicate("Small", lambda v: number(v["x"]) < 50))
    toy.invariant("Not49", lambda v: v["x"] != 49)
    result = simulate(toy, SimulationOptions(seed=1, behaviours=1)).result
    assert result.verdicts() == {"Not49": Verdict.FAIL, "Small": Verdict.INCOMPLETE}
    toy.invariants.clear()
    result = simulate(toy, SimulationOptions(seed=1, behaviours=1)).result
    assert result.verdicts() == {"Small": Verdict.PASS}
    assert result.status is ExplorationStatus.INCOMPLETE


def test_liveness_is_left_out_and_said() -> None:
    toy = jugs()
    toy.leads_to("Fills", equals("big", 0), equals("big", 5))
    (row,) = simulate(toy, SimulationOptions(seed=1, behaviours=3)).result.properties
    assert row.verdict is Verdict.INCOMPLETE
    assert row.reason == "liveness is not checked in a simulation: no random behaviour is infinite"


def test_without_an_initial_state_nothing_was_checked() -> None:
    toy = Toy(("x",), list)
    result = simulate(toy, SimulationOptions(seed=1)).result
    assert result.is_vacuous
    assert result.message == "there is no initial state: nothing was checked"


def test_false_assumption_ends_it_before_it_begins() -> None:
    toy = counter(3)
    toy.assumptions.append(toy.predicate("Sane", lambda v: False))
    result = simulate(toy, SimulationOptions(seed=1)).result
    assert result.status is ExplorationStatus.ERROR
    assert result.states_generated == 0


@pytest.mark.parametrize(
    ("options", "limit"),
    [
        (ExploreOptions(timeout=0), Limit.TIMEOUT),
        (ExploreOptions(max_memory=1), Limit.MEMORY),
        (ExploreOptions(max_states=5), Limit.STATES),
    ],
)
def test_limit_ends_it_with_what_was_found(options: ExploreOptions, limit: Limit) -> None:
    simulation = SimulationOptions(seed=1, behaviours=None, explore=options)
    result = simulate(jugs(), simulation).result
    assert (result.status, result.limit) == (ExplorationStatus.INCOMPLETE, limit)


def test_ctrl_c_ends_it_with_what_was_found() -> None:
    toy = counter(10)

    def interrupt_at_five(values: Vars) -> list[Vars]:
        if values["x"] == 5:
            raise KeyboardInterrupt
        return []

    toy.action("Interrupt", interrupt_at_five)
    toy.invariant("NotThree", lambda v: v["x"] != 3)
    options = SimulationOptions(seed=1, explore=ExploreOptions(stop_at_first=False))
    result = simulate(toy, options).result
    assert (result.status, result.limit) == (ExplorationStatus.VIOLATION_FOUND, Limit.INTERRUPTED)


def test_progress_tells_behaviours() -> None:
    seen: list[Progress] = []
    options = SimulationOptions(seed=1, behaviours=3, explore=ExploreOptions(progress_seconds=0))
    simulate(jugs(), options, seen.append)
    assert {snapshot.behaviours for snapshot in seen} == {0, 1, 2}
