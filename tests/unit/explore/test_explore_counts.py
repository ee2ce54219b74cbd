"""Counts, depth and deadlock are TLC's (facts: tlc-semantics.md, section 5)."""

from __future__ import annotations

from conform.domain.exploration import ExplorationStatus
from conform.domain.report import Verdict
from conform.explore.options import ExploreOptions, Limit
from conform.explore.progress import Progress
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from tests.unit.explore.toys import Toy, Vars, counter, counting, jugs, number

ALL = ExploreOptions()


def counts(result: ExplorationResult) -> tuple[int, int, int]:
    """Return states generated, distinct states and depth."""
    return result.states_generated, result.distinct_states, result.depth


def test_die_hard_has_the_counts_that_tlc_prints() -> None:
    assert counts(explore(jugs(), ALL)) == (97, 16, 8)


def test_counter_generates_each_state_once() -> None:
    assert counts(explore(counter(3), ALL)) == (4, 4, 4)


def test_duplicate_initial_states_are_generated_but_not_distinct() -> None:
    toy = Toy(("x",), lambda: [{"x": 0}, {"x": 0}, {"x": 0}, {"x": 1}])
    assert counts(explore(toy, ALL)) == (4, 2, 1)


def test_duplicate_successors_and_self_loops_are_generated() -> None:
    toy = Toy(("x",), lambda: [{"x": 0}])
    toy.action("Twice", lambda v: [{"x": 1}, {"x": 1}, {"x": v["x"]}], ["x"])
    assert counts(explore(toy, ALL)) == (1 + 3 + 3, 2, 2)


def test_one_and_true_are_different_states() -> None:
    toy = Toy(("x",), lambda: [{"x": 1}, {"x": True}, {"x": 0}, {"x": False}])
    toy.action("Stay", lambda v: [{}], ["x"])
    result = explore(toy, ExploreOptions(keep_graph=True))
    assert result.distinct_states == 4
    assert result.graph is not None
    values = [result.graph.state(state)[0] for state in range(4)]
    assert [(type(value), value) for value in values] == [
        (int, 1),
        (bool, True),
        (int, 0),
        (bool, False),
    ]


def test_slots_with_many_values_stay_apart() -> None:
    toy = Toy(("x", "y"), lambda: [{"x": 0, "y": 0}])
    toy.action("X", counting("x", 299), ["x"], ["x"])
    toy.action("Y", counting("y", 19), ["y"], ["y"])
    toy.invariant("Apart", lambda v: number(v["x"]) < 300 and number(v["y"]) < 20)
    result = explore(toy, ALL)
    assert counts(result) == (1 + 299 * 20 + 19 * 300, 6000, 319)
    assert result.status is ExplorationStatus.NO_ERROR


def test_instances_count_what_they_took_and_found() -> None:
    toy = jugs()
    toy.action("Never", lambda v: [], [])
    result = explore(toy, ALL)
    assert sum(count.taken for count in result.instances) == 96
    assert sum(count.found for count in result.instances) == 15
    assert [instance.action for instance in result.never_taken()] == ["Never"]


def test_no_initial_state_is_said_to_be_vacuous() -> None:
    toy = Toy(("x",), lambda: [])
    toy.invariant("Anything", lambda v: False)
    result = explore(toy, ALL)
    assert counts(result) == (0, 0, 0)
    assert (result.status, result.is_vacuous) == (ExplorationStatus.NO_ERROR, True)
    assert result.message == "there is no initial state: nothing was checked"
    assert result.verdicts() == {"Anything": Verdict.INCOMPLETE}


def test_initial_states_all_outside_the_constraints_are_said_to_be_vacuous() -> None:
    toy = counter(3)
    toy.constraints.append(toy.predicate("None", lambda v: False))
    result = explore(toy, ALL)
    assert counts(result) == (1, 0, 0)
    assert result.is_vacuous


def test_states_outside_the_constraint_are_generated_but_not_stored() -> None:
    toy = counter(10)
    toy.constraints.append(toy.predicate("Small", lambda v: number(v["x"]) < 3, ["x"]))
    assert counts(explore(toy, ALL)) == (4, 3, 3)


def test_invariants_are_checked_outside_the_constraint() -> None:
    toy = counter(10)
    toy.constraints.append(toy.predicate("Small", lambda v: number(v["x"]) < 3, ["x"]))
    toy.invariant("NotThree", lambda v: v["x"] != 3, ["x"])
    result = explore(toy, ALL)
    (row,) = result.properties
    assert row.verdict is Verdict.FAIL
    assert row.trace is not None
    assert [step.variables for step in row.trace.steps][-1] == (("x", 3),)
    assert result.distinct_states == 3


def test_action_properties_are_checked_on_steps_out_of_the_constraint_and_to_seen_states() -> None:
    toy = counter(2)
    toy.action("Reset", lambda v: [{"x": 0}], [], ["x"])
    toy.constraints.append(toy.predicate("Small", lambda v: number(v["x"]) < 2, ["x"]))
    toy.action_properties += [
        toy.step_predicate("NeverFromOneToTwo", lambda v, w: w["x"] != 2, ["x"]),
        toy.step_predicate("NeverBack", lambda v, w: number(w["x"]) >= number(v["x"]), ["x"]),
    ]
    result = explore(toy, ExploreOptions(stop_at_first=False))
    assert [row.verdict for row in result.properties] == [Verdict.FAIL, Verdict.FAIL]
    lasts = [row.trace.steps[-1].variables for row in result.properties if row.trace]
    assert lasts == [(("x", 2),), (("x", 0),)]


def test_action_constraints_cut_steps_but_not_initial_states() -> None:
    toy = counter(5)
    toy.action_constraints.append(
        toy.step_predicate("UpToTwo", lambda v, w: number(w["x"]) <= 2, ["x"])
    )
    toy.invariant("NotThree", lambda v: v["x"] != 3, ["x"])
    result = explore(toy, ExploreOptions(stop_at_first=False))
    assert counts(result) == (4, 3, 3)
    assert result.verdicts() == {"NotThree": Verdict.FAIL}


def test_a_state_cut_off_on_one_way_is_stored_on_another() -> None:
    toy = Toy(("x",), lambda: [{"x": 0}])
    toy.action("Direct", lambda v: [{"x": 2}] if v["x"] == 0 else [], ["x"])
    toy.action("Detour", counting("x", 2), ["x"])
    toy.action_constraints.append(
        toy.step_predicate("NotDirect", lambda v, w: (v["x"], w["x"]) != (0, 2), ["x"])
    )
    result = explore(toy, ExploreOptions(keep_graph=True))
    assert counts(result) == (4, 3, 3)
    assert result.graph is not None
    assert list(zip(result.graph.sources, result.graph.targets, strict=True)) == [(0, 1), (1, 2)]


def test_deadlock_is_reported_with_the_shortest_trace() -> None:
    toy = counter(2)
    toy.checks_deadlock = True
    result = explore(toy, ALL)
    assert (result.status, result.message) == (
        ExplorationStatus.VIOLATION_FOUND,
        "deadlock reached",
    )
    assert result.deadlock is not None
    assert [step.variables for step in result.deadlock.steps] == [
        (("x", 0),),
        (("x", 1),),
        (("x", 2),),
    ]


def test_deadlock_check_can_be_switched_off() -> None:
    toy = counter(2)
    toy.checks_deadlock = True
    result = explore(toy, ExploreOptions(check_deadlock=False))
    assert (result.status, result.checked_deadlock) == (ExplorationStatus.NO_ERROR, False)


def test_successors_outside_the_constraint_and_self_loops_are_no_deadlock() -> None:
    toy = counter(10)
    toy.checks_deadlock = True
    toy.constraints.append(toy.predicate("Small", lambda v: number(v["x"]) < 3))
    assert explore(toy, ALL).status is ExplorationStatus.NO_ERROR
    stuck = Toy(("x",), lambda: [{"x": 0}], checks_deadlock=True)
    stuck.action("Stay", lambda v: [{}])
    assert explore(stuck, ALL).status is ExplorationStatus.NO_ERROR


def test_max_states_ends_incomplete_with_exactly_so_many_states() -> None:
    toy = jugs()
    toy.invariant("Fine", lambda v: True)
    result = explore(toy, ExploreOptions(max_states=10))
    assert (result.status, result.limit) == (ExplorationStatus.INCOMPLETE, Limit.STATES)
    assert result.distinct_states == 10
    assert result.verdicts() == {"Fine": Verdict.INCOMPLETE}
    assert explore(jugs(), ExploreOptions(max_states=16)).status is ExplorationStatus.NO_ERROR


def test_max_depth_leaves_the_deepest_level_unexpanded() -> None:
    result = explore(counter(10), ExploreOptions(max_depth=3))
    assert (result.status, result.limit) == (ExplorationStatus.INCOMPLETE, Limit.DEPTH)
    assert counts(result) == (3, 3, 3)


def test_an_elapsed_timeout_ends_incomplete() -> None:
    result = explore(jugs(), ExploreOptions(timeout=0))
    assert (result.status, result.limit) == (ExplorationStatus.INCOMPLETE, Limit.TIMEOUT)
    assert "time limit of 0 seconds" in result.message


def test_ctrl_c_ends_incomplete_with_what_was_found() -> None:
    toy = counter(10)

    def interrupt_at_five(values: Vars) -> list[Vars]:
        if values["x"] == 5:
            raise KeyboardInterrupt
        return []

    toy.action("Interrupt", interrupt_at_five)
    toy.invariant("NotThree", lambda v: v["x"] != 3)
    result = explore(toy, ExploreOptions(stop_at_first=False, keep_graph=True))
    assert (result.status, result.limit) == (ExplorationStatus.VIOLATION_FOUND, Limit.INTERRUPTED)
    assert result.distinct_states == 7
    assert result.verdicts() == {"NotThree": Verdict.FAIL}
    assert result.graph is not None
    assert not result.graph.is_complete
    assert result.graph.edge_count == 6


def test_progress_is_reported_with_consistent_numbers() -> None:
    seen: list[Progress] = []
    explore(jugs(), ExploreOptions(progress_seconds=0), seen.append)
    assert [snapshot.distinct_states for snapshot in seen] == sorted(
        snapshot.distinct_states for snapshot in seen
    )
    assert seen[0].queue == 1
    assert seen[-1].distinct_states == 16
