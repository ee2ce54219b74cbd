"""Fairness of actions that are instances of the model: the graph's edges tell all about it.

Where <<A>>_v is known as steps of the model (`ActionSteps`), no formula need be evaluated: an edge
by one of the instances that changes v is such a step, and A is enabled where one leaves. That holds
on the whole graph of a model without constraints; constraints and bounds cut steps off, which
leaves ENABLED to be asked. One bit for each condition: a part of the graph is judged on all of them
at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conform.domain.model import ActionSteps, FairnessCondition, FairnessKind, Model
from conform.errors import EvaluationError
from conform.explore.defect import ExplorerDefectError
from conform.explore.long_run import (
    Conditions,
    Lack,
    LongRun,
    Visit,
    Witness,
    fairness_condition,
)
from conform.explore.valuation import STAY, Valuation


def fairness_of(model: Model, valuation: Valuation, *, self_check: int) -> LongRun:
    """Return the fairness conditions of a model on its graph.

    With `self_check` N the answers about one state in N are compared with the formulas; a
    difference raises ExplorerDefectError.
    """
    is_whole = not model.constraints and not model.action_constraints
    is_whole = is_whole and not valuation.graph.is_cut
    known = [c for c in model.fairness if is_whole and c.steps is not None]
    others = [c for c in model.fairness if not is_whole or c.steps is None]
    asked = [fairness_condition(condition, valuation) for condition in others]
    asked.sort(key=lambda condition: condition.can_avoid)
    first: list[Conditions] = []
    if known:
        by_edges = EdgeFairness(known, valuation)
        by_edges.compare_with_formulas(self_check)
        first.append(by_edges)
    return LongRun((*first, *asked))


class EdgeFairness:
    """Fairness conditions whose steps are known, a bit each.

    `taken` has the conditions that the instance of each edge serves, `enabled` those enabled in
    each state.
    """

    def __init__(self, conditions: Sequence[FairnessCondition], valuation: Valuation) -> None:
        self._conditions = conditions
        self._valuation = valuation
        self._weak = _bits(conditions, FairnessKind.WEAK)
        self._strong = _bits(conditions, FairnessKind.STRONG)
        self.taken = self._taken()
        firsts = valuation.graph.firsts
        self.enabled = [
            _union(self.taken[firsts[state] : firsts[state + 1]])
            for state in range(valuation.graph.state_count)
        ]
        self._count_staying()

    def _taken(self) -> list[int]:
        graph = self._valuation.graph
        of_instance = [0] * len(graph.instances)
        for place, condition in enumerate(self._conditions):
            for instance in _steps_of(condition).instances:
                of_instance[instance] |= 1 << place
        ends = zip(graph.edge_instances, graph.sources, graph.targets, strict=True)
        taken = [
            of_instance[instance] if source != target else 0 for instance, source, target in ends
        ]
        self._drop_what_changes_nothing(taken)
        return taken

    def _count_staying(self) -> None:
        """Have conditions served by steps that lead back to their state, where they say so."""
        graph = self._valuation.graph
        of_instance = [0] * len(graph.instances)
        for place, condition in enumerate(self._conditions):
            if _steps_of(condition).counts_staying:
                for instance in _steps_of(condition).instances:
                    of_instance[instance] |= 1 << place
        if not any(of_instance):
            return
        served = [0] * graph.state_count
        ends = list(zip(graph.sources, graph.targets, strict=True))
        for (source, target), instance in zip(ends, graph.edge_instances, strict=True):
            if source == target:
                served[source] |= of_instance[instance]
        for state, bits in enumerate(served):
            self.enabled[state] &= ~bits
        for edge, (source, target) in enumerate(ends):
            if source != target:
                self.taken[edge] |= served[source] & self._strong

    def _drop_what_changes_nothing(self, taken: list[int]) -> None:
        """Take back the conditions whose subscript an edge leaves as it is."""
        graph = self._valuation.graph
        words, whole = graph.words, len(graph.slots)
        for place, condition in enumerate(self._conditions):
            changing = _steps_of(condition).changing
            if len(changing) == whole:
                continue
            bit, mask = 1 << place, graph.packing.mask(changing).bits
            for edge, (source, target) in enumerate(zip(graph.sources, graph.targets, strict=True)):
                if taken[edge] & bit and not (words[source] ^ words[target]) & mask:
                    taken[edge] ^= bit

    def compare_with_formulas(self, every: int) -> None:
        """Evaluate the formulas in one state of `every`; 0 does without."""
        for state in range(0, self._valuation.graph.state_count, every) if every else ():
            for place, condition in enumerate(self._conditions):
                try:
                    is_right = self._agrees(condition, 1 << place, state)
                except EvaluationError:
                    continue
                if not is_right:
                    raise _defect(condition)

    def _agrees(self, condition: FairnessCondition, bit: int, state: int) -> bool:
        graph = self._valuation.graph
        here = graph.state(state)
        taken: dict[int, bool] = {}
        for edge in graph.edges_of(state):
            target = graph.targets[edge]
            taken[target] = taken.get(target, False) or bool(self.taken[edge] & bit)
        return condition.enabled.holds(here) == bool(self.enabled[state] & bit) and all(
            condition.taken.holds(here, graph.state(target)) == is_taken
            for target, is_taken in taken.items()
        )

    def allow_staying(self, state: int) -> bool:
        return not self.enabled[state]

    def lack(self, visit: Visit) -> Lack | None:
        weak, strong = self._unserved(visit, visit)
        if weak:
            return Lack(None)
        return Lack((_Enabled(self.enabled, strong),)) if strong else None

    def witness(self, walk: Visit, part: Visit) -> Witness | None:
        weak, strong = self._unserved(walk, part)
        if not weak and not strong:
            return None
        taken, enabled, either = self.taken, self.enabled, weak | strong

        def helps(edge: int, state: int) -> bool:
            return bool(weak & ~enabled[state]) or (edge != STAY and bool(taken[edge] & either))

        return helps

    def _unserved(self, visit: Visit, part: Visit) -> tuple[int, int]:
        """Return the weak and the strong conditions that `visit` does not serve.

        A strong one need not be served where it is enabled nowhere in `part`.
        """
        enabled, taken = self.enabled, self.taken
        always, ever, done = -1, 0, 0
        for state in visit.states:
            always &= enabled[state]
        for state in part.states:
            ever |= enabled[state]
        for edge in visit.edges:
            done |= taken[edge]
        return self._weak & always & ~done, self._strong & ever & ~done


class _Enabled:
    """The moments at which one of some conditions is enabled."""

    def __init__(self, enabled: Sequence[int], conditions: int) -> None:
        self._enabled = enabled
        self._conditions = conditions

    def at(self, state: int) -> bool:
        return bool(self._enabled[state] & self._conditions)

    def on(self, _edge: int) -> bool:
        return False


def _bits(conditions: Sequence[FairnessCondition], kind: FairnessKind) -> int:
    return sum(1 << place for place, each in enumerate(conditions) if each.kind is kind)


def _union(bits: Iterable[int]) -> int:
    union = 0
    for one in bits:
        union |= one
    return union


def _steps_of(condition: FairnessCondition) -> ActionSteps:
    if condition.steps is None:
        raise ExplorerDefectError(f"the steps of {condition.action} are not known")
    return condition.steps


def _defect(condition: FairnessCondition) -> ExplorerDefectError:
    return ExplorerDefectError(
        f"self-check: the steps of {condition.action}, as the model names them, are not those of"
        " its fairness condition",
        expected="the steps and states that the formulas give",
        hint="please report this",
    )
