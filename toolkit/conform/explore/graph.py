"""The state graph that an exploration keeps when asked: states by number, edges as arrays."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from conform.domain.model import ActionInstance, Slot, State
from conform.explore.packing import Packing
from conform.explore.space import NOWHERE, Edges, StateSpace
from conform.explore.state_columns import StateColumns

EdgeArray: TypeAlias = Literal["sources", "targets", "edge_instances", "outcomes"]
"""The arrays that have an element for each edge."""


@dataclass(frozen=True, slots=True)
class StateGraph:
    """States 0 to n - 1 in breadth-first order, the initial ones first, and the edges among them.

    Edge `e` leads from `sources[e]` to `targets[e]` by instance `edge_instances[e]`, as successor
    number `outcomes[e]` (0-based) of those that the instance yields there. The edges of state `s`
    are `range(firsts[s], firsts[s + 1])`. Steps cut off by constraints are absent; coinciding
    branches are edges of their own. `is_complete` is False when the search ended early; then
    states not expanded have no edges. `is_cut` says that a bound on steps left out some, so that
    some states lack edges. `columns` has the states by slots.
    """

    slots: Sequence[Slot]
    instances: Sequence[ActionInstance]
    initial_count: int
    firsts: array[int]
    sources: array[int]
    targets: array[int]
    edge_instances: array[int]
    outcomes: array[int]
    is_complete: bool
    space: StateSpace = field(repr=False)
    packing: Packing = field(repr=False)
    is_cut: bool = False
    columns: StateColumns = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Offer the states by columns."""
        object.__setattr__(self, "columns", StateColumns(self.space.words, self.packing))

    @property
    def state_count(self) -> int:
        """How many states there are."""
        return len(self.space)

    @property
    def edge_count(self) -> int:
        """How many edges there are."""
        return len(self.targets)

    @property
    def words(self) -> Sequence[int]:
        """The packed states, by number; only `packing` can read them."""
        return self.space.words

    def state(self, number: int) -> State:
        """Return the values of a state."""
        return self.packing.unpack(self.space.words[number])

    def number_of(self, state: State) -> int | None:
        """Return the number of a state, None when it is not in the graph."""
        return self.space.numbers.get(self.packing.pack(state))

    def depth(self, number: int) -> int:
        """Return the length of a shortest path from an initial state, in transitions."""
        return self.space.level(number) - 1

    def edges_of(self, number: int) -> range:
        """Return the numbers of the edges that leave a state."""
        return range(self.firsts[number], self.firsts[number + 1])

    def parent(self, number: int) -> int | None:
        """Return the state from which this one was first reached, None for an initial state."""
        found = self.space.parents[number]
        return None if found == NOWHERE else found

    def tree_edges(self) -> array[int]:
        """Return for each state the edge by which it was first reached, -1 for initial states.

        Edges are in the order found, so that is the first edge with this target.
        """
        reached = np.full(self.state_count, NOWHERE, np.intc)
        backwards = slice(None, None, -1)  # of several edges that lead to one state, the first
        reached[self.edge_array("targets")[backwards]] = np.arange(self.edge_count)[backwards]
        reached[: self.initial_count] = NOWHERE
        return array("i", reached.tobytes())

    def edge_array(self, name: EdgeArray) -> NDArray[np.intc]:
        """Return one of the arrays of the edges for numpy, without a copy."""
        return np.asarray(getattr(self, name), np.intc)


def keep_graph(
    slots: Sequence[Slot],
    instances: Sequence[ActionInstance],
    packing: Packing,
    space: StateSpace,
    edges: Edges,
    *,
    is_complete: bool,
    is_cut: bool = False,
) -> StateGraph:
    """Return the graph of what a search found; `edges` is closed by it."""
    edges.close(len(space))
    starts = space.level_starts
    initial = starts[1] if len(starts) > 1 else len(space)
    return StateGraph(
        slots,
        instances,
        initial,
        edges.firsts,
        edges.sources,
        edges.targets,
        edges.instances,
        edges.outcomes,
        is_complete,
        space,
        packing,
        is_cut,
    )
