"""From what a search saw to verdicts: a row for each property, a status and a message.

PASS is given only to what was looked at to the end; everything else says why it was not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conform.domain.exploration import ExplorationStatus
from conform.domain.model import Model, PropertyKind
from conform.domain.report import Verdict
from conform.domain.search_rules import StepBound, rules_of
from conform.domain.trace import Trace
from conform.errors import EvaluationError
from conform.explore.checks import Check
from conform.explore.limit_text import limit_text as limit_text
from conform.explore.options import ExploreOptions
from conform.explore.result import PropertyResult
from conform.explore.safety import SafetySearch
from conform.explore.trace import TraceDrawing

_VIOLATED = {
    PropertyKind.INVARIANT: "false in the last state of the trace",
    PropertyKind.INITIAL: "false in an initial state",
    PropertyKind.ACTION: "false on the last step of the trace",
    PropertyKind.LIVENESS: "violated by the behaviour of the trace",
    PropertyKind.POSTCONDITION: "false after the search",
    PropertyKind.EXISTS: "false in every state",
}


def why_incomplete(search: SafetySearch, options: ExploreOptions) -> str:
    """Return in words why a search did not see everything; empty when it did."""
    if search.is_complete:
        return ""
    if search.limit is not None:
        return limit_text(search.limit, options)
    if search.breakdown is not None:
        return f"evaluating {search.breakdown.doing} failed"
    stopped = next((check for check in search.checks.rows if not check.is_open), None)
    if stopped is not None:
        return f"the search stopped at the first violation, that of {stopped.name}"
    return "the search stopped at a deadlock" if search.deadlock else "nothing was explored"


def nothing_to_check(search: SafetySearch, model: Model) -> str:
    """Return why a complete search has checked nothing; empty when it has checked something.

    A model without variables is its assumptions, and these are looked at before any search.
    """
    if not search.is_complete or (model.assumptions and not model.slots):
        return ""
    if not len(search.space):
        if search.initial_generated:
            return "no initial state satisfies the constraints: nothing was checked"
        return "there is no initial state: nothing was checked"
    asked = (
        model.invariants,
        model.initial_properties,
        model.action_properties,
        model.liveness,
        model.postconditions,
        model.unchecked,
        model.assumptions,
        rules_of(model).witnesses,
    )
    if any(asked) or search.checks_deadlock:
        return ""
    return "nothing was checked: no invariant, no property, and deadlock is allowed"


def safety_rows(search: SafetySearch, drawing: TraceDrawing, unseen: str) -> list[PropertyResult]:
    """Return the rows of the safety properties; `unseen` says why PASS cannot be given."""
    return [_safety_row(check, search, drawing, unseen) for check in search.checks.rows]


def _safety_row(
    check: Check, search: SafetySearch, drawing: TraceDrawing, unseen: str
) -> PropertyResult:
    name, kind, span = check.name, check.kind, check.span
    if check.place is not None:
        return closed_row(check, drawing.to_place(check.place, name))
    saw_it_all = kind is PropertyKind.INITIAL and search.saw_all_initial and len(search.space) > 0
    if unseen and not saw_it_all:
        return PropertyResult(name, kind, Verdict.INCOMPLETE, span, unseen)
    return PropertyResult(name, kind, Verdict.PASS, span)


def postcondition_rows(model: Model, search: SafetySearch) -> list[PropertyResult]:
    """Evaluate the postconditions, if the search saw everything, and return their rows."""
    kind = PropertyKind.POSTCONDITION
    unseen = "" if search.is_complete else "the search did not come to its end"
    rows = []
    for condition in model.postconditions:
        name, span = condition.name, condition.span
        verdict, reason, error = Verdict.PASS, "", None
        try:
            if unseen:
                verdict, reason = Verdict.INCOMPLETE, unseen
            elif not condition.holds(()):
                verdict, reason = Verdict.FAIL, _VIOLATED[kind]
        except EvaluationError as found:
            verdict, error = Verdict.ERROR, found
            reason = f"it could not be evaluated: {found.message}"
        rows.append(PropertyResult(name, kind, verdict, span, reason, error=error))
    return rows


def witness_rows(search: SafetySearch, drawing: TraceDrawing, unseen: str) -> list[PropertyResult]:
    """Return the rows of what must hold in some state; `unseen` says why none can be missed."""
    rows = []
    for witness in search.witnesses.rows:
        predicate, place, error = witness.predicate, witness.place, witness.error
        verdict, reason, trace = Verdict.PASS, "", None
        if place is not None and error is not None:
            verdict, reason = Verdict.ERROR, f"it could not be evaluated: {error.message}"
            trace = drawing.to_place(place, predicate.name)
        elif place is None:
            verdict, reason = Verdict.INCOMPLETE, unseen
            if not unseen:
                verdict, reason = Verdict.FAIL, _VIOLATED[PropertyKind.EXISTS] + _within(search)
        rows.append(
            PropertyResult(
                predicate.name,
                PropertyKind.EXISTS,
                verdict,
                predicate.span,
                reason,
                trace,
                error=error,
            )
        )
    return rows


def _within(search: SafetySearch) -> str:
    reached = search.counts.reached
    return f" found within {bounds_text(reached)}" if reached else ""


def bounds_text(bounds: Iterable[StepBound]) -> str:
    """Return some bounds on steps in words: `max_actions 100`."""
    return ", ".join(f"{bound.name} {bound.most}" for bound in bounds)


def closed_row(check: Check, trace: Trace) -> PropertyResult:
    """Return the row of a property that is violated, or has no value, at the end of `trace`."""
    name, kind, span, error = check.name, check.kind, check.span, check.error
    if error is not None:
        reason = f"it could not be evaluated: {error.message}"
        return PropertyResult(name, kind, Verdict.ERROR, span, reason, trace, error=error)
    return PropertyResult(name, kind, Verdict.FAIL, span, _VIOLATED[kind], trace)


def unchecked_rows(model: Model) -> list[PropertyResult]:
    """Return the rows of what the front-end could not give as a formula."""
    return [
        PropertyResult(part.name, part.kind, Verdict.INCOMPLETE, part.span, part.reason)
        for part in model.unchecked
    ]


def skipped_liveness_rows(model: Model, reason: str) -> list[PropertyResult]:
    """Return INCOMPLETE rows for all liveness properties, with the reason."""
    spans = {formula.property_name: formula.span for formula in reversed(model.liveness)}
    names = dict.fromkeys(formula.property_name for formula in model.liveness)
    return [
        PropertyResult(name, PropertyKind.LIVENESS, Verdict.INCOMPLETE, spans[name], reason)
        for name in names
    ]


_GRAVITY = (Verdict.PASS, Verdict.INCOMPLETE, Verdict.FAIL, Verdict.ERROR)


def merged(rows: Iterable[PropertyResult]) -> tuple[PropertyResult, ...]:
    """Return one row for each name and kind: the gravest, the first of equals.

    A row that stands for several is vacuous only when each of them is.
    """
    parts: dict[tuple[str, PropertyKind], list[PropertyResult]] = {}
    for row in rows:
        parts.setdefault((row.name, row.kind), []).append(row)
    return tuple(_gravest(group) for group in parts.values())


def _gravest(group: Sequence[PropertyResult]) -> PropertyResult:
    def gravity(row: PropertyResult) -> tuple[int, bool]:
        return (_GRAVITY.index(row.verdict), not row.is_vacuous)

    return max(group, key=gravity)


def status_of(
    rows: Sequence[PropertyResult], *, is_broken: bool, has_deadlock: bool, is_unfinished: bool
) -> ExplorationStatus:
    """Return the status: an error before a violation before what was not looked at."""
    verdicts = {row.verdict for row in rows}
    if is_broken or Verdict.ERROR in verdicts:
        return ExplorationStatus.ERROR
    if has_deadlock or Verdict.FAIL in verdicts:
        return ExplorationStatus.VIOLATION_FOUND
    return ExplorationStatus.INCOMPLETE if is_unfinished else ExplorationStatus.NO_ERROR


def message_of(rows: Sequence[PropertyResult], *, has_deadlock: bool, otherwise: str) -> str:
    """Return one line that names what was violated, or `otherwise`."""
    parts = [
        f"{row.kind} {row.name} {_outcome(row)}"
        for row in rows
        if row.verdict in (Verdict.FAIL, Verdict.ERROR)
    ]
    if has_deadlock:
        parts.append("deadlock reached")
    return "; ".join(parts) or otherwise


def _outcome(row: PropertyResult) -> str:
    return "is violated" if row.verdict is Verdict.FAIL else "could not be evaluated"
