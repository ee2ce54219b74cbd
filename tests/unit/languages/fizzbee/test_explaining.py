"""Why an action can or cannot be taken: its conditions with their values, its effects."""

from __future__ import annotations

from conform.languages.fizzbee.model import FizzModel
from tests.unit.languages.fizzbee.fizz_models import model_of

TEXT = """
WRITERS = ["w1", "w2"]

action Init:
    state = {w: "IDLE" for w in WRITERS}
    log = "OPEN"
    count = 0

atomic action Start:
    any w in WRITERS:
        if state[w] == "IDLE" and log == "OPEN":
            state[w] = "BUSY"
            count += 1

atomic action Fence:
    require log == "OPEN"
    require count == 5
    log = "FENCED"
"""


def _told(model: FizzModel, number: int) -> list[tuple[str, bool | None]]:
    state = next(model.initial_states())
    explanation = model.explain(model.instances[number], state)
    return [(condition.text, condition.holds) for condition in explanation.conditions]


def test_conjuncts_are_told_one_by_one() -> None:
    assert _told(model_of(TEXT), 0) == [('state[w] == "IDLE"', True), ('log == "OPEN"', True)]


def test_a_condition_that_was_not_reached_has_no_value() -> None:
    model = model_of(TEXT.replace('log = "OPEN"\n    count', 'log = "SHUT"\n    count'))
    assert _told(model, 2) == [('log == "OPEN"', False), ("count == 5", None)]
    assert _told(model, 1) == [('state[w] == "IDLE"', True), ('log == "OPEN"', False)]


def test_conditions_stand_in_the_order_of_the_text() -> None:
    assert _told(model_of(TEXT), 2) == [('log == "OPEN"', True), ("count == 5", False)]


def test_effects_are_told_with_their_place() -> None:
    model = model_of(TEXT)
    state = next(model.initial_states())
    effects = model.explain(model.instances[0], state).effects
    assert [(effect.variable, effect.text, effect.span.line) for effect in effects] == [
        ("state", 'state[w] = "BUSY"', 11),
        ("count", "count += 1", 12),
    ]


def test_local_variables_are_no_effects() -> None:
    model = model_of(TEXT.replace("count += 1", "n = count + 1\n            count = n"))
    state = next(model.initial_states())
    effects = model.explain(model.instances[0], state).effects
    assert [effect.variable for effect in effects] == ["state", "count"]
