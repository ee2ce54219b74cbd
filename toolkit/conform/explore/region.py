"""The states where a leads-to formula waits: premise seen, conclusion not yet."""

from __future__ import annotations

from dataclasses import dataclass

from conform.domain.model import Accelerator, LeadsTo
from conform.errors import EvaluationError
from conform.explore.fairness import LivenessBreakdownError
from conform.explore.graph import StateGraph
from conform.explore.memo import PredicateMemo
from conform.explore.options import ExploreOptions
from conform.explore.space import NOWHERE


@dataclass(frozen=True, slots=True)
class Region:
    """States without the conclusion, reached through such from one that has the premise as well.

    `order` lists them by the length of the whole path from an initial state. `arrival` gives the
    edge by which each was reached, NOWHERE for those where the waiting begins. `saw_premise` says
    whether the premise held in any state, answered at once or not.
    """

    order: list[int]
    arrival: dict[int, int]
    saw_premise: bool


def waiting_region(
    graph: StateGraph, formula: LeadsTo, options: ExploreOptions, accelerator: Accelerator | None
) -> Region:
    """Return the region of `formula`; raise LivenessBreakdownError where it has no value."""
    return _RegionSearch(graph, formula, options, accelerator).run()


class _RegionSearch:
    """Breadth first through the region; where waiting begins, a state enters at its own level."""

    def __init__(
        self,
        graph: StateGraph,
        formula: LeadsTo,
        options: ExploreOptions,
        accelerator: Accelerator | None,
    ) -> None:
        self._graph = graph
        packing = graph.packing
        self._premise = PredicateMemo(formula.premise, packing, options, accelerator)
        self._conclusion = PredicateMemo(formula.conclusion, packing, options, accelerator)
        self._region = Region([], {}, False)
        self._saw_premise = False

    def run(self) -> Region:
        region = self._region
        ends = [*self._graph.space.level_starts[1:], self._graph.state_count]
        frontier: list[int] = []
        begin = 0
        for end in ends:
            frontier += self._beginnings(range(begin, end))
            frontier = self._advance(frontier)
            begin = end
        while frontier:
            frontier = self._advance(frontier)
        return Region(region.order, region.arrival, self._saw_premise)

    def _beginnings(self, level: range) -> list[int]:
        arrival = self._region.arrival
        begun = [s for s in level if s not in arrival and self._begins(s)]
        arrival.update(dict.fromkeys(begun, NOWHERE))
        return begun

    def _begins(self, state: int) -> bool:
        if not self._holds(self._premise, state):
            return False
        self._saw_premise = True
        return not self._holds(self._conclusion, state)

    def _advance(self, frontier: list[int]) -> list[int]:
        graph, arrival = self._graph, self._region.arrival
        targets, firsts = graph.targets, graph.firsts
        self._region.order.extend(frontier)
        reached: list[int] = []
        for state in frontier:
            for edge in range(firsts[state], firsts[state + 1]):
                target = targets[edge]
                if target not in arrival and not self._holds(self._conclusion, target):
                    arrival[target] = edge
                    reached.append(target)
        return reached

    def _holds(self, memo: PredicateMemo, state: int) -> bool:
        try:
            return memo.holds(self._graph.words[state])
        except EvaluationError as error:
            raise LivenessBreakdownError(memo.predicate.name, error, state, None) from error
