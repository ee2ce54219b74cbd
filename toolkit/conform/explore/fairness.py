"""Which parts of a state graph a fair behaviour can stay in for ever.

A strongly connected part, each state with its stuttering step, is fair when every condition has
what it needs there: a step that is taken; or for weak fairness a state where it is not enabled; or
for strong fairness no state where it is enabled. Neither a stuttering step nor a
self-loop ever takes <<A>>_v, as v does not change. Where strong fairness lacks, parts of the part
without its enabling states may still be fair (emptiness of Streett automata; Emerson and Lei 1987).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conform.domain.model import Accelerator, FairnessCondition, FairnessKind, Model
from conform.domain.values import format_value
from conform.errors import EvaluationError
from conform.explore.asking import accelerator_of
from conform.explore.components import strong_components
from conform.explore.graph import StateGraph
from conform.explore.memo import PredicateMemo, StepMemo
from conform.explore.options import ExploreOptions

_YES, _NO = 1, 2
"""Answers known about a state or an edge, a byte each; 0 is not asked yet."""


class LivenessBreakdownError(Exception):
    """A formula that liveness needs has no value in `state`, or on the step `edge` from there."""

    def __init__(self, doing: str, error: EvaluationError, state: int, edge: int | None) -> None:
        super().__init__(error.message)
        self.doing = doing
        self.error = error
        self.state = state
        self.edge = edge


class Condition:
    """One fairness condition on the states and edges of a graph, its answers remembered."""

    def __init__(
        self,
        condition: FairnessCondition,
        graph: StateGraph,
        options: ExploreOptions,
        accelerator: Accelerator | None,
    ) -> None:
        self.is_weak = condition.kind is FairnessKind.WEAK
        self._condition = condition
        self._graph = graph
        self._words = graph.words
        self._enabled = PredicateMemo(condition.enabled, graph.packing, options, accelerator)
        self._taken = StepMemo(condition.taken, graph.packing, options, accelerator)
        self._state_answers = bytearray(graph.state_count)
        self._edge_answers = bytearray(graph.edge_count)

    def is_enabled(self, state: int) -> bool:
        """Whether the condition's action is enabled in a state."""
        known = self._state_answers[state]
        return known == _YES if known else self._ask_enabled(state)

    def is_taken(self, edge: int) -> bool:
        """Whether an edge is a step of the condition's action."""
        known = self._edge_answers[edge]
        return known == _YES if known else self._ask_taken(edge)

    def _ask_enabled(self, state: int) -> bool:
        try:
            answer = self._enabled.holds(self._words[state])
        except EvaluationError as error:
            raise LivenessBreakdownError(f"ENABLED {self._name}", error, state, None) from error
        self._state_answers[state] = _YES if answer else _NO
        return answer

    def _ask_taken(self, edge: int) -> bool:
        source, target = self._graph.sources[edge], self._graph.targets[edge]
        try:
            answer = self._taken.holds(self._words[source], self._words[target])
        except EvaluationError as error:
            raise LivenessBreakdownError(f"a step of {self._name}", error, source, edge) from error
        self._edge_answers[edge] = _YES if answer else _NO
        return answer

    @property
    def _name(self) -> str:
        values = ", ".join(format_value(value) for _, value in self._condition.parameters)
        return f"{self._condition.action}({values})" if values else self._condition.action


class Fairness:
    """All fairness conditions of a model on its state graph."""

    def __init__(self, model: Model, graph: StateGraph, options: ExploreOptions) -> None:
        self._graph = graph
        accelerator = accelerator_of(model, options)
        conditions = [Condition(c, graph, options, accelerator) for c in model.fairness]
        self.conditions = sorted(conditions, key=lambda condition: not condition.is_weak)
        self._lone: dict[int, bool] = {}

    def allows_stuttering(self, state: int) -> bool:
        """Whether staying in a state for ever is fair: no condition is enabled there."""
        known = self._lone.get(state)
        if known is None:
            known = not any(condition.is_enabled(state) for condition in self.conditions)
            self._lone[state] = known
        return known

    def fair_parts(self, component: list[int]) -> Iterator[list[int]]:
        """Yield the largest fair parts of a strongly connected component."""
        pending = [component]
        while pending:
            part = pending.pop()
            if len(part) == 1:
                if self.allows_stuttering(part[0]):
                    yield part
                continue
            lacking = self._lacking(part)
            if not lacking:
                yield part
            elif not any(condition.is_weak for condition in lacking):
                pending.extend(self._without_enabling(part, lacking))

    def inner_edges(self, part: Iterable[int]) -> list[int]:
        """Return the edges between states of `part`."""
        inside = frozenset(part)
        targets, edges_of = self._graph.targets, self._graph.edges_of
        return [edge for state in part for edge in edges_of(state) if targets[edge] in inside]

    def _lacking(self, part: list[int]) -> list[Condition]:
        """Return conditions that `part` does not satisfy: one weak one, or all strong ones."""
        edges = self.inner_edges(part)
        lacking: list[Condition] = []
        for condition in self.conditions:
            if not _is_satisfied(condition, part, edges):
                lacking.append(condition)
                if condition.is_weak:
                    break
        return lacking

    def _without_enabling(self, part: list[int], lacking: list[Condition]) -> Iterator[list[int]]:
        rest = [s for s in part if not any(condition.is_enabled(s) for condition in lacking)]
        return strong_components(self._graph.firsts, self._graph.targets, rest)


def _is_satisfied(condition: Condition, part: list[int], edges: list[int]) -> bool:
    if condition.is_weak:
        if not all(map(condition.is_enabled, part)):
            return True
    elif not any(map(condition.is_enabled, part)):
        return True
    return any(map(condition.is_taken, edges))
