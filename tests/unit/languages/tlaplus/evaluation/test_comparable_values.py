"""What is known of values by their shapes is what comparing each two of them finds."""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conform.domain.values import ModelValue, SetValue, Value, record, sequence
from conform.errors import EvaluationError
from conform.languages.tlaplus.evaluation import recorded_sets
from conform.languages.tlaplus.evaluation.combined_sets import Combination
from conform.languages.tlaplus.evaluation.mismatch import (
    KindMismatchError,
    are_kindred,
    check_comparable,
    check_member_kind,
    equal,
    shape_of,
)
from conform.languages.tlaplus.evaluation.recorded_sets import are_comparable, combined_by_shape
from conform.languages.tlaplus.evaluation.results import is_member
from conform.text import Span

ATOMS = st.one_of(
    st.integers(0, 1),
    st.booleans(),
    st.sampled_from("ab"),
    st.sampled_from([ModelValue("m"), ModelValue("A_1"), ModelValue("B_1")]),
)


def _records(fields: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    return st.dictionaries(st.sampled_from("xyz"), fields, min_size=1, max_size=2).map(record)


COMPOSITE = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=2).map(sequence),
        _records(inner),
        st.lists(inner, max_size=2).map(SetValue),
    ),
    max_leaves=6,
).filter(lambda value: not isinstance(value, (int, str, ModelValue)))


def _raises(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except KindMismatchError:
        return True
    return False


@given(st.lists(COMPOSITE, max_size=5))
def test_values_go_into_one_set_if_each_two_can_be_compared(values: list[Value]) -> None:
    expected = any(
        _raises(lambda one=one, other=other: equal(one, other))  # type: ignore[misc]  # bound now
        for one, other in itertools.combinations(values, 2)
    )
    assert _raises(lambda: check_comparable(values)) is expected


@given(COMPOSITE, st.lists(COMPOSITE, max_size=5))
def test_value_is_compared_with_each_element(value: Value, elements: list[Value]) -> None:
    others = SetValue(elements)
    expected = any(
        _raises(lambda one=one: equal(value, one))  # type: ignore[misc]  # bound now
        for one in others
    )
    assert _raises(lambda: check_member_kind(value, others)) is expected


@given(COMPOSITE, st.frozensets(COMPOSITE, max_size=4))
@example(sequence(["a"]), frozenset([sequence([1])]))
@example(sequence([True]), frozenset([sequence([1])]))
@example(sequence([ModelValue("A_1")]), frozenset([sequence([ModelValue("m")])]))
@example(sequence([ModelValue("B_1")]), frozenset([sequence([ModelValue("A_1")])]))
def test_member_of_a_set_whose_shape_is_known(value: Value, elements: frozenset[Value]) -> None:
    others = SetValue(elements)
    if _raises(lambda: check_comparable(elements)) or shape_of(others) is None:
        return
    expected: object = any(map(partial(_are_equal, value), elements))
    if not expected and any(_raises(partial(equal, value, one)) for one in elements):
        expected = EvaluationError
    assert _outcome(lambda: is_member(value, others, Span("M.tla", 1, 1, 1, 1))) is expected


def _are_equal(left: Value, right: Value) -> bool:
    return not _raises(lambda: equal(left, right)) and equal(left, right)


def _outcome(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except EvaluationError:
        return EvaluationError


ANY = st.frozensets(st.one_of(ATOMS, COMPOSITE), max_size=3)


@given(ANY, ANY)
def test_sets_are_sifted_at_once_only_if_each_two_elements_can_be_compared(
    left: frozenset[Value], right: frozenset[Value]
) -> None:
    if are_comparable(left, right):
        for one, other in itertools.combinations([*left, *right], 2):
            equal(one, other)


@given(ANY, ANY, st.sampled_from(Combination))
def test_sets_of_one_shape_are_combined_as_others_are(
    left: frozenset[Value], right: frozenset[Value], combination: Combination
) -> None:
    found = combined_by_shape(combination, SetValue(left), SetValue(right))
    if found is None:
        return
    expected = {
        Combination.UNION: [*left, *[each for each in right if not _is_in(each, left)]],
        Combination.INTERSECTION: [each for each in left if _is_in(each, right)],
        Combination.DIFFERENCE: [each for each in left if not _is_in(each, right)],
    }[combination]
    assert len(found) == len(expected)
    assert all(_is_in(each, frozenset(expected)) for each in found)
    assert found.shape in (False, shape_of(SetValue(expected)))


def _is_in(value: Value, elements: frozenset[Value]) -> bool:
    return any(equal(value, each) for each in elements)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (SetValue([1]), SetValue([SetValue([])])),
        (SetValue([sequence([1])]), SetValue([sequence(["a"])])),
        (SetValue([SetValue([1])]), SetValue([SetValue([True])])),
    ],
)
def test_sets_of_other_shapes_are_compared(left: SetValue, right: SetValue) -> None:
    with pytest.raises(KindMismatchError):
        equal(left, right)
    equal(SetValue([left]), SetValue([SetValue([])]))  # their sizes decide


@pytest.mark.parametrize(
    "values",
    [
        [record({"x": SetValue([])}), record({"x": SetValue([1])})],
        [sequence([ModelValue("m"), 1]), sequence(["a", 1])],
        [SetValue([SetValue([])]), SetValue([SetValue([1])]), SetValue([])],
    ],
)
def test_shapes_that_differ_in_what_goes_with_all_go_together(values: list[Value]) -> None:
    assert are_kindred({*map(shape_of, values)})
    check_comparable(values)


def test_sets_are_pickled_without_what_was_found_of_them() -> None:
    value = SetValue([sequence([2]), sequence([1])])
    plain = pickle.dumps(value)
    assert len(value.ordered) == 2
    assert shape_of(value) is not None
    assert len(pickle.dumps(value)) == len(plain)
    assert pickle.loads(plain) == value


def test_shapes_of_one_function_are_not_those_of_another() -> None:
    with pytest.raises(KindMismatchError):
        check_comparable([record({"x": 1}), record({"x": "a"})])
    check_comparable([record({"x": 1}), record({"y": "a"}), record({"x": 2})])


def test_many_values_are_compared_by_their_shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = ("ask", "yes")
    some: list[Value] = [record({"kind": kind, "n": n}) for kind in kinds for n in range(50)]
    some += [record({"from": n, "to": SetValue(range(n % 3))}) for n in range(50)]
    values = frozenset(some)

    def refuse(_one: Value, _other: Value) -> bool:
        raise AssertionError("shapes tell")

    monkeypatch.setattr(recorded_sets, "equal", refuse)
    for number in range(3):
        assert are_comparable(values, [record({"kind": "no", "n": number})])


def test_what_is_known_of_many_values_is_not_taken_for_that_of_equal_ones() -> None:
    numbers: frozenset[Value] = frozenset(range(100))
    mixed: frozenset[Value] = frozenset([False, True, *range(2, 100)])
    assert numbers == mixed
    for _ in range(2):  # the second time something is known of both
        assert are_comparable(numbers, [7])
        assert not are_comparable(mixed, [7])
        assert not are_comparable(numbers, [True])
        assert not are_comparable(numbers, [sequence([1])])
