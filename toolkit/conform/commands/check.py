"""`conform check`: everything that applies to each protocol of a project, in one report."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from conform.check.cf103_unreadable_artefact import unreadable, verdict_on
from conform.check.cf310_not_looked_at import not_looked_at
from conform.check.columns import Role
from conform.check.context import Context
from conform.check.rules import MAPPING_RULES, READING_RULES, apply
from conform.commands.allowance import Allowance
from conform.commands.artefacts import Artefacts, read_artefacts
from conform.commands.engines import progress_of_tlc, require_tlc
from conform.commands.generate import compare_generated
from conform.commands.model_artefact import ModelArtefact
from conform.commands.stages.mapping import context_of, summary_of_mapping, summary_of_reading
from conform.commands.stages.replaying import ReplayOutcome, make_replayer, replay_cover
from conform.commands.stages.scorecard import Seen, scorecard
from conform.commands.stages.second_engine import SecondEngine
from conform.commands.stages.verdicts import Exploration, explore_model, property_rows
from conform.commands.tla_artefact import TlaArtefact
from conform.commands.tlc_verdicts import TlcVerdicts
from conform.config import Project, ProtocolEntry, load_project
from conform.domain.exploration import Engine
from conform.domain.finding import Finding
from conform.domain.report import (
    ProtocolReport,
    Report,
    Stage,
    Verdict,
    verdict_of,
    worst,
)
from conform.errors import ConformError, InputError, LimitError, UnsupportedError, UsageError
from conform.explore.graph import StateGraph
from conform.explore.progress import ProgressCallback
from conform.replay.replaying import Replayer


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What the user asked for; None leaves the choice to the project file or means no limit.

    `protocols` is empty for all; `model_config` is the name of a configuration in the project file;
    the time of `allowance` is for the whole command. `engine` decides the verdicts, `workers` are
    threads of TLC.
    """

    project_file: Path | None = None
    protocols: tuple[str, ...] = ()
    model_config: str | None = None
    allowance: Allowance = field(default_factory=Allowance)
    max_states: int | None = None
    engine: Engine = Engine.EMBEDDED
    workers: int | None = None


def run(options: CheckOptions, progress: ProgressCallback | None = None) -> Report:
    """Return the report on the protocols asked for.

    Raises ConformError for what cannot be read: a project file, a document, a module.
    """
    started = time.monotonic()
    if options.engine is not Engine.EMBEDDED:
        require_tlc()
    elif options.workers is not None:
        raise UsageError("--workers are threads of TLC", hint="add --engine tlc")
    project = load_project(options.project_file)
    protocols = tuple(
        _Check(project, entry, options, progress).run()
        for entry in project.selected(options.protocols)
    )
    return Report("check", protocols, time.monotonic() - started)


@dataclass(slots=True)
class _Check:
    """The check of one protocol: a stage after the other, each adding to the report."""

    project: Project
    entry: ProtocolEntry
    options: CheckOptions
    progress: ProgressCallback | None
    stages: list[Stage] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unread: list[ConformError] = field(default_factory=list)
    explorations: dict[Role | None, Exploration] = field(default_factory=dict)
    replays: dict[str, ReplayOutcome] = field(default_factory=dict)

    def run(self) -> ProtocolReport:
        """Return the report; what cannot be read is a finding, and the rest is checked."""
        begun = time.monotonic()
        try:
            with self.options.allowance.during(f"reading {self.entry.name}"):
                artefacts = read_artefacts(self.entry, self.options.model_config)
        except (InputError, UnsupportedError, LimitError) as error:
            return self._nothing_read(error, begun)
        replayers = self._replayers(artefacts)
        context = context_of(self.project, artefacts)
        self._read(artefacts, context, begun)
        self._map(context)
        for artefact in artefacts.models:
            self._explore(artefact, context)
        if artefacts.tlaplus:
            self._compare_generated(artefacts)
            self._replay(replayers, artefacts.tlaplus, context)
        seen = Seen(self.entry, context, self.explorations, self.replays)
        rows = [row for found in self.explorations.values() for row in property_rows(found)]
        return ProtocolReport(
            self.entry.name,
            tuple(self.stages),
            tuple(self.findings),
            tuple(rows),
            scorecard(seen),
        )

    def _nothing_read(self, error: ConformError, begun: float) -> ProtocolReport:
        self.unread.append(error)
        self._close_reading("nothing was read", [], begun)
        return ProtocolReport(self.entry.name, tuple(self.stages), tuple(self.findings), (), ())

    def _read(self, artefacts: Artefacts, context: Context, begun: float) -> None:
        self.unread.extend(artefacts.unread)
        found = [*apply(READING_RULES, context), *self._reading_findings(artefacts)]
        self._close_reading(summary_of_reading(context), found, begun)

    def _close_reading(self, summary: str, found: list[Finding], begun: float) -> None:
        unread = [unreadable(error, self.entry.span) for error in self.unread]
        self.findings.extend(unread + found)
        verdicts = [verdict_of(found), *map(verdict_on, self.unread)]
        self._add("reading", worst(verdicts), summary, begun)

    def _replayers(self, artefacts: Artefacts) -> dict[str, Replayer]:
        """Return a replayer for each implementation that can be loaded."""
        replayers: dict[str, Replayer] = {}
        model = artefacts.tlaplus
        if model is None:
            return replayers
        for entry in self.entry.implementations:
            try:
                replayers[entry.name] = make_replayer(self.project, entry, model)
            except (InputError, UnsupportedError) as error:
                self.unread.append(error)
        return replayers

    def _reading_findings(self, artefacts: Artefacts) -> Iterator[Finding]:
        for artefact in artefacts.models:
            yield from artefact.warnings()
        if not self.entry.tlaplus and not self.entry.fizzbee:
            excerpt = self.entry.spec.excerpt
            yield not_looked_at(
                f"what {self.entry.name} does", self.entry.spec.span, excerpt, "name a model"
            )
        if self.entry.fizzbee:
            module = self.entry.fizzbee.module
            yield not_looked_at(f"FizzBee module {module.shown}", module.span, module.excerpt)

    def _map(self, context: Context) -> None:
        begun = time.monotonic()
        self._close("mapping", summary_of_mapping(context), apply(MAPPING_RULES, context), begun)

    def _explore(self, artefact: ModelArtefact, context: Context) -> None:
        begun = time.monotonic()
        explored = explore_model(
            artefact,
            context,
            replace(self.options.allowance.options, max_states=self.options.max_states),
            progress=self.progress,
            second=self._second_engine(),
        )
        self.explorations[artefact.role] = explored
        self._add(f"verdicts, {explored.title}", explored.verdict, explored.summary, begun)
        self.findings.extend(explored.findings)

    @property
    def _graph(self) -> StateGraph | None:
        """The state graph of the TLA+ module, from which files are generated and replayed."""
        explored = self.explorations.get(Role.TLAPLUS)
        return explored.result.graph if explored else None

    def _second_engine(self) -> SecondEngine | None:
        options = self.options
        if options.engine is Engine.EMBEDDED or self.entry.tlaplus is None:
            return None
        progress = progress_of_tlc(self.progress)
        verdicts = TlcVerdicts(options.allowance, options.workers, progress)
        return SecondEngine(options.engine, verdicts, self.entry.tlaplus, options.model_config)

    def _compare_generated(self, artefacts: Artefacts) -> None:
        if self.entry.generated is None:
            return
        begun = time.monotonic()
        summary, findings = compare_generated(self.project, artefacts, self._graph)
        self._close("generated files", summary, findings, begun)

    def _replay(
        self, replayers: Mapping[str, Replayer], artefact: TlaArtefact, context: Context
    ) -> None:
        graph = self._graph
        for implementation in self.entry.implementations:
            begun = time.monotonic()
            name = f"replay, {implementation.name}"
            if graph is None or not graph.is_complete:
                reason = "not replayed: the state graph is not complete"
                self._add(name, Verdict.INCOMPLETE, reason, begun)
                continue
            replayer = replayers.get(implementation.name)
            if replayer is None:
                self._add(name, Verdict.ERROR, "not replayed: it could not be loaded", begun)
                continue
            outcome = replay_cover(implementation, replayer, artefact, graph, context)
            self.replays[implementation.name] = outcome
            self._close(name, outcome.summary, outcome.findings, begun)

    def _close(
        self, name: str, summary: str, findings: list[Finding] | tuple[Finding, ...], begun: float
    ) -> None:
        self.findings.extend(findings)
        self._add(name, verdict_of(findings), summary, begun)

    def _add(self, name: str, verdict: Verdict, summary: str, begun: float) -> None:
        self.stages.append(Stage(name, verdict, summary, time.monotonic() - begun))
