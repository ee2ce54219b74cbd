"""What a trace shows of values that are too deep or too large."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conform.domain.values import FunctionValue, Value, function, sequence
from conform.explore.limits import LimitReachedError
from conform.explore.options import ExploreOptions, Limit
from conform.explore.search import explore
from conform.explore.showable import MAX_LEVELS, showable
from tests.unit.explore.toys import Toy, Vars, number


def nested(levels: int, width: int = 1) -> FunctionValue:
    value = sequence([1])
    for _ in range(levels - 1):
        value = sequence([value] * width)
        hash(value)
    return value


def shown(value: Value) -> str:
    ((_, found),) = showable((("x", value),))
    return str(found)


def test_ordinary_values_are_shown() -> None:
    for value in (1, "a", True, nested(MAX_LEVELS), nested(10, width=3)):
        assert showable((("x", value),)) == (("x", value),)


def test_a_value_of_too_many_levels_is_not_shown() -> None:
    assert "levels, which is not shown" in shown(nested(MAX_LEVELS + 1))
    assert "levels, which is not shown" in shown(sequence([2, nested(MAX_LEVELS)]))


def test_levels_count_in_the_domain_of_a_function() -> None:
    assert "levels, which is not shown" in shown(function({nested(MAX_LEVELS): 1}))


def test_a_value_met_before_at_a_higher_level_is_not_taken_for_shallow() -> None:
    inner = nested(MAX_LEVELS - 1)
    assert "levels, which is not shown" in shown(sequence([inner, sequence([inner])]))


def test_a_value_that_is_small_in_memory_and_large_in_print_is_not_shown() -> None:
    assert "parts, which is not shown" in shown(nested(60, width=2))


def test_values_deeper_than_the_stack_leave_a_search_incomplete() -> None:
    def bury(_values: Vars) -> Iterator[Vars]:
        value: Value = 1
        for _ in range(5000):
            value = sequence([value])
        yield {"a": value}

    toy = Toy(("a",), lambda: [{"a": 0}])
    toy.action("Bury", bury, ["a"], ["a"])
    assert explore(toy, ExploreOptions()).limit is Limit.STACK


@pytest.mark.parametrize("trouble", [RecursionError(), LimitReachedError(Limit.TIMEOUT)])
def test_a_trace_is_shown_though_its_steps_cannot_be_taken_again(trouble: Exception) -> None:
    is_over = False

    def grow(values: Vars) -> Iterator[Vars]:
        if is_over:
            raise trouble
        yield {"a": number(values["a"]) + 1, "?by": 1}

    def small(values: Vars) -> bool:
        nonlocal is_over
        is_over = number(values["a"]) == 3
        return not is_over

    toy = Toy(("a",), lambda: [{"a": 0}])
    toy.action("Grow", grow, ["a"], ["a"])
    toy.invariant("Small", small, ["a"])
    found = explore(toy, ExploreOptions())
    trace = found.properties[0].trace
    assert trace
    assert [step.variables for step in trace.steps] == [(("a", value),) for value in range(4)]
    assert [step.choices for step in trace.steps] == [(), (), (), ()]
