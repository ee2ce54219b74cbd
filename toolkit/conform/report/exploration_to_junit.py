"""An ExplorationReport as JUnit XML: one suite, a case for the run and for each property."""

from __future__ import annotations

from conform.domain.exploration import ExplorationReport, PropertyOutcome
from conform.domain.report import Verdict
from conform.domain.trace import Trace
from conform.report.junit_document import Case, Suite, document, findings_split
from conform.report.options import WriteOptions
from conform.report.page import to_plain
from conform.report.trace_drawing import draw_trace


def write(report: ExplorationReport, options: WriteOptions) -> str:
    """Return the document."""
    cases, notes = findings_split(report.findings)
    properties = (_property(outcome) for outcome in report.properties)
    suite = Suite(report.module, (_run(report), *properties, *cases), notes, report.seconds)
    return document([suite], report.seconds)


def _run(report: ExplorationReport) -> Case:
    if report.verdict is Verdict.PASS:
        return Case("exploration", "exploration", Verdict.PASS, seconds=report.seconds)
    message = report.message or report.status.value
    text = _drawn(report.trace)
    return Case("exploration", "exploration", report.verdict, message, text, seconds=report.seconds)


def _property(outcome: PropertyOutcome) -> Case:
    name = f"{outcome.name} ({outcome.kind})"
    if outcome.verdict is Verdict.PASS:
        return Case("property", name, Verdict.PASS)
    message = outcome.reason or f"{outcome.name}: {outcome.verdict}"
    return Case("property", name, outcome.verdict, message, _drawn(outcome.trace))


def _drawn(trace: Trace | None) -> str:
    return to_plain(draw_trace(trace)) if trace else ""
