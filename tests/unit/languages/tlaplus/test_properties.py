"""Properties are sorted by their form, and decided as TLC decides them."""

from __future__ import annotations

import pytest

from conform.domain.fairness import ActionSteps
from conform.domain.report import Verdict
from conform.errors import ConformError, InputError, UnsupportedError
from tests.unit.languages.tlaplus.modules import model, run

BODY = """VARIABLE x
Init == x = 0
Next == x < 2 /\\ x' = x + 1
Spec == Init /\\ [][Next]_x /\\ WF_x(Next)
"""
CONFIGURATION = "SPECIFICATION Spec\nPROPERTY P\nCHECK_DEADLOCK FALSE"

KINDS = [
    ("x = 0", "initial", Verdict.PASS),
    ("x = 1", "initial", Verdict.FAIL),
    ("[](x < 3)", "invariant", Verdict.PASS),
    ("[](x < 2)", "invariant", Verdict.FAIL),
    ("[](x < 3 /\\ x >= 0)", "invariant", Verdict.PASS),
    ("[][x' > x]_x", "action property", Verdict.PASS),
    ("[][x' > x + 1]_x", "action property", Verdict.FAIL),
    ("[][FALSE]_<<x>>", "action property", Verdict.FAIL),
    ("x = 0 ~> x = 2", "liveness", Verdict.PASS),
    ("x = 2 ~> x = 0", "liveness", Verdict.FAIL),
    ("[]<>(x = 2)", "liveness", Verdict.PASS),
    ("[]<>(x = 1)", "liveness", Verdict.FAIL),
    ("[](x = 1 => <>(x = 2))", "liveness", Verdict.PASS),
    ("\\A i \\in 0..1 : x = i ~> x = i + 1", "liveness", Verdict.PASS),
    ("\\A i \\in 0..2 : x = i ~> x = i + 1", "liveness", Verdict.FAIL),
    ("<>(x = 2)", "liveness", Verdict.PASS),
    ("<>[](x = 2)", "liveness", Verdict.PASS),
    ("\\A i \\in {} : []<>(x = i)", "liveness", Verdict.INCOMPLETE),
    ("FALSE => <>(x = 2)", "liveness", Verdict.INCOMPLETE),
    ("\\E i \\in {} : <>(x = i)", "liveness", Verdict.FAIL),
    ("\\E i \\in 0..2 : <>[](x = i)", "liveness", Verdict.PASS),
    ("<>(x = 1 /\\ <>(x = 2))", "liveness", Verdict.PASS),
    ("[](x = 1 => [](x >= 1))", "liveness", Verdict.PASS),
    ("(x = 0) ~> [](x = 1)", "liveness", Verdict.FAIL),
    ("<>(x = 2) <=> []<>(x = 2)", "liveness", Verdict.PASS),
    ("IF x = 0 THEN <>(x = 2) ELSE []<>FALSE", "liveness", Verdict.PASS),
    ("LET Q == <>(x = 2) IN ~Q", "liveness", Verdict.FAIL),
    ("WF_x(Next)", "liveness", Verdict.PASS),
    ("~SF_x(Next)", "liveness", Verdict.FAIL),
    ("[]<><<Next>>_x", "liveness", Verdict.FAIL),
    ("<>[][FALSE]_x", "liveness", Verdict.PASS),
    ("[][]<><<Next>>_x", "liveness", Verdict.FAIL),
]


@pytest.mark.parametrize(("formula", "kind", "verdict"), KINDS)
def test_a_property_has_the_kind_of_its_form(formula: str, kind: str, verdict: Verdict) -> None:
    result = run(f"{BODY}P == {formula}", CONFIGURATION, everything=True)
    (row,) = result.properties
    assert (row.name, str(row.kind), row.verdict) == ("P", kind, verdict)


def test_a_conjunction_is_taken_apart() -> None:
    found = model(
        f"{BODY}P == x = 0 /\\ [](x < 3) /\\ [][TRUE]_x /\\ (x = 0 ~> x = 1)", CONFIGURATION
    )
    assert len(found.initial_properties) == 1
    assert len(found.invariants) == 1
    assert len(found.action_properties) == 1
    assert len(found.liveness) == 1
    assert not found.unchecked


def test_the_specification_itself_is_a_property_with_its_fairness() -> None:
    found = model(f"{BODY}P == Spec", CONFIGURATION)
    assert len(found.initial_properties) == len(found.action_properties) == 1
    assert [part.property_name for part in found.liveness] == ["P"]


def test_enabled_in_an_invariant_asks_about_the_state() -> None:
    result = run(f"{BODY}P == [](ENABLED Next <=> x < 2)", CONFIGURATION)
    assert result.properties[0].verdict is Verdict.PASS


def test_an_operator_over_actions_in_an_invariant_is_a_state_predicate() -> None:
    body = f"{BODY}Can(A) == ENABLED A\nP == x < 2 => Can(Next)"
    result = run(body, "SPECIFICATION Spec\nINVARIANT P\nCHECK_DEADLOCK FALSE")
    assert result.properties[0].verdict is Verdict.PASS


REFUSED = [
    ("<><<Next>>_x", UnsupportedError),
    ("[](x = 0 => <><<Next>>_x)", UnsupportedError),
    ("[](x = 0 => WF_x(Next))", UnsupportedError),
    ("<>(x = 2) \\/ [][Next]_x", UnsupportedError),
    ("(x = 0) -+-> (x = 1)", UnsupportedError),
    ("\\EE y : [](y = x)", UnsupportedError),
    ("\\A i \\in 0..x : <>(x = i)", UnsupportedError),
    ("CASE x = 0 -> <>(x = 1) [] OTHER -> <>(x = 2)", UnsupportedError),
    ("Next", InputError),
    ("(x = 0) ~> Next", InputError),
    ("[](x' = x)", InputError),
    ("<>(x' = x)", InputError),
    ("[]<<Next>>_x", InputError),
]


@pytest.mark.parametrize(("formula", "error"), REFUSED)
def test_what_tlc_refuses_is_refused_with_its_place(
    formula: str, error: type[ConformError]
) -> None:
    with pytest.raises(error) as caught:
        model(f"{BODY}P == {formula}", CONFIGURATION)
    assert caught.value.span is not None
    assert caught.value.span.line in (5, 7)


STEPS = [
    ("WF_x(Next)", True),
    ("WF_<<x>>(Next)", True),
    ("WF_x(Up) /\\ SF_x(Down(1))", True),
    ("\\A i \\in 1..2 : WF_x(Down(i))", True),
    ("WF_x(Down(3))", False),
    ("WF_x(Next /\\ x > 0)", False),
    ("WF_x(Up \\/ x' = 5)", False),
    ("WF_(x + 1)(Up)", False),
]


@pytest.mark.parametrize(("fairness", "is_known"), STEPS)
def test_fairness_tells_its_steps_where_they_are_instances_of_next(
    fairness: str, is_known: bool
) -> None:
    found = model(
        "VARIABLE x\nInit == x = 0\nUp == x < 2 /\\ x' = x + 1\n"
        "Down(i) == x >= i /\\ x' = x - i\nNext == Up \\/ \\E i \\in 1..2 : Down(i)\n"
        f"Spec == Init /\\ [][Next]_x /\\ {fairness}",
        "SPECIFICATION Spec",
    )
    assert found.fairness
    assert all((each.steps is not None) is is_known for each in found.fairness)


def test_fairness_of_one_instance_tells_that_one() -> None:
    found = model(
        "VARIABLE x\nInit == x = 0\nUp(i) == x' = i\nNext == \\E i \\in 1..3 : Up(i)\n"
        "Spec == Init /\\ [][Next]_x /\\ WF_x(Up(2))",
        "SPECIFICATION Spec",
    )
    (condition,) = found.fairness
    assert condition.steps == ActionSteps(frozenset({1}), frozenset({0}))
