"""What TLC adds to the exploration of a model: its verdicts in place of ours, or beside them.

The state graph, how often each action was taken and all that is generated and replayed from it are
the embedded engine's in any case.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from conform.commands.tla_artefact import TlaArtefact
from conform.commands.tlc_exploration import TlcQuestion
from conform.commands.tlc_verdicts import TlcVerdicts
from conform.config import TlaplusEntry
from conform.domain.exploration import Engine, ExplorationReport, ExplorationStatus
from conform.errors import EvaluationError
from conform.explore.result import ExplorationResult, Failure, PropertyResult


class SecondEngine(Struct, frozen=True):
    """TLC, asked about the module of an entry under the configuration of that name."""

    engine: Engine
    verdicts: TlcVerdicts
    entry: TlaplusEntry
    configuration: str | None

    def ask(self, artefact: TlaArtefact) -> ExplorationReport:
        """Return what TLC finds of the same module; raises InputError where it is missing."""
        question = TlcQuestion(
            self.entry.module.path,
            self.entry.configuration(self.configuration).path,
            artefact.configuration,
            artefact,
        )
        return self.verdicts.ask(question, artefact.configuration_source)


def told_by_tlc(ours: ExplorationResult, theirs: ExplorationReport) -> ExplorationResult:
    """Return our result with TLC's verdicts, counts and traces in place of ours."""
    is_broken = theirs.status is ExplorationStatus.ERROR
    failure = Failure("TLC", EvaluationError(theirs.message), theirs.trace) if is_broken else None
    return replace(
        ours,
        status=theirs.status,
        message=theirs.message,
        states_generated=theirs.states_generated,
        distinct_states=theirs.distinct_states,
        depth=theirs.depth,
        properties=_rows(ours, theirs),
        deadlock=theirs.deadlock,
        failed_assumption=None,
        failure=failure,
    )


def _rows(ours: ExplorationResult, theirs: ExplorationReport) -> tuple[PropertyResult, ...]:
    spans = {(row.name, row.kind): row.span for row in ours.properties}
    return tuple(
        PropertyResult(
            row.name,
            row.kind,
            row.verdict,
            spans[row.name, row.kind],
            row.reason,
            row.trace,
            row.closing_step,
        )
        for row in theirs.properties
        if (row.name, row.kind) in spans
    )
