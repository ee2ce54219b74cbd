"""Edges that stand for their classes: of each class some, and a way to every state."""

from __future__ import annotations

from array import array
from collections import Counter

import pytest

from conform.explore.cover import CoverKind, CoverOptions, cover
from conform.explore.edge_classes import Sampling, standing_edges
from conform.explore.graph import StateGraph
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.explore.space import NOWHERE
from tests.unit.explore.toys import Effect, Toy, number

SIZE = 12

FEW = Sampling(of_an_instance=0)


def turn(name: str, size: int = SIZE) -> Effect:
    """Return the effect of an action that counts a variable on."""
    return lambda v: [{name: (number(v[name]) + 1) % size}]


def two_counters(*, knows_reads: bool = True) -> StateGraph:
    """Return the graph of two counters that wrap around, each with an action that reads it alone.

    Another reads one and clears it, and another has two successors and reads both.
    """
    toy = Toy(("x", "y"), lambda: [{"x": 0, "y": 0}])
    for name in ("x", "y"):
        reads = (name,) if knows_reads else None
        toy.action(f"Turn{name}", turn(name), reads=reads, writes=(name,))
    toy.action("Clear", lambda v: [{"x": 0}], reads=("x",), writes=("x",))
    toy.action("Meet", lambda v: [{"x": 0}, {"y": 0}] if v["x"] == v["y"] else [], reads=("x", "y"))
    graph = explore(toy, ExploreOptions(keep_graph=True)).graph
    assert graph is not None
    assert graph.state_count == SIZE**2
    return graph


def classes(graph: StateGraph) -> list[tuple[object, ...]]:
    """Return the class of each edge."""
    found: list[tuple[object, ...]] = []
    for edge, instance in enumerate(graph.edge_instances):
        reads = graph.instances[instance].reads
        state = graph.state(graph.sources[edge])
        seen = state if reads is None else tuple(state[slot] for slot in sorted(reads))
        found.append((instance, graph.outcomes[edge], seen))
    return found


@pytest.mark.parametrize("count", [1, 2, 3, 50])
def test_of_each_class_so_many_edges_stand(count: int) -> None:
    graph = two_counters()
    of_edge = classes(graph)
    sampling = Sampling(of_a_class=count, of_an_instance=0)
    standing = [edge for edge, stands in enumerate(standing_edges(graph, sampling)) if stands]
    sizes, taken = Counter(of_edge), Counter(of_edge[edge] for edge in standing)
    assert all(taken[one] >= min(count, size) for one, size in sizes.items())
    tree = sum(edge >= 0 for edge in graph.tree_edges())
    assert len(standing) <= tree + sum(min(count, size) for size in sizes.values())


def test_the_edges_by_which_states_are_first_reached_stand() -> None:
    graph = two_counters()
    standing = standing_edges(graph, FEW)
    assert all(standing[edge] for edge in graph.tree_edges() if edge >= 0)


def test_edges_of_a_class_are_taken_from_states_that_lie_apart() -> None:
    graph = two_counters()
    of_edge, tree = classes(graph), set(graph.tree_edges())
    standing = standing_edges(graph, Sampling(of_a_class=4, of_an_instance=0))
    last = of_edge.index((0, 0, (SIZE - 1,)))  # it leads back, and no edge of its class is new
    same = [edge for edge, found in enumerate(of_edge) if found == of_edge[last]]
    assert not tree & set(same)
    assert [same.index(edge) for edge in same if standing[edge]] == [0, 3, 6, 9]


def test_edges_by_which_states_are_first_reached_count_in_their_class() -> None:
    graph = two_counters()
    of_edge, tree = classes(graph), set(graph.tree_edges())
    standing = [edge for edge, stands in enumerate(standing_edges(graph, FEW)) if stands]
    new = Counter(of_edge[edge] for edge in tree if edge >= 0)
    besides = Counter(of_edge[edge] for edge in standing if edge not in tree)
    sizes = Counter(of_edge)
    assert 0 < len(besides) < len(sizes)
    assert all(besides[one] == max(0, min(2, size) - new[one]) for one, size in sizes.items())


def test_an_instance_with_few_classes_has_more_edges_of_each() -> None:
    toy = Toy(("x", "y"), lambda: [{"x": 0, "y": 0}])
    toy.action("Turn", turn("x", 100), reads=("x",), writes=("x",))
    toy.action("Clear", lambda v: [{"y": 0}], reads=(), writes=("y",))
    graph = explore(toy, ExploreOptions(keep_graph=True)).graph
    assert graph is not None
    standing = standing_edges(graph, Sampling(of_a_class=2, of_an_instance=40))
    taken = Counter(
        graph.edge_instances[edge] for edge in range(graph.edge_count) if standing[edge]
    )
    assert taken == {0: 100, 1: 40}


def test_edges_without_a_number_are_of_the_class_of_what_they_read() -> None:
    graph = two_counters()
    of_edge = classes(graph)
    known = [edge if edge % 2 else NOWHERE for edge in range(graph.edge_count)]
    object.__setattr__(graph, "edge_classes", array("i", known))
    standing = standing_edges(graph, FEW)
    assert all(standing[edge] for edge in known if edge != NOWHERE)
    unknown = range(0, graph.edge_count, 2)
    sizes = Counter(of_edge[edge] for edge in unknown)
    taken = Counter(of_edge[edge] for edge in unknown if standing[edge])
    assert all(taken[one] >= min(2, size) for one, size in sizes.items())
    assert sum(taken.values()) < len(unknown)


def test_where_reads_are_not_known_every_edge_is_a_class_of_its_own() -> None:
    graph = two_counters(knows_reads=False)
    names = [graph.instances[number].action for number in graph.edge_instances]
    standing = standing_edges(graph, FEW)
    assert all(standing[edge] for edge, name in enumerate(names) if name.startswith("Turn"))


def test_a_graph_without_edges_has_none_that_stand() -> None:
    toy = Toy(("x",), lambda: [{"x": 0}])
    toy.action("Never", lambda v: [])
    graph = explore(toy, ExploreOptions(keep_graph=True)).graph
    assert graph is not None
    assert standing_edges(graph) == b""


def test_paths_pass_every_edge_that_stands() -> None:
    graph = two_counters()
    paths = list(cover(graph, CoverOptions(CoverKind.CLASSES)))
    taken = {edge for path in paths for edge in path.edges}
    assert taken >= {edge for edge, stands in enumerate(standing_edges(graph)) if stands}
