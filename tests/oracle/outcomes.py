"""What an engine says of one module, reduced to what both engines must agree on.

TLC's outcome is recorded in tests/golden/oracle, one file a module of `modules/`; the counts only
where its search completes, as they otherwise depend on the order of the search.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace  # noqa: TID251  # of dataclasses
from enum import StrEnum
from pathlib import Path

from conform.commands.tla_artefact import load_tla_artefact
from conform.domain.exploration import ExplorationStatus
from conform.domain.model import PropertyKind
from conform.domain.report import Verdict
from conform.domain.trace import Trace
from conform.errors import InputError, UnsupportedError
from conform.explore.options import ExploreOptions
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from conform.text import read_source
from conform.tlc.running import ExitStatus, TlcRun

MODULES = Path(__file__).parent / "modules"
RECORDED = Path(__file__).parents[1] / "golden" / "oracle"

NAMES = sorted(path.stem for path in MODULES.glob("*.cfg"))
"""The modules that have a configuration; others are only extended."""


class Meaning(StrEnum):
    """What TLC's exit code says.

    FAILURE is its 255, unclassified: of evaluation or of input. TAUTOLOGY is its 77: temporal
    properties leave nothing to check, which is INCOMPLETE for us.
    """

    SUCCESS = "success"
    ASSUMPTION = "assumption"
    DEADLOCK = "deadlock"
    INVARIANT = "invariant"
    PROPERTY = "property"
    TAUTOLOGY = "tautology"
    EVALUATION = "evaluation"
    INPUT = "input"
    FAILURE = "failure"


_MEANINGS = {
    ExitStatus.SUCCESS: Meaning.SUCCESS,
    ExitStatus.ASSUMPTION: Meaning.ASSUMPTION,
    ExitStatus.DEADLOCK: Meaning.DEADLOCK,
    ExitStatus.SAFETY: Meaning.INVARIANT,
    ExitStatus.LIVENESS: Meaning.PROPERTY,
    ExitStatus.ASSERT: Meaning.EVALUATION,
    ExitStatus.EVALUATION: Meaning.EVALUATION,
    ExitStatus.SAFETY_EVALUATION: Meaning.EVALUATION,
    ExitStatus.TAUTOLOGY: Meaning.TAUTOLOGY,
    ExitStatus.PARSING: Meaning.INPUT,
    ExitStatus.CONFIGURATION: Meaning.INPUT,
    ExitStatus.ERROR: Meaning.FAILURE,
}


@dataclass(frozen=True, slots=True)
class Counts:
    """States generated, distinct states and levels of a search that completed."""

    generated: int
    distinct: int
    depth: int


class Lasso(StrEnum):
    """How a counterexample to a temporal property ends."""

    STUTTERING = "stuttering"
    BACK = "back to a state"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What both engines must agree on.

    `violated` is the name of what was violated; None without, and where TLC does not tell it
    (liveness, and parts of a property that stand in an instance). `trace_length` is that of a
    safety trace in states, None without. `lasso` says how a liveness trace ends, None without one.
    """

    meaning: Meaning
    violated: str | None
    trace_length: int | None
    counts: Counts | None
    lasso: Lasso | None = None

    def agrees_with(self, recorded: Outcome) -> bool:
        """Whether this outcome of ours says what TLC's `recorded` one says.

        Where behaviours of both kinds violate a property, modules are written so that one is left.
        """
        if recorded.meaning is Meaning.FAILURE:
            return self.meaning in (Meaning.EVALUATION, Meaning.INPUT)
        if recorded.violated is None:
            return replace(self, violated=None) == recorded
        return self == recorded


def to_text(outcome: Outcome) -> str:
    """Return an outcome as it is recorded."""
    fields = asdict(outcome)
    if outcome.lasso is None:
        del fields["lasso"]
    return json.dumps(fields, indent=2) + "\n"


def recorded(name: str) -> Outcome:
    """Return the recorded outcome of TLC for a module."""
    data = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    counts = Counts(**data.pop("counts")) if data["counts"] else data.pop("counts")
    lasso = Lasso(data.pop("lasso")) if "lasso" in data else None
    return Outcome(Meaning(data.pop("meaning")), counts=counts, lasso=lasso, **data)


def of_tlc(run: TlcRun, name: str) -> Outcome:
    """Return the outcome of a run of TLC on a module, with one worker."""
    assert not run.is_timed_out, "TLC was given up"
    assert run.exit_code is not None, "TLC did not come to its end"
    meaning = _MEANINGS[ExitStatus(run.exit_code)]
    return Outcome(
        meaning,
        _violated_by_tlc(run, name),
        _length_by_tlc(run),
        _counts_of_tlc(run),
        _lasso_of_tlc(run),
    )


def _violated_by_tlc(run: TlcRun, name: str) -> str | None:
    """Return the name of what was violated; of a part in an instance, TLC tells the name there."""
    told = run.output.violations[0].name if run.output.violations else None
    configuration = (MODULES / f"{name}.cfg").read_text(encoding="utf-8")
    return told if told in configuration.split() else None


def _length_by_tlc(run: TlcRun) -> int | None:
    for violated in run.output.violations:
        return None if violated.kind is PropertyKind.LIVENESS else _length(violated.trace)
    return _length(run.output.deadlock)


def _counts_of_tlc(run: TlcRun) -> Counts | None:
    counts = run.output.counts
    is_complete = run.output.is_success
    return Counts(counts.generated, counts.distinct, counts.depth) if is_complete else None


def _lasso_of_tlc(run: TlcRun) -> Lasso | None:
    return _lasso(run.output.violations[0].trace) if run.output.violations else None


def of_embedded(name: str) -> Outcome:
    """Explore a module with the embedded engine and return its outcome."""
    path = MODULES / f"{name}.tla"
    try:
        configuration = read_source(MODULES / f"{name}.cfg")
        artefact = load_tla_artefact(read_source(path), MODULES, configuration, name)
    except (InputError, UnsupportedError):
        return Outcome(Meaning.INPUT, None, None, None)
    result = explore(artefact.model, ExploreOptions())
    if result.status is ExplorationStatus.INCOMPLETE:
        assert all(row.kind is PropertyKind.LIVENESS for row in result.properties), result.message
        return Outcome(Meaning.TAUTOLOGY, None, None, None)
    return _outcome(result)


def _outcome(result: ExplorationResult) -> Outcome:
    if result.failed_assumption:
        return Outcome(Meaning.ASSUMPTION, None, None, None)
    if result.failure:
        return Outcome(Meaning.EVALUATION, None, None, None)
    violated = next((row for row in result.properties if row.verdict is Verdict.FAIL), None)
    if violated:
        is_liveness = violated.kind is PropertyKind.LIVENESS
        is_invariant = violated.kind is PropertyKind.INVARIANT
        return Outcome(
            Meaning.INVARIANT if is_invariant else Meaning.PROPERTY,
            None if is_liveness else violated.name,
            None if is_liveness else _length(violated.trace),
            None,
            _lasso(violated.trace),
        )
    if result.deadlock:
        return Outcome(Meaning.DEADLOCK, None, _length(result.deadlock), None)
    counts = Counts(result.states_generated, result.distinct_states, result.depth)
    return Outcome(Meaning.SUCCESS, None, None, counts)


def _length(trace: Trace | None) -> int | None:
    return len(trace.steps) if trace else None


def _lasso(trace: Trace | None) -> Lasso | None:
    if trace is None or trace.loop_to is None:
        return None
    return Lasso.STUTTERING if trace.ends_in_stuttering else Lasso.BACK
