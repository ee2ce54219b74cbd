"""Covers of random graphs pass all that they promise, by paths that join up."""

from __future__ import annotations

import random
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from conform.domain.states import State
from conform.explore.cover import CoverKind, CoverOptions, Path, cover
from conform.explore.graph import StateGraph
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from tests.unit.explore.toys import Effect, Toy


def effect_of(edges: dict[int, list[int]]) -> Effect:
    """Return the effect of an action given by its edges."""
    return lambda v: [{"s": t} for s, ts in edges.items() if s == v["s"] for t in ts]


def random_graph(seed: int) -> StateGraph:
    """Return a random graph of up to forty states, with self-loops and parallel edges."""
    rng = random.Random(seed)
    size = rng.randint(1, 40)
    starts = rng.sample(range(size), rng.randint(1, min(3, size)))
    toy = Toy(("s",), lambda: [{"s": s} for s in starts])
    density = rng.choice((0.3, 1.0, 2.0))
    for place in range(rng.randint(1, 3)):
        edges = {
            s: rng.choices(range(size), k=int(rng.random() * density * 3)) for s in range(size)
        }
        toy.action(f"A{place}", effect_of(edges))
    graph = explore(toy, ExploreOptions(keep_graph=True)).graph
    assert graph is not None
    return graph


def assert_joined_up(graph: StateGraph, path: Path) -> None:
    """Check that a path starts in an initial state and each edge where the one before ended."""
    assert path.start < graph.initial_count
    state = path.start
    for edge in path.edges:
        assert graph.sources[edge] == state
        state = graph.targets[edge]


def classes_of(graph: StateGraph, edges: Iterable[int]) -> set[tuple[int, int, State]]:
    """Return for each edge its instance, its outcome, and what the instance reads before it."""
    return {
        (number, graph.outcomes[edge], seen)
        for edge in edges
        for number in (graph.edge_instances[edge],)
        for state in (graph.state(graph.sources[edge]),)
        for reads in (graph.instances[number].reads,)
        for seen in (state if reads is None else tuple(state[slot] for slot in sorted(reads)),)
    }


@given(st.integers(0, 10**9), st.sampled_from(CoverKind), st.sampled_from([1, 3, 10, 1000]))
@settings(deadline=None)
def test_cover_passes_all_it_promises(seed: int, kind: CoverKind, max_length: int) -> None:
    graph = random_graph(seed)
    paths = list(cover(graph, CoverOptions(kind, max_length=max_length)))
    for path in paths:
        assert_joined_up(graph, path)
    taken = {edge for path in paths for edge in path.edges}
    visited = {graph.targets[edge] for edge in taken} | {path.start for path in paths}
    outcomes = list(zip(graph.edge_instances, graph.outcomes, strict=True))
    match kind:
        case CoverKind.TRANSITIONS:
            assert taken == set(range(graph.edge_count))
            assert visited == set(range(graph.state_count))
        case CoverKind.CLASSES:
            assert visited == set(range(graph.state_count))
            assert classes_of(graph, taken) == classes_of(graph, range(graph.edge_count))
        case CoverKind.STATES:
            assert visited == set(range(graph.state_count))
        case CoverKind.INSTANCES:
            assert {outcomes[edge] for edge in taken} == set(outcomes)


@given(st.integers(0, 10**9), st.sampled_from([1, 3, 10]))
@settings(deadline=None)
def test_paths_exceed_their_bound_only_on_the_way_to_their_first_new_step(
    seed: int, max_length: int
) -> None:
    graph = random_graph(seed)
    for path in cover(graph, CoverOptions(max_length=max_length)):
        deepest = max((graph.depth(graph.sources[edge]) for edge in path.edges), default=0)
        assert len(path) <= max(max_length, deepest + 1)


@given(st.integers(0, 10**9))
@settings(deadline=None)
def test_same_graph_gives_the_same_cover(seed: int) -> None:
    covers = [[(path.start, *path.edges) for path in cover(random_graph(seed))] for _ in range(2)]
    assert covers[0] == covers[1]
