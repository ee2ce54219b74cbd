"""Parts of an arena that a behaviour can go round for ever as all conditions ask.

Emptiness of generalised Büchi and Streett automata by strongly connected components: a component
that lacks something to avoid is searched again without it (Emerson and Lei 1987). All components
are judged at once, and what is left of them is searched in the next round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

import numpy as np
from msgspec import Struct

from conform.explore.liveness.arena import Arena
from conform.explore.liveness.components import LONE, strong_labels
from conform.explore.liveness.long_run import Condition, LongRun
from conform.explore.liveness.predicate_values import STAY
from conform.explore.space import NOWHERE
from conform.explore.state_columns import Flags, Numbers


class Part(Struct, frozen=True):
    """Nodes of an arena, ascending, and edges that connect them strongly."""

    nodes: Numbers
    edges: Numbers


class Parts(Struct, frozen=True):
    """Disjoint parts: nodes and edges, each with the number of its part, of `count` parts."""

    nodes: Numbers
    part_of_node: Numbers
    edges: Numbers
    part_of_edge: Numbers
    count: int

    def only(self, chosen: Flags) -> Parts:
        """Return the parts that are chosen by their numbers, numbered anew."""
        numbers = np.cumsum(chosen) - 1
        if chosen.all():
            return self
        nodes = chosen.take(self.part_of_node)
        edges = chosen.take(self.part_of_edge)
        return Parts(
            self.nodes.compress(nodes),
            numbers.take(self.part_of_node.compress(nodes)),
            self.edges.compress(edges),
            numbers.take(self.part_of_edge.compress(edges)),
            int(np.count_nonzero(chosen)),
        )

    def having(self, nodes: Flags, edges: Flags) -> Flags:
        """Return by number which parts have a node or an edge that is flagged."""
        found = np.zeros(self.count, bool)
        found[self.part_of_node.compress(nodes)] = True
        found[self.part_of_edge.compress(edges)] = True
        return found

    def entries(self) -> Numbers:
        """Return the first node of each part."""
        return self.nodes.take(self.first_of_each(np.arange(len(self.nodes))))

    def first_of_each(self, places: Numbers) -> Numbers:
        """Return of each part the first of some places of nodes, ascending, if it has one there."""
        first = np.full(self.count, NOWHERE, np.int64)
        first[self.part_of_node.take(places[::-1])] = places[::-1]  # the last one written stays
        return first.compress(first != NOWHERE)

    def part(self, number: int) -> Part:
        """Return one part."""
        nodes, edges = self.part_of_node == number, self.part_of_edge == number
        return Part(self.nodes[nodes], self.edges[edges])


class FairParts:
    """The search for fair parts of one arena under given conditions."""

    def __init__(self, arena: Arena, conditions: LongRun) -> None:
        self.arena = arena
        self.conditions = conditions

    @cached_property
    def fair_stays(self) -> Flags:
        """For each node whether to stutter there for ever is accepted and fair."""
        can = self.arena.can_stay()
        nodes = np.flatnonzero(can)
        can[nodes] = self.conditions.allow_staying(self.arena.states.take(nodes))
        return can

    def nearest(self, nodes: Numbers) -> tuple[Part, int] | None:
        """Return a fair part nearest to an initial state, and the node where it is entered.

        `nodes`, ascending, hold all fair parts of more than one node. None when no part is fair.
        """
        stays = np.flatnonzero(self.fair_stays)
        best: tuple[Part, int] | None = None
        bound = len(self.arena)
        if len(stays):
            bound = int(stays[0])
            best = (Part(stays[:1], stays[:0]), bound)
        pending = self._components(nodes, self._edges_among(nodes))
        while pending.count:
            near = pending.only(pending.entries() < bound)
            fair, pending = self._judged(near)
            if fair.count:
                entries = fair.entries()
                nearest = int(np.argmin(entries))
                if entries[nearest] < bound:
                    bound = int(entries[nearest])
                    best = (fair.part(nearest), bound)
        return best

    def nodes_within(self, nodes: Numbers) -> Flags:
        """Return for each node of the arena whether it is in a fair part of more than one node.

        Only parts of the given nodes, ascending, are looked for.
        """
        found = np.zeros(len(self.arena), bool)
        for fair in self._rounds(nodes):
            found[fair.nodes] = True
        return found

    def helping_edges(self, part: Part, entry: int) -> list[Flags]:
        """Return what a walk from `entry` round a fair part has to pass to make a fair cycle.

        For each condition and each mark that it does not serve by beginning there: which of the
        part's edges help, by themselves or by the state that they lead to.
        """
        arena, states = self.arena, self.arena.states
        helping: list[Flags] = []
        for mark in range(arena.all_marks.bit_length()):
            helping.append(arena.marks[part.edges] & np.uint64(1 << mark) != 0)
        for condition in self.conditions.conditions:
            if condition.recurs_at(states[[entry]])[0]:
                continue
            if condition.can_avoid and not (
                condition.occurs_at(states[part.nodes]).any()
                or self._on_steps(part.edges, condition.occurs_on).any()
            ):
                continue
            helps = condition.recurs_at(states[arena.targets[part.edges]])
            helps |= self._on_steps(part.edges, condition.recurs_on)
            helping.append(helps)
        return helping

    def _rounds(self, nodes: Numbers) -> Iterator[Parts]:
        pending = self._components(nodes, self._edges_among(nodes))
        while pending.count:
            fair, pending = self._judged(pending)
            yield fair

    def _edges_among(self, nodes: Numbers) -> Numbers:
        arena = self.arena
        if len(nodes) == len(arena):
            return np.arange(len(arena.sources))
        inside = np.zeros(len(arena), bool)
        inside[nodes] = True
        return np.flatnonzero(inside.take(arena.sources) & inside.take(arena.targets))

    def _components(self, nodes: Numbers, edges: Numbers) -> Parts:
        """Return the strongly connected parts of more than one node, with the edges in them."""
        arena = self.arena
        places = np.full(len(arena), NOWHERE, np.int64)
        places[nodes] = np.arange(len(nodes))
        sources, targets = (
            places.take(ends.take(edges)) for ends in (arena.sources, arena.targets)
        )
        labels = strong_labels(len(nodes), sources, targets)
        inside = np.flatnonzero(labels != LONE)
        begin = labels.take(sources)
        inner = np.flatnonzero((begin == labels.take(targets)) & (begin != LONE))
        return Parts(
            nodes.take(inside),
            labels.take(inside),
            edges.take(inner),
            begin.take(inner),
            int(labels.max(initial=LONE)) + 1,
        )

    def _judged(self, parts: Parts) -> tuple[Parts, Parts]:
        """Return the fair ones among strongly connected parts, and parts of others to judge yet."""
        parts = parts.only(self._accepted(parts))
        bad_nodes, bad_edges = np.zeros(len(parts.nodes), bool), np.zeros(len(parts.edges), bool)
        for condition in self.conditions.conditions:
            if not parts.count:
                break
            lacking = ~self._recurs_in(parts, condition)
            if not lacking.any():
                continue
            if condition.can_avoid:
                self._flag_what_occurs(parts, condition, lacking, bad_nodes, bad_edges)
                continue
            # Such conditions come first: nothing is flagged yet.
            parts = parts.only(~lacking)
            bad_nodes, bad_edges = bad_nodes[: len(parts.nodes)], bad_edges[: len(parts.edges)]
        is_fair = ~parts.having(bad_nodes, bad_edges)
        rest = ~is_fair
        nodes = parts.nodes.compress(rest.take(parts.part_of_node) & ~bad_nodes)
        edges = parts.edges.compress(rest.take(parts.part_of_edge) & ~bad_edges)
        left = np.zeros(len(self.arena), bool)
        left[nodes] = True
        arena = self.arena
        stays = left.take(arena.sources.take(edges)) & left.take(arena.targets.take(edges))
        edges = edges.compress(stays)
        return parts.only(is_fair), self._components(nodes, edges)

    def _accepted(self, parts: Parts) -> Flags:
        """Return by number which parts have all marks on their edges."""
        accepted = np.ones(parts.count, bool)
        if self.arena.all_marks:
            seen = np.zeros(parts.count, np.uint64)
            np.bitwise_or.at(seen, parts.part_of_edge, self.arena.marks[parts.edges])
            accepted = seen == np.uint64(self.arena.all_marks)
        return accepted

    def _recurs_in(self, parts: Parts, condition: Condition) -> Flags:
        """Return by number in which parts what must recur is there."""
        found = np.zeros(parts.count, bool)
        found[parts.part_of_edge.compress(self._on_steps(parts.edges, condition.recurs_on))] = True
        # Edges often tell, and without asking; and where they do not, one node of a part may.
        for tries_all in (False, True):
            left: Numbers = np.flatnonzero(~found.take(parts.part_of_node))
            if not tries_all:
                left = left.compress(~condition.surely_occurs_at(self._states_of(parts, left)))
                left = parts.first_of_each(left)
            at = condition.recurs_at(self._states_of(parts, left))
            found[parts.part_of_node.take(left.compress(at))] = True
        return found

    def _flag_what_occurs(
        self,
        parts: Parts,
        condition: Condition,
        lacking: Flags,
        bad_nodes: Flags,
        bad_edges: Flags,
    ) -> None:
        """Flag the moments to avoid in the parts that lack what must recur.

        Where some are known without asking, those alone: less may be left to ask about.
        """
        nodes = np.flatnonzero(lacking.take(parts.part_of_node))
        sure = nodes.compress(condition.surely_occurs_at(self._states_of(parts, nodes)))
        bad_nodes[sure] = True
        asked = lacking.copy()
        asked[parts.part_of_node.take(sure)] = False
        nodes = nodes.compress(asked.take(parts.part_of_node.take(nodes)))
        bad_nodes[nodes] |= condition.occurs_at(self._states_of(parts, nodes))
        edges = np.flatnonzero(asked.take(parts.part_of_edge))
        bad_edges[edges] |= self._on_steps(parts.edges.take(edges), condition.occurs_on)

    def _states_of(self, parts: Parts, places: Numbers) -> Numbers:
        """Return the states of some of the nodes of parts."""
        return self.arena.states.take(parts.nodes.take(places))

    def _on_steps(self, edges: Numbers, ask: Callable[[Numbers], Flags]) -> Flags:
        """Return which edges are steps of the graph for which the answer is yes."""
        moves = self.arena.moves.take(edges)
        if not self._has_stays:
            return ask(moves)
        steps = np.flatnonzero(moves != STAY)
        found = np.zeros(len(edges), bool)
        found[steps] = ask(moves.take(steps))
        return found

    @cached_property
    def _has_stays(self) -> bool:
        return bool(np.any(self.arena.moves == STAY))
