"""The state graph that an exploration keeps when asked: states by number, edges as arrays."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from conform.domain.actions import ActionInstance
from conform.domain.states import Slot, State
from conform.explore.packing import Packing
from conform.explore.space import NOWHERE, Edges, StateSpace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from conform.explore.graph_columns import GraphColumns


class _Made:
    """Holds the columns of a graph once they are made; other processes make their own."""

    __slots__ = ("columns",)

    def __init__(self) -> None:
        self.columns: GraphColumns | None = None

    def __reduce__(self) -> tuple[type[_Made], tuple[()]]:
        return _Made, ()


@dataclass(frozen=True, slots=True)
class StateGraph:
    """States 0 to n - 1 in breadth-first order, the initial ones first, and the edges among them.

    Edge `e` leads from `sources[e]` to `targets[e]` by instance `edge_instances[e]`, as successor
    number `outcomes[e]` (0-based) of those that the instance yields there. The edges of state `s`
    are `range(firsts[s], firsts[s + 1])`. Steps cut off by constraints are absent; coinciding
    branches are edges of their own. `is_complete` is False when the search ended early; then
    states not expanded have no edges. `is_cut` says that a bound on steps left out some, so that
    some states lack edges; `ends_where_cut` that nothing begins in those any more.
    `edge_classes` has a number for each edge: where it is the same for edges of one instance and
    outcome, all that was read in their sources is too. It is NOWHERE where that is not known.
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
    ends_where_cut: bool = False
    edge_classes: array[int] | None = field(default=None, compare=False)
    _made: _Made = field(default_factory=_Made, init=False, repr=False, compare=False)

    @property
    def columns(self) -> GraphColumns:
        """The same graph as numpy arrays, which is not imported before somebody asks for them."""
        if self._made.columns is None:
            columns = import_module("conform.explore.graph_columns")
            self._made.columns = columns.GraphColumns(self)
        return self._made.columns

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
        return self.columns.tree


def keep_graph(
    slots: Sequence[Slot],
    instances: Sequence[ActionInstance],
    packing: Packing,
    space: StateSpace,
    edges: Edges,
    *,
    is_complete: bool,
    is_cut: bool = False,
    ends_where_cut: bool = False,
    answer_numbers: Sequence[NDArray[np.int32] | None] = (),
) -> StateGraph:
    """Return the graph of what a search found; `edges` is closed by it.

    `answer_numbers` has for each instance, if anything, a number for each state that it begins in.
    """
    edges.close(len(space))
    starts = space.level_starts
    initial = starts[1] if len(starts) > 1 else len(space)
    classes = None
    if any(each is not None for each in answer_numbers):
        edge_classes = import_module("conform.explore.edge_classes")  # numpy comes with it
        classes = edge_classes.classes_by(answer_numbers, edges)
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
        ends_where_cut,
        classes,
    )


def path_back(
    graph: StateGraph, arrival: Callable[[int], int], state: int
) -> tuple[int, list[int]]:
    """Return where the path to `state` starts and its edges.

    `arrival` gives the edge by which a state was reached, NOWHERE at the start.
    """
    edges: list[int] = []
    while (edge := arrival(state)) != NOWHERE:
        edges.append(edge)
        state = graph.sources[edge]
    edges.reverse()
    return state, edges
