"""An ExplorationReport as text for people."""

from __future__ import annotations

from collections.abc import Iterator

from conform.domain.exploration import ExplorationReport, Profile, ProfileRow, PropertyOutcome
from conform.domain.report import Verdict
from conform.domain.trace import Trace
from conform.report.counts import counted
from conform.report.finding_drawing import draw_findings
from conform.report.options import Detail, WriteOptions
from conform.report.page import Block, Line, Piece, Style, Table, line, verdict_piece
from conform.report.rendering import rendered
from conform.report.trace_drawing import draw_trace


def write(report: ExplorationReport, options: WriteOptions) -> str:
    """Return the report; every line ends in a line break, the last says the verdict."""
    blocks = [*_page(report, options.detail)]
    return rendered(blocks, options.width)


def _page(report: ExplorationReport, detail: Detail) -> Iterator[Block]:
    if detail is not Detail.QUIET:
        with_ = f" with {report.configuration}" if report.configuration else ""
        yield line(Piece(f"{report.module}{with_}", Style.TITLE))
        yield line()
        yield from _properties(report)
        yield from _coverage(report, detail)
        yield from _profile(report.profile)
        yield from _traces(report)
    yield from draw_findings(report.findings)
    yield _last_line(report, detail)


def _properties(report: ExplorationReport) -> Iterator[Block]:
    if not report.properties:
        return
    rows = ((Piece(p.name), Piece(p.kind), _verdict(p), Piece(p.reason)) for p in report.properties)
    yield Table(("property", "kind", "verdict", ""), tuple(rows))
    yield line()


def _verdict(outcome: PropertyOutcome) -> Piece:
    if outcome.is_vacuous and outcome.verdict is Verdict.PASS:
        return Piece(f"{outcome.verdict} (vacuous)", Style.UNSURE)
    return verdict_piece(outcome.verdict)


def _coverage(report: ExplorationReport, detail: Detail) -> Iterator[Block]:
    """Yield how often each action was taken with -v, otherwise only those never taken."""
    never = [row for row in report.coverage if not row.taken]
    shown = report.coverage if detail is Detail.VERBOSE else never
    if not shown:
        return
    title = "Actions" if detail is Detail.VERBOSE else "Actions never taken"
    yield line(Piece(title, Style.TITLE))
    style = {True: Style.NORMAL, False: Style.UNSURE}
    rows = (
        (
            Piece(row.label, style[bool(row.taken)]),
            Piece(f"{row.taken:,}"),
            Piece(f"{row.new_states:,}"),
        )
        for row in shown
    )
    yield Table(("action", "taken", "new states"), tuple(rows))
    yield line()


def _profile(profile: Profile | None) -> Iterator[Block]:
    if profile is None:
        return
    yield line(Piece("Profile", Style.TITLE))
    rows = (
        (
            Piece(row.label),
            Piece(row.kind),
            Piece(f"{row.evaluations:,}"),
            Piece(_remembered(row)),
            Piece(f"{row.seconds * 1000:,.0f}"),
            Piece("the run" if row.reads is None else ", ".join(row.reads)),
        )
        for row in profile.rows
    )
    yield Table(("formula", "kind", "evaluated", "remembered", "ms", "reads"), tuple(rows))
    for remark in profile.remarks:
        yield line(remark)
    yield line()


def _remembered(row: ProfileRow) -> str:
    """Return the share of answers that were no evaluations; not all of them, if there was one."""
    thousandths = 1000 * (row.asked - row.evaluations) // row.asked
    return f"{thousandths / 10:.1f}%"


def _traces(report: ExplorationReport) -> Iterator[Line]:
    """Yield each property's trace, and the run's own where no property has the same."""
    drawn: list[Trace] = []
    for outcome in report.properties:
        if outcome.trace is not None:
            drawn.append(outcome.trace)
            head = f"{outcome.name}: {outcome.reason}" if outcome.reason else outcome.name
            yield line(Piece(head, Style.TITLE))
            yield from draw_trace(outcome.trace, outcome.closing_step)
            yield line()
    if report.trace is not None and report.trace not in drawn:
        yield line(Piece(report.message, Style.TITLE))
        yield from draw_trace(report.trace)
        yield line()


def _distinct(report: ExplorationReport) -> str:
    faults = report.found_by_faults
    return f"{report.distinct_states:,} distinct" + (f" ({faults:,} by faults)" if faults else "")


def _last_line(report: ExplorationReport, detail: Detail) -> Line:
    tells = report.simulation is None or report.depth > 0  # TLC's simulation counts neither
    counts = ", ".join(
        [
            f"{counted(report.states_generated, 'state')} generated",
            *((_distinct(report), f"depth {report.depth:,}") if tells else ()),
            *((f"{report.seconds:.2f} s",) if detail is Detail.VERBOSE else ()),
        ]
    )
    message = f"{report.message}; " if report.message else ""
    return line(verdict_piece(report.verdict), f"  {message}{counts}")
