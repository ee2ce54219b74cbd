"""`conform replay`: run recorded traces against an implementation, state compared at each step."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from conform.commands.artefacts import load_artefacts
from conform.commands.stages.replaying import make_replayer, within
from conform.commands.tla_artefact import TlaArtefact
from conform.config import Project, ProtocolEntry, load_project
from conform.domain.finding import Finding
from conform.domain.report import ProtocolReport, Report, Stage, verdict_of
from conform.domain.trace import Trace
from conform.errors import UsageError
from conform.explore.progress import ProgressCallback
from conform.replay.alignment import align
from conform.replay.cf505_no_trace import without_steps
from conform.replay.cf507_unexercised_action import unexercised
from conform.replay.findings import findings_of
from conform.replay.recorded import replay_traces
from conform.replay.replaying import Replayer
from conform.replay.spec_states import SpecStates
from conform.text import read_source
from conform.traces.format import detect, format_named
from conform.traces.shapes import Shapes, shapes_of


class ReplayOptions(Struct, frozen=True):
    """What the user asked for; `protocol` is None where the project has only one.

    `model_config` is the name of a configuration in the project file; None means the first.
    """

    traces: tuple[Path, ...]
    implementation: str
    protocol: str | None = None
    project_file: Path | None = None
    model_config: str | None = None


def run(options: ReplayOptions, progress: ProgressCallback | None = None) -> Report:
    """Return the report on every trace replayed, a stage for each file.

    Raises ConformError for what cannot be read, a trace file among it.
    """
    started = time.monotonic()
    project = load_project(options.project_file)
    entry = _protocol(project, options.protocol)
    artefact = load_artefacts(entry, options.model_config).tlaplus
    if artefact is None:
        raise UsageError(
            f"protocol {entry.name} names no model that could explain the traces",
            hint="add a `tlaplus` entry to it in conform.yaml",
        )
    replayer = make_replayer(project, entry.implementation(options.implementation), artefact)
    shapes = _shapes(artefact)
    stages: list[Stage] = []
    findings: list[Finding] = []
    for path in options.traces:
        begun = time.monotonic()
        found, summary = _replay_file(path, artefact, replayer, shapes)
        findings.extend(within(project.root, found))
        elapsed = time.monotonic() - begun
        stages.append(Stage(str(path), verdict_of(found), summary, elapsed))
    findings.extend(unexercised((action.name for action in artefact.spec.actions), replayer.result))
    report = ProtocolReport(entry.name, tuple(stages), tuple(findings), (), ())
    return Report("replay", (report,), time.monotonic() - started)


def _protocol(project: Project, name: str | None) -> ProtocolEntry:
    if name is not None:
        return project.selected((name,))[0]
    if len(project.protocols) > 1:
        raise UsageError(
            "the project has several protocols",
            expected="--protocol " + " or ".join(entry.name for entry in project.protocols),
        )
    return project.protocols[0]


def _shapes(artefact: TlaArtefact) -> Shapes:
    """Return what the initial states tell of the variables' kinds of values."""
    states = SpecStates(artefact.model.slots)
    return shapes_of(states.bindings(state) for state in artefact.model.initial_states())


def _replay_file(
    path: Path, artefact: TlaArtefact, replayer: Replayer, shapes: Shapes
) -> tuple[list[Finding], str]:
    source = read_source(path)
    form = format_named(detect(source))
    traces = form.read(source, shapes)
    findings = list(without_steps(str(path), traces))
    aligned = [align(trace, artefact.model, keeps_kinds=form.keeps_kinds) for trace in traces]
    for alignment in aligned:
        findings.extend(alignment.findings)
    before = len(replayer.result.divergences)
    taken = sum(replayer.result.exercised.values())
    complete = [alignment.trace for alignment in aligned if alignment.trace.steps]
    result = replay_traces(complete, replayer, max_divergences=before + len(complete))
    findings.extend(findings_of(result.divergences[before:]))
    steps = sum(result.exercised.values()) - taken
    return findings, f"{form.title}: {_counted(traces)}, {steps:,} steps taken as the model says"


def _counted(traces: Iterable[Trace]) -> str:
    count = len(tuple(traces))
    return "1 trace" if count == 1 else f"{count:,} traces"
