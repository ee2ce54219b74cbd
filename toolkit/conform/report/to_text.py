"""A Report as text for people; plain bytes, or colours and fitted tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conform.domain.finding import Finding
from conform.domain.report import ProtocolReport, Report, ScorecardRow, Stage, Verdict
from conform.report.counts import counted, counted_findings
from conform.report.expectation import verdict_beside
from conform.report.finding_drawing import draw_findings
from conform.report.options import Detail, WriteOptions
from conform.report.page import (
    Block,
    Line,
    Piece,
    Style,
    Table,
    line,
    to_plain,
    verdict_piece,
)
from conform.report.terminal import to_terminal
from conform.report.trace_drawing import draw_trace

_FROM_CACHE = "nothing has changed since this was checked (--no-cache checks it again)"


def write(report: Report, options: WriteOptions) -> str:
    """Return the report; every line ends in a line break, the last says the verdict."""
    blocks = [*_page(report, options.detail)]
    return to_plain(blocks) if options.width is None else to_terminal(blocks, options.width)


def _page(report: Report, detail: Detail) -> Iterator[Block]:
    for protocol in report.protocols:
        if detail is Detail.QUIET:
            yield from draw_findings(protocol.findings)
        else:
            yield from _protocol(protocol, detail)
    yield _last_line(report, detail)


def _protocol(protocol: ProtocolReport, detail: Detail) -> Iterator[Block]:
    yield line(Piece(protocol.name, Style.TITLE), "  ", verdict_piece(protocol.verdict))
    if protocol.from_cache:
        yield line(Piece(_FROM_CACHE, Style.QUIET))
    yield line()
    if protocol.stages:
        yield from _section("Stages", _stages(protocol.stages, detail))
    if protocol.properties:
        yield from _section("Properties", _properties(protocol))
    if protocol.scorecard:
        yield from _section("Scorecard", _scorecard(protocol.scorecard))
    yield from _traces(protocol, detail)
    if protocol.findings:
        yield line(Piece("Findings", Style.TITLE))
        yield line()
        yield from draw_findings(protocol.findings)


def _section(title: str, table: Table) -> Iterator[Block]:
    yield line(Piece(title, Style.TITLE))
    yield table
    yield line()


def _stages(stages: Iterable[Stage], detail: Detail) -> Table:
    shows_seconds = detail is Detail.VERBOSE
    rows = (
        (
            Piece(stage.name),
            verdict_piece(stage.verdict),
            Piece(stage.summary),
            *((Piece(f"{stage.seconds:.2f} s", Style.QUIET),) if shows_seconds else ()),
        )
        for stage in stages
    )
    headers = ("stage", "verdict", "summary", *(("time",) if shows_seconds else ()))
    return Table(headers, tuple(rows))


def _properties(protocol: ProtocolReport) -> Table:
    has_reasons = any(row.reason for row in protocol.properties)
    rows = (
        (
            Piece(row.name),
            Piece(row.kind),
            Piece(row.artefact),
            Piece(row.verdict, verdict_piece(verdict_beside(row)).style),
            Piece(row.expected or "not stated"),
            *((Piece(row.reason),) if has_reasons else ()),
        )
        for row in protocol.properties
    )
    headers = ("property", "kind", "artefact", "verdict", "expected")
    return Table((*headers, *(("reason",) if has_reasons else ())), tuple(rows))


def _scorecard(rows: tuple[ScorecardRow, ...]) -> Table:
    artefacts = tuple(dict.fromkeys(name for row in rows for name, _ in row.cells))
    body = (
        (
            Piece(row.kind, Style.QUIET),
            Piece(row.name),
            *(Piece(dict(row.cells).get(name, "")) for name in artefacts),
        )
        for row in rows
    )
    return Table(("kind", "construct", *artefacts), tuple(body))


def _traces(protocol: ProtocolReport, detail: Detail) -> Iterator[Line]:
    """Yield the traces of properties that fail; with -v of those too that fail as expected."""
    for row in protocol.properties:
        is_wanted = detail is Detail.VERBOSE or verdict_beside(row) is not Verdict.PASS
        if row.trace is not None and is_wanted:
            yield line(Piece(f"{row.name} in {row.artefact}", Style.TITLE))
            yield from draw_trace(row.trace)
            yield line()


def _last_line(report: Report, detail: Detail) -> Line:
    time = f", {report.seconds:.2f} s" if detail is Detail.VERBOSE else ""
    return line(verdict_piece(report.verdict), f"  {_counts(report)}{time}")


def _counts(report: Report) -> str:
    if not report.protocols:
        return "no protocol was looked at"
    findings: list[Finding] = [f for protocol in report.protocols for f in protocol.findings]
    properties = sum(len({row.name for row in p.properties}) for p in report.protocols)
    constructs = sum(len(p.scorecard) for p in report.protocols)
    parts = [
        counted(len(report.protocols), "protocol"),
        counted(properties, "property", "properties") if properties else "",
        counted(constructs, "construct") if constructs else "",
        counted_findings(findings),
    ]
    return ", ".join(filter(None, parts))
