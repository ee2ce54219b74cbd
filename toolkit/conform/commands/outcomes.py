"""What an exploration found, in the words of reports: one row a property, one an action."""

from __future__ import annotations

from collections.abc import Iterable

from conform.domain.exploration import ActionCoverage, ExplorationReport, PropertyOutcome
from conform.domain.finding import Finding
from conform.domain.trace import Trace
from conform.explore.result import ExplorationResult


def report_of_embedded(
    module: str, configuration: str, result: ExplorationResult, findings: Iterable[Finding]
) -> ExplorationReport:
    """Return the report on what the embedded engine found."""
    return ExplorationReport(
        module=module,
        configuration=configuration,
        status=result.status,
        states_generated=result.states_generated,
        distinct_states=result.distinct_states,
        depth=result.depth,
        properties=outcomes(result),
        trace=_first_trace(result),
        coverage=coverage(result),
        message=result.message,
        findings=tuple(findings),
        seconds=result.duration,
        is_vacuous=result.is_vacuous,
        printed=result.printed,
        deadlock=result.deadlock,
        found_by_faults=result.found_by_faults,
        profile=result.profile,
    )


def _first_trace(result: ExplorationResult) -> Trace | None:
    if result.failure and result.failure.trace:
        return result.failure.trace
    if result.deadlock:
        return result.deadlock
    return next((row.trace for row in result.properties if row.trace), None)


def outcomes(result: ExplorationResult) -> tuple[PropertyOutcome, ...]:
    """Return the rows of all properties, in the order of the configuration."""
    return tuple(
        PropertyOutcome(
            row.name,
            row.kind,
            row.verdict,
            row.reason,
            row.trace,
            row.closing_step,
            row.is_vacuous,
        )
        for row in result.properties
    )


def coverage(result: ExplorationResult) -> tuple[ActionCoverage, ...]:
    """Return how often each action instance was taken."""
    return tuple(
        ActionCoverage(count.instance.label, count.taken, count.found) for count in result.instances
    )
