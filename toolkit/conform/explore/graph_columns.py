"""A state graph as numpy arrays: its edges, and its states by slots."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from conform.explore.graph import StateGraph
from conform.explore.space import NOWHERE
from conform.explore.state_columns import (
    Column,
    Flags,
    Numbers,
    StateColumns,
    combined,
    in_order_of_appearance,
)


class ParallelEdges(Struct, frozen=True):
    """Edges, ascending, and for each of them the two states that it joins, as one number."""

    edges: Numbers
    pairs: Column

    def joined_by_any(self, among: Flags) -> Flags:
        """Return which edges of the graph are among some, or like one that is."""
        if not len(self.edges):
            return among
        any_like = np.zeros(len(self.pairs), bool)
        any_like[self.pairs.codes.compress(among.take(self.edges))] = True
        found = among.copy()
        found[self.edges] = any_like.take(self.pairs.codes)
        return found


class GraphColumns:
    """The columns of one graph. `firsts` to `instances` are as in StateGraph, and not copied."""

    def __init__(self, graph: StateGraph) -> None:
        self.graph = graph
        self.firsts: Numbers = np.asarray(graph.firsts)
        self.sources: Numbers = np.asarray(graph.sources)
        self.targets: Numbers = np.asarray(graph.targets)
        self.instances: Numbers = np.asarray(graph.edge_instances)
        self._states = StateColumns(graph.words, graph.packing)

    @cached_property
    def moves(self) -> Flags:
        """For each edge whether it leads to another state."""
        differs: Flags = self.sources != self.targets
        return differs

    def edges_by(self, instance: int) -> Numbers:
        """Return the edges by an instance, ascending."""
        order, ends = self._by_instance
        return order[ends[instance] : ends[instance + 1]]

    def states_left_by(self, instances: Iterable[int]) -> Flags:
        """Return for each state whether some instance leads from there."""
        found = np.zeros(self.graph.state_count, bool)
        for instance in instances:
            found[self.sources.take(self.edges_by(instance))] = True
        return found

    @cached_property
    def _by_instance(self) -> tuple[Numbers, Numbers]:
        """All edges, instance by instance, and where the first of each instance is."""
        count = len(self.graph.instances)
        fits = np.uint16 if count < 1 << 16 else np.intc  # short numbers are sorted by their digits
        order = np.argsort(self.instances.astype(fits), kind="stable")
        counts = np.bincount(self.instances, minlength=count)
        return order, np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))

    @cached_property
    def parallel(self) -> ParallelEdges:
        """The edges that join the same two states as another one does."""
        keys = self.sources.astype(np.int64) * self.graph.state_count + self.targets
        order = np.argsort(keys, kind="stable")
        ordered = keys.take(order)
        is_like_last = np.zeros(len(keys), bool)
        np.equal(ordered[1:], ordered[:-1], out=is_like_last[1:])
        is_like_next = np.append(is_like_last[1:], False)
        edges = np.sort(order.compress(is_like_last | is_like_next))
        return ParallelEdges(edges, in_order_of_appearance(keys.take(edges)))

    @cached_property
    def arrivals(self) -> Numbers:
        """For each state the edge by which it was first reached, NOWHERE for initial states."""
        found = np.full(self.graph.state_count, NOWHERE, np.intc)
        backwards = slice(None, None, -1)  # of several edges that lead to one state, the first
        found[self.targets[backwards]] = np.arange(self.graph.edge_count)[backwards]
        found[: self.graph.initial_count] = NOWHERE
        return found

    @cached_property
    def tree(self) -> array[int]:
        """The arrivals as an array of Python's own."""
        return array("i", self.arrivals.tolist())

    def unlike(
        self,
        kinds: Iterable[tuple[int, Sequence[int]]],
        before: Iterable[int],
        after: Iterable[int],
    ) -> list[tuple[int, int]]:
        """Return the first of the edges that are alike, in the order given, each with its kind.

        Edges come with a number of their kind. Those of a kind are alike that leave states with
        equal values in the slots `before`, and lead to states with equal values in `after`.
        """
        given = [(kind, np.asarray(edges, np.int64)) for kind, edges in kinds if len(edges)]
        if not given:
            return []
        every = np.concatenate([edges for _kind, edges in given])
        kind_of = np.concatenate([np.full(len(edges), kind) for kind, edges in given])
        left = self.column(before).codes.take(self.sources.take(every))
        reached = self.column(after).codes.take(self.targets.take(every))
        firsts = combined((kind_of, left, reached), len(every)).firsts
        return list(zip(kind_of.take(firsts).tolist(), every.take(firsts).tolist(), strict=True))

    def codes(self, slot: int) -> Numbers:
        """Return for each state the code of its value in `slot`: equal values, equal codes."""
        return self._states.codes(slot)

    def column(self, slots: Iterable[int]) -> Column:
        """Return what some slots hold in each state; one number for all where there are none."""
        return self._states.column(slots)

    def combinations(self, slots: Iterable[int] | None) -> Column:
        """Return the same, with None for `slots` a number of its own for each state."""
        if slots is None:
            every = np.arange(self.graph.state_count)
            return Column(every, every)
        return self.column(slots)
