"""Edges that stand for all of a state graph: what an instance does depends on what it reads alone.

Edges are of one class where the same instance, of the same number among its successors, begins in
states that agree in all that it reads: the model does the same there. Of each state the edge by
which it was first reached is taken, and of each class some: where those are too few, others, from
states that lie far apart in the order of the search.

An implementation may look at more than the model does. That is why there is more than one of a
class, and why the paths to all states are among them.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from conform.explore.graph import StateGraph
from conform.explore.state_columns import Flags, Numbers

REPRESENTATIVES = 2
"""Edges taken of each class, if it has so many; those by which states are first reached count."""

OF_AN_INSTANCE = 1_000
"""Edges taken of each instance, if it has so many: more of each class, if it has few classes."""


class Sampling(Struct, frozen=True):
    """How many to take, at least, if there are so many: of each class, and of each instance."""

    of_a_class: int = REPRESENTATIVES
    of_an_instance: int = OF_AN_INSTANCE


def standing_edges(graph: StateGraph, sampling: Sampling | None = None) -> bytearray:
    """Return 1 for each edge that stands for its class or leads to a new state, 0 for the others.

    Where k of n edges of a class are taken besides those that lead to new states, these are numbers
    0, n / k, 2n / k, ... in their order.
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
            of_outcomes = int(outcomes[edges].max()) + 1
            classes = seen.codes[columns.sources[edges]].astype(np.int64) * of_outcomes
            stands[edges[spread(classes + outcomes[edges], least, stands[edges])]] = True
    return bytearray(stands.tobytes())


def spread(classes: Numbers, least: Sampling, is_taken: Flags | None = None) -> Numbers:
    """Return places of each class, given the class of each place of one instance.

    Those where `is_taken` count among the ones that a class must have, and are not returned.
    """
    _, classes = np.unique(classes, return_inverse=True)
    number = int(classes.max(initial=-1)) + 1
    wanted = np.full(number, max(least.of_a_class, -(-least.of_an_instance // max(1, number))))
    places: Numbers = np.arange(len(classes))
    if is_taken is not None:
        wanted -= np.minimum(wanted, np.bincount(classes[is_taken], minlength=number))
        places = places[~is_taken]
    ordered = places[np.argsort(classes[places], kind="stable")]
    sizes = np.bincount(classes[places], minlength=number)
    size, count = (np.repeat(each, sizes) for each in (sizes, wanted))
    rank = np.arange(len(ordered)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    is_next = (rank == 0) & (count > 0) | (rank * count // size != (rank - 1) * count // size)
    found: Numbers = ordered[is_next]
    return found
