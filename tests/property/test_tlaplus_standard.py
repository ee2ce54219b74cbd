"""Laws of bags, folds and sequences, which hold for any elements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import reduce
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from conform.domain.values import FunctionValue, SetValue, Value, function, sequence
from conform.languages.tlaplus.evaluation.session import Session
from conform.languages.tlaplus.evaluation.standard.modules import STANDARD_MODULES
from conform.text import Span

MODULES = Session().equipped(STANDARD_MODULES)
HERE = Span("M.tla", 1, 1, 1, 1)
BAGS = {**MODULES["Bags"], **MODULES["BagsExt"]}
SEQUENCES = {**MODULES["Sequences"], **MODULES["SequencesExt"]}
SETS = MODULES["FiniteSetsExt"]
FUNCTIONS = MODULES["Functions"]

small = st.integers(-3, 3)
lists = st.lists(small, max_size=6)
counters = st.dictionaries(small, st.integers(1, 4), max_size=4).map(Counter)


def bag(counter: Counter[int]) -> FunctionValue:
    pairs: list[tuple[Value, Value]] = list(counter.items())
    return function(dict(pairs))


def call(table: Mapping[str, Any], name: str, *arguments: Any) -> Any:
    return table[name].apply(HERE, *arguments)


@given(counters, counters)
def test_bags_are_counted_as_python_counts(left: Counter[int], right: Counter[int]) -> None:
    assert call(BAGS, "(+)", bag(left), bag(right)) == bag(left + right)
    assert call(BAGS, "(-)", bag(left), bag(right)) == bag(left - right)
    assert call(BAGS, "\\sqsubseteq", bag(left), bag(right)) is (left <= right)
    assert call(BAGS, "BagCardinality", bag(left)) == left.total()
    assert call(BAGS, "SumBag", bag(left)) == sum(left.elements())


@given(counters, counters, counters)
def test_the_sum_of_bags_is_associative_and_commutative(
    first: Counter[int], second: Counter[int], third: Counter[int]
) -> None:
    def plus(left: Any, right: Any) -> Any:
        return call(BAGS, "(+)", left, right)

    one, two, three = bag(first), bag(second), bag(third)
    assert plus(one, two) == plus(two, one)
    assert plus(plus(one, two), three) == plus(one, plus(two, three))
    assert call(BAGS, "(-)", plus(one, two), two) == one


@given(counters)
def test_each_subbag_is_one_and_there_are_as_many_as_choices(counter: Counter[int]) -> None:
    found = call(BAGS, "SubBag", bag(counter))
    assert len(found) == reduce(lambda many, count: many * (count + 1), counter.values(), 1)
    assert all(call(BAGS, "\\sqsubseteq", each, bag(counter)) for each in found)


@given(lists)
def test_folds_agree_with_python(elements: list[int]) -> None:
    values = sequence(elements)
    expected_left = reduce(lambda total, each: total * 2 - each, elements, 1)
    expected_right = reduce(lambda total, each: each - total * 2, reversed(elements), 1)
    assert call(SEQUENCES, "FoldLeft", lambda total, each: total * 2 - each, 1, values) == (
        expected_left
    )
    for name, arguments in (
        ("FoldRight", (values, 1)),
        ("FoldSeq", (1, values)),
    ):
        found = call(SEQUENCES, name, lambda each, total: each - total * 2, *arguments)
        assert found == expected_right
    assert call(FUNCTIONS, "FoldFunction", lambda each, total: each - total * 2, 1, values) == (
        expected_right
    )
    assert call(SETS, "SumSet", SetValue(elements)) == sum(set(elements))


@given(lists, lists, small)
def test_sequences_are_lists(first: list[int], second: list[int], element: int) -> None:
    one, two = sequence(first), sequence(second)
    assert call(SEQUENCES, "\\o", one, two) == sequence(first + second)
    assert call(SEQUENCES, "Append", one, element) == sequence([*first, element])
    assert call(SEQUENCES, "Cons", element, one) == sequence([element, *first])
    assert call(SEQUENCES, "Reverse", one) == sequence(first[::-1])
    assert call(SEQUENCES, "Contains", one, element) is (element in first)
    assert call(SEQUENCES, "Remove", one, element) == sequence(
        [each for each in first if each != element]
    )
    assert call(SEQUENCES, "IsPrefix", one, sequence(first + second)) is True
    assert call(SEQUENCES, "IsSuffix", two, sequence(first + second)) is True
    assert call(SEQUENCES, "IsPrefix", one, two) is (second[: len(first)] == first)
    assert call(SEQUENCES, "FlattenSeq", sequence([one, two])) == sequence(first + second)
    assert call(SEQUENCES, "SetToSeq", SetValue(first)) == sequence(sorted(set(first)))


@given(lists, st.lists(small, min_size=1, max_size=2), lists)
def test_replacing_parts_is_replacing_in_text(
    whole: list[int], part: list[int], new: list[int]
) -> None:
    def text(values: list[int]) -> str:
        return "".join(chr(ord("k") + value) for value in values)

    found = call(SEQUENCES, "ReplaceAllSubSeqs", sequence(new), sequence(part), sequence(whole))
    expected = text(whole).replace(text(part), text(new))
    assert found == sequence([ord(each) - ord("k") for each in expected])


@given(lists)
def test_sorting_by_an_order_is_sorting(elements: list[int]) -> None:
    precedes = MODULES["TLC"]["SortSeq"]
    found = precedes.apply(HERE, sequence(elements), lambda left, right: left < right)
    assert found == sequence(sorted(elements))


@given(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1))
def test_bits_are_those_of_python(left: int, right: int) -> None:
    bitwise = MODULES["Bitwise"]
    assert call(bitwise, "&", left, right) == left & right
    assert call(bitwise, "|", left, right) == left | right
    assert call(bitwise, "^^", call(bitwise, "^^", left, right), right) == left
