"""Leads-to under fairness: verdicts, lassos, stuttering, constraints."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from conform.domain.actions import ActionInstance
from conform.domain.exploration import ExplorationStatus
from conform.domain.fairness import FairnessKind
from conform.domain.report import Verdict
from conform.domain.temporal import LeadsTo
from conform.errors import EvaluationError
from conform.explore.liveness.evidence import Behaviour, is_fair_violation, objections
from conform.explore.options import ExploreOptions, Limit
from conform.explore.result import PropertyResult
from conform.explore.search import explore
from tests.unit.explore.toys import Effect, Toy, Vars, counter, equals, number, turning

WEAK, STRONG = FairnessKind.WEAK, FairnessKind.STRONG


def verdict(toy: Toy) -> Verdict:
    """Return the verdict on the toy's only property."""
    (row,) = explore(toy, ExploreOptions()).properties
    return row.verdict


def only_row(toy: Toy) -> PropertyResult:
    """Return the row of the toy's only property."""
    (row,) = explore(toy, ExploreOptions()).properties
    return row


def reaches(toy: Toy, variable: str, goal: int) -> LeadsTo:
    """Add the property that a variable gets some value sooner or later."""
    return toy.leads_to("Reaches", lambda v: True, lambda v: v[variable] == goal)


def toggling() -> tuple[Toy, ActionInstance, ActionInstance]:
    """Return a switch turned on and off for ever, and an exit that is open only while it is on.

    Weak fairness never forces anyone through the exit; strong fairness does.
    """
    toy = Toy(("on", "out"), lambda: [{"on": 0, "out": 0}])
    toggle = toy.action("Toggle", lambda v: [{"on": 1 - number(v["on"])}] if v["out"] == 0 else [])
    leave = toy.action("Leave", lambda v: [{"out": 1}] if (v["on"], v["out"]) == (1, 0) else [])
    return toy, toggle, leave


def lock() -> tuple[Toy, list[ActionInstance], list[ActionInstance]]:
    """Return two processes that want, take and release one lock; and the instances of taking it."""
    toy = Toy(("p", "q"), lambda: [{"p": "idle", "q": "idle"}])
    others, takes = [], []

    def moving(me: str, before: str, after: str, kept_out_by: str = "") -> Effect:
        def successors(v: Vars) -> list[Vars]:
            is_free = not kept_out_by or v[kept_out_by] != "in"
            return [{me: after}] if v[me] == before and is_free else []

        return successors

    for me, other in (("p", "q"), ("q", "p")):
        who = (("self", me),)
        others.append(toy.action("Want", moving(me, "idle", "wait"), [me], [me], who))
        takes.append(toy.action("Take", moving(me, "wait", "in", other), ["p", "q"], [me], who))
        others.append(toy.action("Release", moving(me, "in", "idle"), [me], [me], who))
    return toy, others, takes


def peterson() -> tuple[Toy, list[list[ActionInstance]]]:
    """Return Peterson's algorithm for two processes, and the instances of each process."""
    names = ("pc0", "pc1", "flag0", "flag1", "turn")
    start: Vars = {"pc0": "idle", "pc1": "idle", "flag0": 0, "flag1": 0, "turn": 0}
    toy = Toy(names, lambda: [start])

    def step(me: int, before: str, after: str, effect: Vars) -> ActionInstance:
        pc, theirs = f"pc{me}", f"flag{1 - me}"

        def successors(v: Vars) -> list[Vars]:
            waits = after == "critical" and v[theirs] == 1 and v["turn"] != me
            return [{pc: after, **effect}] if v[pc] == before and not waits else []

        return toy.action(after, successors, names, names, (("process", me),))

    processes = [
        [
            step(me, "idle", "flagged", {f"flag{me}": 1}),
            step(me, "flagged", "waiting", {"turn": 1 - me}),
            step(me, "waiting", "critical", {}),
            step(me, "critical", "idle", {f"flag{me}": 0}),
        ]
        for me in (0, 1)
    ]
    return toy, processes


def test_without_fairness_everything_may_stutter_at_once() -> None:
    toy = counter(3)
    reaches(toy, "x", 3)
    row = only_row(toy)
    assert row.verdict is Verdict.FAIL
    assert row.trace is not None
    assert len(row.trace.steps) == 1
    assert row.trace.ends_in_stuttering
    assert row.closing_step is None
    assert row.reason == ("a fair behaviour stutters in state 1 and never satisfies the conclusion")


def test_weak_fairness_drives_a_counter_to_its_end() -> None:
    toy = counter(3)
    toy.fair(WEAK, *toy.instances)
    reaches(toy, "x", 3)
    assert verdict(toy) is Verdict.PASS


def test_weak_fairness_does_not_help_an_action_that_is_disabled_again_and_again() -> None:
    toy, toggle, leave = toggling()
    toy.fair(WEAK, toggle)
    toy.fair(WEAK, leave)
    formula = reaches(toy, "out", 1)
    row = only_row(toy)
    assert row.verdict is Verdict.FAIL
    assert row.trace is not None
    assert row.closing_step is not None
    assert [step.variables for step in row.trace.steps] == [
        (("on", 0), ("out", 0)),
        (("on", 1), ("out", 0)),
    ]
    assert row.trace.loop_to == 1
    assert (row.closing_step.action, row.closing_step.number) == ("Toggle", 1)
    behaviour = Behaviour(((0, 0), (1, 0)), (toggle.number, toggle.number), 0)
    assert is_fair_violation(toy, formula, behaviour)


def test_strong_fairness_helps_an_action_that_is_enabled_again_and_again() -> None:
    toy, toggle, leave = toggling()
    toy.fair(WEAK, toggle)
    toy.fair(STRONG, leave)
    reaches(toy, "out", 1)
    assert verdict(toy) is Verdict.PASS


def test_strong_fairness_alone_is_avoided_by_never_enabling() -> None:
    toy, _, leave = toggling()
    toy.fair(STRONG, leave)
    reaches(toy, "out", 1)
    row = only_row(toy)
    assert row.verdict is Verdict.FAIL
    assert row.trace is not None
    assert [step.variables for step in row.trace.steps] == [(("on", 0), ("out", 0))]
    assert row.trace.ends_in_stuttering


def test_strong_fairness_that_lacks_in_a_component_may_hold_in_a_part_of_it() -> None:
    """Rooms 0, 1 and 2 in a row, the exit in 2: who walks between 0 and 1 never has it open."""
    toy = Toy(("room",), lambda: [{"room": 0}])
    doors = {"Turn": [(0, 1), (1, 0)], "Walk": [(1, 2), (2, 1)], "Leave": [(2, 3)]}

    def through(pairs: list[tuple[int, int]]) -> Effect:
        return lambda v: [{"room": after} for before, after in pairs if before == v["room"]]

    turn, _, leave = [toy.action(name, through(pairs)) for name, pairs in doors.items()]
    toy.fair(WEAK, turn)
    toy.fair(STRONG, turn)
    toy.fair(STRONG, leave)
    reaches(toy, "room", 3)
    row = only_row(toy)
    assert row.verdict is Verdict.FAIL
    assert row.trace is not None
    assert row.closing_step is not None
    assert [step.variables for step in row.trace.steps] == [(("room", 0),), (("room", 1),)]
    assert [row.trace.steps[1].action, row.closing_step.action] == ["Turn", "Turn"]


def waits_for_lock(toy: Toy) -> None:
    """Add the property that whoever waits gets the lock."""
    for me in ("p", "q"):
        toy.leads_to("Served", equals(me, "wait"), equals(me, "in"))


def test_lock_starves_under_weak_fairness_of_taking_it() -> None:
    toy, others, takes = lock()
    for instance in (*others, *takes):
        toy.fair(WEAK, instance)
    waits_for_lock(toy)
    row = only_row(toy)
    assert row.verdict is Verdict.FAIL
    assert row.trace is not None
    assert row.closing_step is not None


def test_lock_serves_everyone_under_strong_fairness_of_taking_it() -> None:
    toy, others, takes = lock()
    for instance in others:
        toy.fair(WEAK, instance)
    for instance in takes:
        toy.fair(STRONG, instance)
    waits_for_lock(toy)
    assert verdict(toy) is Verdict.PASS


def test_peterson_excludes_and_serves_under_weak_fairness_of_each_process() -> None:
    toy, processes = peterson()
    for process in processes:
        toy.fair(WEAK, *process)
    toy.invariant("Exclusion", lambda v: (v["pc0"], v["pc1"]) != ("critical", "critical"))
    for pc in ("pc0", "pc1"):
        toy.leads_to("Served", equals(pc, "flagged"), equals(pc, "critical"))
    result = explore(toy, ExploreOptions())
    assert result.verdicts() == {"Exclusion": Verdict.PASS, "Served": Verdict.PASS}


def test_peterson_without_fairness_of_one_process_starves_the_other() -> None:
    toy, processes = peterson()
    toy.fair(WEAK, *processes[0])
    toy.leads_to("Served", lambda v: v["pc0"] == "flagged", lambda v: v["pc0"] == "critical")
    row = only_row(toy)
    assert row.verdict is Verdict.FAIL
    assert row.trace is not None
    assert row.trace.ends_in_stuttering


def test_constraint_truncates_the_graph_as_in_tlc() -> None:
    """With x < 3 the step out of x = 2 vanishes, but ENABLED holds there: stuttering is unfair."""
    toy = counter(10)
    toy.fair(WEAK, *toy.instances)
    toy.constraints.append(toy.predicate("Small", lambda v: number(v["x"]) < 3))
    reaches(toy, "x", 5)
    assert verdict(toy) is Verdict.PASS


def test_liveness_is_incomplete_when_the_search_was_cut_short() -> None:
    toy = counter(10)
    reaches(toy, "x", 3)
    result = explore(toy, ExploreOptions(max_states=5))
    assert result.status is ExplorationStatus.INCOMPLETE
    assert result.verdicts() == {"Reaches": Verdict.INCOMPLETE}
    assert "5 distinct states" in result.properties[0].reason


def test_liveness_is_incomplete_after_a_safety_violation_and_checked_when_going_on() -> None:
    toy = counter(3)
    toy.invariant("NotTwo", lambda v: v["x"] != 2)
    reaches(toy, "x", 3)
    assert explore(toy, ExploreOptions()).verdicts()["Reaches"] is Verdict.INCOMPLETE
    going_on = explore(toy, ExploreOptions(stop_at_first=False))
    assert going_on.verdicts()["Reaches"] is Verdict.FAIL


def test_liveness_that_was_not_asked_for_is_incomplete() -> None:
    toy = counter(3)
    reaches(toy, "x", 3)
    result = explore(toy, ExploreOptions(check_liveness=False))
    assert result.status is ExplorationStatus.INCOMPLETE
    assert result.properties[0].reason == "liveness was not asked for"


def test_premise_that_never_holds_makes_a_vacuous_pass() -> None:
    toy = counter(3)
    toy.leads_to("Vacuous", lambda v: v["x"] == 99, lambda v: False)
    row = only_row(toy)
    assert (row.verdict, row.is_vacuous) == (Verdict.PASS, True)
    assert row.reason == "its premise holds in no reachable state"


def test_property_is_vacuous_only_when_all_its_formulas_are() -> None:
    toy = counter(3)
    toy.leads_to("Some", lambda v: v["x"] == 99, lambda v: False)
    toy.leads_to("Some", lambda v: v["x"] == 1, lambda v: v["x"] == 1)
    row = only_row(toy)
    assert (row.verdict, row.is_vacuous) == (Verdict.PASS, False)


def test_premise_after_the_conclusion_must_be_answered_again() -> None:
    """x runs 0 1 2 0 1 2 …: 2 ~> 1 holds; but once it stops at 3 after 2, it does not."""
    toy = Toy(("x",), lambda: [{"x": 0}])
    turn = toy.action("Turn", lambda v: [{"x": (number(v["x"]) + 1) % 3}] if v["x"] != 3 else [])
    toy.fair(WEAK, turn)
    toy.leads_to("Again", lambda v: v["x"] == 2, lambda v: v["x"] == 1)
    assert verdict(toy) is Verdict.PASS
    toy.action("Stop", lambda v: [{"x": 3}] if v["x"] == 2 else [])
    row = only_row(toy)
    assert row.verdict is Verdict.FAIL
    assert row.trace is not None
    assert [step.variables[0][1] for step in row.trace.steps] == [0, 1, 2, 3]
    assert row.trace.ends_in_stuttering


@pytest.mark.parametrize("is_near_first", [True, False])
def test_nearest_of_several_fair_cycles_is_shown(is_near_first: bool) -> None:
    near = {0: [1, 10], 1: [2], 2: [1, 12], 10: [11], 11: [12], 12: [13], 13: [12]}
    far = {0: [10, 1], **{x: goals for x, goals in near.items() if x}}
    edges = near if is_near_first else far
    toy = Toy(("x",), lambda: [{"x": 0}])
    move = toy.action("Move", lambda v: [{"x": x} for x in edges[number(v["x"])]], ["x"], ["x"])
    toy.fair(WEAK, move)
    toy.leads_to("Never", lambda v: True, lambda v: False)
    row = only_row(toy)
    assert row.trace is not None
    assert [step.variables[0][1] for step in row.trace.steps] == [0, 1, 2]
    assert row.trace.loop_to == 2


def test_lasso_visits_a_witness_for_each_condition() -> None:
    toy = Toy(("x", "y"), lambda: [{"x": 0, "y": 0}])
    turns = [toy.action(f"Turn{name}", turning(name, 3), [name], [name]) for name in ("x", "y")]
    for turn in turns:
        toy.fair(WEAK, turn)
    toy.leads_to("Never", lambda v: True, lambda v: False)
    row = only_row(toy)
    assert row.trace is not None
    assert row.closing_step is not None
    actions = {step.action for step in row.trace.steps[1:]} | {row.closing_step.action}
    assert actions == {"Turnx", "Turny"}


@pytest.mark.parametrize(
    ("where", "values"),
    [("premise", [0, 1]), ("conclusion", [0, 1]), ("enabled", [0, 1]), ("taken", [0, 1, 2])],
)
def test_formula_without_value_is_an_error_with_its_trace(where: str, values: list[int]) -> None:
    toy = Toy(("x",), lambda: [{"x": 0}])
    toy.fair(WEAK, toy.action("Turn", turning("x", 3)))

    def broken(v: Vars) -> bool:
        if v["x"] == 1:
            raise EvaluationError("no value")
        return where == "enabled"

    premise = broken if where == "premise" else (lambda v: True)
    toy.leads_to("Odd", premise, broken if where == "conclusion" else (lambda v: False))
    if where == "enabled":
        broken_enabled = toy.predicate("E", broken)
        toy.fairness[0] = replace(toy.fairness[0], enabled=broken_enabled)
    if where == "taken":
        broken_taken = toy.step_predicate("T", lambda v, w: broken(v))
        toy.fairness[0] = replace(toy.fairness[0], taken=broken_taken)
    result = explore(toy, ExploreOptions())
    (row,) = result.properties
    assert result.status is ExplorationStatus.ERROR
    assert row.verdict is Verdict.ERROR
    assert row.trace is not None
    assert [step.variables[0][1] for step in row.trace.steps] == values


def test_interruption_leaves_the_formulas_that_remain_incomplete() -> None:
    def interrupt(v: Vars) -> bool:
        raise KeyboardInterrupt

    toy = counter(2)
    toy.leads_to("Done", lambda v: v["x"] == 0, lambda v: v["x"] == 0)
    toy.leads_to("Interrupted", interrupt, lambda v: True)
    toy.leads_to("After", lambda v: True, lambda v: True)
    result = explore(toy, ExploreOptions())
    assert (result.status, result.limit) == (ExplorationStatus.INCOMPLETE, Limit.INTERRUPTED)
    assert list(result.verdicts().values()) == [
        Verdict.PASS,
        Verdict.INCOMPLETE,
        Verdict.INCOMPLETE,
    ]


def test_evidence_objects_to_behaviours_that_prove_nothing() -> None:
    toy, toggle, leave = toggling()
    toy.fair(STRONG, leave)
    toy.fair(WEAK, toggle)
    formula = reaches(toy, "out", 1)
    forever = Behaviour(((0, 0), (1, 0)), (toggle.number, toggle.number), 0)
    assert objections(toy, formula, forever) == ["fairness condition 1 (Leave) is not satisfied"]
    stays = Behaviour(((0, 0),), (), None)
    assert objections(toy, formula, stays) == ["fairness condition 2 (Toggle) is not satisfied"]
    leaves = Behaviour(((0, 0), (1, 0), (1, 1)), (toggle.number, leave.number), None)
    assert objections(toy, formula, leaves) == ["the property holds of the behaviour"]
    jumps = Behaviour(((1, 0), (0, 0)), (leave.number, toggle.number), 0)
    assert "the first state is not initial" in objections(toy, formula, jumps)
    assert "step 1 is none of its action" in objections(toy, formula, jumps)
