"""TLC's JSON traces."""

from __future__ import annotations

import json

import pytest

from conform.domain.trace import Trace
from conform.domain.values import ModelValue, SetValue, function, record, sequence
from conform.errors import InputError
from conform.text import Source
from conform.traces import tlc_json
from conform.traces.shapes import shapes_of
from tests.unit.traces.sample_traces import state

FIRST = {"x": {"w1": 0}, "s": [], "n": [1, 2]}
SECOND = {"x": {"w1": 1}, "s": ["w1"], "n": [1, 2]}
LOCATION = {"beginLine": 1, "beginColumn": 1, "endLine": 1, "endColumn": 9, "module": "M"}


def document(action: object, *, extra: tuple[object, ...] = ()) -> str:
    """Return a document with two states and one transition."""
    states = [[1, FIRST], [2, SECOND]]
    return json.dumps({"state": states, "action": [[states[0], action, states[1]], *extra]})


def read(text: str) -> Trace:
    """Return the one trace of a document, without shapes."""
    (trace,) = tlc_json.read(Source("t", text))
    return trace


def test_action_without_parameters_says_nothing_of_them() -> None:
    step = read(document({"name": "Up", "location": LOCATION})).steps[1]
    assert (step.action, step.parameters, step.choices) == ("Up", None, ())


def test_parameters_come_in_their_order() -> None:
    action = {"name": "Up", "context": {"k": 2, "w": "w1"}, "parameters": ["w", "k"]}
    assert read(document(action)).steps[1].parameters == (("w", "w1"), ("k", 2))


def test_context_alone_gives_parameters() -> None:
    assert read(document({"name": "Up", "context": {"k": 2}})).steps[1].parameters == (("k", 2),)


def test_without_shapes_arrays_are_sequences_and_objects_records() -> None:
    variables = dict(read(document({"name": "Up"})).steps[1].variables)
    assert variables["s"] == sequence(["w1"])
    assert variables["x"] == record({"w1": 1})


def test_shapes_of_the_initial_state_restore_kinds() -> None:
    w1 = ModelValue("w1")
    sample = state(x=function({w1: 0}), s=SetValue([]), n=sequence([]))
    (trace,) = tlc_json.read(Source("t", document({"name": "Up"})), shapes_of([sample]))
    variables = dict(trace.steps[1].variables)
    assert variables["x"] == function({w1: 1})
    assert variables["s"] == SetValue(["w1"])
    assert variables["n"] == sequence([1, 2])


def test_transition_back_closes_a_lasso() -> None:
    extra = ([[2, SECOND], {"name": "Down"}, [1, FIRST]],)
    assert read(document({"name": "Up"}, extra=extra)).loop_to == 1


def test_counterexample_may_be_wrapped() -> None:
    inner = json.loads(document({"name": "Up"}))
    wrapped = json.dumps({"counterexample": inner, "vars": ["x"]})
    assert read(wrapped) == read(document({"name": "Up"}))


def test_bare_array_of_states_is_a_trace_without_actions() -> None:
    trace = read(json.dumps([FIRST, SECOND]))
    assert [step.action for step in trace.steps] == [None, None]
    assert trace.steps[1].parameters is None


def test_states_are_ordered_by_number() -> None:
    trace = read('{"state": [[2, {"x": 5}], [1, {"x": 4}]]}')
    assert [step.variables for step in trace.steps] == [state(x=4), state(x=5)]


ILL_FORMED = [
    ('{"state": {}}', 11, "an object instead of an array, at state"),
    ('{"state": [[1]]}', 12, "an array of 1 elements, at state"),
    ('{"state": [[1, {"x": null}]]}', 22, "null or a fraction, which no value of TLA+ is, at"),
    ('{"state": [[1, {"x": [1, 2.5]}]]}', 26, "null or a fraction"),
    ('{"state": [[1, {"x": NaN}]]}', 22, "null or a fraction"),
    ('{"state": [[1, {}]]}', 16, "a state without variables"),
    ('{"state": [[2, {"x": 1}]]}', 11, "states that are not numbered"),
    ('{"state": [["1", {"x": 1}]]}', 13, "the string '1' instead of an integer"),
    ('{"state": [[true, {"x": 1}]]}', 13, "a boolean instead of an integer"),
    ('{"state": [[1, {"x": 1}]], "action": [1]}', 39, "the number 1 instead of an array"),
    ('{"state": [[1, {"x": 1, "x": 2}]]}', 1, "the key 'x' twice"),
    ('{"state": [[1, {"x": ' + "9" * 5000 + "}]]}", 1, "a number that cannot be read"),
    ('{"state": [[1, {"x": ' + "[" * 102 + "]" * 102 + "}]]}", 122, "levels deep"),
]


@pytest.mark.parametrize(("text", "column", "message"), ILL_FORMED, ids=[r[2] for r in ILL_FORMED])
def test_ill_formed_document_is_refused_where_it_goes_wrong(
    text: str, column: int, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        tlc_json.read(Source("t", text))
    assert message in caught.value.message
    assert caught.value.span is not None
    assert caught.value.span.column == column
