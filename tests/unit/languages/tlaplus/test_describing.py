"""What a module and its configuration say, as a Spec."""

from __future__ import annotations

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
