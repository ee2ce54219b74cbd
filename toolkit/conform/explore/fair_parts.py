"""Parts of an arena that a behaviour can go round for ever as all conditions ask.

Emptiness of generalised Büchi and Streett automata by strongly connected components: a component
that lacks something to avoid is searched again without it (Emerson and Lei 1987).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from conform.explore.arena import Arena
from conform.explore.components import strong_components
from conform.explore.long_run import Conditions, Lack, Visit
from conform.explore.valuation import STAY


@dataclass(frozen=True, slots=True)
class Part:
    """Nodes of an arena, strongly connected by edges among them."""

    nodes: list[int]
    edges: list[int]


class FairParts:
    """The search for fair parts of one arena under given conditions."""

    def __init__(self, arena: Arena, conditions: Conditions) -> None:
        self.arena = arena
        self.conditions = conditions

    def is_fair_stay(self, node: int) -> bool:
        """Whether to stutter in a node for ever is accepted and fair."""
        state = self.arena.states[node]
        return self.conditions.allow_staying(state) and self.arena.can_stay(node)

    def nearest(self, components: Iterable[list[int]]) -> tuple[Part, int] | None:
        """Return a fair part nearest to an initial state, and the node where it is entered.

        `components` are strongly connected, have more than one node, and hold all other fair parts;
        they are asked for when they matter. None when no part is fair.
        """
        lone = next(filter(self.is_fair_stay, range(len(self.arena))), None)
        best = None if lone is None else (Part([lone], []), lone)
        bound = len(self.arena) if lone is None else lone
        if bound == 0:
            return best
        for first, nodes in sorted((min(nodes), nodes) for nodes in components):
            if first >= bound:
                break
            for part in self.within(nodes):
                entry = min(part.nodes)
                if entry < bound:
                    best, bound = (part, entry), entry
        return best

    def within(self, nodes: list[int]) -> Iterator[Part]:
        """Yield the largest fair parts of several nodes of a strongly connected component."""
        pending = [self._part(nodes)]
        while pending:
            part = pending.pop()
            if len(part.nodes) == 1:
                if self.is_fair_stay(part.nodes[0]):
                    yield part
                continue
            if self._marks(part) != self.arena.all_marks:
                continue
            lack = self.conditions.lack(self.visit(part.nodes, part.edges))
            if lack is None:
                yield part
            elif lack.avoid is not None:
                pending.extend(self._without(part, lack))

    def visit(self, nodes: Iterable[int], edges: Iterable[int]) -> Visit:
        """Return the states of some nodes, and the edges of the graph that some edges are."""
        states, moves = self.arena.states, self.arena.moves
        if self.arena.may_stay:  # nodes and edges are those of the graph
            return Visit(list(nodes), list(edges))
        taken = [moves[edge] for edge in edges]
        return Visit([states[node] for node in nodes], [edge for edge in taken if edge != STAY])

    def _part(self, nodes: list[int]) -> Part:
        inside = frozenset(nodes)
        targets, edges_of = self.arena.targets, self.arena.edges_of
        edges = [edge for node in nodes for edge in edges_of(node) if targets[edge] in inside]
        return Part(nodes, edges)

    def _marks(self, part: Part) -> int:
        if not self.arena.all_marks:
            return 0
        seen = 0
        for edge in part.edges:
            seen |= self.arena.marks[edge]
        return seen

    def _without(self, part: Part, lack: Lack) -> Iterator[Part]:
        """Yield the strongly connected components of what is left without what is to avoid."""
        arena, avoid = self.arena, lack.avoid or ()
        states, moves = arena.states, arena.moves
        left = [node for node in part.nodes if not any(each.at(states[node]) for each in avoid)]
        places = {node: place for place, node in enumerate(left)}
        edges: list[list[int]] = [[] for _ in left]
        for edge in part.edges:
            source, target, move = arena.sources[edge], arena.targets[edge], moves[edge]
            if source not in places or target not in places:
                continue
            if move == STAY or not any(each.on(move) for each in avoid):
                edges[places[source]].append(edge)
        firsts, targets = [0], list[int]()
        for kept in edges:
            targets += [places[arena.targets[edge]] for edge in kept]
            firsts.append(len(targets))
        for component in strong_components(firsts, targets, range(len(left))):
            inside = frozenset(left[place] for place in component)
            inner = [e for place in component for e in edges[place] if arena.targets[e] in inside]
            yield Part([left[place] for place in component], inner)
