"""Where a behaviour of one case is searched for: the graph, or its product with an automaton.

A node is a state of the graph together with a state of the automaton.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from conform.explore.graph_columns import GraphColumns
from conform.explore.liveness.predicate_values import STAY
from conform.explore.space import NOWHERE
from conform.explore.state_columns import Flags, Numbers


class Arena(Struct, frozen=True):
    """Nodes 0 to n - 1, by the length of the whole path from an initial state, and edges.

    `states` has the state of each node, `moves` the graph's edge for each edge, STAY for
    stuttering. `arrivals` has the edge by which each node was first reached, NOWHERE where the case
    begins. A cycle must have edges with all of `all_marks` among their `marks`. With `may_stay`
    each node can stay as it is without an edge.
    """

    sources: Numbers
    targets: Numbers
    states: Numbers
    moves: Numbers
    marks: Numbers
    arrivals: Numbers
    all_marks: int
    may_stay: bool

    def __len__(self) -> int:
        return len(self.states)

    def cyclic_nodes(self, busy: Flags) -> Numbers:
        """Return nodes, all those among them that can lie on fair cycles of more than one node.

        `busy` are the states where more than staying can lead round.
        """
        if not self.may_stay and np.any((self.moves == STAY) & (self.sources != self.targets)):
            return np.arange(len(self))
        return np.flatnonzero(busy.take(self.states))

    def can_stay(self) -> Flags:
        """Return for each node whether a run can stutter there for ever and be accepted."""
        if self.may_stay:
            return np.ones(len(self), bool)
        rests = np.flatnonzero(self.sources == self.targets)
        nodes = self.sources[rests]
        can = np.zeros(len(self), bool)
        can[nodes] = True
        if self.all_marks:
            seen = np.zeros(len(self), np.uint64)
            np.bitwise_or.at(seen, nodes, self.marks[rests])
            can &= seen == np.uint64(self.all_marks)
        return can


def whole_graph(columns: GraphColumns) -> Arena:
    """Return the arena of a case that may begin in any state and asks of the long run alone."""
    count, edge_count = columns.graph.state_count, columns.graph.edge_count
    return Arena(
        columns.sources,
        columns.targets,
        np.arange(count),
        np.arange(edge_count),
        np.zeros(edge_count, np.uint64),
        np.full(count, NOWHERE),
        0,
        may_stay=True,
    )
