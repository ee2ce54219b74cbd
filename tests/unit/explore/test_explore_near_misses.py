"""Disabled instances that stand for others: where one slot alone stands in the way."""

from __future__ import annotations

from collections import defaultdict

from conform.explore.edge_classes import Sampling
from conform.explore.graph import StateGraph
from conform.explore.near_misses import Refusals, standing_refusals
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from tests.unit.explore.toys import Effect, Toy, number

SIZE = 6

NEAR_ONLY = Sampling(of_a_class=1, of_an_instance=1)


def graph_of(toy: Toy) -> StateGraph:
    """Return the whole graph of a toy."""
    graph = explore(toy, ExploreOptions(keep_graph=True)).graph
    assert graph is not None
    return graph


def turn(name: str) -> Effect:
    """Return the effect of an action that counts a variable on."""
    return lambda v: [{name: (number(v[name]) + 1) % SIZE}]


def three_counters(*, knows_reads: bool = True) -> StateGraph:
    """Return the graph of three counters and of a latch, which opens where two of them are at 3."""
    names = ("x", "y", "z", "latch")
    toy = Toy(names, lambda: [dict.fromkeys(names, 0)])
    for name in "xyz":
        toy.action(f"Turn{name}", turn(name), reads=(name,), writes=(name,))
    toy.action(
        "Open",
        lambda v: [{"latch": 1}] if (v["x"], v["y"], v["latch"]) == (3, 3, 0) else [],
        reads=("x", "y", "latch") if knows_reads else None,
        writes=("latch",),
    )
    toy.action("Never", lambda v: [], reads=("x",), writes=())
    return graph_of(toy)


def asked(graph: StateGraph, refusals: Refusals, action: str) -> list[tuple[object, ...]]:
    """Return the states in which instances of an action are asked for."""
    names = [each.action for each in graph.instances]
    return [
        graph.state(state)
        for state in range(graph.state_count)
        for instance in refusals.of(state)
        if names[instance] == action
    ]


def test_each_wrong_value_of_a_slot_is_asked_for_where_all_else_is_right() -> None:
    graph = three_counters()
    found = asked(graph, standing_refusals(graph, NEAR_ONLY), "Open")
    wrong = defaultdict(set)
    for x, y, _, latch in found:
        if (y, latch) == (3, 0):
            wrong["x"].add(x)
        if (x, latch) == (3, 0):
            wrong["y"].add(y)
        if (x, y) == (3, 3):
            wrong["latch"].add(latch)
    others = {0, 1, 2, 4, 5}
    assert wrong == {"x": others, "y": others, "latch": {1}}
    assert len(found) <= 5 + 5 + 1 + 1  # and one that stands for all


def test_nothing_enabled_is_asked_for() -> None:
    graph = three_counters()
    refusals = standing_refusals(graph)
    enabled = set(zip(graph.sources, graph.edge_instances, strict=True))
    there = {(state, each) for state in range(graph.state_count) for each in refusals.of(state)}
    assert there
    assert not there & enabled


def test_there_are_more_of_each_where_there_are_few_classes() -> None:
    graph = three_counters()
    found = asked(graph, standing_refusals(graph, Sampling(2, 60)), "Open")
    assert 60 <= len(found) <= 120
    everywhere = asked(graph, standing_refusals(graph, Sampling(2, 10_000)), "Open")
    assert len(everywhere) == graph.state_count - SIZE  # but where it is enabled


def test_where_reads_are_not_known_states_far_apart_stand_for_all() -> None:
    graph = three_counters(knows_reads=False)
    found = asked(graph, standing_refusals(graph, Sampling(2, 60)), "Open")
    assert len(found) == 60
    assert len({state[:3] for state in found}) > 30


def test_an_instance_that_is_enabled_nowhere_is_not_asked_for() -> None:
    graph = three_counters()
    assert not asked(graph, standing_refusals(graph), "Never")


def test_an_instance_that_reads_nothing_is_never_near() -> None:
    toy = Toy(("x",), lambda: [{"x": 0}])
    toy.action("Set", lambda v: [{"x": 1}], reads=(), writes=("x",))
    graph = graph_of(toy)
    refusals = standing_refusals(graph)
    assert [list(refusals.of(state)) for state in range(graph.state_count)] == [[], []]


def test_a_graph_without_edges_has_nothing_to_ask_for() -> None:
    toy = Toy(("x",), lambda: [{"x": 0}])
    toy.action("Never", lambda v: [])
    assert list(standing_refusals(graph_of(toy)).of(0)) == []
