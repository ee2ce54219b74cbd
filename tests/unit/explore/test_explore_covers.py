"""Covers of toy graphs; what holds of all graphs is in tests/property."""

from __future__ import annotations

from conform.explore.cover import CoverKind, CoverOptions, cover, path_trace
from conform.explore.graph import StateGraph
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from tests.unit.explore.toys import Toy, counter, jugs, number


def graph_of(toy: Toy) -> StateGraph:
    """Return the state graph of a toy."""
    graph = explore(toy, ExploreOptions(keep_graph=True)).graph
    assert graph is not None
    return graph


def test_jugs_are_covered_by_few_steps() -> None:
    graph = graph_of(jugs())
    paths = list(cover(graph))
    assert {edge for path in paths for edge in path.edges} == set(range(96))
    assert sum(map(len, paths)) <= 2.5 * 96


def test_a_chain_is_covered_by_one_path() -> None:
    (path,) = cover(graph_of(counter(5)))
    assert list(path.edges) == [0, 1, 2, 3, 4]


def test_paths_end_at_their_bound() -> None:
    toy = Toy(("x",), lambda: [{"x": 0}])
    toy.action("Turn", lambda v: [{"x": (number(v["x"]) + 1) % 4}, {}])
    paths = list(cover(graph_of(toy), CoverOptions(max_length=4)))
    assert max(map(len, paths)) <= 4
    assert {edge for path in paths for edge in path.edges} == set(range(8))


def test_instances_and_their_outcomes_need_few_steps() -> None:
    paths = list(cover(graph_of(jugs()), CoverOptions(CoverKind.INSTANCES)))
    assert sum(map(len, paths)) <= 12


def test_states_are_each_visited() -> None:
    graph = graph_of(jugs())
    paths = list(cover(graph, CoverOptions(CoverKind.STATES)))
    seen = {graph.targets[edge] for path in paths for edge in path.edges}
    assert seen | {path.start for path in paths} == set(range(16))


def test_initial_state_without_edges_has_a_path_of_its_own() -> None:
    paths = list(cover(graph_of(Toy(("x",), lambda: [{"x": 0}, {"x": 1}]))))
    assert [(path.start, len(path)) for path in paths] == [(0, 0), (1, 0)]


def test_empty_graph_has_no_paths() -> None:
    assert list(cover(graph_of(Toy(("x",), lambda: [])))) == []


def test_path_is_drawn_with_actions_and_choices_of_its_edges() -> None:
    toy = Toy(("x",), lambda: [{"x": 0}])
    toy.action(
        "Choose", lambda v: [{"x": 1, "?k": "a"}, {"x": 1, "?k": "b"}] if v["x"] == 0 else []
    )
    graph = graph_of(toy)
    traces = [path_trace(toy, graph, path, "cover") for path in cover(graph)]
    assert [[step.choices for step in trace.steps] for trace in traces] == [
        [(), (("k", "a"),)],
        [(), (("k", "b"),)],
    ]
    assert traces[0].source == "cover"
