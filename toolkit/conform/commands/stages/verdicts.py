"""Stage 3: each model explored, with the verdicts that the document expects beside its own."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from conform.check.cf301_verdict import unexpected_verdict
from conform.check.cf302_never_enabled import never_enabled
from conform.check.cf303_undecided import undecided
from conform.check.cf304_deadlock import deadlock
from conform.check.cf305_cut_short import cut_short
from conform.check.cf308_nothing_checked import nothing_checked
from conform.check.cf310_not_looked_at import not_looked_at
from conform.check.cf311_engines_disagree import disagreements
from conform.check.cf370_bounded_search import bounded_search
from conform.check.context import Context
from conform.check.texts.expectations import Judged, judged
from conform.commands.breakdowns import breakdowns, drawn
from conform.commands.document_artefact import DocumentArtefact
from conform.commands.model_artefact import MACHINE, ModelArtefact, revision_of, title_of
from conform.commands.outcomes import report_of_embedded
from conform.commands.stages.second_engine import SecondEngine, told_by_tlc
from conform.commands.tla_artefact import TlaArtefact
from conform.domain.exploration import Engine, ExplorationReport, ExplorationStatus
from conform.domain.finding import Finding
from conform.domain.report import PropertyRow, Verdict, verdict_of
from conform.errors import UnsupportedError
from conform.explore.options import ExploreOptions
from conform.explore.progress import ProgressCallback
from conform.explore.result import ExplorationResult
from conform.explore.search import explore

_BY = {Engine.EMBEDDED: "", Engine.TLC: ", by TLC", Engine.BOTH: ", by both engines"}


class Exploration(Struct, frozen=True):
    """One model explored, and what is to be said of it; `title` is what reports call it.

    `revised_for` is what the artefact's own model could not do: the one explored is its revision.
    """

    title: str
    result: ExplorationResult
    judged: tuple[Judged, ...]
    findings: tuple[Finding, ...]
    engine: Engine = Engine.EMBEDDED
    revised_for: UnsupportedError | None = None

    def explored(self, artefact: ModelArtefact) -> ModelArtefact:
        """Return the artefact with the model that was explored."""
        if self.revised_for is None:
            return artefact
        return revision_of(artefact, self.revised_for) or artefact

    @property
    def verdict(self) -> Verdict:
        """What the findings amount to; ERROR where something has no value or was not to be run."""
        if self.result.status is ExplorationStatus.ERROR:
            return Verdict.ERROR
        return verdict_of(self.findings)

    @property
    def is_whole(self) -> bool:
        """Whether every reachable state was seen."""
        graph = self.result.graph
        return graph is not None and graph.is_complete

    @property
    def summary(self) -> str:
        """One line with the counts."""
        result = self.result
        return (
            f"{result.distinct_states:,} distinct states, {result.states_generated:,} generated, "
            f"depth {result.depth}{_BY[self.engine]}"
        )


def explore_model(
    artefact: ModelArtefact,
    context: Context,
    limits: ExploreOptions,
    *,
    progress: ProgressCallback | None,
    second: SecondEngine | None = None,
) -> Exploration:
    """Explore the model to the end, past violations, and judge each property.

    With a `second` engine, which reads TLA+ alone, its verdicts are judged, or compared with ours.
    """
    options = replace(limits, stop_at_first=False, keep_graph=True)
    try:
        result = explore(artefact.model, options, progress)
    except UnsupportedError as error:
        revised = revision_of(artefact, error)
        if revised is None:
            raise
        found = explore_model(revised, context, limits, progress=progress, second=second)
        return replace(found, revised_for=error)
    contradictions: tuple[Finding, ...] = ()
    engine = Engine.EMBEDDED
    if second is not None and isinstance(artefact, TlaArtefact):
        engine = second.engine
        theirs = second.ask(artefact)
        if second.engine is Engine.BOTH:
            contradictions = _contradictions(artefact, result, theirs, second)
        else:
            result = told_by_tlc(result, theirs)
            contradictions = theirs.findings
    rows = judged(context, artefact.role, result.properties)
    if artefact.name == MACHINE:
        findings = tuple(_findings_on_machine(artefact, context, result))
    else:
        path = artefact.spec.path
        seen = (replace(f, seen_in=path) for f in _findings(artefact, context, result, rows))
        findings = (*seen, *contradictions)
    return Exploration(title_of(artefact), result, rows, findings, engine)


def _contradictions(
    artefact: TlaArtefact,
    result: ExplorationResult,
    theirs: ExplorationReport,
    second: SecondEngine,
) -> tuple[Finding, ...]:
    """Return a CF311 for each thing in which TLC differs, and a finding if it did not finish."""
    span = artefact.whole
    ours = report_of_embedded(span.path, artefact.checked_by, result, ())
    one_worker = second.verdicts.workers in (None, 1)
    found = [*theirs.findings, *disagreements(ours, theirs, span, compare_depth=one_worker)]
    if theirs.status is ExplorationStatus.INCOMPLETE:
        found.append(not_looked_at(f"what TLC says of it ({theirs.message})", span, ""))
    return tuple(found)


def _findings(
    artefact: ModelArtefact, context: Context, result: ExplorationResult, rows: tuple[Judged, ...]
) -> Iterator[Finding]:
    whole, checked_by = artefact.whole, artefact.checked_by
    yield from nothing_checked(result, whole, checked_by)
    yield from breakdowns(artefact, result, with_traces=True)
    if result.deadlock:
        yield deadlock(context, result.deadlock, whole, drawn(result.deadlock))
    if result.limit:
        yield cut_short(context, result, whole)
    yield from bounded_search(result, whole, artefact.excerpt(whole))
    for row in rows:
        yield from _judgement(context, row, artefact)
    if not result.limit and not result.failure and not result.failed_assumption:
        yield from never_enabled(context, artefact.spec.leaf_actions(), result, checked_by)


def _findings_on_machine(
    artefact: ModelArtefact, context: Context, result: ExplorationResult
) -> Iterator[Finding]:
    """Yield what kept the machine from being explored: the rest is found in what it is made of."""
    yield from breakdowns(artefact, result, with_traces=True)
    if result.limit:
        yield cut_short(context, result, artefact.whole)


def _judgement(context: Context, row: Judged, artefact: ModelArtefact) -> Iterator[Finding]:
    if row.result.verdict is Verdict.ERROR:
        return  # CF306 has reported it
    if row.result.verdict is Verdict.INCOMPLETE:
        if not (context.formal and _is_in_prose(row, artefact)):
            yield undecided(context, row)
    elif not row.is_as_expected:
        yield unexpected_verdict(context, row, artefact.spec.path)


def _is_in_prose(row: Judged, artefact: ModelArtefact) -> bool:
    """Whether a document states the property in words alone: then the formal models decide it."""
    if not isinstance(artefact, DocumentArtefact):
        return False
    stated = (each for each in artefact.formal.properties if each.name == row.result.name)
    return any(not each.formulas and each.error is None for each in stated)


def property_rows(exploration: Exploration) -> tuple[PropertyRow, ...]:
    """Return a row for each property that the model checks."""
    return tuple(
        PropertyRow(
            row.result.name,
            str(row.result.kind),
            exploration.title,
            row.result.verdict,
            row.stated.expected if row.stated else None,
            row.result.reason,
            row.result.trace,
        )
        for row in exploration.judged
    )
