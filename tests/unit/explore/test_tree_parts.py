"""A graph divided along its tree: each state has one owner, and its part leads to it."""

from __future__ import annotations

import pytest

from conform.explore.graph import StateGraph
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.explore.tree_parts import TreeParts
from tests.unit.explore.toys import Toy, Vars

SIDE = 20


@pytest.fixture(scope="module")
def grid() -> StateGraph:
    """The points of a square, reached by steps to the right and up from two of its corners."""

    def right(at: Vars) -> list[Vars]:
        return [{"x": int(str(at["x"])) + 1}] if at["x"] != SIDE else []

    def up(at: Vars) -> list[Vars]:
        return [{"y": int(str(at["y"])) + 1}] if at["y"] != SIDE else []

    toy = Toy(("x", "y"), lambda: [{"x": 0, "y": 0}, {"x": SIDE, "y": 0}])
    toy.action("Right", right)
    toy.action("Up", up)
    found = explore(toy, ExploreOptions(keep_graph=True)).graph
    assert found is not None
    assert found.state_count == (SIDE + 1) ** 2
    return found


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_each_state_is_in_one_part(grid: StateGraph, count: int) -> None:
    parts = [TreeParts(grid, count).part(number) for number in range(count)]
    owners = [sum(part.owned[state] for part in parts) for state in range(grid.state_count)]
    assert set(owners) == {1}


@pytest.mark.parametrize("count", [2, 3])
def test_parts_are_of_about_the_same_size(grid: StateGraph, count: int) -> None:
    sizes = [sum(TreeParts(grid, count).part(number).owned) for number in range(count)]
    assert max(sizes) < 1.3 * min(sizes)


def test_the_tree_leads_to_each_state_of_a_part_and_nowhere_else(grid: StateGraph) -> None:
    tree = grid.tree_edges()
    for number in range(3):
        part = TreeParts(grid, 3).part(number)
        needed = set()
        for state in range(grid.state_count):
            at = state
            while part.owned[state] and at not in needed:
                needed.add(at)
                at = grid.sources[tree[at]] if tree[at] >= 0 else at
        assert {state for state in range(grid.state_count) if part.leading[state]} == needed


def test_the_parts_of_others_are_reached_by_a_short_way(grid: StateGraph) -> None:
    part = TreeParts(grid, 2).part(1)
    passed = sum(part.leading) - sum(part.owned)
    assert 0 < passed < grid.state_count / 4
