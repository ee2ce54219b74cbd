"""`conform explore`: model check one module."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from conform.commands.artefacts import TlaArtefact, load_tla_artefact
from conform.commands.outcomes import coverage, outcomes
from conform.domain.exploration import ExplorationReport, ExplorationStatus
from conform.domain.finding import Finding
from conform.domain.trace import Trace
from conform.errors import InputError
from conform.explore.options import ExploreOptions
from conform.explore.progress import ProgressCallback
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from conform.languages.tlaplus.cf101_undeclared_assignment import undeclared_assignments
from conform.text import read_source
from conform.traces.format import format_named

_FORMATS = {"json": "tlc-json", "text": "tlc-text", "itf": "itf"}
"""The words of the command line for the trace formats."""


@dataclass(frozen=True, slots=True)
class ExploreCommandOptions:
    """What the user asked for; None leaves the choice to the configuration or means no limit.

    `timeout` is in seconds; `max_depth` in levels, an initial state is on level 1. The error trace
    is written in `trace_format` to `trace_output` when that is given.
    """

    module: Path
    config: Path | None = None
    timeout: float | None = None
    max_states: int | None = None
    max_depth: int | None = None
    check_deadlock: bool | None = None
    stop_at_first: bool = True
    trace_format: str = "json"
    trace_output: Path | None = None


def run(
    options: ExploreCommandOptions, progress: ProgressCallback | None = None
) -> ExplorationReport:
    """Return what the exploration found, its traces written where they were asked for.

    Raises ConformError where the module or its configuration cannot be read or checked.
    """
    artefact = _load(options)
    result = explore(artefact.model, _explore_options(options), progress)
    report = _report(options, artefact, result)
    if options.trace_output and report.trace:
        _write_trace(report.trace, options.trace_format, options.trace_output)
    return report


def _load(options: ExploreCommandOptions) -> TlaArtefact:
    module = read_source(options.module)
    config = options.config or _configuration_beside(options.module)
    return load_tla_artefact(module, options.module.parent, read_source(config), config.stem)


def _configuration_beside(module: Path) -> Path:
    config = module.with_suffix(".cfg")
    if not config.exists():
        raise InputError(
            f"{module}: there is no configuration {config.name} beside it",
            expected="a .cfg file that says what to check",
            hint="name one with -c FILE",
        )
    return config


def _explore_options(options: ExploreCommandOptions) -> ExploreOptions:
    return ExploreOptions(
        max_states=options.max_states,
        max_depth=options.max_depth,
        timeout=options.timeout,
        check_deadlock=options.check_deadlock,
        stop_at_first=options.stop_at_first,
    )


def _report(
    options: ExploreCommandOptions, artefact: TlaArtefact, result: ExplorationResult
) -> ExplorationReport:
    return ExplorationReport(
        module=str(options.module),
        configuration=artefact.configuration_source.path,
        status=ExplorationStatus(result.status.value),
        states_generated=result.states_generated,
        distinct_states=result.distinct_states,
        depth=result.depth,
        properties=outcomes(result),
        trace=_first_trace(result),
        coverage=coverage(result),
        message=result.message,
        findings=tuple(_findings(artefact)),
        seconds=result.duration,
        is_vacuous=result.is_vacuous,
    )


def _findings(artefact: TlaArtefact) -> list[Finding]:
    return undeclared_assignments(artefact.specification, artefact.configuration)


def _first_trace(result: ExplorationResult) -> Trace | None:
    if result.failure and result.failure.trace:
        return result.failure.trace
    if result.deadlock:
        return result.deadlock
    return next((row.trace for row in result.properties if row.trace), None)


def _write_trace(trace: Trace, form: str, path: Path) -> None:
    try:
        path.write_text(format_named(_FORMATS[form]).write(trace), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None
