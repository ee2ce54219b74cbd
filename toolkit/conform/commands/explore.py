"""`conform explore`: model check one module."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from conform.commands.artefacts import TlaArtefact, load_tla_artefact
from conform.commands.outcomes import coverage, outcomes
from conform.domain.exploration import ExplorationReport
from conform.domain.finding import Finding
from conform.domain.model import Model
from conform.domain.trace import Trace
from conform.errors import InputError
from conform.explore.cover import CoverKind, CoverOptions, cover, path_trace
from conform.explore.graph import StateGraph
from conform.explore.options import ExploreOptions
from conform.explore.progress import ProgressCallback
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from conform.languages.tlaplus.cf101_undeclared_assignment import undeclared_assignments
from conform.text import read_source
from conform.traces.format import format_named

_FORMATS = {"json": "tlc-json", "text": "tlc-text", "itf": "itf"}
"""The words of the command line for the trace formats."""

_ENDINGS = {"json": ".json", "text": ".txt", "itf": ".itf.json"}
"""The endings of trace files."""


@dataclass(frozen=True, slots=True)
class ExploreCommandOptions:
    """What the user asked for; None leaves the choice to the configuration or means no limit.

    `timeout` is in seconds; `max_depth` in levels, an initial state is on level 1. The error trace
    is written in `trace_format` to `trace_output` when that is given, and traces that cover the
    state graph (`cover`: transitions, states or instances) to files below `cover_output`.
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
    cover: str = "transitions"
    cover_output: Path | None = None


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
    if options.cover_output and result.graph:
        _write_cover(artefact.model, result.graph, options, options.cover_output)
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
        keep_graph=options.cover_output is not None,
    )


def _report(
    options: ExploreCommandOptions, artefact: TlaArtefact, result: ExplorationResult
) -> ExplorationReport:
    return ExplorationReport(
        module=str(options.module),
        configuration=artefact.configuration_source.path,
        status=result.status,
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


def _write_cover(
    model: Model, graph: StateGraph, options: ExploreCommandOptions, folder: Path
) -> None:
    """Write one file a trace, numbered; refuse a graph that is not complete."""
    if not graph.is_complete:
        raise InputError(
            "the state graph is not complete, so nothing can cover it",
            hint="correct the violation, or raise the limit",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made: {error.strerror}") from None
    paths = cover(graph, CoverOptions(CoverKind(options.cover)))
    for number, path in enumerate(paths, start=1):
        trace = path_trace(model, graph, path, f"{model.name}, covering trace {number}")
        name = f"{model.name}-{number:05}{_ENDINGS[options.trace_format]}"
        _write_trace(trace, options.trace_format, folder / name)


def _write_trace(trace: Trace, form: str, path: Path) -> None:
    try:
        path.write_text(format_named(_FORMATS[form]).write(trace), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None
