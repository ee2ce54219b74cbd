"""`conform explore`: model check one module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from conform.check.cf311_engines_disagree import disagreements
from conform.commands.outcomes import coverage, outcomes
from conform.commands.tla_artefact import TlaArtefact, load_tla_artefact
from conform.commands.tlc_exploration import TlcQuestion, explore_with_tlc
from conform.domain.exploration import ExplorationReport, ExplorationStatus, PropertyOutcome
from conform.domain.finding import Finding
from conform.domain.model import Model
from conform.domain.report import Verdict
from conform.domain.trace import Trace
from conform.errors import ConformError, InputError, UsageError
from conform.explore.cover import CoverKind, CoverOptions, cover, path_trace
from conform.explore.graph import StateGraph
from conform.explore.options import PROGRESS_SECONDS, ExploreOptions
from conform.explore.progress import ProgressCallback, Watch
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from conform.languages.tlaplus.cf101_undeclared_assignment import undeclared_assignments
from conform.languages.tlaplus.configuration import parse_configuration
from conform.text import read_source
from conform.tlc.running import TlcOptions
from conform.tlc.tool_output import Counts
from conform.traces.format import format_named

_FORMATS = {"json": "tlc-json", "text": "tlc-text", "itf": "itf"}
"""The words of the command line for the trace formats."""

_ENDINGS = {"json": ".json", "text": ".txt", "itf": ".itf.json"}
"""The endings of trace files."""


_TROUBLE = (ExplorationStatus.VIOLATION_FOUND, ExplorationStatus.ERROR)


class Engine(StrEnum):
    """Who explores; BOTH compares what the two find."""

    EMBEDDED = "embedded"
    TLC = "tlc"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class ExploreCommandOptions:
    """What the user asked for; None leaves the choice to the configuration or means no limit.

    `timeout` is in seconds; `max_depth` in levels, an initial state is on level 1. The error trace
    is written in `trace_format` to `trace_output` when that is given, and traces that cover the
    state graph (`cover`: transitions, states or instances) to files below `cover_output`. `workers`
    are threads of TLC; None means one.
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
    engine: Engine = Engine.EMBEDDED
    workers: int | None = None


def run(
    options: ExploreCommandOptions, progress: ProgressCallback | None = None
) -> ExplorationReport:
    """Return what the exploration found, its traces written where they were asked for.

    Raises ConformError where the module or its configuration cannot be read or checked.
    """
    _refuse_what_tlc_lacks(options)
    match options.engine:
        case Engine.EMBEDDED:
            report = _by_embedded(options, _load(options), progress)
        case Engine.TLC:
            report = _by_tlc(options, _question(options), progress)
        case Engine.BOTH:
            report = _by_both(options, progress)
        case _:
            assert_never(options.engine)
    if options.trace_output and report.trace:
        _write_trace(report.trace, options.trace_format, options.trace_output)
    return report


def _by_embedded(
    options: ExploreCommandOptions, artefact: TlaArtefact, progress: ProgressCallback | None
) -> ExplorationReport:
    result = explore(artefact.model, _explore_options(options), progress)
    if options.cover_output and result.graph:
        _write_cover(artefact.model, result.graph, options, options.cover_output)
    return _report(options, artefact, result)


def _load(options: ExploreCommandOptions) -> TlaArtefact:
    module = read_source(options.module)
    config = _configuration(options)
    return load_tla_artefact(module, options.module.parent, read_source(config), config.stem)


# --- TLC -----------------------------------------------------------------------------------------


def _refuse_what_tlc_lacks(options: ExploreCommandOptions) -> None:
    """Raise UsageError for words that only one of the engines could honour."""
    if options.engine is Engine.EMBEDDED:
        if options.workers is not None:
            raise UsageError("--workers are threads of TLC", hint="add --engine tlc")
        return
    lacking = {
        "--max-states": options.max_states,
        "--max-depth": options.max_depth,
        "--cover-output": options.cover_output,
    }
    for word, value in lacking.items():
        if value is not None:
            raise UsageError(
                f"TLC cannot honour {word}",
                hint="bound it with --timeout, or use the embedded engine alone",
            )


def _question(options: ExploreCommandOptions) -> TlcQuestion:
    """Return what to ask TLC; a module that only TLC can read is no obstacle."""
    path = _configuration(options)
    configuration = parse_configuration(read_source(path))
    if options.check_deadlock and configuration.check_deadlock is False:
        raise UsageError(f"TLC checks no deadlock where the configuration {path} says FALSE")
    try:
        return TlcQuestion(options.module, path, configuration, _load(options))
    except ConformError as error:
        return TlcQuestion(options.module, path, configuration, None, error.message)


def _by_tlc(
    options: ExploreCommandOptions, question: TlcQuestion, progress: ProgressCallback | None
) -> ExplorationReport:
    asked = TlcOptions(
        workers=options.workers or 1,
        timeout=options.timeout,
        check_deadlock=options.check_deadlock,
        stop_at_first=options.stop_at_first,
    )
    return explore_with_tlc(question, asked, _progress_of_tlc(progress))


def _progress_of_tlc(progress: ProgressCallback | None) -> Callable[[Counts], None] | None:
    if progress is None:
        return None
    watch = Watch(None, PROGRESS_SECONDS)

    def tell(counts: Counts) -> None:
        progress(watch.snapshot(counts.generated, counts.distinct, counts.depth, counts.queue))

    return tell


def _by_both(
    options: ExploreCommandOptions, progress: ProgressCallback | None
) -> ExplorationReport:
    artefact = _load(options)
    ours = _by_embedded(options, artefact, progress)
    question = TlcQuestion(
        options.module, _configuration(options), artefact.configuration, artefact
    )
    theirs = _by_tlc(options, question, progress)
    span = artefact.specification.module.name.span
    one_worker = options.workers in (None, 1)
    found = (*theirs.findings, *disagreements(ours, theirs, span, compare_depth=one_worker))
    return replace(
        ours,
        status=_joint_status(ours.status, theirs.status),
        properties=_joint_properties(ours, theirs),
        trace=ours.trace or theirs.trace,
        message=_joint_message(ours, theirs, disagree=bool(found)),
        findings=(*ours.findings, *found),
        seconds=ours.seconds + theirs.seconds,
    )


def _joint_status(ours: ExplorationStatus, theirs: ExplorationStatus) -> ExplorationStatus:
    """Return our status, theirs where it says more: a violation, or that not all was seen."""
    found_by_tlc = ours is ExplorationStatus.INCOMPLETE and theirs in _TROUBLE
    unfinished = ours is ExplorationStatus.NO_ERROR and theirs is ExplorationStatus.INCOMPLETE
    return theirs if found_by_tlc or unfinished else ours


def _joint_properties(
    ours: ExplorationReport, theirs: ExplorationReport
) -> tuple[PropertyOutcome, ...]:
    """Return our rows, with TLC's verdict for what we did not decide."""
    others = {(row.name, row.kind): row for row in theirs.properties}
    return tuple(
        others.get((row.name, row.kind), row) if row.verdict is Verdict.INCOMPLETE else row
        for row in ours.properties
    )


def _joint_message(ours: ExplorationReport, theirs: ExplorationReport, *, disagree: bool) -> str:
    if disagree:
        return f"the engines disagree; embedded: {ours.message}; TLC: {theirs.message}"
    if ours.status is not theirs.status:
        return f"embedded: {ours.message}; TLC: {theirs.message}"
    return f"{ours.message}; TLC agrees"


# --- The parts of an exploration -----------------------------------------------------------------


def _configuration(options: ExploreCommandOptions) -> Path:
    return options.config or _configuration_beside(options.module)


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
        printed=result.printed,
        failure=str(result.failure.error) if result.failure else "",
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
