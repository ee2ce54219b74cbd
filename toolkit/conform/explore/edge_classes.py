"""Edges that stand for all of a state graph: what an instance does depends on what it reads alone.

Edges are of one class where the same instance, of the same number among its successors, begins in
states that agree in all that it reads: the model does the same there. Of each class some edges are
taken, the first among them, from states that lie far apart in the order of the search; and of each
state, whatever its class, the edge by which it was first reached.

An implementation may look at more than the model does. That is why there is more than one of a
class, and why the paths to all states are among them.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from conform.explore.graph import StateGraph
from conform.explore.state_columns import Flags, Numbers

REPRESENTATIVES = 2
"""Edges taken of each class, if it has so many, besides those by which states are first reached."""

OF_AN_INSTANCE = 1_000
"""Edges taken of each instance, if it has so many: more of each class, if it has few classes."""


class Sampling(Struct, frozen=True):
    """How many edges to take, at least: of each class, and of each instance."""

    of_a_class: int = REPRESENTATIVES
    of_an_instance: int = OF_AN_INSTANCE


def standing_edges(graph: StateGraph, sampling: Sampling | None = None) -> bytearray:
    """Return 1 for each edge that stands for its class or leads to a new state, 0 for the others.

    Where k of the n edges of a class are taken, these are numbers 0, n / k, 2n / k, ... in their
    order.
    """
    least = sampling or Sampling()
    columns = graph.columns
    stands: Flags = np.zeros(graph.edge_count, np.bool_)
    stands[columns.arrivals[graph.initial_count :]] = True
    outcomes: Numbers = np.asarray(graph.outcomes, np.int64)
    order = np.argsort(columns.instances, kind="stable")
    ends = np.searchsorted(columns.instances[order], np.arange(len(graph.instances) + 1))
    for number, instance in enumerate(graph.instances):
        edges = order[ends[number] : ends[number + 1]]
        if len(edges):
            seen = columns.combinations(instance.reads)
            here = seen.codes[columns.sources[edges]].astype(np.int64) * (
                int(outcomes[edges].max()) + 1
            )
            stands[edges[_spread(here + outcomes[edges], least)]] = True
    return bytearray(stands.tobytes())


def _spread(classes: Numbers, least: Sampling) -> Numbers:
    """Return places of each class, given the class of each edge of one instance."""
    order = np.argsort(classes, kind="stable")
    ordered = classes[order]
    begins = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    count = max(least.of_a_class, -(-least.of_an_instance // len(begins)))
    sizes = np.diff(np.r_[begins, len(ordered)])
    size, rank = np.repeat(sizes, sizes), np.arange(len(ordered)) - np.repeat(begins, sizes)
    is_taken = (rank == 0) | (rank * count // size != (rank - 1) * count // size)
    taken: Numbers = order[is_taken]
    return taken
