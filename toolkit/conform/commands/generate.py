"""`conform generate`: write the generated files of each protocol, or say whether they are stale."""

from __future__ import annotations

import time
from pathlib import Path, PurePosixPath

from msgspec import Struct

from conform.commands.artefacts import Artefacts, load_artefacts
from conform.commands.tla_artefact import TlaArtefact
from conform.config import FileEntry, Project, ProtocolEntry, load_project
from conform.domain.finding import Finding
from conform.domain.machine import Machine, Omission
from conform.domain.report import ProtocolReport, Report, Stage, verdict_of
from conform.errors import InputError, UnsupportedError, UsageError
from conform.explore.graph import StateGraph
from conform.explore.options import ExploreOptions
from conform.explore.progress import ProgressCallback
from conform.explore.search import explore
from conform.generate.cf403_edited_file import edited_file
from conform.generate.cf404_not_generated import not_generated, nothing_generated
from conform.generate.cf406_unstated_liveness import unstated_liveness
from conform.generate.freshness import compare, is_ours
from conform.generate.generating import GeneratedFile, SuiteOptions, generate
from conform.generate.header import read_header
from conform.generate.refusals import lone_refusals
from conform.generate.scenarios import covering_scenarios
from conform.languages.tlaplus.translation.describing import describe_machine
from conform.languages.tlaplus.translation.guards import guard_predicates

MAX_STATES = 250_000
"""Distinct states explored for scenarios: the early part of a larger graph is as good."""


class GenerateOptions(Struct, frozen=True):
    """What the user asked for: `only_check` writes nothing; `protocols` is empty for all."""

    project_file: Path | None = None
    protocols: tuple[str, ...] = ()
    only_check: bool = False


class _Made(Struct, frozen=True):
    """The files of one protocol, and what could not be made."""

    files: tuple[GeneratedFile, ...]
    findings: tuple[Finding, ...]


def run(options: GenerateOptions, progress: ProgressCallback | None = None) -> Report:
    """Return a report whose stages say what was written, or whose findings say what is stale.

    Protocols for which conform.yaml names no folder are passed over; raises UsageError if that
    leaves none.
    """
    started = time.monotonic()
    project = load_project(options.project_file)
    entries = [entry for entry in project.selected(options.protocols) if entry.generated]
    if not entries:
        raise UsageError(
            "no protocol has a folder for generated files",
            expected="`generated: generated/<protocol>` below a protocol in conform.yaml",
        )
    reports = tuple(_protocol(project, entry, options, progress) for entry in entries)
    return Report("generate", reports, time.monotonic() - started)


def compare_generated(
    project: Project, artefacts: Artefacts, graph: StateGraph | None = None
) -> tuple[str, tuple[Finding, ...]]:
    """Return a summary and findings on whether a protocol's generated files are fresh.

    `graph` is the model's state graph if there is one already; it is left aside if it is not the
    one that files are generated from, which is that of the first configuration.
    """
    entry = artefacts.entry
    assert entry.generated is not None
    if artefacts.tlaplus and not is_first_configuration(artefacts):
        artefacts, graph = load_artefacts(entry), None
    made = _make(project, artefacts, graph, None)
    return _comparison(made, entry.generated)


def is_first_configuration(artefacts: Artefacts) -> bool:
    """Whether the module was read under the configuration that files are generated for."""
    tlaplus, entry = artefacts.tlaplus, artefacts.entry.tlaplus
    assert tlaplus is not None and entry is not None
    return tlaplus.configuration_name == entry.configurations[0][0]


def _comparison(made: _Made, folder: FileEntry) -> tuple[str, tuple[Finding, ...]]:
    found = compare(made.files, folder.path, folder.shown)
    names = ", ".join(file.path for file in made.files) or "no file"
    what = f"{len(found)} differences" if found else "fresh"
    return f"{names}: {what}", (*made.findings, *found)


def _protocol(
    project: Project,
    entry: ProtocolEntry,
    options: GenerateOptions,
    progress: ProgressCallback | None,
) -> ProtocolReport:
    begun = time.monotonic()
    assert entry.generated is not None
    made = _make(project, load_artefacts(entry), None, progress)
    if options.only_check:
        summary, findings = _comparison(made, entry.generated)
    else:
        summary, findings = _write(made, entry.generated)
    stage = Stage("generated files", verdict_of(findings), summary, time.monotonic() - begun)
    return ProtocolReport(entry.name, (stage,), findings, (), ())


# ------------------------------------------------------------------------------------ making


def _make(
    project: Project,
    artefacts: Artefacts,
    graph: StateGraph | None,
    progress: ProgressCallback | None,
) -> _Made:
    entry, tlaplus = artefacts.entry, artefacts.tlaplus
    if tlaplus is None:
        reason = "it names no TLA+ module"
        return _Made((), (nothing_generated(entry.name, reason, entry.span),))
    try:
        machine = describe_machine(tlaplus.model, tlaplus.configuration, artefacts.document)
    except UnsupportedError as error:
        found = nothing_generated(entry.name, error.message, error.span, error.excerpt)
        return _Made((), (found,))
    files = _files(project, artefacts, tlaplus, machine, graph, progress)
    findings = tuple(map(not_generated, machine.omissions))
    if machine.unstated is not None:
        findings = (*findings, unstated_liveness(machine.unstated))
    if len(files) == 1:
        findings = (*findings, _no_behaviour(entry))
    return _Made(files, findings)


def _files(
    project: Project,
    artefacts: Artefacts,
    tlaplus: TlaArtefact,
    machine: Machine,
    graph: StateGraph | None,
    progress: ProgressCallback | None,
) -> tuple[GeneratedFile, ...]:
    entry, model = artefacts.entry, tlaplus.model
    assert entry.generated is not None
    if graph is None or not graph.is_complete or graph.state_count > MAX_STATES:
        options = ExploreOptions(
            max_states=MAX_STATES, check_liveness=False, stop_at_first=False, keep_graph=True
        )
        graph = explore(model, options, progress).graph
    scenarios = covering_scenarios(model, graph, machine) if graph else ()
    refusals = lone_refusals(model, graph, guard_predicates(model), machine) if graph else ()
    suite = SuiteOptions(module_of(entry.generated), _implementation(entry))
    return generate(machine, artefacts.machine_sources, suite, scenarios, refusals)


def _no_behaviour(entry: ProtocolEntry) -> Finding:
    reason = "no action can be taken in any state, so there is nothing to test"
    return not_generated(Omission("the suite of", entry.name, reason, "", entry.span))


def module_of(folder: FileEntry) -> str:
    """Return the dotted name of machine.py in a generated folder, relative to the project's root.

    Raises InputError for a path that cannot be imported.
    """
    parts = PurePosixPath(Path(folder.shown).as_posix()).parts
    if not parts or not all(part.isidentifier() for part in parts):
        raise InputError(
            f"generated files cannot be imported from {folder.shown}",
            span=folder.span,
            excerpt=folder.excerpt,
            expected="a relative path whose parts are identifiers, as in generated/leaderless_log",
        )
    return ".".join((*parts, "machine"))


def _implementation(entry: ProtocolEntry) -> str:
    """Return the entry of the first implementation that a Python suite can drive; empty if none."""
    targets = (each.target for each in entry.implementations if each.language == "python")
    return next(targets, "")


# ------------------------------------------------------------------------------------ writing


def _write(made: _Made, folder: FileEntry) -> tuple[str, tuple[Finding, ...]]:
    """Write the files that are not as they should be, but none that somebody has edited."""
    written: list[str] = []
    findings = list(made.findings)
    for file in made.files:
        path = folder.path / file.path
        if not is_ours(path):
            findings += _in_the_way(path, f"{folder.shown}/{file.path}")
        elif not path.exists() or path.read_bytes() != file.text.encode():
            _write_file(path, file.text)
            written.append(file.path)
    findings += [
        each for each in compare(made.files, folder.path, folder.shown) if each.code == "CF405"
    ]
    summary = f"wrote {', '.join(written)}" if written else "nothing to write: all is fresh"
    return f"{summary} in {folder.shown}", tuple(findings)


def _in_the_way(path: Path, shown: str) -> list[Finding]:
    text = path.read_bytes().decode("utf-8", errors="replace") if path.is_file() else ""
    return [edited_file(shown, 1, (), has_header=read_header(text) is not None)]


def _write_file(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None
