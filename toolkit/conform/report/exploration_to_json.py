"""An ExplorationReport as JSON; schema/exploration.schema.json describes it."""

from __future__ import annotations

from conform.domain.exploration import ExplorationReport, Profile, PropertyOutcome, Simulation
from conform.domain.report import Verdict, worst
from conform.report.options import WriteOptions
from conform.report.to_json import FORMAT_VERSION
from conform.report.values_to_json import (
    Json,
    finding_data,
    milliseconds,
    step_data,
    to_text,
    trace_data,
)


def write(report: ExplorationReport, options: WriteOptions) -> str:
    """Return the report as one JSON object; the options are for people and change nothing."""
    trace = report.trace
    return to_text(
        {
            "format_version": FORMAT_VERSION,
            "command": "explore",
            "module": report.module,
            "configuration": report.configuration,
            "status": report.status.value,
            "verdict": report.verdict.value,
            "is_vacuous": report.is_vacuous,
            "message": report.message,
            "states_explored": report.states_generated,
            "distinct_states": report.distinct_states,
            "found_by_faults": report.found_by_faults,
            "depth": report.depth,
            "simulation": _simulation(report.simulation),
            "properties": _verdicts(report),
            "property_details": [_property(outcome) for outcome in report.properties],
            "error_trace": [step_data(step) for step in trace.steps] if trace else [],
            "error_trace_loop_to": trace.loop_to if trace else None,
            "coverage": [
                {"action": row.label, "taken": row.taken, "new_states": row.new_states}
                for row in report.coverage
            ],
            "profile": _profile(report.profile),
            "findings": [finding_data(finding) for finding in report.findings],
            "duration_ms": milliseconds(report.seconds),
        }
    )


def _simulation(simulation: Simulation | None) -> Json:
    if simulation is None:
        return None
    depth, seed = simulation.depth, simulation.seed
    return {"behaviours": simulation.behaviours, "depth": depth, "seed": seed}


def _profile(profile: Profile | None) -> Json:
    if profile is None:
        return None
    rows: list[Json] = [
        {
            "formula": row.label,
            "kind": row.kind,
            "asked": row.asked,
            "evaluations": row.evaluations,
            "duration_ms": milliseconds(row.seconds),
            "reads": None if row.reads is None else list(row.reads),
        }
        for row in profile.rows
    ]
    return {"rows": rows, "remarks": list(profile.remarks)}


def _verdicts(report: ExplorationReport) -> dict[str, Json]:
    """Return the verdict of each name, the gravest where several parts of a property share it."""
    found: dict[str, list[Verdict]] = {}
    for outcome in report.properties:
        found.setdefault(outcome.name, []).append(outcome.verdict)
    return {name: worst(verdicts).value for name, verdicts in found.items()}


def _property(outcome: PropertyOutcome) -> Json:
    closing = outcome.closing_step
    return {
        "name": outcome.name,
        "kind": outcome.kind.value,
        "verdict": outcome.verdict.value,
        "reason": outcome.reason,
        "is_vacuous": outcome.is_vacuous,
        "trace": trace_data(outcome.trace),
        "closing_step": step_data(closing) if closing else None,
    }
