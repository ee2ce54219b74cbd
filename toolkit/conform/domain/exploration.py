"""What the exploration of one model found: the type that `conform explore` reports from."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from conform.domain.finding import Finding
from conform.domain.model import PropertyKind
from conform.domain.report import Verdict, verdict_of, worst
from conform.domain.trace import Trace, TraceStep


class Engine(StrEnum):
    """Who explores; BOTH compares what the two find."""

    EMBEDDED = "embedded"
    TLC = "tlc"
    BOTH = "both"


class ExplorationStatus(StrEnum):
    """How an exploration ended. INCOMPLETE: a limit was reached or a property was not checked."""

    NO_ERROR = "NO_ERROR"
    VIOLATION_FOUND = "VIOLATION_FOUND"
    INCOMPLETE = "INCOMPLETE"
    ERROR = "ERROR"


_VERDICTS = {
    ExplorationStatus.NO_ERROR: Verdict.PASS,
    ExplorationStatus.VIOLATION_FOUND: Verdict.FAIL,
    ExplorationStatus.INCOMPLETE: Verdict.INCOMPLETE,
    ExplorationStatus.ERROR: Verdict.ERROR,
}


class PropertyOutcome(Struct, frozen=True):
    """One property's verdict; `reason` explains any verdict but a plain PASS, `trace` shows a FAIL.

    Where the trace is a lasso, `closing_step` is the step from its last state back to the state
    `trace.loop_to`; None when the front-end does not tell, and for stuttering. `is_vacuous` marks
    a PASS that means little: the premise of a leads-to held in no reachable state, or no
    behaviour was fair.
    """

    name: str
    kind: PropertyKind
    verdict: Verdict
    reason: str = ""
    trace: Trace | None = None
    closing_step: TraceStep | None = None
    is_vacuous: bool = False


class ActionCoverage(Struct, frozen=True):
    """How often one action instance was taken, and how many new states it led to.

    `label` is the action with its parameters, as in `ReadEntry(w1, 3)`.
    """

    label: str
    taken: int
    new_states: int


class Simulation(Struct, frozen=True):
    """How many random behaviours were drawn, of at most `depth` states, and from which seed.

    `behaviours` is None where the engine does not tell; in a request, for as many as limits allow.
    """

    behaviours: int | None
    depth: int
    seed: int


class ProfileRow(Struct, frozen=True):
    """What one action instance or one property took: `label` names it, `kind` says which it is.

    It was asked `asked` times and evaluated `evaluations` times, which took `seconds`; the other
    answers were remembered. `reads` names the parts of a state that answers depended on; None means
    that it may be all of the run.
    """

    kind: str
    label: str
    asked: int
    evaluations: int
    seconds: float
    reads: tuple[str, ...] | None


class Profile(Struct, frozen=True):
    """Where the time of an exploration went; `remarks` say how states were expanded."""

    rows: tuple[ProfileRow, ...]
    remarks: tuple[str, ...]


class ExplorationReport(Struct, frozen=True):
    """All that `conform explore` says about one module.

    `module` and `configuration` are paths as the user gave them; `configuration` is None where
    the run had none. `states_generated` counts as TLC does, repeated states included, and so does
    `depth`: in levels, an initial state is on level 1. `found_by_faults` of the distinct states
    were first found by a fault, such as a crash. `trace` is the first violation's, deadlocks
    included; each property keeps its own, and `deadlock` is the one to a state without successor.
    `is_vacuous` says that nothing was checked: no state, or nothing to check. `message` is one
    sentence. `findings` are warnings and what kept the run from being complete. `printed` is what
    the specification printed, line by line. `simulation` is there when behaviours were drawn at
    random in place of a search. `profile` is there when it was asked for.
    """

    module: str
    configuration: str | None
    status: ExplorationStatus
    states_generated: int
    distinct_states: int
    depth: int
    properties: tuple[PropertyOutcome, ...]
    trace: Trace | None
    coverage: tuple[ActionCoverage, ...]
    message: str
    findings: tuple[Finding, ...]
    seconds: float
    is_vacuous: bool
    printed: tuple[str, ...] = ()
    simulation: Simulation | None = None
    deadlock: Trace | None = None
    found_by_faults: int = 0
    profile: Profile | None = None

    @property
    def verdict(self) -> Verdict:
        """The gravest of the status and of what the findings amount to.

        INCOMPLETE when all went well and nothing was checked.
        """
        verdict = _VERDICTS[self.status]
        if self.is_vacuous and self.status is ExplorationStatus.NO_ERROR:
            verdict = Verdict.INCOMPLETE
        return worst((verdict, verdict_of(self.findings)))
