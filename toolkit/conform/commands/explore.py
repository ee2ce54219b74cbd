"""`conform explore`: model check one module."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from conform.check.cf370_bounded_search import bounded_search
from conform.commands.breakdowns import breakdowns
from conform.commands.checkpoints import CheckpointWords, resumable, told
from conform.commands.explore_options import ExploreCommandOptions
from conform.commands.model_artefact import ModelArtefact, revision_of
from conform.commands.outcomes import report_of_embedded
from conform.commands.trace_files import TraceFolder, write_trace
from conform.domain.exploration import (
    Engine,
    ExplorationReport,
    Simulation,
)
from conform.domain.finding import Finding
from conform.domain.model import Model
from conform.errors import InputError, UnsupportedError, UsageError
from conform.explore.checkpoints.keeping import Checkpoints
from conform.explore.cover import CoverKind, CoverOptions, cover, path_trace
from conform.explore.graph import StateGraph
from conform.explore.options import SELF_CHECK_SHARE, Evaluator, ExploreOptions
from conform.explore.progress import ProgressCallback
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from conform.explore.simulation import SimulationOptions, simulate


def run(
    options: ExploreCommandOptions, progress: ProgressCallback | None = None
) -> ExplorationReport:
    """Return what the exploration found, its traces written where they were asked for.

    Raises ConformError where the module or its configuration cannot be read or checked.
    """
    _refuse_contradictions(options)
    if options.engine is Engine.EMBEDDED:
        report = _by_embedded_alone(options, progress)
    else:
        report = _with_tlc(options, progress)
    if options.trace_output and report.trace:
        write_trace(report.trace, options.trace_format, options.trace_output)
    return report


def _by_embedded_alone(
    options: ExploreCommandOptions, progress: ProgressCallback | None
) -> ExplorationReport:
    words = CheckpointWords(options.checkpoint, options.resume, options.checkpoint_every)
    with resumable(words, options.open_model, _asked(options)) as (artefact, checkpoints):
        report = _by_embedded(options, artefact, progress, checkpoints)
    if checkpoints is not None and not checkpoints.is_over:
        asks = options.check_liveness and bool(artefact.model.liveness)
        how = told(checkpoints, asks_for_liveness=asks)
        return replace(report, message=f"{report.message}; {how}")
    return report


def _with_tlc(
    options: ExploreCommandOptions, progress: ProgressCallback | None
) -> ExplorationReport:
    # Imported here: most explorations need nothing of TLC, and nothing that reads its output.
    from conform.commands import exploring_with_tlc  # noqa: PLC0415

    if options.engine is Engine.TLC:
        return exploring_with_tlc.explore_by_tlc(options, progress)
    embedded = partial(_by_embedded, options, progress=progress)
    return exploring_with_tlc.explore_by_both(options, embedded, progress)


def _asked(options: ExploreCommandOptions) -> dict[str, str]:
    """Return what was asked of a search, which is to be the same when it goes on."""
    return {
        "the module": os.path.realpath(options.module),
        "-c, the configuration": str(options.config and os.path.realpath(options.config)),
        "--deadlock": str(options.check_deadlock),
        "--liveness": str(options.check_liveness),
        "--continue": str(not options.stop_at_first),
        "--evaluator": str(options.evaluator),
    }


def _by_embedded(
    options: ExploreCommandOptions,
    artefact: ModelArtefact,
    progress: ProgressCallback | None,
    checkpoints: Checkpoints | None = None,
) -> ExplorationReport:
    if drawn := options.draw():
        return _by_simulation(options, drawn, artefact, progress)
    try:
        result = explore(artefact.model, _explore_options(options), progress, checkpoints)
    except UnsupportedError as error:
        revised = revision_of(artefact, error)
        if revised is None:
            raise
        return _by_embedded(options, revised, progress, checkpoints)
    if options.cover_output:
        _write_cover(artefact.model, result.graph, options, options.cover_output)
    return _report(options, artefact, result)


def _by_simulation(
    options: ExploreCommandOptions,
    drawn: Simulation,
    artefact: ModelArtefact,
    progress: ProgressCallback | None,
) -> ExplorationReport:
    asked = SimulationOptions(
        behaviours=drawn.behaviours,
        depth=drawn.depth,
        seed=drawn.seed,
        explore=_explore_options(options),
    )
    name, form = artefact.model.name, options.trace_format
    output = options.simulation and options.simulation.output
    files = TraceFolder(output, name, form) if output else None
    found = simulate(artefact.model, asked, progress, files.take if files else None)
    return replace(_report(options, artefact, found.result), simulation=found.simulation)


# --- What was asked for ---------------------------------------------------------------------------


def _refuse_contradictions(options: ExploreCommandOptions) -> None:
    """Raise UsageError for words that what was asked for could not honour."""
    if options.checkpoint is not None and options.resume is not None:
        raise UsageError(
            "--resume keeps the checkpoint that it goes on from up to date",
            hint="leave --checkpoint away",
        )
    if options.checkpoint_every is not None and (options.checkpoint or options.resume) is None:
        raise UsageError("--checkpoint-every needs --checkpoint or --resume")
    if options.profile and options.paranoid:
        raise UsageError("a profile of a run that checks every answer would show the checks")
    words = options.simulation
    searching = {
        "--max-depth": options.max_depth,
        "--no-liveness": None if options.check_liveness else True,
        "--cover-output": options.cover_output,
        "--paranoid": options.paranoid or None,
        "--profile": options.profile or None,
        "--checkpoint": options.checkpoint,
        "--resume": options.resume,
    }
    if words is not None:
        drawing = dict(searching)
        if options.engine is Engine.EMBEDDED:
            drawing["--workers"] = options.workers
        _refuse("a simulation", drawing, "bound it with --depth, --traces and --timeout")
        if options.engine is Engine.BOTH:
            raise UsageError("each engine draws behaviours of its own: nothing to compare")
    if options.engine is not Engine.EMBEDDED:
        lacking: dict[str, object] = {"--max-states": options.max_states, **searching}
        if words is not None:
            lacking["--simulate-output"] = words.output
        if options.engine is Engine.TLC and options.evaluator is not Evaluator.ACCELERATED:
            lacking["--evaluator"] = options.evaluator
        _refuse("TLC", lacking, "bound it with --timeout, or use the embedded engine alone")


def _refuse(who: str, words: Mapping[str, object], hint: str) -> None:
    for word, value in words.items():
        if value is not None:
            raise UsageError(f"{who} cannot honour {word}", hint=hint)


# --- The parts of an exploration -----------------------------------------------------------------


def _explore_options(options: ExploreCommandOptions) -> ExploreOptions:
    return replace(
        options.allowance.options,
        max_states=options.max_states,
        max_depth=options.max_depth,
        check_deadlock=options.check_deadlock,
        check_liveness=options.check_liveness,
        stop_at_first=options.stop_at_first,
        keep_graph=options.cover_output is not None,
        evaluator=options.evaluator,
        self_check=1 if options.paranoid else SELF_CHECK_SHARE,
        workers=options.workers or 1,
        profile=options.profile,
    )


def _report(
    options: ExploreCommandOptions, artefact: ModelArtefact, result: ExplorationResult
) -> ExplorationReport:
    findings = _findings(artefact, result)
    return report_of_embedded(str(options.module), artefact.checked_by, result, findings)


def _findings(artefact: ModelArtefact, result: ExplorationResult) -> Iterator[Finding]:
    yield from artefact.warnings()
    yield from breakdowns(artefact, result, with_traces=False)
    yield from bounded_search(result, artefact.whole, artefact.excerpt(artefact.whole))


def _write_cover(
    model: Model, graph: StateGraph | None, options: ExploreCommandOptions, folder: Path
) -> None:
    """Write one file a trace, numbered; refuse a graph that is not complete."""
    if graph is None or not graph.is_complete:
        raise InputError(
            "the state graph is not complete, so nothing can cover it",
            hint="correct the violation, or raise the limit",
        )
    files = TraceFolder(folder, model.name, options.trace_format)
    paths = cover(graph, CoverOptions(CoverKind(options.cover)))
    for number, path in enumerate(paths, start=1):
        files.take(path_trace(model, graph, path, f"{model.name}, covering trace {number}"))
