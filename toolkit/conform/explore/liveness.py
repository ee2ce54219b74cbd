"""Leads-to formulas under fairness, on a complete state graph.

A formula is violated when from a state with its premise and without its conclusion a fair part of
the graph can be reached through states without the conclusion (facts: tlc-semantics.md, section 6;
the graph is truncated by constraints as TLC's is, ENABLED is not).
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import cached_property

from conform.domain.model import LeadsTo, Model, PropertyKind
from conform.domain.report import Verdict
from conform.domain.trace import Trace
from conform.domain.values import format_value
from conform.errors import EvaluationError
from conform.explore.asking import accelerator_of
from conform.explore.components import strong_components
from conform.explore.defect import ExplorerDefectError
from conform.explore.evidence import Behaviour, objections
from conform.explore.fairness import Fairness, LivenessBreakdownError
from conform.explore.graph import StateGraph
from conform.explore.lasso import Lasso, fair_cycle, path_back, shortened
from conform.explore.options import ExploreOptions, Limit
from conform.explore.progress import Watch
from conform.explore.region import Region, waiting_region
from conform.explore.result import PropertyResult
from conform.explore.trace import draw_path, edge_step
from conform.explore.verdicts import limit_text


@dataclass(frozen=True, slots=True)
class LivenessOutcome:
    """A row for each formula, and the limit that kept some of them from being checked."""

    rows: tuple[PropertyResult, ...]
    limit: Limit | None


def check_liveness(
    model: Model, graph: StateGraph, options: ExploreOptions, watch: Watch
) -> LivenessOutcome:
    """Check all leads-to formulas of `model` on its complete graph.

    The time limit is heeded between formulas. Raises ExplorerDefectError if a lasso is found that
    does not stand up to `evidence`.
    """
    check = _LivenessCheck(model, graph, options)
    rows: list[PropertyResult] = []
    failed: set[str] = set()
    reason = ""
    limit: Limit | None = None
    for formula in model.liveness:
        if watch.is_over and limit is None:
            limit = Limit.TIMEOUT
            reason = limit_text(limit, options)
        if formula.property_name in failed:
            continue
        try:
            row = _skipped(formula, reason) if reason else check.row(formula)
        except KeyboardInterrupt:
            limit = Limit.INTERRUPTED
            reason = limit_text(limit, options)
            row = _skipped(formula, reason)
        rows.append(row)
        if row.verdict is Verdict.FAIL:
            failed.add(row.name)
            if options.stop_at_first:
                reason = f"the search stopped at the first violation, that of {row.name}"
    return LivenessOutcome(tuple(rows), limit)


def _skipped(formula: LeadsTo, reason: str) -> PropertyResult:
    span = formula.premise.span
    return PropertyResult(
        formula.property_name, PropertyKind.LIVENESS, Verdict.INCOMPLETE, span, reason
    )


class _LivenessCheck:
    """Checks formula after formula on one graph; what fairness needs is found out once."""

    def __init__(self, model: Model, graph: StateGraph, options: ExploreOptions) -> None:
        self._model = model
        self._graph = graph
        self._options = options
        self._accelerator = accelerator_of(model, options)
        self._fairness = Fairness(model, graph, options)

    @cached_property
    def _cyclic(self) -> frozenset[int]:
        """The states on cycles of several states; elsewhere staying is stuttering.

        A self-loop changes nothing, so it takes no <<A>>_v and serves fairness no better than that.
        """
        graph = self._graph
        components = strong_components(graph.firsts, graph.targets, range(graph.state_count))
        return frozenset(state for part in components if len(part) > 1 for state in part)

    @cached_property
    def _tree(self) -> array[int]:
        return self._graph.tree_edges()

    def row(self, formula: LeadsTo) -> PropertyResult:
        """Return the verdict on one formula."""
        name, kind, span = formula.property_name, PropertyKind.LIVENESS, formula.premise.span
        try:
            region = waiting_region(self._graph, formula, self._options, self._accelerator)
            lasso = self._fair_lasso(region)
            violation = None if lasso is None else self._violation(formula, lasso)
        except LivenessBreakdownError as broken:
            reason = f"{broken.doing} could not be evaluated: {broken.error.message}"
            trace = self._trace_to(broken, name)
            return PropertyResult(
                name, kind, Verdict.ERROR, span, reason, trace, error=broken.error
            )
        except EvaluationError as error:
            reason = f"a formula could not be evaluated along a counterexample: {error.message}"
            return PropertyResult(name, kind, Verdict.ERROR, span, reason, error=error)
        if violation is not None:
            return violation
        if region.saw_premise:
            return PropertyResult(name, kind, Verdict.PASS, span)
        reason = "its premise holds in no reachable state"
        return PropertyResult(name, kind, Verdict.PASS, span, reason, is_vacuous=True)

    def _violation(self, formula: LeadsTo, lasso: Lasso) -> PropertyResult:
        self._verify(formula, lasso)
        model, graph = self._model, self._graph
        back = len(lasso.prefix) + 1
        edges = (*lasso.prefix, *lasso.cycle[:-1])
        trace = draw_path(model, graph, lasso.start, edges, formula.property_name, back)
        closing = edge_step(model, graph, lasso.cycle[-1], back) if lasso.cycle else None
        end = f"goes back to state {back}" if closing else f"stutters in state {back}"
        return PropertyResult(
            formula.property_name,
            PropertyKind.LIVENESS,
            Verdict.FAIL,
            formula.premise.span,
            f"{_instance_text(formula)}a fair behaviour {end} and never satisfies the conclusion",
            trace,
            closing,
        )

    def _fair_lasso(self, region: Region) -> Lasso | None:
        found = self._fair_part(region)
        if found is None:
            return None
        part, entry = found
        graph = self._graph
        begun, waiting = path_back(graph, region.arrival.__getitem__, entry)
        start, before = path_back(graph, self._tree.__getitem__, begun)
        cycle = fair_cycle(graph, self._fairness, part, entry)
        lasso = Lasso(start, (*before, *waiting), tuple(cycle))
        return shortened(graph, self._fairness, lasso)

    def _fair_part(self, region: Region) -> tuple[list[int], int] | None:
        """Return the fair part nearest to an initial state, and the state where it is entered."""
        rank = {state: place for place, state in enumerate(region.order)}
        lone = next(filter(self._fairness.allows_stuttering, region.order), None)
        best = None if lone is None else ([lone], lone)
        bound = len(rank) if lone is None else rank[lone]
        components = [
            (min(map(rank.__getitem__, component)), component)
            for component in self._components(region, bound)
        ]
        for nearest, component in sorted(components):
            if nearest >= bound:
                break
            for part in self._fairness.fair_parts(component):
                entry = min(part, key=rank.__getitem__)
                if rank[entry] < bound:
                    best, bound = (part, entry), rank[entry]
        return best

    def _components(self, region: Region, bound: int) -> list[list[int]]:
        if bound == 0:
            return []
        states = [state for state in region.order if state in self._cyclic]
        return list(strong_components(self._graph.firsts, self._graph.targets, states))

    def _verify(self, formula: LeadsTo, lasso: Lasso) -> None:
        graph = self._graph
        edges = (*lasso.prefix, *lasso.cycle)
        numbers = [lasso.start, *(graph.targets[edge] for edge in edges)]
        if lasso.cycle:
            numbers.pop()
        behaviour = Behaviour(
            tuple(map(graph.state, numbers)),
            tuple(graph.edge_instances[edge] for edge in edges),
            len(lasso.prefix) if lasso.cycle else None,
        )
        complaints = objections(self._model, formula, behaviour)
        if complaints:
            raise ExplorerDefectError(
                f"the counterexample found for {formula.property_name} is wrong: "
                + "; ".join(complaints),
                expected="a fair behaviour of the model that violates the property",
                hint="please report this",
            )

    def _trace_to(self, broken: LivenessBreakdownError, name: str) -> Trace:
        start, edges = path_back(self._graph, self._tree.__getitem__, broken.state)
        if broken.edge is not None:
            edges.append(broken.edge)
        return draw_path(self._model, self._graph, start, edges, name)


def _instance_text(formula: LeadsTo) -> str:
    values = ", ".join(f"{name} = {format_value(value)}" for name, value in formula.instance)
    return f"for {values}: " if values else ""
