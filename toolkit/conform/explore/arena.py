"""Where a behaviour of one case is searched for: the graph, or its product with an automaton.

A node is a state of the graph together with a state of the automaton.
"""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from conform.explore.automaton import Transition, automaton
from conform.explore.components import strong_components
from conform.explore.graph import StateGraph
from conform.explore.normal_form import Case
from conform.explore.space import NOWHERE
from conform.explore.steps import DistinctSteps
from conform.explore.valuation import STAY, Code, Valuation


@dataclass(frozen=True, slots=True)
class Arena:
    """Nodes 0 to n - 1, by the length of the whole path from an initial state, and edges.

    The edges of node `n` are `firsts[n]` to `firsts[n + 1]`. `states` has the state of each node,
    `moves` the step of each edge, STAY for stuttering. `arrivals` has the edge by which each node
    was first reached, NOWHERE where the case begins. A cycle must have edges with all of
    `all_marks` among their `marks`. With `may_stay` each node can stay as it is without an edge.
    """

    firsts: Sequence[int]
    sources: Sequence[int]
    targets: Sequence[int]
    states: Sequence[int]
    moves: Sequence[int]
    marks: Sequence[int]
    arrivals: Sequence[int]
    all_marks: int
    may_stay: bool

    def __len__(self) -> int:
        return len(self.states)

    def edges_of(self, node: int) -> range:
        """Return the numbers of the edges that leave a node."""
        return range(self.firsts[node], self.firsts[node + 1])

    def components(self, busy: Container[int]) -> Iterator[list[int]]:
        """Yield the strongly connected components of more than one node.

        `busy` are the states on cycles of the graph. Elsewhere only staying can lead round.
        """
        moves, states, ends = self.moves, self.states, zip(self.sources, self.targets, strict=True)
        nodes: Iterable[int] = range(len(self))
        if self.may_stay or not any(
            move == STAY and source != target
            for move, (source, target) in zip(moves, ends, strict=True)
        ):
            nodes = (node for node in nodes if states[node] in busy)
        for component in strong_components(self.firsts, self.targets, nodes):
            if len(component) > 1:
                yield component

    def can_stay(self, node: int) -> bool:
        """Whether a run can stutter in a node for ever and be accepted."""
        if self.may_stay:
            return True
        seen, can = 0, False
        for edge in self.edges_of(node):
            if self.targets[edge] == node:
                seen |= self.marks[edge]
                can = True
        return can and seen == self.all_marks


def whole_graph(graph: StateGraph, steps: DistinctSteps) -> Arena:
    """Return the arena of a case that may begin in any state and asks of the long run alone."""
    count = graph.state_count
    return Arena(
        steps.firsts,
        steps.sources,
        steps.targets,
        range(count),
        range(len(steps.targets)),
        (),
        array("i", [NOWHERE]) * count,
        0,
        may_stay=True,
    )


def product(case: Case, valuation: Valuation) -> Arena:
    """Return the arena of a case: its automaton runs along the graph.

    Raises LivenessBreakdownError where a formula of the case has no value.
    """
    return _Product(case, valuation).arena()


@dataclass(slots=True)
class _Compiled:
    """A transition whose formulas are functions."""

    now: list[Code]
    step: list[Code]
    target: int
    marks: int


class _Product:
    """Breadth first; where a case may begin anywhere, a state begins at its own level."""

    def __init__(self, case: Case, valuation: Valuation) -> None:
        self._case = case
        self._graph = valuation.graph
        self._steps = valuation.steps
        self._here = [valuation.code(formula) for formula in case.here]
        followed = automaton(case.rest)
        self._all_marks = followed.all_marks
        self._transitions = [
            [_compiled(transition, valuation) for transition in transitions]
            for transitions in followed.transitions
        ]
        self._numbers: dict[int, int] = {}
        self._ways: list[list[_Compiled]] = []
        self._firsts = array("q", [0])
        self._states = array("i")
        self._arrivals = array("i")
        self._sources = array("i")
        self._targets = array("i")
        self._moves = array("i")
        self._marks: list[int] = []

    def arena(self) -> Arena:
        """Return the arena: nodes are numbered as they are found, and expanded in that order."""
        expanded = 0
        for level in self._levels():
            self._begin(level)
            expanded = self._expand(expanded)
        while expanded < len(self._states):
            expanded = self._expand(expanded)
        return Arena(
            self._firsts,
            self._sources,
            self._targets,
            self._states,
            self._moves,
            self._marks,
            self._arrivals,
            self._all_marks,
            may_stay=False,
        )

    def _levels(self) -> Iterator[range]:
        """Yield the states where the case may begin, level by level."""
        if not self._case.starts_anywhere:
            yield range(self._graph.initial_count)
            return
        begin = 0
        for end in (*self._graph.space.level_starts[1:], self._graph.state_count):
            yield range(begin, end)
            begin = end

    def _begin(self, level: range) -> None:
        for state in level:
            if state not in self._numbers and all(code(state, STAY) for code in self._here):
                self._reach(state, 0, NOWHERE)

    def _expand(self, begin: int) -> int:
        """Expand the nodes from `begin` to the last there is; return how many are expanded then."""
        end = len(self._states)
        steps = self._steps
        for node in range(begin, end):
            state = self._states[node]
            for way in self._ways[node]:
                self._add_edge(node, way, STAY, state)
                for step in steps.of(state):
                    self._add_edge(node, way, step, steps.targets[step])
            self._firsts.append(len(self._targets))
        return end

    def _add_edge(self, node: int, way: _Compiled, step: int, after: int) -> None:
        if way.step and not all(code(self._states[node], step) for code in way.step):
            return
        target = self._reach(after, way.target, len(self._targets))
        if target != NOWHERE:
            self._sources.append(node)
            self._targets.append(target)
            self._moves.append(step)
            self._marks.append(way.marks)

    def _reach(self, state: int, place: int, arrival: int) -> int:
        """Return the node of a state and an automaton's state, NOWHERE if no run goes on there."""
        key = place * self._graph.state_count + state
        known = self._numbers.get(key)
        if known is not None:
            return known
        ways = [
            way for way in self._transitions[place] if all(code(state, STAY) for code in way.now)
        ]
        node = NOWHERE
        if ways:
            node = len(self._states)
            self._ways.append(ways)
            self._states.append(state)
            self._arrivals.append(arrival)
        self._numbers[key] = node
        return node


def _compiled(transition: Transition, valuation: Valuation) -> _Compiled:
    return _Compiled(
        [valuation.code(formula) for formula in transition.now],
        [valuation.code(formula) for formula in transition.step],
        transition.target,
        transition.marks,
    )
