"""Values as TLC prints them."""

from __future__ import annotations

import pytest

from conform.domain.values import (
    ModelValue,
    SetValue,
    Value,
    format_value,
    function,
    record,
    sequence,
)
from conform.traces.places import MAX_DEPTH
from conform.traces.printed_values import IllPrinted, PrintedValues
from tests.unit.traces.sample_traces import KINDS

A, B = ModelValue("a"), ModelValue("b")

PRINTED: list[tuple[str, Value]] = [
    ("0", 0),
    ("-3", -3),
    ("TRUE", True),
    ("FALSE", False),
    ('""', ""),
    (r'"a \"b\" \\ \n \t"', 'a "b" \\ \n \t'),
    ('"/\\ x = 1"', "/ x = 1"),
    ("w_1", ModelValue("w_1")),
    ("1c", ModelValue("1c")),
    ("TRUEish", ModelValue("TRUEish")),
    ("1..3", SetValue([1, 2, 3])),
    ("-1..1", SetValue([-1, 0, 1])),
    ("2..1", SetValue([])),
    ("{}", SetValue([])),
    ("{a, b}", SetValue([A, B])),
    ("{{}, {1}, {1, 2}}", SetValue([SetValue([]), SetValue([1]), SetValue([1, 2])])),
    ("{1..2, {}}", SetValue([SetValue([1, 2]), SetValue([])])),
    ("<<>>", sequence([])),
    ("<< >>", sequence([])),
    ('<<1, "x", <<a>>>>', sequence([1, "x", sequence([A])])),
    ("[a |-> 1, b |-> {}]", record({"a": 1, "b": SetValue([])})),
    ("[ a |->\n    1 ]", record({"a": 1})),
    ("(a :> 1)", function({A: 1})),
    ("( a :>\n  << 1,\r\n 2 >> @@\n b :> 0 )", function({A: sequence([1, 2]), B: 0})),
    ("(0 :> 0 @@ 1 :> 1)", function({0: 0, 1: 1})),
    ("(1 :> 5 @@ 2 :> 6)", sequence([5, 6])),
    ('("d" :> 1 @@ "a b" :> 2)', record({"d": 1, "a b": 2})),
    ("(<<1, 2>> :> TRUE)", function({sequence([1, 2]): True})),
    ("(a :> 1 @@ a :> 2)", function({A: 1})),
    ("{(a :> 1)}", SetValue([function({A: 1})])),
]


@pytest.mark.parametrize(("text", "value"), PRINTED, ids=[text for text, _ in PRINTED])
def test_printed_value_is_read(text: str, value: Value) -> None:
    found = PrintedValues().value(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("value", KINDS.values(), ids=KINDS)
def test_what_we_print_is_read_back(value: Value) -> None:
    assert PrintedValues().value(format_value(value)) == value


ILL_PRINTED = [
    ("", "the value ends too early", 0),
    ("{1", "the value ends too early", 2),
    ("<<1, 2", "the value ends too early", 6),
    ("1 2", "'2' cannot stand here", 2),
    ("{1,}", "'}' cannot stand here", 3),
    ("[a = 1]", "'=' cannot stand here", 3),
    ('"abc', "'\"' cannot stand here", 0),
    ("SUBSET {1}", "'{' cannot stand here", 7),
    ("[a |-> 1, a |-> 2]", "a record with the same field twice", 0),
    ("{1, TRUE}", "booleans and integers in one set: TLC prints no such value", 0),
    ("1" * 4001, "a number of more than 4000 digits", 0),
    ("{0..9, 1..1000000}", "intervals with more than 1,000,000 elements", 7),
    ("{" * 100_000, f"nested more than {MAX_DEPTH} levels deep", MAX_DEPTH),
    ("<<" * 50 + "[a |-> " * 51, f"nested more than {MAX_DEPTH} levels deep", 450),
]


@pytest.mark.parametrize(("text", "message", "start"), ILL_PRINTED, ids=lambda v: str(v)[:20])
def test_ill_printed_value_is_refused_where_it_goes_wrong(
    text: str, message: str, start: int
) -> None:
    with pytest.raises(IllPrinted) as caught:
        PrintedValues().value(text)
    assert (caught.value.message, caught.value.start) == (message, start)


def test_expectation_is_in_words() -> None:
    with pytest.raises(IllPrinted) as caught:
        PrintedValues().value("{1")
    assert caught.value.expected == ", or }"


def test_value_of_greatest_depth_is_read() -> None:
    text = "{" * MAX_DEPTH + "}" * MAX_DEPTH
    assert format_value(PrintedValues().value(text)) == text


def test_intervals_of_one_source_share_a_budget() -> None:
    values = PrintedValues()
    values.value("1..999999")
    with pytest.raises(IllPrinted, match="intervals"):
        values.value("1..2")


def test_arguments_are_a_list_that_may_be_empty() -> None:
    values = PrintedValues()
    assert values.arguments("") == ()
    assert values.arguments("a,2, {b}") == (A, 2, SetValue([B]))
