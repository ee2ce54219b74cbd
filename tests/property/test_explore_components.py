"""Strong components of random graphs are the classes of mutual reachability."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from conform.explore.liveness.components import LONE, strong_labels
from conform.explore.state_columns import Flags
from tests.property.examples import EXAMPLES


def reachability(count: int, edges: list[tuple[int, int]]) -> Flags:
    """Return which nodes can be reached from which, themselves included (Warshall)."""
    reach = np.eye(count, dtype=bool)
    for source, target in edges:
        reach[source, target] = True
    for between in range(count):
        reach |= np.outer(reach[:, between], reach[between])
    return reach


@given(st.integers(0, 10**9))
@settings(max_examples=5 * EXAMPLES, deadline=None)
def test_components_are_the_classes_of_mutual_reachability(seed: int) -> None:
    rng = random.Random(seed)
    count = rng.randint(1, 14)
    edge_count = rng.randint(0, 3 * count)
    edges = [(rng.randrange(count), rng.randrange(count)) for _ in range(edge_count)]
    if rng.random() < 0.5:
        edges.sort()
    ends = np.array(edges, np.int64).reshape(-1, 2)
    labels = strong_labels(count, ends[:, 0], ends[:, 1])
    reach = reachability(count, edges)
    mutual = reach & reach.T
    for node in range(count):
        if labels[node] == LONE:
            assert np.count_nonzero(mutual[node]) == 1
        else:
            assert np.array_equal(labels == labels[node], mutual[node])
    assert set(labels) - {LONE} == set(range(int(labels.max()) + 1))


def test_long_cycle_and_long_chain_need_no_recursion() -> None:
    count = 50_000
    ring = np.arange(count)
    labels = strong_labels(count + 3, ring, (ring + 1) % count)
    assert set(labels[:count]) == {0}
    assert set(labels[count:]) == {LONE}
    chain = strong_labels(count, ring[:-1], ring[1:])
    assert set(chain) == {LONE}
