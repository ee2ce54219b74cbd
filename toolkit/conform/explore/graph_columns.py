"""A state graph as numpy arrays: its edges beside the columns of its states."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np

from conform.explore.graph import StateGraph
from conform.explore.state_columns import Column, Flags, Numbers


class GraphColumns:
    """The columns of one graph. `firsts` to `instances` are as in StateGraph, and not copied."""

    def __init__(self, graph: StateGraph) -> None:
        self.graph = graph
        self.firsts: Numbers = np.asarray(graph.firsts)
        self.sources: Numbers = graph.edge_array("sources")
        self.targets: Numbers = graph.edge_array("targets")
        self.instances: Numbers = graph.edge_array("edge_instances")

    @cached_property
    def moves(self) -> Flags:
        """For each edge whether it leads to another state."""
        differs: Flags = self.sources != self.targets
        return differs

    @cached_property
    def arrivals(self) -> Numbers:
        """For each state the edge by which it was first reached, NOWHERE for initial states."""
        return np.asarray(self.graph.tree_edges())

    def codes(self, slot: int) -> Numbers:
        """Return for each state the code of its value in `slot`: equal values, equal codes."""
        return self.graph.columns.codes(slot)

    def combinations(self, slots: Iterable[int] | None) -> Column:
        """Return the combinations of values of `slots`; None has each state be one of its own."""
        if slots is None:
            every = np.arange(self.graph.state_count)
            return Column(every, every)
        return self.graph.columns.column(slots)
