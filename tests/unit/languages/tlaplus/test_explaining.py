"""Why an action of a TLA+ model can or cannot be taken: conjuncts and effects with their places."""

from __future__ import annotations

from conform.domain.explanation import Explanation
from conform.domain.states import State
from tests.unit.languages.tlaplus.modules import model

VARIABLES = "VARIABLES x, y\nInit == x = 0 /\\ y = 0\n"


def explained(action: str, state: State = (0, 0), more: str = "") -> Explanation:
    """Return the explanation of the action A of a module; A begins in line 5 and more before it."""
    built = model(f"{VARIABLES}{more}A == {action}\nNext == A")
    (instance,) = built.instances
    return built.explain(instance, state)


def guard(explanation: Explanation) -> list[tuple[str, bool | None]]:
    """Return the conditions without their places."""
    return [(condition.text, condition.holds) for condition in explanation.conditions]


def effects(explanation: Explanation) -> list[tuple[str, str]]:
    """Return the effects without their places."""
    return [(effect.variable, effect.text) for effect in explanation.effects]


def test_conjuncts_are_given_in_order_with_their_values() -> None:
    found = explained("x = 0 /\\ y = 1 /\\ x + y < 3 /\\ x' = 1 /\\ UNCHANGED y")
    assert guard(found) == [("x = 0", True), ("y = 1", False), ("x + y < 3", True)]
    assert effects(found) == [("x", "x' = 1")]
    span = found.conditions[1].span
    assert (span.line, span.column, span.end_column) == (5, 15, 19)


def test_definition_and_let_are_unfolded_to_where_the_conjunct_stands() -> None:
    more = "Ready ==\n  /\\ x = 0\n  /\\ y = 7\n"
    found = explained("LET z == x + 1 IN Ready /\\ z = 1 /\\ x' = z /\\ y' = y", more=more)
    assert guard(found) == [("x = 0", True), ("y = 7", False), ("z = 1", True)]
    assert [condition.span.line for condition in found.conditions] == [6, 7, 8]
    assert effects(found) == [("x", "x' = z")]


def test_conjunct_without_a_value_is_none() -> None:
    found = explained("x = 1 /\\ y[3] = 0 /\\ x' = 0 /\\ UNCHANGED y")
    assert guard(found) == [("x = 1", False), ("y[3] = 0", None)]


def test_choice_is_one_line_that_holds_if_something_can_be_chosen() -> None:
    action = "(\\E v \\in 1..2 : v > x /\\ x' = v) /\\ y' = 1"
    found = explained(action)
    assert guard(found) == [("\\E v \\in 1..2 : v > x /\\ x' = v", True)]
    assert effects(found) == [("x", "x' = v"), ("y", "y' = 1")]
    assert guard(explained(action, (2, 0)))[0][1] is False


def test_arm_that_is_taken_is_explained() -> None:
    action = "(IF x = 0 THEN y = 0 /\\ x' = 1 ELSE y = 1 /\\ x' = 0) /\\ UNCHANGED y"
    assert guard(explained(action)) == [("y = 0", True)]
    assert guard(explained(action, (1, 0))) == [("y = 1", False)]
    assert effects(explained(action, (1, 0))) == [("x", "x' = 0")]
    cases = "(CASE x = 0 -> x' = 1 [] x = 1 -> y = 1 /\\ x' = 0) /\\ UNCHANGED y"
    assert guard(explained(cases, (1, 0))) == [("y = 1", False)]


def test_disjunction_is_one_line_with_the_effects_of_its_sides() -> None:
    action = "((x = 1 /\\ x' = 0) \\/ (x = 2 /\\ x' = 1)) /\\ y' \\in {0, 1}"
    # A disjunction at the top of Next is split into instances; here it is part of a conjunction.
    found = explained(action)
    assert [holds for _text, holds in guard(found)] == [False]
    assert effects(found) == [("x", "x' = 0"), ("x", "x' = 1"), ("y", "y' \\in {0, 1}")]


def test_variable_that_is_assigned_itself_has_no_effect() -> None:
    assert effects(explained("x' = x /\\ y' = x")) == [("y", "y' = x")]


def test_formula_of_several_lines_is_shown_on_one() -> None:
    found = explained("x = 0\n  + 1 /\\ x' = 0 /\\ y' = 0")
    assert guard(found) == [("x = 0 + 1", False)]
