"""The check of one protocol: its stages, what each found, and the report on all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from msgspec import Struct

from conform.check.causes import told_once
from conform.check.cf103_unreadable_artefact import unreadable, verdict_on
from conform.check.cf310_not_looked_at import not_looked_at
from conform.check.columns import Role
from conform.check.context import Context
from conform.check.rules import MAPPING_RULES, READING_RULES, apply
from conform.commands.artefacts import Artefacts, read_artefacts
from conform.commands.check_options import CheckOptions
from conform.commands.engines import progress_of_tlc
from conform.commands.generate import compare_generated, is_first_configuration
from conform.commands.machine_artefact import machine_of
from conform.commands.model_artefact import ModelArtefact, title_of
from conform.commands.reading_pool import WORTH_A_PROCESS, ReadingPool, ReadingTask
from conform.commands.shared_replay import ReplayTask, SharedReplay
from conform.commands.stages.agreement import agreement
from conform.commands.stages.claims import claims
from conform.commands.stages.covering import CoverReplay
from conform.commands.stages.mapping import context_of, summary_of_mapping, summary_of_reading
from conform.commands.stages.other_configurations import (
    explore_others,
    leave_others,
    limits_of_others,
)
from conform.commands.stages.replaying import ReplayOutcome, make_replayer, outcome_of
from conform.commands.stages.scorecard import Seen, scorecard
from conform.commands.stages.second_engine import SecondEngine
from conform.commands.stages.verdicts import Exploration, explore_model, property_rows
from conform.commands.stages_done import Part, StagesDone
from conform.commands.state_bounds import bound_of_reading
from conform.commands.tla_artefact import TlaArtefact
from conform.commands.tlc_verdicts import TlcVerdicts
from conform.config import ImplementationEntry, Project, ProtocolEntry
from conform.domain.exploration import Engine
from conform.domain.finding import Finding
from conform.domain.report import (
    ProtocolReport,
    ScorecardRow,
    Verdict,
    verdict_of,
    worst,
)
from conform.errors import ConformError, InputError, LimitError, UnsupportedError
from conform.explore.graph import StateGraph
from conform.explore.progress import ProgressCallback
from conform.languages.markdown.formal.reporting import reported
from conform.replay.replaying import Replayer

UNKNOWN_NAME, NEAR_NAME = "CF111", "CF238"
"""A name that a formal line does not know, and one that is almost a known one: told once."""


class _Begun(Struct, frozen=True):
    """A replay that other processes may still be at."""

    implementation: ImplementationEntry
    artefact: TlaArtefact
    replay: CoverReplay
    shared: SharedReplay


_Explored: TypeAlias = tuple[Exploration | UnsupportedError, float]
"""What exploring a model gave, and when that began."""


@dataclass(slots=True)
class ProtocolCheck:
    """The check of one protocol: a stage after the other, each adding to the report.

    `begin` explores one reading of the protocol and sends the others to the pool, `replay` does
    what rests on that reading alone, `compare` waits for the others and holds them against one
    another, and `report` concludes.
    """

    project: Project
    entry: ProtocolEntry
    options: CheckOptions
    pool: ReadingPool
    progress: ProgressCallback | None
    unread: list[ConformError] = field(default_factory=list)
    explorations: dict[str, Exploration] = field(default_factory=dict)
    others: dict[str, Exploration] = field(default_factory=dict)
    replays: dict[str, ReplayOutcome] = field(default_factory=dict)
    _stages: StagesDone = field(default_factory=StagesDone)
    _begun: list[_Begun] = field(default_factory=list)
    _models: tuple[ModelArtefact, ...] = ()
    _replayed: tuple[Mapping[str, Replayer], TlaArtefact] | None = None
    _is_compared: bool = False
    _explored_early: dict[str, _Explored] = field(default_factory=dict)
    _context: Context | None = None
    _artefacts: Artefacts | None = None

    def explore_elsewhere(self) -> None:
        """Let another process explore the first model, if that is known to be the TLA+ module.

        What is not begun when it is needed is explored here.
        """
        if self.entry.tlaplus is not None and self.options.engine is Engine.EMBEDDED:
            self._submit(str(Role.TLAPLUS), self.options.max_states)

    def begin(self) -> None:
        """Read the artefacts, explore the first model, and send the others away.

        What cannot be read is a finding, and the rest is checked.
        """
        begun = time.monotonic()
        try:
            with self.options.allowance.during(f"reading {self.entry.name}"):
                artefacts = read_artefacts(self.entry, self.options.model_config)
        except (InputError, UnsupportedError, LimitError) as error:
            self.unread.append(error)
            self._close_reading("nothing was read", [], begun)
            return
        replayers = self._replayers(artefacts)
        self._context = context = context_of(self.project, artefacts)
        self._read(artefacts, context, begun)
        self._map(context)
        self._models, self._artefacts = artefacts.models, artefacts
        self._explore_all(self._models[:1], context)
        self._send_away(self._models[1:])
        if artefacts.tlaplus:
            self._compare_generated(artefacts)
            self._replayed = (replayers, artefacts.tlaplus)

    def replay(self, between: Callable[[], None]) -> None:
        """Replay the graph of the first model, with all who are ready for it.

        `between` is called now and then, for what others have made ready meanwhile.
        """
        if self._replayed is not None:
            self._replay(*self._replayed, between)

    def explore_waiting(self) -> bool:
        """Explore here the first model that waits for another process; return whether one did.

        What only one can do is done before what many can, and FizzBee's, which is the first and
        takes the longest, before the others: who comes last to the end waits the least then.
        """
        for artefact in self._models[1:]:
            is_waiting = self.pool.takes_back((self.entry.name, artefact.name))
            if is_waiting and self._context is not None:
                self._explored_early[artefact.name] = self._explored(artefact, self._context)
                return True
        return False

    @property
    def is_comparable(self) -> bool:
        """Whether there is something to compare, and nobody is still at it."""
        if self._is_compared or self._context is None:
            return False
        return all(
            each.name in self._explored_early
            or self.pool.has_answered((self.entry.name, each.name))
            for each in self._models[1:]
        )

    def compare(self) -> None:
        """Explore what else is to be explored, and compare all, unless that is done."""
        context = self._context
        if context is None or self._is_compared:
            return
        self._is_compared = True
        self._explore_all(self._models[1:], context)
        self._explore_others(context)
        self._compare_readings(context)
        self._hold_claims(context)

    def report(self) -> ProtocolReport:
        """Return the report, once everything is explored."""
        self.compare()
        if self._context is not None:
            self._conclude_replays(self._context)
        explored = (*self.explorations.values(), *self.others.values())
        rows = [row for found in explored for row in property_rows(found)]
        return ProtocolReport(
            self.entry.name,
            self._stages.stages,
            told_once(self._stages.findings, rows),
            tuple(rows),
            self._scorecard(),
        )

    def _scorecard(self) -> tuple[ScorecardRow, ...]:
        if self._context is None or self._artefacts is None:
            return ()
        found = (self.explorations, self.replays, tuple(self.others.values()))
        return scorecard(Seen(self.entry, self._context, self._artefacts.formal, *found))

    def _read(self, artefacts: Artefacts, context: Context, begun: float) -> None:
        self.unread.extend(artefacts.unread)
        found = [*self._reading_findings(artefacts)]
        told = {str(each.span) for each in found if each.code == UNKNOWN_NAME}
        found += [
            each
            for each in apply(READING_RULES, context)
            if each.code != NEAR_NAME or str(each.span) not in told
        ]
        self._close_reading(summary_of_reading(context), found, begun)

    def _close_reading(self, summary: str, found: list[Finding], begun: float) -> None:
        unread = [unreadable(error, self.entry.span) for error in self.unread]
        verdict = worst((verdict_of(found), *map(verdict_on, self.unread)))
        self._stages.add(Part.READING, "reading", verdict, summary, [*unread, *found], begun)

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
        for artefact in (artefacts.tlaplus, artefacts.fizzbee):
            yield from artefact.warnings() if artefact else ()
        yield from reported(artefacts.formal)
        if not self.entry.tlaplus and not self.entry.fizzbee:
            excerpt = self.entry.spec.excerpt
            yield not_looked_at(
                f"what {self.entry.name} does", self.entry.spec.span, excerpt, "name a model"
            )

    def _map(self, context: Context) -> None:
        begun = time.monotonic()
        found = apply(MAPPING_RULES, context)
        self._stages.close(Part.MAPPING, "mapping", summary_of_mapping(context), found, begun)

    def _explore_all(self, artefacts: Sequence[ModelArtefact], context: Context) -> None:
        """Explore models, first those that no other process has begun, and note them in order."""
        pool, protocol = self.pool, self.entry.name
        by_need = sorted(artefacts, key=lambda each: pool.has_begun((protocol, each.name)))
        early = self._explored_early
        found = {
            each.name: early[each.name] if each.name in early else self._explored(each, context)
            for each in by_need
        }
        for artefact in artefacts:
            self._note(artefact, *found[artefact.name])

    def _explored(self, artefact: ModelArtefact, context: Context) -> _Explored:
        """Return what exploring a model gave, and when that began."""
        begun = time.monotonic()
        try:
            explored = self.pool.finished(self.entry.name, artefact.name) or explore_model(
                artefact,
                context,
                self.options.allowance.options_within(self._most_states(artefact)),
                progress=self.progress,
                second=self._second_engine(),
            )
        except UnsupportedError as error:
            return error, begun
        return explored, time.monotonic() - explored.result.duration

    def _note(
        self, artefact: ModelArtefact, explored: Exploration | UnsupportedError, begun: float
    ) -> None:
        if isinstance(explored, UnsupportedError):
            name, found = f"verdicts, {title_of(artefact)}", [unreadable(explored, artefact.whole)]
            self._stages.add(
                Part.VERDICTS, name, verdict_on(explored), "not explored", found, begun
            )
            return
        self.explorations[artefact.name] = explored
        self._models = tuple(
            explored.explored(each) if each.name == artefact.name else each for each in self._models
        )
        name = f"verdicts, {explored.title}"
        found_there = (explored.verdict, explored.summary, explored.findings)
        self._stages.add(Part.VERDICTS, name, *found_there, begun)

    def _send_away(self, artefacts: Iterable[ModelArtefact]) -> None:
        """Let other processes explore these, where that is likely to take long."""
        if any(each.result.duration < WORTH_A_PROCESS for each in self.explorations.values()):
            return
        for artefact in artefacts:
            self._submit(artefact.name, self._most_states(artefact))

    def _submit(self, reading: str, max_states: int | None) -> None:
        options = self.options
        self.pool.begin(
            ReadingTask(
                options.project_file,
                self.entry.name,
                reading,
                options.model_config,
                options.allowance,
                max_states,
            )
        )

    def _most_states(self, artefact: ModelArtefact) -> int | None:
        """Return how many states are looked at: some may never end where others do."""
        return bound_of_reading(artefact.name, self.options.max_states, self._counts)

    @property
    def _counts(self) -> list[int]:
        """The states of each reading that was explored to the end."""
        found = self.explorations.values()
        return [each.result.distinct_states for each in found if each.is_whole]

    @property
    def _graph(self) -> StateGraph | None:
        """The state graph of the TLA+ module, from which files are generated and replayed."""
        explored = self.explorations.get(str(Role.TLAPLUS))
        return explored.result.graph if explored else None

    def _explore_others(self, context: Context) -> None:
        """Explore the module under configurations that check what the one in use does not."""
        if self._artefacts is None:
            return
        limits = limits_of_others(self.options, self._counts)
        given = (self._artefacts, context, limits, self.progress, self._second_engine)
        is_alone = self.options.model_config is not None
        for each in leave_others(*given[:2]) if is_alone else explore_others(*given):
            self.others.update({each.name: each.exploration} if each.exploration else {})
            seen = (each.title, each.verdict, each.summary, each.findings, each.begun)
            self._stages.add(Part.VERDICTS, *seen)

    def _second_engine(self, configuration: str | None = None) -> SecondEngine | None:
        options = self.options
        if options.engine is Engine.EMBEDDED or self.entry.tlaplus is None:
            return None
        progress = progress_of_tlc(self.progress)
        verdicts = TlcVerdicts(options.allowance, options.workers, progress)
        return SecondEngine(
            options.engine, verdicts, self.entry.tlaplus, configuration or options.model_config
        )

    def _compare_generated(self, artefacts: Artefacts) -> None:
        """Compare the files on disk, and add the machine there to the readings."""
        if self.entry.generated is None:
            return
        begun = time.monotonic()
        summary, findings = compare_generated(self.project, artefacts, self._graph)
        machine = None
        path = f"{self.entry.generated.shown}/machine.py"
        is_fresh = not any(found.span and found.span.path == path for found in findings)
        try:
            if is_fresh or is_first_configuration(artefacts):
                with self.options.allowance.during(f"executing {path}"):
                    machine = machine_of(artefacts)
        except (UnsupportedError, LimitError) as error:
            findings = (*findings, unreadable(error, self.entry.generated.span))
        self._stages.close(Part.GENERATED, "generated files", summary, findings, begun)
        if machine is not None:
            self._models = (*self._models, machine)
            self._send_away((machine,))

    def _replay(
        self,
        replayers: Mapping[str, Replayer],
        artefact: TlaArtefact,
        between: Callable[[], None],
    ) -> None:
        graph = self._graph
        for implementation in self.entry.implementations:
            begun = time.monotonic()
            name = f"replay, {implementation.name}"
            if graph is None or not graph.is_complete:
                reason = "not replayed: the state graph is not complete"
                self._stages.add(Part.REPLAY, name, Verdict.INCOMPLETE, reason, (), begun)
                continue
            replayer = replayers.get(implementation.name)
            if replayer is None:
                reason = "not replayed: it could not be loaded"
                self._stages.add(Part.REPLAY, name, Verdict.ERROR, reason, (), begun)
                continue
            replay = CoverReplay(artefact.model, graph, replayer, self.options.cover)
            shared = SharedReplay(self.pool, self._replay_task(implementation, graph), replay)
            shared.begin(between)
            self._begun.append(_Begun(implementation, artefact, replay, shared))

    def _replay_task(self, implementation: ImplementationEntry, graph: StateGraph) -> ReplayTask:
        options = self.options
        names = (self.entry.name, implementation.name)
        return ReplayTask(options.project_file, *names, options.model_config, graph, options.cover)

    def _conclude_replays(self, context: Context) -> None:
        for each in self._begun:
            begun = time.monotonic() - each.shared.spent
            entry, result = each.implementation, each.shared.result()
            outcome = outcome_of(entry, each.replay, result, each.artefact, context)
            self.replays[entry.name] = outcome
            name = f"replay, {entry.name}"
            self._stages.close(Part.REPLAY, name, outcome.summary, outcome.findings, begun)

    def _hold_claims(self, context: Context) -> None:
        if not self.explorations:
            return
        begun = time.monotonic()
        found = claims(self._models, self.explorations, self.others, context)
        summary = "what the documents say of states and steps, held against the models"
        self._stages.close(Part.CLAIMS, "claims", summary, found, begun)

    def _compare_readings(self, context: Context) -> None:
        if len(self.explorations) < 2:
            return
        begun = time.monotonic()
        allowance = self.options.allowance
        outcome = agreement(self._models, self.explorations, context, allowance, self.progress)
        self._stages.add(
            Part.AGREEMENT, "agreement", outcome.verdict, outcome.summary, outcome.findings, begun
        )
        for row in outcome.rows:
            name = f"agreement, {row.left} with {row.right}"
            self._stages.add(Part.AGREEMENT, name, row.verdict, row.summary, (), time.monotonic())
