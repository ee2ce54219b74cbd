"""Findings drawn for people: what, where, the excerpt, the details, what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conform.domain.finding import Finding, Severity
from conform.report.page import Line, Piece, Style, indented, line, severity_piece


def draw_findings(findings: Iterable[Finding]) -> Iterator[Line]:
    """Yield the findings, the gravest first, then in the order of the files and lines."""
    for finding in sorted(findings, key=_place):
        yield from _draw(finding)
        yield line()


def head_of(finding: Finding) -> str:
    """Return `path:line:column: error CF203 message`, without a place where there is none."""
    place = f"{finding.span}: " if finding.span else ""
    return f"{place}{finding.severity} {finding.code} {finding.message}"


def _draw(finding: Finding) -> Iterator[Line]:
    yield line(
        Piece(f"{finding.span}: " if finding.span else "", Style.TITLE),
        severity_piece(finding.severity, f"{finding.severity} {finding.code}"),
        f" {finding.message}",
    )
    if finding.excerpt:
        yield from indented(finding.excerpt, Style.QUIET)
    for detail in finding.details:
        yield from indented(detail)
    if finding.hint:
        yield from indented(f"hint: {finding.hint}")


def _place(finding: Finding) -> tuple[int, bool, str, int, int, str, str]:
    severity = list(Severity).index(finding.severity)
    span = finding.span
    if span is None:
        return (severity, True, "", 0, 0, finding.code, finding.message)
    return (severity, False, span.path, span.line, span.column, finding.code, finding.message)
