"""FizzBee's liveness by sets of states that shrink, without components or lassos.

A behaviour violates `always eventually P` if from some point on P never holds, `eventually always
P` if again and again it does not. It is fair if each strongly fair name that is on offer again and
again is taken again and again, and so is each weakly fair one that is on offer all along. For each
set of strong names that are to be on offer for ever, `violates` looks for states from which all
that is due can be done again and again: the greatest set that has, for each thing due, a way
inside the set to a step that does it (Emerson and Lei).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import chain, combinations

STAY = "stay"
"""The name of staying in a state, which can be done anywhere."""


@dataclass(frozen=True)
class Edge:
    """A step between states, by the names that it is taken as.

    `passes` are names that could have been taken on its way: a choice of this value or another.
    """

    source: Hashable
    target: Hashable
    takes: frozenset[Hashable]
    passes: frozenset[Hashable]


@dataclass(frozen=True)
class Arena:
    """Steps, and how fair each name is; one that is neither strong nor weak may be put off.

    `offers` has the states in which each name is on offer, but for those names that are on offer
    on the edges that pass them.
    """

    edges: tuple[Edge, ...]
    strong: frozenset[Hashable]
    weak: frozenset[Hashable]
    offers: dict[Hashable, frozenset[Hashable]]


def violates(arena: Arena, initial: Hashable, kind: str, good: set[Hashable]) -> bool:
    """Whether a fair behaviour of an arena violates a formula about the states that are `good`."""
    states = reached(arena, initial)
    stays = [Edge(each, each, frozenset({STAY}), frozenset()) for each in states]
    edges = [edge for edge in (*arena.edges, *stays) if edge.source in states]
    if kind == "always eventually":
        edges = [edge for edge in edges if not {edge.source, edge.target} & good]
    return any(_goes_on(arena, edges, served, kind, good) for served in _subsets(arena.strong))


def reached(arena: Arena, initial: Hashable) -> set[Hashable]:
    """Return the states that behaviours reach."""
    states = {initial}
    while added := {edge.target for edge in arena.edges if edge.source in states} - states:
        states |= added
    return states


def _goes_on(
    arena: Arena, edges: list[Edge], served: frozenset[Hashable], kind: str, good: set[Hashable]
) -> bool:
    """Whether some behaviour takes all strong names in `served`, and is offered no other one."""
    for name in arena.strong - served:
        offered = arena.offers.get(name, frozenset())
        edges = [edge for edge in edges if name not in edge.passes]
        edges = [edge for edge in edges if not {edge.source, edge.target} & offered]
    due = [{edge for edge in edges if name in edge.takes} for name in served]
    for name in arena.weak:
        offered = arena.offers[name]
        due.append({e for e in edges if name in e.takes or e.source not in offered})
    if kind == "eventually always":
        due.append({edge for edge in edges if edge.source not in good})
    return bool(_lasting(edges, due))


def _lasting(edges: list[Edge], due: list[set[Edge]]) -> set[Hashable]:
    """Return the states from which each of `due` can be done again and again."""
    kept = {edge.source for edge in edges}
    while True:
        before = len(kept)
        for doing in (set(edges), *due):
            inner = [edge for edge in edges if {edge.source, edge.target} <= kept]
            near = {edge.source for edge in inner if edge in doing}
            while added := {edge.source for edge in inner if edge.target in near} - near:
                near |= added
            kept = near
        if len(kept) == before:
            return kept


def _subsets(names: Iterable[Hashable]) -> Iterable[frozenset[Hashable]]:
    listed = sorted(names, key=repr)
    sizes = range(len(listed) + 1)
    return map(frozenset, chain.from_iterable(combinations(listed, size) for size in sizes))
