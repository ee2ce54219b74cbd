"""What an exploration found: counts, a verdict for each property, traces."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from conform.domain.actions import ActionInstance
from conform.domain.exploration import ExplorationStatus, Profile
from conform.domain.model import PropertyKind
from conform.domain.report import Verdict, worst
from conform.domain.search_rules import StepBound
from conform.domain.trace import Trace, TraceStep
from conform.errors import EvaluationError
from conform.explore.graph import StateGraph
from conform.explore.options import Limit
from conform.text import Span


class PropertyResult(Struct, frozen=True):
    """One property's verdict.

    `reason` explains every verdict but a plain PASS. `trace` is a shortest counterexample, or leads
    to where the property could not be evaluated (then `error` says why). For a lasso,
    `closing_step` is the step from the trace's last state back to `trace.loop_to`: its number,
    action and parameters; None when the trace ends in stuttering. `is_vacuous` marks a PASS that
    means little: the premise of a leads-to held in no reachable state, or no behaviour was fair.
    """

    name: str
    kind: PropertyKind
    verdict: Verdict
    span: Span
    reason: str = ""
    trace: Trace | None = None
    closing_step: TraceStep | None = None
    error: EvaluationError | None = None
    is_vacuous: bool = False


class InstanceCount(Struct, frozen=True):
    """How often an instance was taken (successors generated), and the new states it found."""

    instance: ActionInstance
    taken: int
    found: int


class Failure(Struct, frozen=True):
    """An evaluation that failed: what was being evaluated, and the trace that led there.

    `trace` is None before there is an initial state.
    """

    doing: str
    error: EvaluationError
    trace: Trace | None


class ExplorationResult(Struct, frozen=True):
    """All that an exploration found.

    `states_generated`, `distinct_states` and `depth` (levels, initial = 1) count as TLC counts.
    `properties` has a row for each property and kind, invariants first, in the model's order.
    `deadlock` is the shortest trace to a state without successors. `failed_assumption` names an
    ASSUME that is false. `failure` is the evaluation error that ended the run, or the first of
    those that a run past violations went on after. `is_vacuous` says that no state satisfies the
    initial predicate and the constraints: nothing was checked, whatever the status. `duration` is
    in seconds. `cut_by` are the bounds on steps that left something out, `found_by_faults` counts
    states that a fault led to first. `printed` is what the specification printed. `graph` is
    there when it was asked for, and so is `profile`.
    """

    model_name: str
    status: ExplorationStatus
    message: str
    states_generated: int
    distinct_states: int
    depth: int
    properties: tuple[PropertyResult, ...]
    checked_deadlock: bool
    deadlock: Trace | None
    failed_assumption: str | None
    failure: Failure | None
    instances: tuple[InstanceCount, ...]
    limit: Limit | None
    is_vacuous: bool
    duration: float
    graph: StateGraph | None
    printed: tuple[str, ...] = ()
    cut_by: tuple[StepBound, ...] = ()
    found_by_faults: int = 0
    profile: Profile | None = None

    def verdicts(self) -> dict[str, Verdict]:
        """Return the verdict of each property name, the gravest where several parts share it."""
        names = dict.fromkeys(row.name for row in self.properties)
        return {
            name: worst(row.verdict for row in self.properties if row.name == name)
            for name in names
        }

    def failures(self) -> Iterator[Failure]:
        """Yield the failure that ended the run, and each property that could not be evaluated."""
        if self.failure:
            yield self.failure
        for row in self.properties:
            if row.error and (self.failure is None or row.error is not self.failure.error):
                yield Failure(f"{row.kind} {row.name}", row.error, row.trace)

    def never_taken(self) -> tuple[ActionInstance, ...]:
        """Return the instances that led nowhere in any state that was expanded."""
        return tuple(count.instance for count in self.instances if not count.taken)
