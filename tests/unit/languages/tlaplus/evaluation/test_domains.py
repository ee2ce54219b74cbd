"""Domains that were made before are taken again, but never those of 0 and 1 for FALSE and TRUE."""

from __future__ import annotations

import pytest

from conform.domain.values import FunctionValue, Value
from conform.languages.tlaplus.evaluation.functions import domain_over
from conform.languages.tlaplus.evaluation.standard import tlc
from conform.text import Span

HERE = Span("Sample.tla", 1, 1, 1, 1)


def test_a_domain_of_a_number_is_none_of_a_truth_value() -> None:
    assert domain_over((0,)).elements[0] is not False
    assert domain_over((False,)).elements[0] is False
    assert domain_over((False, "a")) is domain_over((False, "a"))


@pytest.mark.parametrize(("number", "truth"), [(0, False), (5, True), (1, True)])
def test_a_pair_keeps_the_kind_of_its_key(number: Value, truth: Value) -> None:
    for key in (number, truth, number):
        pair = tlc._pair(HERE, key, 7)
        assert [type(element) for element in pair.domain.elements] == [type(key)]


def test_of_two_functions_the_first_counts_where_both_have_a_value() -> None:
    first, second = tlc._pair(HERE, "a", 1), tlc._pair(HERE, "a", 2)
    both = tlc._combined(HERE, tlc._combined(HERE, first, tlc._pair(HERE, "b", 3)), second)
    assert isinstance(both, FunctionValue)
    assert dict(both.items()) == {"a": 1, "b": 3}
    assert dict(tlc._combined(HERE, second, both).items()) == {"a": 2, "b": 3}
