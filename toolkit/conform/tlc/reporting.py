"""A run of TLC as an ExplorationReport: the same verdicts in the same words as the other engine's.

TLC stops at its first violation; what it has not decided by then is INCOMPLETE, never PASS.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from conform.domain.exploration import (
    ExplorationReport,
    ExplorationStatus,
    PropertyOutcome,
    Simulation,
)
from conform.domain.model import PropertyKind
from conform.domain.report import Verdict
from conform.domain.trace import Trace, TraceStep
from conform.tlc.running import ExitStatus, TlcRun
from conform.tlc.tool_output import OUT_OF_MEMORY, Failed, Violated

_OUT_OF_MEMORY = frozenset({OUT_OF_MEMORY, 1002, 1003})
"""Message codes: memory was not enough, which is a limit and no error of the module."""

_VIOLATED = {
    PropertyKind.INVARIANT: "false in the last state of the trace",
    PropertyKind.INITIAL: "false in an initial state",
    PropertyKind.ACTION: "false on the last step of the trace",
    PropertyKind.LIVENESS: "violated by the behaviour of the trace",
}
_STATUS_OF_EXIT = {
    ExitStatus.SUCCESS: ExplorationStatus.NO_ERROR,
    ExitStatus.DEADLOCK: ExplorationStatus.VIOLATION_FOUND,
    ExitStatus.SAFETY: ExplorationStatus.VIOLATION_FOUND,
    ExitStatus.LIVENESS: ExplorationStatus.VIOLATION_FOUND,
    ExitStatus.TAUTOLOGY: ExplorationStatus.INCOMPLETE,
    ExitStatus.TOO_LARGE: ExplorationStatus.INCOMPLETE,
}


class Asked(Struct, frozen=True):
    """What TLC was asked: paths as the user gave them, and the properties of the configuration.

    A property may have several kinds, a row each. `timeout` is what messages call the time limit.
    """

    module: str
    configuration: str
    properties: tuple[tuple[str, PropertyKind], ...]
    timeout: float | None = None
    simulation: Simulation | None = None


def status_of(run: TlcRun, *, is_simulation: bool = False) -> ExplorationStatus:
    """Return how the run ended; NO_ERROR only where exit code and output both say so.

    A simulation that found nothing is INCOMPLETE.
    """
    output = run.output
    if output.violations or output.deadlock:
        return ExplorationStatus.VIOLATION_FOUND
    if run.exit_code is None or (output.failure and output.failure.code in _OUT_OF_MEMORY):
        return ExplorationStatus.INCOMPLETE
    if run.exit_code not in set(ExitStatus):
        return ExplorationStatus.ERROR
    status = _STATUS_OF_EXIT.get(ExitStatus(run.exit_code), ExplorationStatus.ERROR)
    if status is ExplorationStatus.NO_ERROR and is_simulation and not output.failure:
        return ExplorationStatus.INCOMPLETE
    if status is ExplorationStatus.NO_ERROR and not output.is_success:
        return ExplorationStatus.ERROR
    return status


def report_of(
    run: TlcRun, asked: Asked, closing_steps: Mapping[str, TraceStep] | None = None
) -> ExplorationReport:
    """Return what a run found; `closing_steps` has, by property, what closes its lasso."""
    output, status = run.output, status_of(run, is_simulation=asked.simulation is not None)
    message = _message(run, status, asked)
    rows = tuple(_rows(run, status, asked, message, closing_steps or {}))
    if asked.simulation and status is not ExplorationStatus.INCOMPLETE:
        message = f"{message} (seed {asked.simulation.seed})"
    is_vacuous = status is ExplorationStatus.NO_ERROR and output.counts.distinct == 0
    if is_vacuous:
        message = "there is no initial state: nothing was checked"
    return ExplorationReport(
        module=asked.module,
        configuration=asked.configuration,
        status=status,
        states_generated=output.counts.generated,
        distinct_states=output.counts.distinct,
        depth=output.counts.depth,
        properties=rows,
        trace=_first_trace(run),
        coverage=(),
        message=message,
        findings=(),
        seconds=run.seconds,
        is_vacuous=is_vacuous,
        simulation=_drawn(run, asked),
        deadlock=output.deadlock,
    )


def _drawn(run: TlcRun, asked: Asked) -> Simulation | None:
    """Return what was simulated; TLC does not tell how many behaviours it drew before its end."""
    if asked.simulation is None or run.exit_code == ExitStatus.SUCCESS:
        return asked.simulation
    return replace(asked.simulation, behaviours=None)


def _first_trace(run: TlcRun) -> Trace | None:
    output = run.output
    if output.failure and output.failure.trace:
        return output.failure.trace
    violated = (violated.trace for violated in output.violations if violated.trace)
    return next(violated, None) or output.deadlock


def _rows(
    run: TlcRun,
    status: ExplorationStatus,
    asked: Asked,
    message: str,
    closing_steps: Mapping[str, TraceStep],
) -> Iterator[PropertyOutcome]:
    violated = {(one.name, one.kind): one for one in reversed(run.output.violations) if one.name}
    known = dict.fromkeys(asked.properties)
    unnamed = dict.fromkeys(key for key in violated if key not in known)
    for name, kind in (*known, *((name, kind) for name, kind in unnamed if name)):
        if found := violated.get((name, kind)):
            closing = closing_steps.get(name)
            yield PropertyOutcome(name, kind, Verdict.FAIL, _VIOLATED[kind], found.trace, closing)
        elif status is ExplorationStatus.NO_ERROR:
            yield PropertyOutcome(name, kind, Verdict.PASS)
        else:
            yield PropertyOutcome(name, kind, Verdict.INCOMPLETE, _undecided(status, message))


def _undecided(status: ExplorationStatus, message: str) -> str:
    if status is ExplorationStatus.VIOLATION_FOUND:
        return f"TLC decided no more after: {message}"
    return message


def _message(run: TlcRun, status: ExplorationStatus, asked: Asked) -> str:
    """Return in one sentence how the run ended."""
    output = run.output
    if output.violations:
        return _violation_text(output.violations[0])
    if output.deadlock:
        return "deadlock reached"
    if run.is_timed_out:
        return f"the time limit of {asked.timeout} seconds was reached"
    if run.exit_code is None:
        return "the search was interrupted"
    if output.failure:
        return _failure_text(output.failure)
    if status is ExplorationStatus.NO_ERROR:
        return "no error found"
    if status is ExplorationStatus.INCOMPLETE and asked.simulation:
        return f"no violation in {_extent(asked.simulation)}, which is no proof"
    complaint = f": {' '.join(run.complaint.split())[-300:]}" if run.complaint else ""
    return f"TLC ended with exit code {run.exit_code} and did not say why{complaint}"


def _extent(simulation: Simulation) -> str:
    count = "the" if simulation.behaviours is None else f"{simulation.behaviours:,}"
    depth, seed = simulation.depth, simulation.seed
    return f"{count} random behaviours of at most {depth:,} states (seed {seed})"


def _violation_text(violated: Violated) -> str:
    if violated.name is None:
        return "a temporal property is violated, and TLC does not say which"
    return f"{violated.kind} {violated.name} is violated"


def _failure_text(failed: Failed) -> str:
    place = f"{failed.place}: " if failed.place else ""
    return f"{place}{failed.message}"
