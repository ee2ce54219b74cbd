"""Edges that stand for all of a state graph: what an instance does depends on what it reads alone.

Edges are of one class where the same instance, of the same number among its successors, begins in
states that agree in all that it reads: the model does the same there. What it reads is what its
evaluations did, as one argument of a function, where the search took note; else all variables. Of
each state the edge by which it was first reached is taken, and of each class some: where those are
too few, others, from states that lie far apart in the order of the search.

An implementation may look at more than the model does. That is why there is more than one of a
class, and why the paths to all states are among them.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from conform.explore.graph import StateGraph
from conform.explore.space import NOWHERE, Edges
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
    known: Numbers = np.full(graph.edge_count, NOWHERE, np.intc)
    if graph.edge_classes is not None:
        known = np.asarray(graph.edge_classes)
    for number, instance in enumerate(graph.instances):
        edges = columns.edges_by(number)
        if len(edges):
            seen: Numbers = known.take(edges).astype(np.int64)
            is_unknown = seen == NOWHERE
            if is_unknown.any():
                plain = columns.combinations(instance.reads).codes.take(columns.sources.take(edges))
                seen[is_unknown] = int(seen.max()) + 1 + plain[is_unknown]
            classes = seen * (int(outcomes.take(edges).max()) + 1) + outcomes.take(edges)
            stands[edges[spread(classes, least, stands[edges])]] = True
    return bytearray(stands.tobytes())


def classes_by(answer_numbers: Sequence[NDArray[np.int32] | None], edges: Edges) -> array[int]:
    """Return for each edge the number that its instance has for its source; NOWHERE for none."""
    instances: Numbers = np.asarray(edges.instances)
    sources: Numbers = np.asarray(edges.sources)
    found = np.full(len(instances), NOWHERE, np.intc)
    for instance, numbers in enumerate(answer_numbers):
        if numbers is not None:
            chosen = np.flatnonzero(instances == instance)
            found[chosen] = numbers.take(sources.take(chosen))
    return array("i", found.tobytes())


def spread(classes: Numbers, least: Sampling, is_taken: Flags | None = None) -> Numbers:
    """Return places of each class, given the class of each place of one instance.

    Those where `is_taken` count among the ones that a class must have, and are not returned.
    """
    _, classes = np.unique(classes, return_inverse=True)
    number = int(classes.max(initial=-1)) + 1
    wanted = np.full(number, max(least.of_a_class, -(-least.of_an_instance // max(1, number))))
    places: Numbers = np.arange(len(classes))
    if is_taken is not None:
        wanted -= np.minimum(wanted, np.bincount(classes.compress(is_taken), minlength=number))
        places = places.compress(~is_taken)
    ordered = places.take(np.argsort(classes.take(places), kind="stable"))
    sizes = np.bincount(classes.take(places), minlength=number)
    size, count = (np.repeat(each, sizes) for each in (sizes, wanted))
    rank = np.arange(len(ordered)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    is_next = (rank == 0) & (count > 0) | (rank * count // size != (rank - 1) * count // size)
    found: Numbers = ordered.compress(is_next)
    return found
