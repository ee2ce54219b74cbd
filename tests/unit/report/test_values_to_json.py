"""Values in JSON: readable, and nothing lost."""

from __future__ import annotations

import pytest

from conform.domain.values import (
    ModelValue,
    SetValue,
    Value,
    function,
    record,
    sequence,
)
from conform.report.values_to_json import Json, to_text, value_data


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (3, 3),
        (-(2**53), -(2**53)),
        (2**53 + 1, {"#bigint": "9007199254740993"}),
        (True, True),
        ("a", "a"),
        (ModelValue("w1"), "w1"),
        (sequence([]), []),
        (sequence([1, False]), [1, False]),
        (record({"b": 1, "a": 2}), {"a": 2, "b": 1}),
        (record({"#set": sequence([])}), {"#map": [["#set", []]]}),
        (SetValue([2, 1]), {"#set": [1, 2]}),
        (SetValue([]), {"#set": []}),
        (function({0: "x"}), {"#map": [[0, "x"]]}),
        (function({ModelValue("w1"): 1}), {"#map": [["w1", 1]]}),
    ],
)
def test_value_is_written_as_documented(value: Value, data: Json) -> None:
    actual = value_data(value)
    assert to_text(actual) == to_text(data)


def test_text_that_utf8_cannot_hold_is_escaped() -> None:
    assert to_text("\ud800ü").encode() == b'"\\ud800\\u00fc"\n'
