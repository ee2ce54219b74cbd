"""Where a behaviour of one case is searched for: the graph, or its product with an automaton.

A node is a state of the graph together with a state of the automaton.
"""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from conform.domain.model import And
from conform.explore.automaton import Transition, automaton
from conform.explore.components import strong_components
from conform.explore.graph import StateGraph
from conform.explore.normal_form import Case
from conform.explore.space import NOWHERE
from conform.explore.valuation import STAY, Code, LivenessBreakdownError, Valuation


@dataclass(frozen=True, slots=True)
class Arena:
    """Nodes 0 to n - 1, by the length of the whole path from an initial state, and edges.

    The edges of node `n` are `firsts[n]` to `firsts[n + 1]`. `states` has the state of each node,
    `moves` the graph's edge for each edge, STAY for stuttering. `arrivals` has the edge by which
    each node was first reached, NOWHERE where the case begins. A cycle must have edges with all of
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

        `busy` are the states where more than staying can lead round.
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


def whole_graph(graph: StateGraph) -> Arena:
    """Return the arena of a case that may begin in any state and asks of the long run alone."""
    count = graph.state_count
    return Arena(
        graph.firsts,
        graph.sources,
        graph.targets,
        range(count),
        range(graph.edge_count),
        (),
        array("i", [NOWHERE]) * count,
        0,
        may_stay=True,
    )


def product(case: Case, valuation: Valuation, ends: Iterable[int]) -> Arena | None:
    """Return the arena of a case: its automaton runs along the graph.

    None when no run can go on for ever in `ends`, the states that come again and again in fair
    behaviours. Raises LivenessBreakdownError where a formula of the case has no value.
    """
    search = _Product(case, valuation)
    return search.arena() if search.can_end_in(ends) else None


def evaluate_everywhere(case: Case, valuation: Valuation) -> None:
    """Ask the formulas of a case in each state, whether or not a run comes there.

    TLC does, so a formula without a value is told though no behaviour hangs on it: raises
    LivenessBreakdownError.
    """
    search = _Product(case, valuation)
    search.begin()
    search.follow_everywhere()


@dataclass(slots=True)
class _Way:
    """A transition whose formulas are functions, `step` None where any step will do.

    `base` and a state make the key of a node.
    """

    now: Code
    step: Code | None
    base: int
    marks: int


class _Product:
    """Breadth first; where a case may begin anywhere, a state begins at its own level."""

    def __init__(self, case: Case, valuation: Valuation) -> None:
        self._case = case
        self._graph = valuation.graph
        self._here = valuation.code(And(case.here))
        followed = automaton(case.rest)
        self._all_marks = followed.all_marks
        self._transitions = [
            [_way(transition, valuation) for transition in transitions]
            for transitions in followed.transitions
        ]
        self._numbers: dict[int, int] = {}
        self._ways: list[list[_Way]] = []
        self._firsts = array("q", [0])
        self._states = array("i")
        self._arrivals = array("i")
        self._sources = array("i")
        self._targets = array("i")
        self._moves = array("i")
        self._marks: list[int] = []

    def can_end_in(self, states: Iterable[int]) -> bool:
        """Whether there is a state where the automaton can be in one of its cycles."""
        lasting = [way for place in self._cyclic() for way in self._transitions[place]]
        try:
            return any(way.now(state, STAY) for state in states for way in lasting)
        except LivenessBreakdownError:  # in a state, perhaps, that no run would come to
            return True

    def _cyclic(self) -> Iterator[int]:
        """Yield the automaton's states that lie on cycles."""
        size = self._graph.state_count
        goals = [[way.base // size for way in ways] for ways in self._transitions]
        firsts = [0, *accumulate(map(len, goals))]
        targets = [target for places in goals for target in places]
        for component in strong_components(firsts, targets, range(len(goals))):
            if len(component) > 1 or component[0] in goals[component[0]]:
                yield from component

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

    def begin(self) -> None:
        """Begin wherever the case may begin, and go no further."""
        for level in self._levels():
            self._begin(level)

    def follow_everywhere(self) -> None:
        """Ask in each state where the automaton could go from there."""
        for ways in self._transitions:
            for way in ways:
                for state in range(self._graph.state_count):
                    way.now(state, STAY)

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
        numbers, here = self._numbers, self._here
        for state in level:
            if state not in numbers and here(state, STAY):
                self._reach(state, NOWHERE)

    def _expand(self, begin: int) -> int:
        """Expand the nodes from `begin` to the last there is; return how many are expanded then."""
        end = len(self._states)
        graph, numbers, targets = self._graph, self._numbers, self._targets
        for node in range(begin, end):
            state = self._states[node]
            moves = [(edge, graph.targets[edge]) for edge in graph.edges_of(state)]
            moves.append((STAY, state))
            for way in self._ways[node]:
                allows, base = way.step, way.base
                for edge, after in moves:
                    if allows is not None and not allows(state, edge):
                        continue
                    target = numbers.get(base + after)
                    if target is None:
                        target = self._reach(base + after, len(targets))
                    if target != NOWHERE:
                        self._sources.append(node)
                        targets.append(target)
                        self._moves.append(edge)
                        self._marks.append(way.marks)
            self._firsts.append(len(targets))
        return end

    def _reach(self, key: int, arrival: int) -> int:
        """Return the node of a new key, NOWHERE if no run goes on there."""
        place, state = divmod(key, self._graph.state_count)
        ways = [way for way in self._transitions[place] if way.now(state, STAY)]
        node = NOWHERE
        if ways:
            node = len(self._states)
            self._ways.append(ways)
            self._states.append(state)
            self._arrivals.append(arrival)
        self._numbers[key] = node
        return node


def _way(transition: Transition, valuation: Valuation) -> _Way:
    return _Way(
        valuation.code(And(transition.now)),
        valuation.code(And(transition.step)) if transition.step else None,
        transition.target * valuation.graph.state_count,
        transition.marks,
    )
