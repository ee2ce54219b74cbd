"""The product of a graph with the automaton of a case: what of both together can be reached.

Breadth first, so that nodes are numbered by how far they are from an initial state. Levels of many
nodes are expanded as arrays, all of one automaton state together; levels of few nodes one by one,
since a call of numpy takes as long as some nodes do.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from conform.domain.temporal import And, Temporal
from conform.explore.graph_columns import GraphColumns
from conform.explore.liveness.arena import Arena
from conform.explore.liveness.automaton import Transition, automaton
from conform.explore.liveness.components import LONE, strong_labels
from conform.explore.liveness.normal_form import Case, TooManyCasesError
from conform.explore.liveness.predicate_values import NO, STAY
from conform.explore.liveness.valuation import Code, Valuation
from conform.explore.space import NOWHERE
from conform.explore.state_columns import Numbers, distinct

FEW = 16
"""Nodes of a level up to which they are expanded one by one."""

MAX_KEYS = 1 << 31
"""Pairs of a state of the graph and one of the automaton: the table of nodes has so many places."""

_UNKNOWN = 0
"""In the table of nodes: not reached yet. NOWHERE: no run goes on there. Else the number plus 1."""


def product(case: Case, valuation: Valuation, ends: Numbers) -> Arena | None:
    """Return the arena of a case: its automaton runs along the graph.

    None when no run can go on for ever in `ends`, the states that come again and again in fair
    behaviours. Raises LivenessBreakdownError where a formula of the case has no value, and
    TooManyCasesError when the automaton is too large.
    """
    search = _Product(case, valuation)
    return search.arena() if search.can_end_in(ends) else None


def evaluate_everywhere(case: Case, valuation: Valuation) -> None:
    """Ask the formulas of a case in each state, whether or not a run comes there.

    TLC does, so a formula without a value is told though no behaviour hangs on it: raises
    LivenessBreakdownError.
    """
    search = _Product(case, valuation)
    search.begin_everywhere()
    search.follow_everywhere()


class _Way(Struct, frozen=True):
    """A transition: its formulas, and the same as functions; `step` None where any step will do.

    `base` and a state make the key of a node.
    """

    now: Temporal
    step: Temporal | None
    now_code: Code
    step_code: Code | None
    base: int
    marks: int


class _Moves(Struct, frozen=True):
    """Edges of the product to be: from a node to a key, by a move, with marks."""

    nodes: Numbers
    keys: Numbers
    moves: Numbers
    marks: Numbers


class _Product:
    """One product; where a case may begin anywhere, a state begins at its own level."""

    def __init__(self, case: Case, valuation: Valuation) -> None:
        self._case = case
        self._valuation = valuation
        self._columns = valuation.columns
        self._graph = valuation.graph
        self._size = self._graph.state_count
        self._here = And(case.here)
        self._here_code = valuation.code(self._here)
        followed = automaton(case.rest)
        if len(followed.transitions) * self._size > MAX_KEYS:
            raise TooManyCasesError
        self._all_marks = followed.all_marks
        self._transitions = [
            [_way(transition, valuation) for transition in transitions]
            for transitions in followed.transitions
        ]
        # Zeros take no memory until they are written over: most keys of large automata never are.
        self._numbers = np.zeros(len(self._transitions) * self._size, np.int32)
        self._number_of = memoryview(self._numbers.data)
        self._keys = array("q")
        self._arrivals = array("q")
        self._sources = array("i")
        self._targets = array("i")
        self._moves = array("q")
        self._marks = array("Q")

    def can_end_in(self, states: Numbers) -> bool:
        """Whether there is a state where the automaton can be in one of its cycles.

        A formula without a value says so too: perhaps no run would come there.
        """
        values, lasting = self._valuation.values, self._lasting()
        return any(bool(np.any(values(way.now, states) != NO)) for way in lasting)

    def _lasting(self) -> list[_Way]:
        """Return the transitions from the automaton's states that lie on cycles."""
        ends = [
            (place, way.base // self._size)
            for place, ways in enumerate(self._transitions)
            for way in ways
        ]
        sources, targets = np.array(ends, np.int64).reshape(-1, 2).T
        labels = strong_labels(len(self._transitions), sources, targets)
        return [
            way
            for place, ways in enumerate(self._transitions)
            for way in ways
            if labels[place] != LONE or any(each.base // self._size == place for each in ways)
        ]

    def arena(self) -> Arena:
        """Return the arena: nodes are numbered as they are found, and expanded in that order."""
        expanded = 0
        for level in self._levels():
            self._begin(level)
            expanded = self._expand(expanded)
        while expanded < len(self._keys):
            expanded = self._expand(expanded)
        return Arena(
            np.asarray(self._sources),
            np.asarray(self._targets),
            np.asarray(self._keys) % self._size,
            np.asarray(self._moves),
            np.asarray(self._marks),
            np.asarray(self._arrivals),
            self._all_marks,
            may_stay=False,
        )

    def begin_everywhere(self) -> None:
        """Ask what must hold where the case begins, wherever it may."""
        is_free = self._case.starts_anywhere
        count = self._size if is_free else self._graph.initial_count
        self._valuation.holds(self._here, np.arange(count))

    def follow_everywhere(self) -> None:
        """Ask in each state where the automaton could go from there."""
        states = np.arange(self._size)
        for ways in self._transitions:
            for way in ways:
                self._valuation.holds(way.now, states)

    def _levels(self) -> Iterator[range]:
        """Yield the states where the case may begin, level by level."""
        if not self._case.starts_anywhere:
            yield range(self._graph.initial_count)
            return
        begin = 0
        for end in (*self._graph.space.level_starts[1:], self._size):
            yield range(begin, end)
            begin = end

    def _begin(self, level: range) -> None:
        if len(level) > FEW:
            states = np.arange(level.start, level.stop)
            states = states.compress(self._numbers.take(states) == _UNKNOWN)
            states = states.compress(self._valuation.holds(self._here, states))
            alive = self._reach_together(states)
            self._arrivals.extend([NOWHERE] * len(alive))
            return
        numbers, here = self._number_of, self._here_code
        for state in level:
            if numbers[state] == _UNKNOWN and here(state, STAY):
                self._reach(state, NOWHERE)

    def _expand(self, begin: int) -> int:
        """Expand the nodes from `begin` to the last there is; return how many are expanded then."""
        end = len(self._keys)
        if end - begin > FEW:
            self._expand_together(begin, end)
        else:
            for node in range(begin, end):
                self._expand_one(node)
        return end

    # ------------------------------------------------------------------------------- one by one

    def _expand_one(self, node: int) -> None:
        graph, numbers, targets = self._graph, self._number_of, self._targets
        place, state = divmod(self._keys[node], self._size)
        moves = [(edge, graph.targets[edge]) for edge in graph.edges_of(state)]
        moves.append((STAY, state))
        for way in self._transitions[place]:
            if not way.now_code(state, STAY):
                continue
            allows, base = way.step_code, way.base
            for edge, after in moves:
                if allows is not None and not allows(state, edge):
                    continue
                number = numbers[base + after]
                if number == _UNKNOWN:
                    number = self._reach(base + after, len(targets))
                if number != NOWHERE:
                    self._sources.append(node)
                    targets.append(number - 1)
                    self._moves.append(edge)
                    self._marks.append(way.marks)

    def _reach(self, key: int, arrival: int) -> int:
        """Return what the table of nodes says from now on of a new key."""
        place, state = divmod(key, self._size)
        number = NOWHERE
        if any(way.now_code(state, STAY) for way in self._transitions[place]):
            self._keys.append(key)
            self._arrivals.append(arrival)
            number = len(self._keys)
        self._number_of[key] = number
        return number

    # --------------------------------------------------------------------------------- together

    def _expand_together(self, begin: int, end: int) -> None:
        places, states = np.divmod(np.asarray(self._keys[begin:end]), self._size)
        found: list[_Moves] = []
        for place in distinct(places):
            nodes = np.flatnonzero(places == place)
            for way in self._transitions[place]:
                chosen = nodes.compress(self._valuation.holds(way.now, states.take(nodes)))
                found.append(self._moves_by(way, chosen + begin, states.take(chosen)))
        self._add(_in_order(found), begin, end)

    def _moves_by(self, way: _Way, nodes: Numbers, states: Numbers) -> _Moves:
        """Return the moves along one transition: for each node its state's edges, then staying."""
        places, moves = _leaving(self._columns, states)
        if way.step is not None:
            allowed = self._valuation.holds(way.step, states.take(places), moves)
            places, moves = places.compress(allowed), moves.compress(allowed)
        after = states.take(places)
        steps = np.flatnonzero(moves != STAY)
        after[steps] = self._columns.targets.take(moves.take(steps))
        marks = np.full(len(moves), way.marks, np.uint64)
        return _Moves(nodes.take(places), after + way.base, moves, marks)

    def _add(self, found: _Moves, begin: int, end: int) -> None:
        """Add edges, and the nodes that they reach."""
        numbers = self._numbers.take(found.keys)
        news = np.flatnonzero(numbers == _UNKNOWN)
        keys, firsts = np.unique(found.keys.take(news), return_index=True)
        order = np.argsort(firsts)  # nodes in the order in which they are found
        alive = self._reach_together(keys[order])
        numbers = self._numbers.take(found.keys)
        kept = np.flatnonzero(numbers != NOWHERE)
        edges = np.searchsorted(kept, news[firsts[order]][alive]) + len(self._targets)
        self._arrivals.frombytes(edges.astype(np.int64).tobytes())
        self._sources.frombytes(found.nodes.take(kept).astype(np.int32).tobytes())
        self._targets.frombytes((numbers.take(kept) - 1).astype(np.int32).tobytes())
        self._moves.frombytes(found.moves.take(kept).astype(np.int64).tobytes())
        self._marks.frombytes(found.marks.take(kept).tobytes())

    def _reach_together(self, keys: Numbers) -> Numbers:
        """Enter new keys in the table of nodes; return the places of those where runs go on."""
        places, states = np.divmod(keys, self._size)
        goes_on = np.zeros(len(keys), bool)
        for place in distinct(places):
            chosen = np.flatnonzero(places == place)
            for way in self._transitions[place]:
                goes_on[chosen] |= self._valuation.holds(way.now, states.take(chosen))
        alive = np.flatnonzero(goes_on)
        self._numbers[keys] = NOWHERE
        first = len(self._keys) + 1
        self._numbers[keys[alive]] = np.arange(first, first + len(alive))
        self._keys.frombytes(keys[alive].astype(np.int64).tobytes())
        return alive


def _leaving(columns: GraphColumns, states: Numbers) -> tuple[Numbers, Numbers]:
    """Return all moves from some states: from which place among them, and the edge or STAY."""
    begins = columns.firsts.take(states)
    counts = columns.firsts.take(states + 1) - begins + 1  # and staying
    places = np.repeat(np.arange(len(states)), counts)
    ends = np.cumsum(counts)
    moves = np.arange(len(places)) + np.repeat(begins - (ends - counts), counts)
    moves[ends - 1] = STAY
    return places, moves


def _in_order(found: list[_Moves]) -> _Moves:
    """Return all moves, node by node; those of one node stay in their order."""
    if len(found) == 1:
        return found[0]
    nodes = np.concatenate([each.nodes for each in found])
    order = np.argsort(nodes, kind="stable")
    return _Moves(
        nodes.take(order),
        np.concatenate([each.keys for each in found]).take(order),
        np.concatenate([each.moves for each in found]).take(order),
        np.concatenate([each.marks for each in found]).take(order),
    )


def _way(transition: Transition, valuation: Valuation) -> _Way:
    now, step = And(transition.now), And(transition.step) if transition.step else None
    return _Way(
        now,
        step,
        valuation.code(now),
        None if step is None else valuation.code(step),
        transition.target * valuation.graph.state_count,
        transition.marks,
    )
