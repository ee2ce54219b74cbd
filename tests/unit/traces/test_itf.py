"""The Informal Trace Format."""

from __future__ import annotations

import json

import pytest

from conform.domain.trace import Trace
from conform.domain.values import ModelValue, SetValue, Value, function, record, sequence
from conform.errors import InputError
from conform.text import Source
from conform.traces import itf
from conform.traces.shapes import shapes_of
from tests.unit.traces.sample_traces import initial, of_all_kinds, state, trace

APALACHE = """
{
  "#meta": {"format": "ITF", "description": "Created by Apalache"},
  "params": [],
  "vars": ["x", "action_taken"],
  "states": [
    {"#meta": {"index": 0}, "action_taken": "init", "x": {"#bigint": "0"}},
    {"#meta": {"index": 1}, "action_taken": "up", "x": {"#bigint": "1"}}
  ],
  "loop": 0
}
"""


def read(text: str) -> Trace:
    """Return the one trace of a document."""
    (found,) = itf.read(Source("t", text))
    return found


def value_of(text: str) -> Value:
    """Return the value of a variable written as `text`."""
    found = read(f'{{"vars": ["x"], "states": [{{"x": {text}}}]}}')
    return found.steps[0].variables[0][1]


def test_document_of_apalache_is_read() -> None:
    found = read(APALACHE)
    assert found.loop_to == 1
    assert found.steps[1].variables == state(x=1, action_taken="up")


def test_variable_that_names_actions_is_a_variable() -> None:
    step = read(APALACHE).steps[1]
    assert (step.action, step.parameters, step.choices) == (None, None, ())


VALUES: list[tuple[str, Value]] = [
    ("3", 3),
    ('{"#bigint": "-123456789012345678901"}', -123456789012345678901),
    ("true", True),
    ('"w1_OF_Writers"', "w1_OF_Writers"),
    ('[1, "a"]', sequence([1, "a"])),
    ('{"#tup": [1, "a"]}', sequence([1, "a"])),
    ('{"#set": []}', SetValue([])),
    ('{"#set": [{"#set": [1]}]}', SetValue([SetValue([1])])),
    ('{"#map": [["a", 1], ["b", 2]]}', record({"a": 1, "b": 2})),
    ('{"#map": [[{"#tup": [1, 2]}, true]]}', function({sequence([1, 2]): True})),
    ('{"#map": [[2, "b"], [1, "a"]]}', sequence(["a", "b"])),
    ('{"#map": []}', sequence([])),
    ('{"f": {"#bigint": "1"}}', record({"f": 1})),
]


@pytest.mark.parametrize(("text", "value"), VALUES, ids=[text for text, _ in VALUES])
def test_value_is_read(text: str, value: Value) -> None:
    found = value_of(text)
    assert found == value
    assert type(found) is type(value)


def test_round_trip_is_exact_but_for_model_values() -> None:
    every = of_all_kinds()
    shapes = shapes_of([every.steps[0].variables])
    (back,) = itf.read(Source("t", itf.write(every)), shapes)
    assert [step.variables for step in back.steps] == [step.variables for step in every.steps]
    assert back.steps[1].parameters == (("w", "w1"), ("n", 2))
    assert back.steps[1].choices == every.steps[1].choices


def test_actions_stand_in_the_meta_of_a_state() -> None:
    written = json.loads(itf.write(of_all_kinds()))
    assert written["states"][1]["#meta"] == {
        "index": 1,
        "action": "Append",
        "parameters": {"w": "w1", "n": {"#bigint": "2"}},
        "choices": {"count": {"#bigint": "2"}},
    }


def test_field_that_looks_like_a_special_form_survives() -> None:
    odd = trace(initial(state(x=record({"#set": 1}))))
    assert read(itf.write(odd)) == odd


def test_model_value_becomes_its_name() -> None:
    assert read(itf.write(trace(initial(state(x=ModelValue("m")))))).steps[0].variables == (
        ("x", "m"),
    )


ILL_FORMED = [
    ('{"#set": 1}', "the number 1 instead of an array, at states[0].x.#set"),
    ('{"#set": [1, true]}', "booleans and integers in one set"),
    ('{"#map": [[1]]}', "an array of 1 elements"),
    ('{"#map": [[1, 2], [1, 3]]}', "an argument given twice"),
    ('{"#bigint": "1_0"}', "is no integer"),
    ('{"#bigint": "' + "1" * 5000 + '"}', "is no integer of at most 4000 digits"),
    ('{"#unserializable": "Nat"}', "an object with the keys #unserializable"),
    ('{"#set": [], "a": 1}', "an object with the keys #set, a"),
    ("null", "null or a fraction"),
    ("[" * 101 + "]" * 101, "nested more than 100 levels deep"),
]


@pytest.mark.parametrize(("text", "message"), ILL_FORMED, ids=[row[1] for row in ILL_FORMED])
def test_ill_formed_value_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        value_of(text)
    assert message in caught.value.message
    assert caught.value.span is not None
    assert caught.value.span.column > 30


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "an array instead of an object"),
        ('{"states": []}', "an object without the key 'vars'"),
        ('{"vars": [], "states": [{}]}', "names of variables that are missing"),
        ('{"vars": ["x", "x"], "states": []}', "given twice"),
        ('{"vars": ["x"], "states": [{"y": 1}]}', "the variable 'y', which"),
        ('{"vars": ["x", "y"], "states": [{"y": 1}]}', "an object without the key 'x'"),
        ('{"vars": ["x"], "states": [{"x": 1}], "loop": 1}', "the index 1, of 1 states"),
        ('{"vars": ["x"], "states": [{"x": 1, "#meta": {"action": 1}}]}', "instead of a string"),
    ],
)
def test_ill_formed_document_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        itf.read(Source("t", text))
    assert message in caught.value.message
    assert caught.value.span is not None
