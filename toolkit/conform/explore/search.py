"""The way through an exploration: assumptions, the search with safety, liveness, the result."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from msgspec.structs import replace

from conform.domain.exploration import ExplorationStatus
from conform.domain.model import Model
from conform.domain.report import Verdict
from conform.explore.checkpoints.keeping import Checkpoints
from conform.explore.graph import StateGraph, keep_graph
from conform.explore.limits import LimitReachedError, memory_to_use
from conform.explore.options import ExploreOptions
from conform.explore.profile_rows import profile_of
from conform.explore.profiling import ProfiledModel
from conform.explore.progress import ProgressCallback, Watch
from conform.explore.result import (
    ExplorationResult,
    Failure,
    InstanceCount,
    PropertyResult,
)
from conform.explore.safety import SafetySearch
from conform.explore.searches import Searches, enforced_by
from conform.explore.trace import TraceDrawing
from conform.explore.verdicts import (
    bounds_text,
    limit_text,
    merged,
    message_of,
    nothing_to_check,
    postcondition_rows,
    safety_rows,
    skipped_liveness_rows,
    status_of,
    unchecked_rows,
    why_incomplete,
    witness_rows,
)

if TYPE_CHECKING:
    from conform.explore.liveness.checking import LivenessOutcome


def explore(
    model: Model,
    options: ExploreOptions,
    progress: ProgressCallback | None = None,
    checkpoints: Checkpoints | None = None,
) -> ExplorationResult:
    """Explore all states of `model` and check all its properties.

    Limits, and Ctrl-C during the search, end in INCOMPLETE with what was found so far;
    `checkpoints` keep that too, and go on from what an earlier search kept. Where the steps that
    liveness needs exceed the memory, the rest is checked without them. Raises ExplorerDefectError
    when a self-check fails, and InputError where a checkpoint is of another search; an evaluation
    error is part of the result.
    """
    profiled = ProfiledModel(model) if options.profile else None
    if profiled is not None:
        model, options = profiled.as_model, replace(options, self_check=0)
    most = memory_to_use() if options.max_memory is None else options.max_memory
    watch = Watch(options.remaining, options.progress_seconds, most)
    searches = Searches(model, options, watch, progress, checkpoints)
    searches.run()
    if checkpoints is not None:
        checkpoints.conclude(is_over=searches.whole.limit is None)
    model.run.is_muted = True
    graph = _graph(model, searches.whole, options)
    result = _Conclusion(model, options, watch, searches, graph).result()
    return (
        result
        if profiled is None
        else replace(result, profile=profile_of(profiled, searches.search))
    )


def _graph(model: Model, search: SafetySearch, options: ExploreOptions) -> StateGraph | None:
    if search.edges is None or not search.has_words:
        return None
    is_kept = options.keep_graph and search.is_complete
    return keep_graph(
        model.slots,
        model.instances,
        search.packing,
        search.space,
        search.edges,
        is_complete=search.is_complete,
        is_cut=bool(search.counts.reached),
        ends_where_cut=search.counts.ends_where_cut,
        answer_numbers=search.turns.answer_numbers() if is_kept else (),
    )


class _Conclusion:
    """Draws the result from a search that has ended."""

    def __init__(
        self,
        model: Model,
        options: ExploreOptions,
        watch: Watch,
        searches: Searches,
        graph: StateGraph | None,
    ) -> None:
        self._model = model
        self._options = options
        self._watch = watch
        self._search = search = searches.search
        self._whole = searches.whole
        self._without_edges = searches.without_edges
        self._graph = graph
        self._postconditions = searches.postconditions or postcondition_rows(model, search)
        self._bad_assumption = bad_assumption = searches.bad_assumption
        self._drawing = TraceDrawing(model, search.packing, search.space)
        self._nothing = nothing_to_check(search, model)
        cut_short = bad_assumption.text if bad_assumption else why_incomplete(search, options)
        self._unseen = cut_short or self._nothing
        self._limit = search.limit

    def result(self) -> ExplorationResult:
        search, model = self._search, self._model
        rows = self._rows()
        deadlock = None
        if search.deadlock is not None:
            deadlock = self._drawing.to_place(search.deadlock, "deadlock")
        return ExplorationResult(
            model_name=model.name,
            status=self._status(rows),
            message=self._message(rows),
            states_generated=search.generated,
            distinct_states=len(search.space),
            depth=search.space.depth,
            properties=rows,
            checked_deadlock=search.checks_deadlock,
            deadlock=deadlock,
            failed_assumption=self._failed_assumption(),
            failure=self._failure(rows),
            instances=self._instance_counts(),
            limit=self._limit,
            is_vacuous=bool(self._nothing),
            duration=self._watch.seconds,
            printed=tuple(model.run.printed),
            cut_by=tuple(search.counts.reached),
            found_by_faults=sum(search.found[fault] for fault in search.rules.faults),
            graph=self._graph if self._options.keep_graph else None,
        )

    def _rows(self) -> tuple[PropertyResult, ...]:
        safety = safety_rows(self._search, self._drawing, self._unseen)
        witnesses = witness_rows(self._search, self._drawing, self._unseen or self._stuck())
        liveness = self._liveness_rows()
        return merged(
            [*safety, *witnesses, *liveness, *unchecked_rows(self._model), *self._postconditions]
        )

    def _stuck(self) -> str:
        """Return why nothing is looked at that comes after deadlocks; empty if there is none."""
        is_last = self._search.rules.deadlock_last and self._options.stop_at_first
        return "there is a deadlock" if is_last and self._search.deadlock is not None else ""

    def _liveness_rows(self) -> list[PropertyResult]:
        reason = self._unseen or self._stuck() or self._why_not_whole()
        if not self._options.check_liveness:
            reason = "liveness was not asked for"
        if reason or self._graph is None or not self._model.liveness:
            return skipped_liveness_rows(self._model, reason)
        liveness = import_module("conform.explore.liveness.checking")  # numpy comes with it
        try:
            with enforced_by(self._options, self._watch):
                outcome: LivenessOutcome = liveness.check_liveness(
                    self._model, self._graph, self._options, self._watch
                )
        except LimitReachedError as reached:
            self._limit = reached.limit
            text = limit_text(reached.limit, self._options)
            return skipped_liveness_rows(self._model, text)
        self._limit = outcome.limit
        return list(outcome.rows)

    def _why_not_whole(self) -> str:
        """Return why liveness, which needs every state and step, cannot be checked."""
        if self._without_edges is not None:
            why = limit_text(self._without_edges, self._options)
            return f"liveness needs the steps between all states: {why}"
        whole, identity = self._whole, self._model.identity
        if identity is None or whole is self._search or whole.is_complete:
            return ""
        why = why_incomplete(whole, self._options)
        return f"liveness is checked on all states, without {identity.name}: {why}"

    def _status(self, rows: tuple[PropertyResult, ...]) -> ExplorationStatus:
        search = self._search
        left_out = any(row.verdict is Verdict.INCOMPLETE for row in rows) and not self._nothing
        return status_of(
            rows,
            is_broken=search.breakdown is not None or self._bad_assumption is not None,
            has_deadlock=search.deadlock is not None,
            is_unfinished=self._limit is not None or bool(self._model.unchecked) or left_out,
        )

    def _message(self, rows: tuple[PropertyResult, ...]) -> str:
        search = self._search
        if self._bad_assumption is not None:
            return self._bad_assumption.text
        if search.breakdown is not None:
            return f"evaluating {search.breakdown.doing}: {search.breakdown.error.message}"
        return message_of(
            rows, has_deadlock=search.deadlock is not None, otherwise=self._calm_message(rows)
        )

    def _calm_message(self, rows: tuple[PropertyResult, ...]) -> str:
        if self._limit is not None:
            return limit_text(self._limit, self._options)
        if self._nothing:
            return self._nothing
        skipped = [row.name for row in rows if row.verdict is Verdict.INCOMPLETE]
        if skipped:
            return f"not checked to the end: {', '.join(skipped)}"
        reached = self._search.counts.reached
        return f"no error found within {bounds_text(reached)}" if reached else "no error found"

    def _failed_assumption(self) -> str | None:
        return None if self._bad_assumption is None else self._bad_assumption.name

    def _failure(self, rows: tuple[PropertyResult, ...]) -> Failure | None:
        assumption, breakdown = self._bad_assumption, self._search.breakdown
        if assumption is not None and assumption.error is not None:
            return Failure(f"assumption {assumption.name}", assumption.error, None)
        if breakdown is not None:
            place = breakdown.place
            trace = None if place is None else self._drawing.to_place(place, breakdown.doing)
            return Failure(breakdown.doing, breakdown.error, trace)
        for row in rows:
            if row.error is not None:
                return Failure(f"{row.kind} {row.name}", row.error, row.trace)
        return None

    def _instance_counts(self) -> tuple[InstanceCount, ...]:
        search = self._search
        counts = zip(self._model.instances, search.taken, search.found, strict=True)
        return tuple(InstanceCount(*count) for count in counts)
