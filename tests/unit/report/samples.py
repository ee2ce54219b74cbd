"""Reports that between them hold all that a writer can meet."""

from __future__ import annotations

from msgspec.structs import replace

from conform.domain.exploration import (
    ActionCoverage,
    ExplorationReport,
    ExplorationStatus,
    PropertyOutcome,
    Simulation,
)
from conform.domain.finding import Finding, Severity
from conform.domain.model import PropertyKind
from conform.domain.report import (
    PropertyRow,
    ProtocolReport,
    Report,
    ScorecardRow,
    Stage,
    Verdict,
)
from conform.domain.trace import Trace, TraceStep
from conform.domain.values import ModelValue, SetValue, Value, function, record, sequence
from conform.text import Span

W1, W2 = ModelValue("w1"), ModelValue("w2")


def states(first: str, second: str) -> Value:
    return function({W1: first, W2: second})


STEPS = (
    TraceStep(1, None, (), (), (("writers", states("IDLE", "IDLE")), ("log", sequence([])))),
    TraceStep(
        2,
        "StartAppend",
        (("w", W1),),
        (("count", 2),),
        (("writers", states("WRITING", "IDLE")), ("log", sequence([]))),
    ),
    TraceStep(
        3,
        "AssignOffset",
        (("w", W1),),
        (),
        (
            ("writers", states("DONE", "IDLE")),
            ("log", sequence([record({"owners": SetValue([W1]), "at": 2**60, "ok": True})])),
        ),
    ),
)
TRACE = Trace("NoOverlap is violated", STEPS)
LASSO = Trace("Progress is violated", STEPS, loop_to=2)
STUTTERING = Trace("Progress is violated", STEPS, loop_to=3)
CLOSING = TraceStep(4, "AppendComplete", (("w", W1),), (), STEPS[1].variables)

STAGES = (
    Stage("reading", Verdict.PASS, "1 document, 1 TLA+ module", 0.25),
    Stage("exploration", Verdict.PASS, "66,770 distinct states", 1.5),
)
ROWS = (
    ScorecardRow("action", "StartAppend", (("spec", "line 12"), ("tlaplus", "line 40"))),
    ScorecardRow("property", "S7", (("spec", "line 90"), ("tlaplus", "NoOverlap"))),
)
WARNING = Finding(
    "CF205", Severity.WARNING, "helper Covers is used nowhere", Span("a.md", 9, 3, 9, 8)
)
ERROR = Finding(
    "CF203",
    Severity.ERROR,
    "action StartAppend has another guard",
    Span("specs/log.md", 12, 5, 12, 9),
    excerpt="12 |     Guard: writerState[w] = IDLE\n   |     ^^^^^",
    details=("document: writerState[w] = IDLE", "module:   writerState[w] = DONE"),
    hint="make one of them say what the other does",
)
GAP = Finding("CF301", Severity.INCOMPLETE, "the state limit was reached at 1,000 states")

PASSING = Report(
    "check",
    (
        ProtocolReport(
            "log",
            STAGES,
            (),
            (PropertyRow("NoOverlap", "Safety", "tlaplus", Verdict.PASS, "PASS"),),
            ROWS,
        ),
    ),
    2.0,
)

FAILING = Report(
    "check",
    (
        ProtocolReport(
            "log",
            (STAGES[0], Stage("exploration", Verdict.FAIL, "1 property is violated", 1.5)),
            (WARNING, GAP, ERROR),
            (
                PropertyRow("TypeOK", "Invariant", "tlaplus", Verdict.PASS, None),
                PropertyRow(
                    "NoOverlap",
                    "Safety",
                    "tlaplus",
                    Verdict.FAIL,
                    "PASS",
                    "false in state 3",
                    TRACE,
                ),
                PropertyRow("Progress", "Liveness", "tlaplus", Verdict.FAIL, "FAIL", "", LASSO),
                PropertyRow("Order", "Safety", "fizzbee", Verdict.INCOMPLETE, "PASS", "limit"),
            ),
            (
                *ROWS,
                ScorecardRow("action", "FenceLog", (("spec", "line 30"), ("tlaplus", "missing"))),
                ScorecardRow("helper", "Covers", (("spec", "line 9"), ("tlaplus", "not checked"))),
            ),
        ),
        ProtocolReport("queue", (), (WARNING,), (), ()),
    ),
    2.0,
)

EMPTY = Report("check", (), 0.0)

HOSTILE = Report(
    "check",
    (
        ProtocolReport(
            "log",
            (Stage("reading", Verdict.FAIL, "<b>&\x1b[31m\x00\ud800\u202e", 0.0),),
            (Finding("CF101", Severity.ERROR, 'a "]]>" \x07 \x85 ünï'),),
            (),
            (ScorecardRow("action", "A\nB\x0b", (("spec", "日本\t|"),)),),
        ),
    ),
    0.0,
)

REPORTS = {"passing": PASSING, "failing": FAILING, "empty": EMPTY, "hostile": HOSTILE}

_COVERAGE = (ActionCoverage("StartAppend(w1)", 12, 7), ActionCoverage("FenceLog", 0, 0))

CLEAN = ExplorationReport(
    module="tlaplus/Log.tla",
    configuration="tlaplus/Log.cfg",
    status=ExplorationStatus.NO_ERROR,
    states_generated=1234567,
    distinct_states=66770,
    depth=33,
    properties=(
        PropertyOutcome("TypeOK", PropertyKind.INVARIANT, Verdict.PASS),
        PropertyOutcome(
            "Retry", PropertyKind.LIVENESS, Verdict.PASS, "its premise never holds", is_vacuous=True
        ),
    ),
    trace=None,
    coverage=_COVERAGE,
    message="No error has been found",
    findings=(WARNING,),
    seconds=1.25,
    is_vacuous=False,
)

VIOLATED = ExplorationReport(
    module="tlaplus/Log.tla",
    configuration=None,
    status=ExplorationStatus.VIOLATION_FOUND,
    states_generated=9,
    distinct_states=5,
    depth=3,
    properties=(
        PropertyOutcome(
            "NoOverlap", PropertyKind.INVARIANT, Verdict.FAIL, "false in state 3", TRACE
        ),
        PropertyOutcome(
            "Progress", PropertyKind.LIVENESS, Verdict.FAIL, "violated", LASSO, CLOSING
        ),
        PropertyOutcome("Done", PropertyKind.LIVENESS, Verdict.FAIL, "violated", STUTTERING),
        PropertyOutcome("Order", PropertyKind.ACTION, Verdict.INCOMPLETE, "not reached"),
    ),
    trace=TRACE,
    coverage=_COVERAGE,
    message="Invariant NoOverlap is violated",
    findings=(),
    seconds=0.5,
    is_vacuous=False,
)

VACUOUS = ExplorationReport(
    module="tlaplus/Log.tla",
    configuration=None,
    status=ExplorationStatus.NO_ERROR,
    states_generated=0,
    distinct_states=0,
    depth=0,
    properties=(),
    trace=None,
    coverage=(),
    message="No state satisfies the initial predicate",
    findings=(),
    seconds=0.0,
    is_vacuous=True,
)

DEADLOCKED = ExplorationReport(
    module="tlaplus/Log.tla",
    configuration="tlaplus/Log.cfg",
    status=ExplorationStatus.VIOLATION_FOUND,
    states_generated=3,
    distinct_states=3,
    depth=3,
    properties=(PropertyOutcome("TypeOK", PropertyKind.INVARIANT, Verdict.PASS),),
    trace=Trace("deadlock", STEPS),
    coverage=(),
    message="Deadlock reached",
    findings=(),
    seconds=0.0,
    is_vacuous=False,
)

SIMULATED = replace(
    CLEAN,
    status=ExplorationStatus.INCOMPLETE,
    message="no violation in 7 random behaviours of at most 20 states (seed 3), which is no proof",
    properties=(
        PropertyOutcome("TypeOK", PropertyKind.INVARIANT, Verdict.INCOMPLETE, "which is no proof"),
    ),
    simulation=Simulation(7, 20, 3),
)

SIMULATED_BY_TLC = replace(SIMULATED, distinct_states=0, depth=0, properties=(), coverage=())

EXPLORATIONS = {
    "simulated": SIMULATED,
    "simulated-by-tlc": SIMULATED_BY_TLC,
    "clean": CLEAN,
    "violated": VIOLATED,
    "vacuous": VACUOUS,
    "deadlocked": DEADLOCKED,
}
