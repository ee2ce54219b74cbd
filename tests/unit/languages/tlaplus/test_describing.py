"""What a module and its configuration say, as a Spec."""

from __future__ import annotations

import pytest

from conform.domain.spec import Spec
from conform.languages.tlaplus.configuration import parse_configuration
from conform.languages.tlaplus.describing import describe
from conform.text import Source
from tests.unit.languages.tlaplus.modules import model

BODY = """CONSTANTS N, M
VARIABLES x, y
vars == <<x, y>>
Limit == N + M
Unused == 7
Far(n) == n > Limit
Init == x = 0 /\\ y = 0
Step(n) == x' = n /\\ ~Far(n) /\\ UNCHANGED y
Stop == y' = 1 /\\ UNCHANGED x
Next == Stop \\/ \\E n \\in 1..N : Step(n)
Spec == Init /\\ [][Next]_vars /\\ WF_vars(Stop) /\\ SF_vars(Step(1))
Small == x <= N /\\ y <= 1
Grows == [][x' >= 0]_x
Ends == x = 0 ~> y = 1
"""
CONFIGURATION = "SPECIFICATION Spec\nCONSTANTS N = 2 M = 1\nINVARIANT Small\nPROPERTIES Grows Ends"


def described() -> Spec:
    configuration = parse_configuration(Source("M.cfg", CONFIGURATION))
    return describe(model(BODY, CONFIGURATION), configuration)


def test_constants_and_variables_are_in_the_order_of_the_text() -> None:
    spec = described()
    assert [each.name for each in spec.constants] == ["N", "M"]
    assert [each.name for each in spec.variables] == ["x", "y"]


def test_actions_are_the_definitions_that_next_is_made_of() -> None:
    assert [(each.name, each.parameters) for each in described().actions] == [
        ("Step", ("n",)),
        ("Stop", ()),
    ]


def test_helpers_are_the_other_operators_in_use() -> None:
    assert [each.name for each in described().helpers] == ["Limit", "Far"]


def test_a_property_of_several_conjuncts_is_described_once() -> None:
    found = [(each.name, each.kind) for each in described().properties]
    assert found == [
        ("Small", "invariant"),
        ("Grows", "action property"),
        ("Ends", "liveness"),
    ]


def test_fairness_names_its_action_and_kind() -> None:
    found = [(each.action, each.parameters, each.kind) for each in described().fairness]
    assert found == [("Stop", (), "weak"), ("Step", ("n",), "strong")]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("WF_vars(Stop)", [("Stop", (), "weak", False)]),
        ("\\A n \\in 1..N : SF_vars(Step(n))", [("Step", ("n",), "strong", False)]),
        ("WF_vars(\\E n \\in 1..N : Step(n))", [("Step", (), "weak", False)]),
        ("LET A == Stop IN WF_vars(A)", [("Stop", (), "weak", False)]),
        ("WF_vars(Next)", [("Step", (), "weak", True), ("Stop", (), "weak", True)]),
        (
            "SF_vars(Stop \\/ \\E n \\in 1..N : Step(n))",
            [("Step", (), "strong", True), ("Stop", (), "strong", True)],
        ),
        (
            "\\A n \\in 1..N : WF_vars(Step(n)) /\\ SF_vars(Stop)",
            [("Step", ("n",), "weak", False), ("Stop", (), "strong", False)],
        ),
    ],
)
def test_fairness_is_told_for_each_action_once(
    condition: str, expected: list[tuple[str, tuple[str, ...], str, bool]]
) -> None:
    body = BODY.replace("WF_vars(Stop) /\\ SF_vars(Step(1))", f"({condition})")
    assert body != BODY
    configuration = parse_configuration(Source("M.cfg", CONFIGURATION))
    spec = describe(model(body, CONFIGURATION), configuration)
    found = [(each.action, each.parameters, each.kind, each.is_joint) for each in spec.fairness]
    assert found == expected
