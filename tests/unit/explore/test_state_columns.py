"""Columns tell apart what the states tell apart, whatever the width of their words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conform.domain.values import Value
from conform.explore import state_columns
from conform.explore.options import ExploreOptions
from conform.explore.packing import Packing
from conform.explore.search import explore
from conform.explore.space import NOWHERE
from conform.explore.state_columns import (
    StateColumns,
    combined,
    distinct,
    in_order_of_appearance,
    joined,
)
from tests.unit.explore.toys import Toy, jugs

SLOTS = 24
"""At four bits each, and more where values are many: words of two parts and more."""

states = st.lists(st.tuples(*[st.integers(0, 40) | st.booleans()] * SLOTS), min_size=0, max_size=30)


def in_order(values: list[tuple[tuple[type, Value], ...]]) -> list[int]:
    numbers: dict[object, int] = {}
    return [numbers.setdefault(value, len(numbers)) for value in values]


@settings(deadline=None, max_examples=60)
@given(states, st.sets(st.integers(0, SLOTS - 1)))
def test_codes_number_the_values_in_the_order_of_appearance(
    found: list[tuple[Value, ...]], slots: set[int]
) -> None:
    packing = Packing(SLOTS)
    words = [packing.pack(state) for state in found]
    column = StateColumns(words, packing).column(slots)
    kinds = [tuple((type(state[slot]), state[slot]) for slot in sorted(slots)) for state in found]
    expected = in_order(kinds)
    assert column.codes.tolist() == expected
    assert column.firsts.tolist() == [expected.index(code) for code in range(len(set(expected)))]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-3, 3))))
def test_joined_numbers_are_equal_where_both_elements_are(pairs: list[tuple[int, int]]) -> None:
    one, other = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    codes = in_order_of_appearance(joined(one, other)).codes.tolist()
    numbers: dict[tuple[int, int], int] = {}
    assert codes == [numbers.setdefault(pair, len(numbers)) for pair in pairs]


@given(st.lists(st.integers(-3, 9)))
def test_distinct_numbers_are_there_once_and_in_order(numbers: list[int]) -> None:
    assert distinct(np.array(numbers, np.int64)).tolist() == sorted(set(numbers))


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 900), st.integers(0, 2)), min_size=1),
    st.sampled_from([4, state_columns.MAX_KEY]),
)
def test_combined_codes_are_equal_where_all_are(
    rows: list[tuple[int, int, int]], most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(state_columns, "MAX_KEY", most)
        parts = [np.array(part, np.int64) for part in zip(*rows, strict=True)]
        column = combined(parts, len(rows))
    numbers: dict[tuple[int, ...], int] = {}
    assert column.codes.tolist() == [numbers.setdefault(row, len(numbers)) for row in rows]
    assert [rows[first] for first in column.firsts] == list(numbers)


@pytest.mark.parametrize("before", [(), (0,), (0, 1)])
@pytest.mark.parametrize("after", [(), (1,), (0, 1)])
def test_of_edges_that_are_alike_the_first_is_told(
    before: tuple[int, ...], after: tuple[int, ...]
) -> None:
    graph = explore(jugs(), ExploreOptions(keep_graph=True)).graph
    assert graph is not None
    kinds = [(1, range(0, graph.edge_count, 3)), (0, range(0)), (2, range(1, graph.edge_count, 2))]
    alike: dict[object, tuple[int, int]] = {}
    for kind, edges in kinds:
        for edge in edges:
            source, target = graph.state(graph.sources[edge]), graph.state(graph.targets[edge])
            key = kind, [source[slot] for slot in before], [target[slot] for slot in after]
            alike.setdefault(str(key), (kind, edge))
    assert graph.columns.unlike(kinds, before, after) == list(alike.values())
    assert graph.columns.unlike([], before, after) == []


def test_tree_edges_are_the_first_that_lead_to_a_state() -> None:
    graph = explore(jugs(), ExploreOptions(keep_graph=True)).graph
    assert graph is not None
    for state, edge in enumerate(graph.tree_edges()):
        leading = [each for each in range(graph.edge_count) if graph.targets[each] == state]
        assert edge == (leading[0] if state >= graph.initial_count else NOWHERE)


def test_a_graph_without_edges_has_no_tree() -> None:
    graph = explore(Toy(("x",), lambda: [{"x": 0}]), ExploreOptions(keep_graph=True)).graph
    assert graph is not None
    assert list(graph.tree_edges()) == [NOWHERE]
    assert graph.columns.targets.tolist() == []
