"""Differences to plant in one of four readings of a protocol, and what a check must say of each.

One row for each rule of agreement and for each kind of guard, of effect and of property, spread
over the readings. A number of steps is that of the shortest trace, worked out by hand: the steps
before the one that differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.systems.scratch import LEADERLESS_LOG, TASK_CLAIMING, Protocol

DOCUMENT = "document"
TLAPLUS = "TLA+"
FIZZBEE = "FizzBee"
MACHINE = "generated machine"
READINGS = (DOCUMENT, TLAPLUS, FIZZBEE, MACHINE)
"""What reports call the readings, in their order."""


@dataclass(frozen=True, slots=True)
class Plant:
    """A text of one reading replaced, and the finding that this must give.

    `details` are parts of lines of its details; `steps` is None where no step differs.
    """

    name: str
    protocol: Protocol
    reading: str
    old: str
    new: str
    code: str
    message: str
    details: tuple[str, ...] = ()
    steps: int | None = None


def possible(
    name: str,
    where: tuple[Protocol, str],
    swap: tuple[str, str],
    action: str,
    steps: int,
    *details: str,
    more: bool = True,
) -> Plant:
    """Return a plant after which its reading can take an action that others cannot, or lacks one.

    `more` tells which; the other reading named is the first of the others.
    """
    protocol, reading = where
    other = TLAPLUS if reading == DOCUMENT else DOCUMENT
    having, lacking = (reading, other) if more else (other, reading)
    message = f"{having} can take {action}, and {lacking} cannot"
    return Plant(name, protocol, reading, *swap, "CF321", message, details, steps)


def effect(
    name: str,
    where: tuple[Protocol, str],
    swap: tuple[str, str],
    action: str,
    steps: int,
    *details: str,
) -> Plant:
    """Return a plant after which an action does something else; `action` names what to, as well."""
    return Plant(name, *where, *swap, "CF322", action, details, steps)


LOG_DOCUMENT = (LEADERLESS_LOG, DOCUMENT)
LOG_TLAPLUS = (LEADERLESS_LOG, TLAPLUS)
LOG_FIZZBEE = (LEADERLESS_LOG, FIZZBEE)
LOG_MACHINE = (LEADERLESS_LOG, MACHINE)
CLAIMING_DOCUMENT = (TASK_CLAIMING, DOCUMENT)
CLAIMING_TLAPLUS = (TASK_CLAIMING, TLAPLUS)
CLAIMING_FIZZBEE = (TASK_CLAIMING, FIZZBEE)
CLAIMING_MACHINE = (TASK_CLAIMING, MACHINE)

GUARDS = [
    possible(
        "line left out",
        LOG_DOCUMENT,
        ("- `writerState[w] = IDLE`\n- `logState = OPEN`\n", "- `writerState[w] = IDLE`\n"),
        "StartAppend(w |-> w1, count |-> 1)",
        1,
        'TLA+      `logState = "OPEN"` is FALSE',
        "document has no such line",
    ),
    possible(
        "line added",
        LOG_DOCUMENT,
        (
            "### Action 10: FenceLog\n\n**Guard**\n\n- `logState = OPEN`\n",
            "### Action 10: FenceLog\n\n**Guard**\n\n- `logState = OPEN`\n"
            "- `sequenceCounter > 1`\n",
        ),
        "FenceLog",
        0,
        "document  `sequenceCounter > 1` is FALSE",
        "TLA+ has no such line",
        more=False,
    ),
    possible(
        "range of a quantifier",
        LOG_DOCUMENT,
        (
            "`∀ off ∈ CurRangeStart..CurRangeEnd : HasCoveringWALEntry(off)`",
            "`∀ off ∈ CurRangeStart..CurRangeEnd - 1 : HasCoveringWALEntry(off)`",
        ),
        "CompactStart",
        3,
        "HasCoveringWALEntry(off)` is FALSE",
    ),
    possible(
        "negation turned",
        CLAIMING_DOCUMENT,
        ("- `¬HoldsAnyLock(w)`\n", "- `HoldsAnyLock(w)`\n"),
        "WorkerRecover(w |-> w1)",
        1,
        "document  `HoldsAnyLock(w)` is FALSE",
        more=False,
    ),
    possible(
        "universal turned into existential",
        LOG_TLAPLUS,
        (
            "\\A off \\in CurRangeStart..CurRangeEnd :",
            "\\E off \\in CurRangeStart..CurRangeEnd :",
        ),
        "CompactStart",
        3,
        "`∀ off ∈ CurRangeStart..CurRangeEnd : HasCoveringWALEntry(off)` is FALSE",
    ),
    possible(
        "comparison",
        LOG_TLAPLUS,
        ("/\\ endOff <= MaxOffset", "/\\ endOff < MaxOffset"),
        "AssignOffset(w |-> w1)",
        6,
        "TLA+      `endOff < MaxOffset` is FALSE",
        more=False,
    ),
    possible(
        "member of a set",
        LOG_TLAPLUS,
        (
            'writerState[w] \\in {"DONE", "FAILED"}\n    /\\ writerState\'',
            'writerState[w] \\in {"DONE"}\n    /\\ writerState\'',
        ),
        "AppendComplete(w |-> w1)",
        2,
        'TLA+      `writerState[w] \\in {"DONE"}` is FALSE',
        more=False,
    ),
    possible(
        "operator that it uses",
        LOG_TLAPLUS,
        ("    /\\ off <= o\n", "    /\\ off < o\n"),
        "CompactStart",
        3,
        "HasCoveringWALEntry(off)` is FALSE",
        more=False,
    ),
    possible(
        "set of instances",
        LOG_TLAPLUS,
        (
            "\\E w \\in Writers, off \\in Offsets : ReadEntry(w, off)",
            "\\E w \\in Writers, off \\in 2..MaxOffset : ReadEntry(w, off)",
        ),
        "ReadEntry(w |-> w1, off |-> 1)",
        4,
        "TLA+      has no instance of ReadEntry with these parameters",
        more=False,
    ),
    possible(
        "set of a choice",
        LOG_FIZZBEE,
        ("count = oneof range(1, MaxBatch + 1)", "count = oneof range(1, MaxBatch)"),
        "StartAppend(w |-> w1, count |-> 2)",
        0,
        "FizzBee",
        more=False,
    ),
    possible(
        "side of a disjunction",
        CLAIMING_FIZZBEE,
        (
            'require lockState[t]["holder"] not in [w, "NONE"] or',
            'require lockState[t]["holder"] != w or',
        ),
        'TryLockFail(w |-> "w1")',
        1,
        "document  `lockState[t].holder ∉ {w, NONE} ∨ taskStatus[t] ≠ INIT` is FALSE",
    ),
    possible(
        "def that it uses",
        CLAIMING_FIZZBEE,
        ("    return lockVersion <= MaxLockVersion", "    return lockVersion < MaxLockVersion"),
        "TryLockSuccess(w |-> w2)",
        5,
        "FizzBee   `LockVersionBound(lockVersion + 1)` is FALSE",
        more=False,
    ),
    possible(
        "line that is never true",
        CLAIMING_FIZZBEE,
        ("    workerAlive[w] = False", "    require False\n    workerAlive[w] = False"),
        "WorkerCrash(w |-> w1)",
        0,
        "FizzBee   `False` is FALSE",
        more=False,
    ),
    possible(
        "test left out",
        LOG_MACHINE,
        (
            '        if state.log_state != "OPEN":\n'
            '            return Unmet(\'logState = "OPEN"\', {"logState": state.log_state})\n'
            "        end_off = state.sequence_counter + state.writer_batch_size[w] - 1\n"
            "        if end_off > self",
            "        end_off = state.sequence_counter + state.writer_batch_size[w] - 1\n"
            "        if end_off > self",
        ),
        'AssignOffset(w |-> "w1")',
        3,
        "document           `logState = OPEN` is FALSE",
    ),
    possible(
        "test turned",
        CLAIMING_MACHINE,
        (
            "        if not self.holds_any_lock(w):\n",
            "        if self.holds_any_lock(w):\n",
        ),
        'SessionExpiry(w |-> "w1")',
        2,
        "document           `HoldsAnyLock(w)` is FALSE",
    ),
    possible(
        "action that no step takes",
        LOG_TLAPLUS,
        ("    \\/ UnfenceLog\n", ""),
        "UnfenceLog",
        1,
        more=False,
    ),
]

EFFECTS = [
    effect(
        "value",
        LOG_DOCUMENT,
        ("- `sequenceCounter := endOff + 1`", "- `sequenceCounter := endOff + 2`"),
        "AssignOffset(w |-> w1) does not do the same to `sequenceCounter`",
        2,
        "document  3, by `sequenceCounter := endOff + 2`",
        "TLA+      2, by `sequenceCounter' = endOff + 1`",
    ),
    effect(
        "assignment left out",
        LOG_DOCUMENT,
        (
            "- `writerState[w] := IDLE`\n- `writerOffset[w] := 0`\n",
            "- `writerState[w] := IDLE`\n",
        ),
        "AppendComplete(w |-> w1) does not do the same to `writerOffset`",
        3,
        "as before: nothing is said of writerOffset",
    ),
    effect(
        "branches of a condition",
        CLAIMING_DOCUMENT,
        ("THEN DLQ ELSE taskStatus[t]`", "THEN taskStatus[t] ELSE DLQ`"),
        "ExecuteTaskFailure(w |-> w1) does not do the same to `taskStatus",
        2,
        "ELSE DLQ`",
    ),
    effect(
        "index",
        LOG_TLAPLUS,
        ("![endOff] = [type", "![sequenceCounter] = [type"),
        "AssignOffset(w |-> w1) does not do the same to `logIndex`",
        2,
        "[logIndex EXCEPT ![sequenceCounter] = ",
    ),
    effect(
        "assignment added",
        LOG_TLAPLUS,
        (
            '    /\\ logState\' = "FENCED"\n'
            "    /\\ UNCHANGED <<logIndex, sequenceCounter, writerVars, compactorVars,\n"
            "                   readerResult>>\n",
            '    /\\ logState\' = "FENCED"\n'
            '    /\\ readerResult\' = [w \\in Writers |-> "OK"]\n'
            "    /\\ UNCHANGED <<logIndex, sequenceCounter, writerVars, compactorVars>>\n",
        ),
        "FenceLog does not do the same to `readerResult`",
        0,
        '(w1 :> "OK"), by `readerResult\' =',
        "as before: nothing is said of readerResult",
    ),
    effect(
        "comparison in a condition",
        CLAIMING_TLAPLUS,
        ("IF failures >= MaxFailures", "IF failures > MaxFailures"),
        "ExecuteTaskFailure(w |-> w2) does not do the same to `taskStatus`",
        6,
        '(t1 :> "INIT")',
    ),
    effect(
        "assignment to each element",
        LOG_FIZZBEE,
        (
            "for o in range(CurRangeStart(compactRound), CurRangeEnd(compactRound)):",
            "for o in range(CurRangeStart(compactRound), CurRangeEnd(compactRound) + 1):",
        ),
        "CompactDeleteOldEntries does not do the same to `logIndex[2]`",
        5,
        "`logIndex[o] = EmptyEntry()`",
    ),
    effect(
        "field of a record",
        LOG_FIZZBEE,
        (
            'logIndex[endOff] = {"type": "WAL", "msgCount": writerBatchSize[w]}',
            'logIndex[endOff] = {"type": "WAL", "msgCount": 1}',
        ),
        "AssignOffset(w |-> w1) does not do the same to `logIndex",
        2,
        '"msgCount": 1}`',
    ),
    effect(
        "assignment under a condition left out",
        CLAIMING_FIZZBEE,
        ('        taskStatus[t] = "DLQ"\n', "        pass\n"),
        "ExecuteTaskFailure(w |-> w2) does not do the same to `taskStatus`",
        6,
        "as before",
    ),
    effect(
        "name that it uses",
        CLAIMING_FIZZBEE,
        ("    failures = taskFailCount[t] + 1", "    failures = taskFailCount[t] + 2"),
        "ExecuteTaskFailure(w |-> w1) does not do the same to",
        2,
        "`taskFailCount[t] = failures`",
    ),
    effect(
        "constant",
        CLAIMING_MACHINE,
        (
            'worker_state=state.worker_state.replaced(w, "UNLOCKING")',
            'worker_state=state.worker_state.replaced(w, "IDLE")',
        ),
        "ExecuteTaskSuccess(w |-> w1) does not do the same to `workerState",
        2,
        "UNLOCKING",
    ),
]

STATES = [
    Plant(
        "initial value",
        LEADERLESS_LOG,
        DOCUMENT,
        "| `compactRound` | `{1, 2}` | `1` |",
        "| `compactRound` | `{1, 2}` | `2` |",
        "CF320",
        "the nearest one differs in `compactRound`",
        ("compactRound  document  2", "TLA+      1"),
    ),
    Plant(
        "initial choice",
        LEADERLESS_LOG,
        TLAPLUS,
        "/\\ compactRound     = 1",
        "/\\ compactRound \\in {1, 2}",
        "CF320",
        "`compactRound`",
    ),
    Plant(
        "initial value of FizzBee",
        TASK_CLAIMING,
        FIZZBEE,
        "    lockVersion = 1\n",
        "    lockVersion = 2\n",
        "CF320",
        "the nearest one differs in `lockVersion`",
        ("lockVersion  document  1",),
    ),
]

PROPERTIES = [
    Plant(
        "property of the document",
        LEADERLESS_LOG,
        DOCUMENT,
        "**Formal**: `∀ w ∈ Writers : readerResult[w] ≠ ERROR`",
        "**Formal**: `∀ w ∈ Writers : readerResult[w] ≠ OK`",
        "CF323",
        "property `NoReaderError`: FAIL in document, PASS in TLA+, PASS in FizzBee",
    ),
    Plant(
        "property of steps",
        LEADERLESS_LOG,
        TLAPLUS,
        "[][sequenceCounter' >= sequenceCounter]_vars",
        "[][sequenceCounter' > sequenceCounter]_vars",
        "CF323",
        "property `MonotonicOffsets`: PASS in document, FAIL in TLA+, PASS in FizzBee",
    ),
    Plant(
        "assertion",
        TASK_CLAIMING,
        FIZZBEE,
        'return all([taskStatus[t] != "DLQ" or',
        'return all([taskStatus[t] == "DLQ" or',
        "CF323",
        "property `DLQOnlyAfterMaxFailures`: PASS in document, PASS in TLA+, FAIL in FizzBee",
        ("false in the last state of the trace",),
    ),
    Plant(
        "method of the machine",
        TASK_CLAIMING,
        MACHINE,
        '            if self.state.task_status[t] == "DLQ"\n',
        '            if self.state.task_status[t] == "INIT"\n',
        "CF323",
        "`DLQOnlyAfterMaxFailures`: PASS in document, PASS in TLA+, PASS in FizzBee, FAIL in",
    ),
]

PLANTS = [*GUARDS, *EFFECTS, *STATES, *PROPERTIES]


@dataclass(frozen=True, slots=True)
class Unfair:
    """An action that one reading, or each in its turn, is made to promise nothing of.

    `swaps` gives the text to replace in each; `levels` how the fairness is called, before.
    """

    protocol: Protocol
    action: str
    level: str
    lost: tuple[str, ...]
    swaps: Mapping[str, tuple[str, str]]


UNFAIR = [
    Unfair(
        LEADERLESS_LOG,
        "WALWriteSuccess",
        "weak",
        ("AppendProgress",),
        {
            DOCUMENT: ("| `WALWriteSuccess(w)` | Weak |", "| `WALWriteSuccess(w)` | None |"),
            TLAPLUS: ("          /\\ WF_vars(WALWriteSuccess(w))\n", ""),
            FIZZBEE: (
                "atomic fair<weak> action WALWriteSuccess:\n    w = fair<weak> oneof",
                "atomic action WALWriteSuccess:\n    w = oneof",
            ),
            MACHINE: ('    Fairness("weak", ("WALWriteSuccess",), ("w",)),\n', ""),
        },
    ),
    Unfair(
        TASK_CLAIMING,
        "TryLockSuccess",
        "strong",
        ("TaskCompletion", "NoStarvation"),
        {
            DOCUMENT: ("| `TryLockSuccess(w)` | Strong |", "| `TryLockSuccess(w)` | None |"),
            TLAPLUS: ("          /\\ SF_vars(TryLockSuccess(w))\n", ""),
            FIZZBEE: (
                "atomic fair<strong> action TryLockSuccess:\n    w = fair<strong> oneof",
                "atomic action TryLockSuccess:\n    w = oneof",
            ),
            MACHINE: ('    Fairness("strong", ("TryLockSuccess",), ("w",)),\n', ""),
        },
    ),
]
