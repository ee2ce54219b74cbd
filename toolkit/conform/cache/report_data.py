"""The report on a protocol as JSON data, and back: the same report, its values included.

Unlike the reports that `report` writes, nothing is lost: a model value is no string here, and a
sequence is a function like any other.
"""

from __future__ import annotations

from typing import Any

from conform.domain.finding import Finding, Severity
from conform.domain.report import PropertyRow, ProtocolReport, ScorecardRow, Stage, Verdict
from conform.domain.trace import Trace, TraceStep
from conform.domain.values import (
    Bindings,
    Domain,
    FunctionValue,
    ModelValue,
    SetValue,
    Value,
)
from conform.text import Span


def to_data(report: ProtocolReport) -> dict[str, Any]:
    """Return the report as data that the json module writes."""
    return {
        "name": report.name,
        "stages": [
            [stage.name, stage.verdict.value, stage.summary, stage.seconds]
            for stage in report.stages
        ],
        "findings": [_finding_data(finding) for finding in report.findings],
        "properties": [
            [
                row.name,
                row.kind,
                row.artefact,
                row.verdict.value,
                row.expected,
                row.reason,
                _trace_data(row.trace),
            ]
            for row in report.properties
        ],
        "scorecard": [[row.kind, row.name, row.cells] for row in report.scorecard],
    }


def from_data(data: Any) -> ProtocolReport:
    """Return the report that `to_data` made this of.

    Raises KeyError, TypeError or ValueError for anything else.
    """
    return ProtocolReport(
        data["name"],
        tuple(_stage(*each) for each in data["stages"]),
        tuple(_finding(*each) for each in data["findings"]),
        tuple(_property(*each) for each in data["properties"]),
        tuple(_scored(*each) for each in data["scorecard"]),
    )


def _stage(name: str, verdict: str, summary: str, seconds: float) -> Stage:
    return Stage(name, Verdict(verdict), summary, seconds)


def _finding_data(finding: Finding) -> list[Any]:
    span = finding.span
    place = [span.path, span.line, span.column, span.end_line, span.end_column] if span else None
    return [
        finding.code,
        finding.severity.value,
        finding.message,
        place,
        finding.excerpt,
        finding.details,
        finding.hint,
        finding.subject,
        finding.seen_in,
    ]


def _finding(
    code: str,
    severity: str,
    message: str,
    place: list[Any] | None,
    excerpt: str,
    details: list[str],
    hint: str,
    subject: str,
    seen_in: str,
) -> Finding:
    span = Span(*place) if place else None
    return Finding(
        code, Severity(severity), message, span, excerpt, tuple(details), hint, subject, seen_in
    )


def _property(
    name: str,
    kind: str,
    artefact: str,
    verdict: str,
    expected: str | None,
    reason: str,
    trace: list[Any] | None,
) -> PropertyRow:
    shown = _trace(*trace) if trace else None
    return PropertyRow(name, kind, artefact, Verdict(verdict), expected, reason, shown)


def _scored(kind: str, name: str, cells: list[list[str]]) -> ScorecardRow:
    return ScorecardRow(kind, name, tuple((artefact, seen) for artefact, seen in cells))


# ------------------------------------------------------------------------------- traces, values


def _trace_data(trace: Trace | None) -> list[Any] | None:
    if trace is None:
        return None
    return [trace.source, [_step_data(step) for step in trace.steps], trace.loop_to]


def _trace(source: str, steps: list[list[Any]], loop_to: int | None) -> Trace:
    return Trace(source, tuple(_step(*step) for step in steps), loop_to)


def _step_data(step: TraceStep) -> list[Any]:
    parameters = None if step.parameters is None else _bindings_data(step.parameters)
    choices, variables = _bindings_data(step.choices), _bindings_data(step.variables)
    return [step.number, step.action, parameters, choices, variables]


def _step(
    number: int,
    action: str | None,
    parameters: list[Any] | None,
    choices: list[Any],
    variables: list[Any],
) -> TraceStep:
    known = None if parameters is None else _bindings(parameters)
    return TraceStep(number, action, known, _bindings(choices), _bindings(variables))


def _bindings_data(bindings: Bindings) -> list[Any]:
    return [[name, _value_data(value)] for name, value in bindings]


def _bindings(data: list[Any]) -> Bindings:
    return tuple((name, _value(value)) for name, value in data)


def _value_data(value: Value) -> Any:
    match value:
        case ModelValue(name):
            return {"model": name}
        case SetValue():
            return {"set": [_value_data(element) for element in value.ordered]}
        case FunctionValue():
            domain = [_value_data(element) for element in value.domain.elements]
            return {"domain": domain, "values": [_value_data(each) for each in value.values]}
        case _:
            return value


def _value(data: Any) -> Value:
    match data:
        case bool() | int() | str():
            return data
        case {"model": name}:
            return ModelValue(name)
        case {"set": elements}:
            return SetValue(_value(element) for element in elements)
        case {"domain": domain, "values": values}:
            arguments = tuple(_value(element) for element in domain)
            return FunctionValue(Domain(arguments), tuple(_value(each) for each in values))
    raise ValueError(f"no value is written as {data!r}")
