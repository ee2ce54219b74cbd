"""A Report as text for people; plain bytes, or colours and fitted tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
    verdict_piece,
)
from conform.report.rendering import rendered
from conform.report.trace_drawing import draw_trace

_FROM_CACHE = "nothing has changed since this was checked (--no-cache checks it again)"


def write(report: Report, options: WriteOptions) -> str:
    """Return the report; every line ends in a line break, the last says the verdict.

    What several protocols share, such as a wrong link in README.md, is told with the first of them.
    """
    blocks = [*_page(report, options.detail)]
    return rendered(blocks, options.width)


def _page(report: Report, detail: Detail) -> Iterator[Block]:
    told: dict[tuple[object, ...], Finding] = {}
    for protocol in report.protocols:
        new = [found for found in protocol.findings if _key(found) not in told]
        shared = [found for found in protocol.findings if _key(found) in told]
        told.update((_key(found), found) for found in new)
        if detail is Detail.QUIET:
            yield from draw_findings(new)
        else:
            yield from _protocol(protocol, detail)
            yield from _findings(new, shared)
    yield _last_line(report, list(told.values()), detail)


def _key(finding: Finding) -> tuple[object, ...]:
    """Return what is equal for a finding that two protocols share: one place, one message."""
    return finding.code, finding.span, finding.message


def _findings(new: Sequence[Finding], shared: Sequence[Finding]) -> Iterator[Block]:
    if new or shared:
        yield line(Piece("Findings", Style.TITLE))
        yield line()
        yield from draw_findings(new)
    if shared:
        places = dict.fromkeys(str(found.span or "without a place") for found in shared)
        said = f"{counted(len(shared), 'finding')} told above as well: {', '.join(places)}"
        yield line(Piece(said, Style.QUIET))
        yield line()


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


def _last_line(report: Report, told: Sequence[Finding], detail: Detail) -> Line:
    time = f", {report.seconds:.2f} s" if detail is Detail.VERBOSE else ""
    return line(verdict_piece(report.verdict), f"  {_counts(report, told)}{time}")


def _counts(report: Report, told: Sequence[Finding]) -> str:
    if not report.protocols:
        return "no protocol was looked at"
    properties = sum(len({row.name for row in p.properties}) for p in report.protocols)
    constructs = sum(len(p.scorecard) for p in report.protocols)
    parts = [
        counted(len(report.protocols), "protocol"),
        counted(properties, "property", "properties") if properties else "",
        counted(constructs, "construct") if constructs else "",
        counted_findings(told),
    ]
    return ", ".join(filter(None, parts))
