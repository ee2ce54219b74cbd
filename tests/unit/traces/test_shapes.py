"""What a format cannot tell, restored from sample states."""

from __future__ import annotations

import pytest

from conform.domain.values import ModelValue, SetValue, Value, function, record, sequence
from conform.traces.shapes import restored, shape_of, shapes_of
from tests.unit.traces.sample_traces import KINDS, W1, W2, state

UNTYPED: list[tuple[str, Value, Value, Value]] = [
    ("names", "w2", W1, W2),
    ("sets", sequence([2, 1]), SetValue([]), SetValue([1, 2])),
    ("sets of names", sequence(["w1"]), SetValue([W2]), SetValue([W1])),
    ("sequences stay", sequence([2, 1]), sequence([]), sequence([2, 1])),
    ("records stay", record({"1": 1}), record({"1": 2}), record({"1": 1})),
    ("functions on names", record({"w1": 1, "w2": 2}), function({W1: 0}), function({W1: 1, W2: 2})),
    ("functions on integers", record({"0": 5, "7": 6}), function({0: 0}), function({0: 5, 7: 6})),
    (
        "functions on tuples",
        record({"<<1, w1>>": 5, '<<2, "w1">>': 6}),
        function({sequence([1, W1]): 0}),
        function({sequence([1, W1]): 5, sequence([2, "w1"]): 6}),
    ),
    (
        "sets inside functions",
        record({"w1": sequence([1])}),
        function({W1: SetValue([]), W2: SetValue([])}),
        function({W1: SetValue([1])}),
    ),
    (
        "fields apart",
        record({"s": sequence([1]), "q": sequence([1])}),
        record({"s": SetValue([]), "q": sequence([])}),
        record({"s": SetValue([1]), "q": sequence([1])}),
    ),
    ("an empty array for a set", sequence([]), SetValue([1]), SetValue([])),
    ("an empty array for a function", sequence([]), function({W1: 1}), sequence([])),
]


@pytest.mark.parametrize(
    ("told", "sample", "meant"), [row[1:] for row in UNTYPED], ids=[row[0] for row in UNTYPED]
)
def test_untyped_value_is_read_after_its_sample(told: Value, sample: Value, meant: Value) -> None:
    assert restored(told, shape_of(sample), untyped=True) == meant


@pytest.mark.parametrize(("told", "meant"), [("NONE", "NONE"), ("w1", W1), ("w2", "w2")])
def test_name_beside_strings_is_known_by_its_samples(told: str, meant: Value) -> None:
    assert restored(told, shape_of(W1, "NONE"), untyped=True) == meant


def test_typed_sequence_is_never_taken_for_a_set() -> None:
    assert restored(sequence([1]), shape_of(SetValue([])), untyped=False) == sequence([1])


def test_place_that_held_sets_and_sequences_stays_ambiguous() -> None:
    shape = shape_of(SetValue([1]), sequence([1]))
    assert restored(sequence([1]), shape, untyped=True) == sequence([1])


def test_unknown_variable_stays_as_it_was_read() -> None:
    assert restored(record({"w1": 1}), None, untyped=True) == record({"w1": 1})


@pytest.mark.parametrize("name", KINDS)
def test_value_is_its_own_sample(name: str) -> None:
    assert restored(KINDS[name], shape_of(KINDS[name]), untyped=True) == KINDS[name]


def test_shapes_learn_from_all_states() -> None:
    shapes = shapes_of([state(x=SetValue([])), state(x=SetValue([ModelValue("m")]))])
    assert restored(sequence(["m"]), shapes["x"], untyped=True) == SetValue([ModelValue("m")])
