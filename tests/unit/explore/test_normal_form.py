"""Temporal formulas are simplified and taken apart without changing what they say."""

from __future__ import annotations

import pytest

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
from conform.explore.liveness.automaton import automaton
from conform.explore.liveness.normal_form import (
    FALSE,
    MAX_CASES,
    TRUE,
    Case,
    Limit,
    TooManyCasesError,
    cases,
    normal,
)
from tests.unit.explore.toys import Toy

TOY = Toy(("x",), list)
P, Q, R = (StateAtom(TOY.predicate(name, lambda v: True)) for name in "PQR")
STEP = StepAtom(TOY.step_predicate("A", lambda v, w: False))

LAWS: list[tuple[Temporal, Temporal]] = [
    (Not(Always(P)), Eventually(Not(P))),
    (Not(Eventually(Not(P))), Always(P)),
    (Not(LeadsTo(P, Q)), Eventually(And((P, Always(Not(Q)))))),
    (Always(Always(P)), Always(P)),
    (Always(Eventually(Always(P))), Eventually(Always(P))),
    (Eventually(Always(Eventually(P))), Always(Eventually(P))),
    (Always(And((P, Eventually(Q)))), And((Always(P), Always(Eventually(Q))))),
    (Eventually(Or((P, Q))), Eventually(Or((P, Q)))),
    (Eventually(Or((P, Eventually(Q)))), Eventually(Or((P, Q)))),
    (
        Eventually(Always(And((P, Eventually(Q))))),
        And((Always(Eventually(Q)), Eventually(Always(P)))),
    ),
    (Always(Or((P, Always(Eventually(Q))))), Or((Always(P), Always(Eventually(Q))))),
    (Or((P, Not(P))), TRUE),
    (And((P, Q, Not(P))), FALSE),
    (Always(TRUE), TRUE),
    (Eventually(FALSE), FALSE),
    (Not(Not(STEP)), STEP),
]


@pytest.mark.parametrize(("formula", "simple"), LAWS)
def test_formula_is_simplified_by_the_laws(formula: Temporal, simple: Temporal) -> None:
    found = normal(formula)
    assert found == simple or set(getattr(found, "formulas", ())) == set(
        getattr(simple, "formulas", [None])
    )


def test_leads_to_waits_from_any_moment_on() -> None:
    assert cases(Not(LeadsTo(P, Q))) == (Case((P,), (Always(Not(Q)),), (), starts_anywhere=True),)


def test_what_the_long_run_must_do_needs_no_automaton() -> None:
    strong = Or((Eventually(Always(Not(P))), Always(Eventually(STEP))))
    (case,) = cases(And((strong, Always(Eventually(Or((Q, STEP)))))))
    assert (case.here, case.rest) == ((), ())
    assert set(case.limits) == {Limit(STEP, P), Limit(Or((Q, STEP)), None)}


def test_two_ways_to_last_are_two_cases() -> None:
    found = cases(Or((Eventually(Always(P)), Eventually(Always(Q)))))
    assert [case.limits for case in found] == [(Limit(FALSE, Not(P)),), (Limit(FALSE, Not(Q)),)]


def test_formula_of_the_first_state_stays_whole() -> None:
    (case,) = cases(And((Or((P, Q)), Always(R))))
    assert case == Case((Or((P, Q)),), (Always(R),), (), starts_anywhere=False)


def test_false_has_no_case_and_true_one_without_demands() -> None:
    assert cases(FALSE) == ()
    assert cases(TRUE) == (Case((), (), (), starts_anywhere=False),)


def test_too_many_cases_are_refused() -> None:
    def pair() -> Temporal:
        one, other = (StateAtom(TOY.predicate("p", lambda v: True)) for _ in range(2))
        return Or((Always(one), Always(other)))

    formula = And(tuple(pair() for _ in range(MAX_CASES.bit_length())))
    with pytest.raises(TooManyCasesError):
        cases(formula)


def test_automaton_of_a_leads_to_has_one_state() -> None:
    found = automaton((Always(Not(Q)),))
    ((only,),) = found.transitions
    assert (only.now, only.step, only.target, only.marks) == ((Not(Q),), (), 0, 0)
    assert found.all_marks == 0


def test_promise_put_off_for_ever_is_not_accepted() -> None:
    found = automaton((Always(Or((P, Eventually(Q)))),))
    assert found.all_marks == 1
    waits = [each for ways in found.transitions for each in ways if not each.marks]
    assert waits
    assert all(Q not in each.now for each in waits)


def test_automaton_of_nothing_accepts_everything() -> None:
    ((only,),) = automaton(()).transitions
    assert (only.now, only.step, only.target) == ((), (), 0)


def test_automaton_of_too_many_promises_is_refused() -> None:
    def promise() -> Temporal:
        one, other = (StateAtom(TOY.predicate("p", lambda v: True)) for _ in range(2))
        return normal(LeadsTo(one, And((other, Eventually(one)))))

    with pytest.raises(TooManyCasesError):
        automaton(tuple(promise() for _ in range(9)))
