"""The distinct steps of a state graph: one for each pair of different states with an edge.

Temporal formulas see states alone, so edges that coincide count once; and a self-loop is
stuttering, which every state has anyway.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from conform.explore.graph import StateGraph
from conform.explore.space import NOWHERE


@dataclass(frozen=True, slots=True)
class DistinctSteps:
    """Steps from `sources` to `targets`; those from state `s` are `firsts[s]` to `firsts[s + 1]`.

    `edges` has the first edge of the graph that makes each step, `step_of_edge` for each edge the
    step that it makes, NOWHERE for a self-loop.
    """

    firsts: array[int]
    sources: array[int]
    targets: array[int]
    edges: array[int]
    step_of_edge: array[int]

    def of(self, state: int) -> range:
        """Return the numbers of the steps that leave a state."""
        return range(self.firsts[state], self.firsts[state + 1])


def distinct_steps(graph: StateGraph) -> DistinctSteps:
    """Return the steps of a graph, in the order of its edges."""
    firsts = array("q", [0])
    sources, targets, edges = array("i"), array("i"), array("i")
    step_of_edge = array("i", [NOWHERE]) * graph.edge_count
    bounds, goals = graph.firsts, graph.targets
    for state in range(graph.state_count):
        made = {state: NOWHERE}
        for edge in range(bounds[state], bounds[state + 1]):
            goal = goals[edge]
            step = made.get(goal)
            if step is None:
                made[goal] = step = len(targets)
                sources.append(state)
                targets.append(goal)
                edges.append(edge)
            step_of_edge[edge] = step
        firsts.append(len(targets))
    return DistinctSteps(firsts, sources, targets, edges, step_of_edge)
