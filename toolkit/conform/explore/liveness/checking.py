"""Temporal properties under fairness, on a complete state graph.

A property is violated by a behaviour of the model that satisfies its fairness, its temporal
assumptions and the negation of the property. That conjunction is taken apart into cases, and each
case is searched for a fair part of the graph, or of its product with an automaton (facts:
tlc-semantics.md, section 6; the graph is truncated by constraints as TLC's is, ENABLED is not).
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from msgspec import Struct

from conform.domain.model import Model, PropertyKind
from conform.domain.report import Verdict
from conform.domain.search_rules import rules_of
from conform.domain.temporal import (
    Always,
    And,
    Eventually,
    LeadsTo,
    Not,
    Or,
    StateAtom,
    Temporal,
    TemporalProperty,
)
from conform.domain.trace import Trace
from conform.domain.values import format_value
from conform.errors import EvaluationError
from conform.explore.asking import accelerator_of
from conform.explore.defect import ExplorerDefectError
from conform.explore.graph import StateGraph, path_back
from conform.explore.limit_text import limit_text
from conform.explore.liveness.arena import whole_graph
from conform.explore.liveness.evidence import Behaviour, objections
from conform.explore.liveness.fair_parts import FairParts, Part
from conform.explore.liveness.fairness import fairness_of
from conform.explore.liveness.lasso import Lasso, draw_lasso
from conform.explore.liveness.long_run import FormulaCondition, LongRun
from conform.explore.liveness.normal_form import Case, TooManyCasesError, cases
from conform.explore.liveness.predicate_values import LivenessBreakdownError
from conform.explore.liveness.product import evaluate_everywhere, product
from conform.explore.liveness.valuation import Valuation
from conform.explore.options import ExploreOptions, Limit
from conform.explore.progress import Watch
from conform.explore.result import PropertyResult
from conform.explore.state_columns import Flags, Numbers
from conform.explore.trace import draw_path, edge_step


class LivenessOutcome(Struct, frozen=True):
    """A row for each formula, and the limit that kept some of them from being checked."""

    rows: tuple[PropertyResult, ...]
    limit: Limit | None


def check_liveness(
    model: Model, graph: StateGraph, options: ExploreOptions, watch: Watch
) -> LivenessOutcome:
    """Check all temporal properties of `model` on its complete graph.

    Limits are heeded between formulas. Raises ExplorerDefectError if a lasso is found that
    does not stand up to `evidence`.
    """
    check = _LivenessCheck(model, graph, options)
    silent = {id(one) for one in model.liveness if _says_nothing(one)}
    telling = {one.property_name for one in model.liveness if id(one) not in silent}
    goes_on = any(_value(one.formula) is not True for one in model.liveness)
    rows: list[PropertyResult] = []
    failed: set[str] = set()
    reason = ""
    limit: Limit | None = None
    for formula in model.liveness:
        reached = watch.limit
        if reached is not None and limit is None:
            limit = reached
            reason = limit_text(limit, options)
        name = formula.property_name
        if name in failed or (name in telling and id(formula) in silent):
            continue
        try:
            if reason:
                row = _skipped(formula, reason)
            elif id(formula) in silent:
                row = _silent(formula, goes_on=goes_on)
            else:
                row = check.row(formula)
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


def _says_nothing(formula: TemporalProperty) -> bool:
    """Whether no behaviour can violate a formula by its form, as `i # i => (P ~> Q)`.

    Beside other conjuncts of its property it is passed over. A property of such alone passes with
    a remark where TLC goes on; otherwise it leaves nothing to check.
    """
    try:
        return not cases(Not(formula.formula))
    except TooManyCasesError:
        return False


def _value(formula: Temporal) -> bool | None:
    """Return the value that a formula has by its constants, None where it is not one.

    That is what makes TLC call a formula a tautology: it does not look below temporal operators.
    """
    match formula:
        case Not(inner):
            value = _value(inner)
            return None if value is None else not value
        case And(formulas) | Or(formulas):
            decisive = isinstance(formula, Or)
            values = {_value(inner) for inner in formulas}
            if decisive in values:
                return decisive
            return None if None in values else not decisive
        case _:
            return None


def _silent(formula: TemporalProperty, *, goes_on: bool) -> PropertyResult:
    """Return the row of a property that says nothing; `goes_on` says whether TLC checks any."""
    name, kind, span = formula.property_name, PropertyKind.LIVENESS, formula.span
    reason = "by its form no behaviour can violate it: there is nothing to check"
    if formula.formula == And(()):
        reason = "a quantifier runs over an empty set: there is nothing to check"
    verdict = Verdict.PASS if goes_on else Verdict.INCOMPLETE
    return PropertyResult(name, kind, verdict, span, reason, is_vacuous=goes_on)


def _skipped(formula: TemporalProperty, reason: str) -> PropertyResult:
    span = formula.span
    return PropertyResult(
        formula.property_name, PropertyKind.LIVENESS, Verdict.INCOMPLETE, span, reason
    )


class _LivenessCheck:
    """Checks formula after formula on one graph; what fairness needs is found out once."""

    def __init__(self, model: Model, graph: StateGraph, options: ExploreOptions) -> None:
        self._model = model
        self._graph = graph
        self._options = options
        self._columns = graph.columns
        self._valuation = Valuation(
            self._columns,
            options,
            accelerator_of(model, options),
            has_all_edges=not (model.constraints or model.action_constraints or graph.is_cut),
        )

    @cached_property
    def _fairness(self) -> LongRun:
        every = self._options.self_check
        return fairness_of(self._model, self._valuation, self_check=every)

    @cached_property
    def _whole(self) -> FairParts:
        """The search of the whole graph, whatever property is asked for."""
        return FairParts(whole_graph(self._columns), self._fairness)

    @cached_property
    def _busy(self) -> Flags:
        """Which states are in parts of several that serve the fairness conditions."""
        return self._whole.nodes_within(np.arange(self._graph.state_count))

    @cached_property
    def _ends(self) -> Numbers:
        """The states that come again and again in fair behaviours."""
        return np.flatnonzero(self._whole.fair_stays | self._busy)

    @cached_property
    def _has_fair_behaviour(self) -> bool:
        """Whether any behaviour satisfies the fairness and the temporal assumptions."""
        assumed = cases(And(tuple(self._model.temporal_assumptions)))
        return any(self._nearest(case) is not None for case in assumed)

    def row(self, formula: TemporalProperty) -> PropertyResult:
        """Return the verdict on one formula."""
        name, kind, span = formula.property_name, PropertyKind.LIVENESS, formula.span
        try:
            lasso = self._violating(formula)
            if lasso is not None:
                return self._violation(formula, lasso)
            if self._graph.is_cut and not self._holds_where_cut(formula):
                reason = "no violation in the states found, but a bound on steps left some out"
                return PropertyResult(name, kind, Verdict.INCOMPLETE, span, reason)
            remark = "" if self._graph.is_cut else self._vacuity(formula)
        except TooManyCasesError:
            reason = "its negation falls into too many cases to be checked"
            return PropertyResult(name, kind, Verdict.INCOMPLETE, span, reason)
        except LivenessBreakdownError as broken:
            reason = f"{broken.doing} could not be evaluated: {broken.error.message}"
            trace = self._trace_to(broken, name)
            return PropertyResult(
                name, kind, Verdict.ERROR, span, reason, trace, error=broken.error
            )
        except EvaluationError as error:
            reason = f"a formula could not be evaluated along a counterexample: {error.message}"
            return PropertyResult(name, kind, Verdict.ERROR, span, reason, error=error)
        return PropertyResult(name, kind, Verdict.PASS, span, remark, is_vacuous=bool(remark))

    def _holds_where_cut(self, formula: TemporalProperty) -> bool:
        """Whether behaviours that end where the bound ends the search satisfy the formula, too.

        That is what FizzBee asks. Its answer is taken over if it is yes; if it is no, the bound is
        to blame and not the model, and nothing is known.
        """
        if not self._graph.ends_where_cut:
            return False
        match formula.formula:
            case Always(Eventually(StateAtom() as atom)) | Eventually(Always(StateAtom() as atom)):
                return bool(self._valuation.holds(atom, self._ends_without_faults).all())
        return False

    @cached_property
    def _ends_without_faults(self) -> Numbers:
        """The states that no step leads out of, and that are reached without a fault."""
        graph, faults = self._graph, rules_of(self._model).faults
        is_end = np.diff(np.asarray(graph.firsts)) == 0
        if not faults:
            return np.flatnonzero(is_end)
        reached = np.arange(graph.state_count) < graph.initial_count
        is_fault = np.isin(np.asarray(graph.edge_instances), list(faults))
        sources = np.asarray(graph.sources)[~is_fault]
        targets = np.asarray(graph.targets)[~is_fault]
        known = 0
        while known < reached.sum():
            known = reached.sum()
            reached[targets[reached[sources]]] = True
        return np.flatnonzero(is_end & reached)

    def _violating(self, formula: TemporalProperty) -> Lasso | None:
        """Return a fair behaviour that violates the formula, None if there is none."""
        wanted = And((Not(formula.formula), *self._model.temporal_assumptions))
        for case in cases(wanted):
            lasso = self._lasso(case)
            if lasso is not None:
                return lasso
            self._evaluate_everywhere(case)
        return None

    def _evaluate_everywhere(self, case: Case) -> None:
        """Raise LivenessBreakdownError where a formula has no value that no lasso has asked for."""
        evaluate_everywhere(case, self._valuation)
        for limit in case.limits:
            FormulaCondition(limit, self._valuation).refuse_everywhere()

    def _lasso(self, case: Case) -> Lasso | None:
        found = self._nearest(case)
        return None if found is None else draw_lasso(self._columns, *found)

    def _nearest(self, case: Case) -> tuple[FairParts, tuple[Part, int]] | None:
        """Return the fair part of a case nearest to an initial state, and where it was found."""
        is_whole = not case.here and not case.rest
        arena = self._whole.arena if is_whole else product(case, self._valuation, self._ends)
        if arena is None:
            return None
        limits = [FormulaCondition(limit, self._valuation) for limit in case.limits]
        parts = FairParts(arena, self._fairness + limits)
        found = parts.nearest(arena.cyclic_nodes(self._busy))
        return None if found is None else (parts, found)

    def _vacuity(self, formula: TemporalProperty) -> str:
        """Return why it means little that no behaviour violates the formula; empty if it does."""
        match formula.formula:
            case LeadsTo(StateAtom(premise)):
                states = np.arange(self._graph.state_count)
                if not self._valuation.holds(StateAtom(premise), states).any():
                    return "its premise holds in no reachable state"
        if not self._has_fair_behaviour:
            return "no behaviour of the model is fair"
        return ""

    def _violation(self, formula: TemporalProperty, lasso: Lasso) -> PropertyResult:
        self._verify(formula, lasso)
        model, graph = self._model, self._graph
        back = len(lasso.prefix) + 1
        edges = [self._meant(edge) for edge in (*lasso.prefix, *lasso.cycle)]
        last = edges.pop() if lasso.cycle else None
        trace = draw_path(model, graph, lasso.start, edges, formula.property_name, back)
        closing = None if last is None else edge_step(model, graph, last, back)
        end = f"goes back to state {back}" if closing else f"stutters in state {back}"
        return PropertyResult(
            formula.property_name,
            PropertyKind.LIVENESS,
            Verdict.FAIL,
            formula.span,
            f"{_instance_text(formula)}a fair behaviour {end} and {_outcome(formula)}",
            trace,
            closing,
        )

    def _meant(self, edge: int) -> int:
        """Return the first edge between the same states that is no fault; `edge` if all are."""
        graph, faults = self._graph, rules_of(self._model).faults
        if graph.edge_instances[edge] not in faults:
            return edge
        others = graph.edges_of(graph.sources[edge])
        same = (each for each in others if graph.targets[each] == graph.targets[edge])
        return next((each for each in same if graph.edge_instances[each] not in faults), edge)

    def _verify(self, formula: TemporalProperty, lasso: Lasso) -> None:
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
        complaints = objections(self._model, formula.formula, behaviour)
        if complaints:
            raise ExplorerDefectError(
                f"the counterexample found for {formula.property_name} is wrong: "
                + "; ".join(complaints),
                expected="a fair behaviour of the model that violates the property",
                hint="please report this",
            )

    def _trace_to(self, broken: LivenessBreakdownError, name: str) -> Trace:
        arrivals = self._columns.arrivals
        start, edges = path_back(self._graph, lambda each: int(arrivals[each]), broken.state)
        if broken.edge is not None:
            edges.append(broken.edge)
        return draw_path(self._model, self._graph, start, edges, name)


def _instance_text(formula: TemporalProperty) -> str:
    values = ", ".join(f"{name} = {format_value(value)}" for name, value in formula.instance)
    return f"for {values}: " if values else ""


def _outcome(formula: TemporalProperty) -> str:
    if isinstance(formula.formula, LeadsTo):
        return "never satisfies the conclusion"
    return "does not satisfy the property"
