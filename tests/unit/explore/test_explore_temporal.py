"""Temporal properties and assumptions: verdicts, remarks, and what is not decided."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conform.domain.fairness import ActionSteps, FairnessCondition, FairnessKind
from conform.domain.report import Verdict
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
from conform.errors import EvaluationError
from conform.explore.defect import ExplorerDefectError
from conform.explore.liveness import automaton
from conform.explore.liveness.evidence import Behaviour, is_true
from conform.explore.options import ExploreOptions
from conform.explore.result import PropertyResult
from conform.explore.search import explore
from tests.unit.explore.toys import SPAN, Toy, Vars, counter, number, turning

WEAK = FairnessKind.WEAK


def at(toy: Toy, value: int) -> StateAtom:
    """Return the formula that x has some value."""
    return StateAtom(toy.predicate(f"x = {value}", lambda v: v["x"] == value))


def fair_counter(size: int) -> Toy:
    """Return a counter that goes on until it is at `size`."""
    toy = counter(size)
    toy.fair(WEAK, *toy.instances)
    return toy


def row_of(toy: Toy, formula: Temporal) -> PropertyResult:
    """Return the row of the toy's only property, which is `formula`."""
    toy.temporal("P", formula)
    (row,) = explore(toy, ExploreOptions()).properties
    return row


def without_value_at(toy: Toy, value: int, elsewhere: bool) -> StateAtom:
    """Return a formula that has no value where x has some value."""

    def holds(v: Vars) -> bool:
        if v["x"] == value:
            raise EvaluationError("no value")
        return elsewhere

    return StateAtom(toy.predicate("P", holds, ["x"]))


def test_violation_is_told_though_a_formula_has_no_value_elsewhere() -> None:
    toy = counter(3)
    row = row_of(toy, Always(Eventually(without_value_at(toy, 1, elsewhere=False))))
    assert row.verdict is Verdict.FAIL
    assert row.trace is not None
    assert len(row.trace.steps) == 1


@pytest.mark.parametrize("is_fair", [True, False])
@pytest.mark.parametrize("is_recurring", [True, False])
def test_nothing_passes_when_a_formula_has_no_value_in_a_reachable_state(
    is_recurring: bool, is_fair: bool
) -> None:
    toy = fair_counter(3) if is_fair else counter(3)
    broken = without_value_at(toy, 1, elsewhere=True)
    formula = Always(Eventually(broken)) if is_recurring else Eventually(Always(broken))
    row = row_of(toy, formula)
    assert row.verdict is Verdict.ERROR
    assert row.trace is not None
    assert [step.variables[0][1] for step in row.trace.steps] == [0, 1]


@pytest.mark.parametrize(("is_decided", "verdict"), [(False, "ERROR"), (True, "PASS")])
def test_nothing_passes_when_a_step_that_never_recurs_has_no_value(
    is_decided: bool, verdict: str
) -> None:
    """It is asked about unless the state that it leaves decides."""
    toy = fair_counter(3)

    def holds(before: Vars, after: Vars) -> bool:
        if before["x"] == 1:
            raise EvaluationError("no value")
        return number(before["x"]) <= number(after["x"])

    step = StepAtom(toy.step_predicate("A", holds))
    decided = And((Not(at(toy, 1)), step))
    row = row_of(toy, Eventually(Always(decided if is_decided else step)))
    assert row.verdict.name == verdict
    steps = row.trace.steps if row.trace else ()
    assert [step.variables[0][1] for step in steps] == ([] if is_decided else [0, 1, 2])


def test_many_promises_at_once_are_not_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automaton, "MAX_PROMISES", 8)
    toy = fair_counter(1)
    formula: Temporal = at(toy, 0)
    for _ in range(9):
        formula = And((at(toy, 0), Eventually(And((at(toy, 1), Eventually(formula))))))
    row = row_of(toy, Not(formula))
    assert (row.verdict, row.reason[:12]) == (Verdict.INCOMPLETE, "its negation")


def test_last_value_lasts() -> None:
    toy = fair_counter(3)
    assert row_of(toy, Eventually(Always(at(toy, 3)))).verdict is Verdict.PASS


def test_value_that_is_left_again_does_not_last() -> None:
    toy = fair_counter(3)
    row = row_of(toy, Eventually(Always(at(toy, 2))))
    assert row.verdict is Verdict.FAIL
    assert row.reason == "a fair behaviour stutters in state 4 and does not satisfy the property"


def test_order_of_values_is_told_apart() -> None:
    toy = fair_counter(3)
    one_then_two = Eventually(And((at(toy, 1), Eventually(at(toy, 2)))))
    assert row_of(toy, one_then_two).verdict is Verdict.PASS
    toy = fair_counter(3)
    two_then_one = Eventually(And((at(toy, 2), Eventually(at(toy, 1)))))
    assert row_of(toy, two_then_one).verdict is Verdict.FAIL


def test_assumption_leaves_out_the_behaviours_that_do_not_satisfy_it() -> None:
    toy = counter(3)
    toy.temporal_assumptions.append(Eventually(at(toy, 3)))
    assert row_of(toy, Eventually(at(toy, 2))).verdict is Verdict.PASS


def test_pass_because_no_behaviour_is_fair_is_said_to_mean_little() -> None:
    toy = counter(3)
    toy.temporal_assumptions.append(Eventually(at(toy, 99)))
    row = row_of(toy, Eventually(at(toy, 2)))
    assert (row.verdict, row.is_vacuous) == (Verdict.PASS, True)
    assert row.reason == "no behaviour of the model is fair"


def test_what_nothing_could_violate_is_not_passed() -> None:
    toy = fair_counter(3)
    row = row_of(toy, Or((at(toy, 1), And(()))))
    assert row.verdict is Verdict.INCOMPLETE
    assert "there is nothing to check" in row.reason


def test_what_nothing_could_violate_passes_with_a_remark_beside_what_is_checked() -> None:
    toy = fair_counter(3)
    toy.temporal("Says", Eventually(at(toy, 2)))
    toy.temporal("P", And(()))
    says, row = explore(toy, ExploreOptions()).properties
    assert (says.verdict, says.is_vacuous) == (Verdict.PASS, False)
    assert (row.verdict, row.is_vacuous) == (Verdict.PASS, True)
    assert row.reason == "a quantifier runs over an empty set: there is nothing to check"


@pytest.mark.parametrize("formula", [Eventually(And(())), Always(Eventually(And(())))])
def test_a_constant_below_temporal_operators_passes_with_a_remark(formula: Temporal) -> None:
    row = row_of(fair_counter(3), formula)
    assert (row.verdict, row.is_vacuous) == (Verdict.PASS, True)
    assert "there is nothing to check" in row.reason


@pytest.mark.parametrize(
    "formula",
    [
        And((Or((Eventually(Or(())), And(()))), And(()))),
        Not(And((Or(()), Eventually(And(()))))),
    ],
)
def test_a_constant_around_temporal_operators_leaves_nothing_to_check(formula: Temporal) -> None:
    assert row_of(fair_counter(3), formula).verdict is Verdict.INCOMPLETE


def test_formula_of_too_many_cases_is_not_passed() -> None:
    toy = fair_counter(1)
    pairs = [Or((Eventually(at(toy, n)), Eventually(Not(at(toy, n))))) for n in range(12)]
    row = row_of(toy, Or(tuple(And((Always(at(toy, n)), pair)) for n, pair in enumerate(pairs))))
    assert row.verdict is Verdict.INCOMPLETE
    assert "too many cases" in row.reason


def test_promise_that_only_waits_is_not_kept() -> None:
    """x turns for ever: whenever it is 1 it should be 2 later and then never 0 again."""
    toy = Toy(("x",), lambda: [{"x": 0}])
    toy.fair(WEAK, toy.action("Turn", turning("x", 3)))
    promise = LeadsTo(at(toy, 1), And((at(toy, 2), Always(Not(at(toy, 0))))))
    row = row_of(toy, promise)
    assert row.verdict is Verdict.FAIL
    assert row.trace is not None
    assert [step.variables[0][1] for step in row.trace.steps] == [0, 1, 2]
    assert row.trace.loop_to == 1


def told(toy: Toy, steps: ActionSteps) -> None:
    """Let the toy's only fairness condition tell its steps."""
    (plain,) = toy.fairness
    toy.fairness = [
        FairnessCondition(WEAK, plain.action, (), SPAN, plain.enabled, plain.taken, steps)
    ]


def test_fairness_that_tells_its_steps_needs_no_formula() -> None:
    toy = fair_counter(3)
    told(toy, ActionSteps(frozenset({0}), frozenset({0})))
    toy.temporal("P", Eventually(at(toy, 3)))
    before = toy.evaluations
    (row,) = explore(toy, ExploreOptions(self_check=0)).properties
    assert row.verdict is Verdict.PASS
    assert toy.evaluations - before <= 4


def test_steps_that_are_not_those_of_the_formula_are_a_defect() -> None:
    toy = fair_counter(3)
    told(toy, ActionSteps(frozenset(), frozenset({0})))
    toy.temporal("P", Eventually(at(toy, 3)))
    with pytest.raises(ExplorerDefectError, match="not those of its fairness condition"):
        explore(toy, ExploreOptions(self_check=1))


def test_step_that_leaves_the_subscript_as_it_is_serves_no_fairness() -> None:
    toy = Toy(("x", "y"), lambda: [{"x": 0, "y": 0}])
    toy.action("Turn", turning("y", 2))
    toy.action("Up", lambda v: [{"x": 1}] if v["x"] == 0 else [])
    both = toy.instances
    toy.fair(WEAK, *both)
    plain = toy.fairness.pop()
    moved = toy.step_predicate("x' # x", lambda v, w: v["x"] != w["x"])
    able = toy.predicate("x = 0", lambda v: v["x"] == 0)
    steps = ActionSteps(frozenset({0, 1}), frozenset({0}))
    toy.fairness.append(FairnessCondition(WEAK, plain.action, (), SPAN, able, moved, steps))
    toy.temporal("P", Eventually(StateAtom(toy.predicate("x = 1", lambda v: v["x"] == 1))))
    (row,) = explore(toy, ExploreOptions(self_check=1)).properties
    assert row.verdict is Verdict.PASS


SEMANTICS = [
    (Always, [1, 2], False),
    (Eventually, [2], True),
    (Eventually, [9], False),
    (lambda inner: Always(Eventually(inner)), [2], True),
    (lambda inner: Always(Eventually(inner)), [1], True),
    (lambda inner: Always(Eventually(inner)), [0], False),
    (lambda inner: Eventually(Always(inner)), [1, 2], True),
    (lambda inner: Eventually(Always(inner)), [1], False),
    (lambda inner: Not(inner), [0], False),
]


@pytest.mark.parametrize(("form", "values", "expected"), SEMANTICS)
def test_textbook_semantics_on_a_lasso(
    form: Callable[[Temporal], Temporal], values: list[int], expected: bool
) -> None:
    """The behaviour is 0 1 2 1 2 1 2 …"""
    toy = Toy(("x",), list)
    inner = StateAtom(toy.predicate("p", lambda v: number(v["x"]) in values))
    assert is_true(form(inner), Behaviour(((0,), (1,), (2,)), (0, 0, 0), 1)) is expected


def test_stuttering_is_a_step_that_changes_nothing() -> None:
    toy = Toy(("x",), list)
    rests = StepAtom(toy.step_predicate("[FALSE]_x", lambda v, w: v == w))
    assert is_true(Eventually(Always(rests)), Behaviour(((0,), (1,)), (0,), None))
    assert not is_true(Always(rests), Behaviour(((0,), (1,)), (0,), None))
