"""Properties are sorted by their form, and decided as TLC decides them."""

from __future__ import annotations

import pytest

from conform.domain.report import Verdict
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
