"""A Report as JUnit XML: a suite for each protocol, a case for all that has a verdict."""

from __future__ import annotations

from collections.abc import Iterator

from conform.domain.report import (
    PropertyRow,
    ProtocolReport,
    Report,
    ScorecardRow,
    Stage,
    Verdict,
)
from conform.report.expectation import verdict_beside, verdict_of_row
from conform.report.junit_document import Case, Suite, document, findings_split
from conform.report.options import WriteOptions
from conform.report.page import to_plain
from conform.report.trace_drawing import draw_trace


def write(report: Report, options: WriteOptions) -> str:
    """Return the document; where nothing was looked at there is a case, and it is an error."""
    nothing = Case("stage", report.command, Verdict.INCOMPLETE, "no protocol was looked at")
    suites = [_suite(protocol) for protocol in report.protocols]
    return document(suites or [Suite("conform", (nothing,), (), report.seconds)], report.seconds)


def _suite(protocol: ProtocolReport) -> Suite:
    cases, notes = findings_split(protocol.findings)
    return Suite(
        protocol.name,
        (*_cases(protocol), *cases),
        notes,
        sum(stage.seconds for stage in protocol.stages),
    )


def _cases(protocol: ProtocolReport) -> Iterator[Case]:
    for stage in protocol.stages:
        yield _stage(stage)
    if not protocol.stages:
        yield Case("stage", "stages", Verdict.INCOMPLETE, "nothing was done about this protocol")
    for row in protocol.properties:
        yield _property(row)
    for scored in protocol.scorecard:
        yield _scored(scored)


def _stage(stage: Stage) -> Case:
    message = "" if stage.verdict is Verdict.PASS else stage.summary
    return Case("stage", stage.name, stage.verdict, message, seconds=stage.seconds)


def _property(row: PropertyRow) -> Case:
    verdict = verdict_beside(row)
    name = f"{row.name} ({row.artefact})"
    if verdict is Verdict.PASS:
        return Case("property", name, verdict)
    expected = f", expected {row.expected}" if row.expected else ""
    message = f"{row.name}: {row.verdict} in {row.artefact}{expected}"
    text = to_plain(draw_trace(row.trace)) if row.trace else ""
    return Case("property", name, verdict, message, "\n".join(filter(None, (row.reason, text))))


def _scored(row: ScorecardRow) -> Case:
    verdict = verdict_of_row(row)
    seen = "; ".join(f"{artefact}: {what}" for artefact, what in row.cells)
    message = "" if verdict is Verdict.PASS else seen or "no artefact was looked at"
    return Case("scorecard", f"{row.kind} {row.name}", verdict, message)
