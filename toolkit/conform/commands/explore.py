"""`conform explore`: model check one module."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import assert_never

from conform.check.cf370_bounded_search import bounded_search
from conform.commands.allowance import Allowance
from conform.commands.breakdowns import breakdowns
from conform.commands.checkpoints import CheckpointWords, resumable, told
from conform.commands.engines import progress_of_tlc, tlc_options
from conform.commands.joint_exploration import joint
from conform.commands.model_artefact import ModelArtefact, Revisable, open_model
from conform.commands.outcomes import report_of_embedded
from conform.commands.tla_artefact import TlaArtefact, configuration_beside
from conform.commands.tlc_exploration import TlcQuestion, explore_with_tlc
from conform.commands.trace_files import TraceFolder, write_trace
from conform.domain.exploration import (
    Engine,
    ExplorationReport,
    Simulation,
)
from conform.domain.finding import Finding
from conform.domain.model import Model
from conform.errors import ConformError, InputError, UnsupportedError, UsageError
from conform.explore.checkpoints.keeping import Checkpoints
from conform.explore.cover import CoverKind, CoverOptions, cover, path_trace
from conform.explore.graph import StateGraph
from conform.explore.options import SELF_CHECK_SHARE, Evaluator, ExploreOptions
from conform.explore.progress import ProgressCallback
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from conform.explore.simulation import BEHAVIOURS, DEPTH, SimulationOptions, simulate
from conform.languages.tlaplus.configuration import parse_configuration
from conform.text import read_source


@dataclass(frozen=True, slots=True)
class SimulationWords:
    """What the user said of a simulation; None is a choice of ours.

    `behaviours` of at most `depth` states each, drawn from `seed`; they are written to files below
    `output`.
    """

    behaviours: int | None = None
    depth: int | None = None
    seed: int | None = None
    output: Path | None = None


@dataclass(frozen=True, slots=True)
class ExploreCommandOptions:
    """What the user asked for; None leaves the choice to the configuration or means no limit.

    `max_depth` is in levels, an initial state is on level 1. The error trace is written in
    `trace_format` to `trace_output` when that is given, and traces that cover the state graph
    (`cover`: transitions, states or instances) to files below `cover_output`. `workers` are threads
    of TLC; None means one. `simulation` draws behaviours at random instead of searching.
    `evaluator` says who evaluates formulas in our own engine; with `paranoid` every answer of
    another than the reference evaluator is checked by that one. `profile` tells what evaluating
    each formula takes. Checkpoints are kept in the folder `checkpoint`, every so many seconds, or
    in `resume` after the search has gone on from the one that is there.
    """

    module: Path
    config: Path | None = None
    allowance: Allowance = field(default_factory=Allowance)
    max_states: int | None = None
    max_depth: int | None = None
    check_deadlock: bool | None = None
    stop_at_first: bool = True
    trace_format: str = "tlc-json"
    trace_output: Path | None = None
    cover: str = "transitions"
    cover_output: Path | None = None
    engine: Engine = Engine.EMBEDDED
    workers: int | None = None
    simulation: SimulationWords | None = None
    evaluator: Evaluator = Evaluator.ACCELERATED
    paranoid: bool = False
    profile: bool = False
    checkpoint: Path | None = None
    checkpoint_every: float | None = None
    resume: Path | None = None


def run(
    options: ExploreCommandOptions, progress: ProgressCallback | None = None
) -> ExplorationReport:
    """Return what the exploration found, its traces written where they were asked for.

    Raises ConformError where the module or its configuration cannot be read or checked.
    """
    _refuse_contradictions(options)
    match options.engine:
        case Engine.EMBEDDED:
            report = _by_embedded_alone(options, progress)
        case Engine.TLC:
            report = _by_tlc(options, _question(options), progress)
        case Engine.BOTH:
            report = _by_both(options, progress)
        case _:
            assert_never(options.engine)
    if options.trace_output and report.trace:
        write_trace(report.trace, options.trace_format, options.trace_output)
    return report


def _by_embedded_alone(
    options: ExploreCommandOptions, progress: ProgressCallback | None
) -> ExplorationReport:
    words = CheckpointWords(options.checkpoint, options.resume, options.checkpoint_every)
    with resumable(words, partial(_load, options), _asked(options)) as (artefact, checkpoints):
        report = _by_embedded(options, artefact, progress, checkpoints)
    if checkpoints is not None and not checkpoints.is_over:
        return replace(report, message=f"{report.message}; {told(checkpoints)}")
    return report


def _asked(options: ExploreCommandOptions) -> dict[str, str]:
    """Return what was asked of a search, which is to be the same when it goes on."""
    return {
        "the module": str(options.module.resolve()),
        "-c, the configuration": str(options.config and options.config.resolve()),
        "--deadlock": str(options.check_deadlock),
        "--continue": str(not options.stop_at_first),
        "--evaluator": str(options.evaluator),
    }


def _by_embedded(
    options: ExploreCommandOptions,
    artefact: ModelArtefact,
    progress: ProgressCallback | None,
    checkpoints: Checkpoints | None = None,
) -> ExplorationReport:
    if options.simulation:
        return _by_simulation(options, options.simulation, artefact, progress)
    try:
        result = explore(artefact.model, _explore_options(options), progress, checkpoints)
    except UnsupportedError as error:
        revised = artefact.revised(error) if isinstance(artefact, Revisable) else None
        if revised is None:
            raise
        return _by_embedded(options, revised, progress, checkpoints)
    if options.cover_output and result.graph:
        _write_cover(artefact.model, result.graph, options, options.cover_output)
    return _report(options, artefact, result)


def _by_simulation(
    options: ExploreCommandOptions,
    words: SimulationWords,
    artefact: ModelArtefact,
    progress: ProgressCallback | None,
) -> ExplorationReport:
    drawn = _simulation(options, words)
    asked = SimulationOptions(
        behaviours=drawn.behaviours,
        depth=drawn.depth,
        seed=drawn.seed,
        explore=_explore_options(options),
    )
    name, form = artefact.model.name, options.trace_format
    files = TraceFolder(words.output, name, form) if words.output else None
    found = simulate(artefact.model, asked, progress, files.take if files else None)
    return replace(_report(options, artefact, found.result), simulation=found.simulation)


def _simulation(options: ExploreCommandOptions, words: SimulationWords) -> Simulation:
    """Return what is to be drawn; a time limit alone bounds it enough."""
    behaviours = words.behaviours
    if behaviours is None and options.allowance.timeout is None:
        behaviours = BEHAVIOURS
    seed = secrets.randbelow(2**31) if words.seed is None else words.seed
    return Simulation(behaviours, words.depth or DEPTH, seed)


def _load(options: ExploreCommandOptions) -> ModelArtefact:
    with options.allowance.during(f"reading {options.module}"):
        return open_model(options.module, options.config)


def _load_for_tlc(options: ExploreCommandOptions) -> TlaArtefact:
    artefact = _load(options)
    if not isinstance(artefact, TlaArtefact):
        raise UsageError(
            f"TLC reads TLA+ modules, and {options.module} is none",
            hint="leave --engine away: the embedded engine explores it",
        )
    return artefact


# --- TLC -----------------------------------------------------------------------------------------


def _refuse_contradictions(options: ExploreCommandOptions) -> None:
    """Raise UsageError for words that what was asked for could not honour."""
    if options.engine is Engine.EMBEDDED and options.workers is not None:
        raise UsageError(
            "--workers are threads of TLC; the embedded engine is one process with one thread",
            hint="add --engine tlc",
        )
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
        "--cover-output": options.cover_output,
        "--paranoid": options.paranoid or None,
        "--profile": options.profile or None,
        "--checkpoint": options.checkpoint,
        "--resume": options.resume,
    }
    if words is not None:
        _refuse("a simulation", searching, "bound it with --depth, --traces and --timeout")
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


def _question(options: ExploreCommandOptions) -> TlcQuestion:
    """Return what to ask TLC; a module that only TLC can read is no obstacle."""
    path = _configuration(options)
    configuration = parse_configuration(read_source(path))
    if options.check_deadlock and configuration.check_deadlock is False:
        raise UsageError(f"TLC checks no deadlock where the configuration {path} says FALSE")
    try:
        return TlcQuestion(options.module, path, configuration, _load_for_tlc(options))
    except ConformError as error:
        return TlcQuestion(options.module, path, configuration, None, error.message)


def _by_tlc(
    options: ExploreCommandOptions, question: TlcQuestion, progress: ProgressCallback | None
) -> ExplorationReport:
    asked = replace(
        tlc_options(options.allowance, options.workers),
        check_deadlock=options.check_deadlock,
        stop_at_first=options.stop_at_first,
        simulation=_simulation(options, options.simulation) if options.simulation else None,
    )
    return explore_with_tlc(question, asked, progress_of_tlc(progress))


def _by_both(
    options: ExploreCommandOptions, progress: ProgressCallback | None
) -> ExplorationReport:
    artefact = _load_for_tlc(options)
    ours = _by_embedded(options, artefact, progress)
    question = TlcQuestion(
        options.module, _configuration(options), artefact.configuration, artefact
    )
    theirs = _by_tlc(options, question, progress)
    return joint(ours, theirs, artefact.whole, compare_depth=options.workers in (None, 1))


# --- The parts of an exploration -----------------------------------------------------------------


def _configuration(options: ExploreCommandOptions) -> Path:
    return options.config or configuration_beside(options.module)


def _explore_options(options: ExploreCommandOptions) -> ExploreOptions:
    return replace(
        options.allowance.options,
        max_states=options.max_states,
        max_depth=options.max_depth,
        check_deadlock=options.check_deadlock,
        stop_at_first=options.stop_at_first,
        keep_graph=options.cover_output is not None,
        evaluator=options.evaluator,
        self_check=1 if options.paranoid else SELF_CHECK_SHARE,
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
    model: Model, graph: StateGraph, options: ExploreCommandOptions, folder: Path
) -> None:
    """Write one file a trace, numbered; refuse a graph that is not complete."""
    if not graph.is_complete:
        raise InputError(
            "the state graph is not complete, so nothing can cover it",
            hint="correct the violation, or raise the limit",
        )
    files = TraceFolder(folder, model.name, options.trace_format)
    paths = cover(graph, CoverOptions(CoverKind(options.cover)))
    for number, path in enumerate(paths, start=1):
        files.take(path_trace(model, graph, path, f"{model.name}, covering trace {number}"))
