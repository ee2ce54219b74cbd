"""An assertion that is taken apart says what the whole says, and its parts are asked once."""

from __future__ import annotations

from itertools import product

import pytest

from conform.languages.fizzbee.formulas import FormulaPredicate, Part
from conform.languages.fizzbee.model import FizzModel, build_model
from conform.languages.fizzbee.predicates import AssertionPredicate
from conform.languages.fizzbee.specification import specification_of
from conform.text import Source

FORMULAS = [
    "x and y",
    "x or y or z",
    "not (x and y) or z",
    "(x or not y) and (y or not z) and z",
    "x == 1 and y == True",
    "(x if y else z) or x and z",
]
TEXT = "atomic action Init:\n    x = {0}\n    y = {1}\n    z = {2}\natomic action A:\n    z = z\n"


def model(assertions: str, values: tuple[str, ...] = ("0", "1", "True")) -> FizzModel:
    return build_model(specification_of(Source("a.fizz", TEXT.format(*values) + assertions)))


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_by_parts_is_the_formula(formula: str) -> None:
    text = f"always assertion P:\n    return {formula}\nalways assertion Q:\n    v = {formula}\n"
    for values in product(("0", "1", "True", '""'), repeat=3):
        made = model(text + "    return v\n", values)
        apart, whole = made.invariants
        assert isinstance(apart, FormulaPredicate) and isinstance(whole, AssertionPredicate)
        (state,) = made.initial_states()
        assert apart.holds(state) == apart.holds(state) == whole.holds(state)


def test_a_part_is_asked_once_for_the_values_it_looks_at() -> None:
    asked = []

    def ask(state: tuple[object, ...]) -> bool:
        asked.append(state)
        return bool(state[0])

    part = Part(ask, (0,))
    assert [part.holds((1, each)) for each in range(3)] == [True] * 3
    assert [part.holds((True, 0)), part.holds((0, 0))] == [True, False]
    assert asked == [(1, 0), (True, 0), (0, 0)]


def test_an_operand_that_decides_keeps_later_ones_from_being_asked() -> None:
    made = model("always assertion P:\n    return x != 0 and 1 // x > 0\n")
    (state,) = made.initial_states()
    assert not made.invariants[0].holds(state)


@pytest.mark.parametrize(
    ("body", "reads"),
    [
        ("return before.x <= after.x", {"x"}),
        ("return before.x <= after.x or before.y", {"x", "y"}),
        ("return before == after", {"x", "y", "z"}),
        ("return [s.x for s in [before, after]] != []", {"x", "y", "z"}),
        ("return getattr(before, 'x') == 0", {"x", "y", "z"}),
        ("return before.x == z", {"x", "z"}),
    ],
)
def test_a_transition_assertion_reads_the_fields_it_names(body: str, reads: set[str]) -> None:
    made = model(f"transition assertion P:\n    {body}\n")
    (step,) = made.action_properties
    assert step.reads is not None
    assert {made.slots[place].variable for place in step.reads} & {"x", "y", "z"} == reads
