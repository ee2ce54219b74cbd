"""Faults planted in one of two readings: named rightly, with the place, after the fewest steps.

Both readings are the TLA+ module of a protocol of this repository, one of them with a fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pytest

from conform.check.agreement.agreeing import AgreementOutcome, agree
from conform.check.agreement.reading import Reading
from conform.domain.finding import Finding
from conform.domain.report import Verdict
from tests.systems.scratch import DENSE, LEADERLESS_LOG, PAIR, ROOT, TASK_CLAIMING, TINY, Protocol
from tests.unit.check.agreement.pairs import module_reading, shortest_difference

MET: Mapping[str, str] = {**DENSE, "Writers": "{w1, w2}"}
"""The fewest constants of the Leaderless Log under which writers meet."""


def text_of(path: str, edits: tuple[tuple[str, str], ...] = ()) -> str:
    """Return a file of the repository with texts replaced, each once."""
    text = (ROOT / path).read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text, f"{path} has changed: the fault cannot be planted"
        text = text.replace(old, new, 1)
    return text


def configured(protocol: Protocol, constants: Mapping[str, str]) -> str:
    """Return the first configuration with other constants."""
    text = text_of(protocol.cfg)
    for name, value in constants.items():
        text, count = re.subn(rf"(?m)^( +{name} += ).*$", rf"\g<1>{value}", text)
        assert count == 1, name
    return text


def read(
    name: str,
    protocol: Protocol,
    constants: Mapping[str, str],
    edits: tuple[tuple[str, str], ...] = (),
) -> Reading:
    """Return a protocol's module with texts replaced, explored."""
    module = text_of(protocol.module, edits)
    return module_reading(name, module, configured(protocol, constants))


@cache
def sound(module: str, constants: tuple[tuple[str, str], ...]) -> Reading:
    """Return a module as it is; `module` names its protocol's."""
    protocol = LEADERLESS_LOG if module == LEADERLESS_LOG.module else TASK_CLAIMING
    return read("sound", protocol, dict(constants))


@dataclass(frozen=True, slots=True)
class Fault:
    """A text replaced in a module, and what is to be said of it.

    `details` are parts of lines of the details; `line` is text on the line that is pointed to.
    """

    name: str
    old: str
    new: str
    code: str
    message: str
    details: tuple[str, ...] = ()
    line: str = ""
    constants: Mapping[str, str] | None = None
    protocol: Protocol = LEADERLESS_LOG

    def compared(self) -> tuple[Reading, Reading, AgreementOutcome]:
        """Return the two readings, the sound one first, and what comparing them gives."""
        constants = self.constants or (TINY if self.protocol is LEADERLESS_LOG else PAIR)
        left = sound(self.protocol.module, tuple(constants.items()))
        right = read("faulty", self.protocol, constants, ((self.old, self.new),))
        return left, right, agree([left, right])


GUARDS = [
    Fault(
        "missing conjunct",
        'StartAppend(w) ==\n    /\\ writerState[w] = "IDLE"\n    /\\ logState = "OPEN"\n',
        'StartAppend(w) ==\n    /\\ writerState[w] = "IDLE"\n',
        "CF321",
        "faulty can take StartAppend(w |-> w1, count |-> 1), and sound cannot",
        ('sound   `logState = "OPEN"` is FALSE', "faulty has no such line"),
        "StartAppend(w) ==",
    ),
    Fault(
        "missing conjunct that no property needs",
        "    /\\ ~ \\E o \\in Offsets :\n"
        "            Covers(o, CurRangeEnd) /\\ Covers(o, CurRangeEnd + 1)\n",
        "",
        "CF321",
        "faulty can take CompactStart, and sound cannot",
        ("Covers(o, CurRangeEnd + 1)` is FALSE", "faulty has no such line"),
        "CompactStart ==",
    ),
    Fault(
        "extra conjunct",
        'FenceLog ==\n    /\\ logState = "OPEN"\n',
        'FenceLog ==\n    /\\ logState = "OPEN"\n    /\\ sequenceCounter > 1\n',
        "CF321",
        "in an initial state sound can take FenceLog, and faulty cannot",
        ("faulty  `sequenceCounter > 1` is FALSE", "sound has no such line"),
        "/\\ sequenceCounter > 1",
    ),
    Fault(
        "changed constant",
        'CompactReset ==\n    /\\ compactorState = "DONE"',
        'CompactReset ==\n    /\\ compactorState = "UPDATING_CURSOR"',
        "CF321",
        "faulty can take CompactReset, and sound cannot",
        ('`compactorState = "DONE"` is FALSE', "faulty has no such line"),
    ),
    Fault(
        "quantifier over a smaller range",
        "\\A off \\in CurRangeStart..CurRangeEnd :",
        "\\A off \\in CurRangeStart..(CurRangeEnd - 1) :",
        "CF321",
        "faulty can take CompactStart, and sound cannot",
        ("`\\A off \\in CurRangeStart..CurRangeEnd : HasCoveringWALEntry(off)` is FALSE",),
    ),
    Fault(
        "wrong index in a guard",
        'WALWriteSuccess(w) ==\n    /\\ writerState[w] = "WRITING_WAL"',
        'WALWriteSuccess(w) ==\n    /\\ writerState[CHOOSE v \\in Writers : v # w] = "WRITING_WAL"',
        "CF321",
        "WALWriteSuccess(w |-> w",
        ("is FALSE",),
        constants=MET,
    ),
    Fault(
        "missing half of a guard",
        "    /\\ ~ HoldsAnyLock(w)\n",
        "",
        "CF321",
        "faulty can take WorkerRecover(w |-> w1), and sound cannot",
        ("`~ HoldsAnyLock(w)` is FALSE", "faulty has no such line"),
        "WorkerRecover(w) ==",
        protocol=TASK_CLAIMING,
    ),
    Fault(
        "dropped negation",
        "SessionExpiry(w) ==\n    /\\ ~ workerAlive[w]",
        "SessionExpiry(w) ==\n    /\\ workerAlive[w]",
        "CF321",
        "faulty can take SessionExpiry(w |-> w1), and sound cannot",
        ("`~ workerAlive[w]` is FALSE",),
        protocol=TASK_CLAIMING,
    ),
]

EFFECTS = [
    Fault(
        "missing assignment",
        "writerOffset' = [writerOffset EXCEPT ![w] = 0]",
        "writerOffset' = writerOffset",
        "CF322",
        "AppendComplete(w |-> w1) does not do the same to `writerOffset`",
        (
            "writerOffset  sound   (w1 :> 0), by `writerOffset' = [writerOffset EXCEPT ![w] = 0]`",
            "as before: nothing is said of writerOffset",
        ),
    ),
    Fault(
        "wrong value",
        'WALWriteFail(w) ==\n    /\\ writerState[w] = "WRITING_WAL"\n'
        '    /\\ writerState\' = [writerState EXCEPT ![w] = "FAILED"]',
        'WALWriteFail(w) ==\n    /\\ writerState[w] = "WRITING_WAL"\n'
        '    /\\ writerState\' = [writerState EXCEPT ![w] = "DONE"]',
        "CF322",
        "after 1 step WALWriteFail(w |-> w1) does not do the same to `writerState[w1]`",
        ('writerState[w1]  sound   "FAILED", by', 'faulty  "DONE", by'),
        'writerState\' = [writerState EXCEPT ![w] = "DONE"]',
        constants=MET,
    ),
    Fault(
        "wrong writer",
        "writerBatchSize' = [writerBatchSize EXCEPT ![w] = count]",
        "writerBatchSize' = [writerBatchSize EXCEPT ![CHOOSE v \\in Writers : v # w] = count]",
        "CF322",
        "StartAppend(w |-> w1, count |-> 1) does not do the same to `writerBatchSize`",
        ("(w1 :> 1 @@ w2 :> 0)", "(w1 :> 0 @@ w2 :> 1)"),
        constants=MET,
    ),
    Fault(
        "swapped values",
        "sequenceCounter' = endOff + 1\n"
        "        /\\ writerOffset' = [writerOffset EXCEPT ![w] = endOff]",
        "sequenceCounter' = endOff\n"
        "        /\\ writerOffset' = [writerOffset EXCEPT ![w] = endOff + 1]",
        "CF322",
        "does not do the same to `sequenceCounter`, `writerOffset` in sound and faulty",
    ),
    Fault(
        "off by one",
        "compactionCursor' = CurRangeEnd + 1",
        "compactionCursor' = CurRangeEnd",
        "CF322",
        "CompactUpdateCursor does not do the same to `compactionCursor`",
        ("3, by `compactionCursor' = CurRangeEnd + 1`", "2, by `compactionCursor' = CurRangeEnd`"),
        "compactionCursor' = CurRangeEnd",
    ),
    Fault(
        "branches of IF swapped",
        'THEN "OK" ELSE "ERROR"',
        'THEN "ERROR" ELSE "OK"',
        "CF322",
        "ReadEntry(w |-> w1, off |-> 1) does not do the same to `readerResult",
    ),
    Fault(
        "counter that does not count",
        "lockVersion' = lockVersion + 1",
        "lockVersion' = lockVersion",
        "CF322",
        "TryLockSuccess(w |-> w1) does not do the same to `lockVersion`",
        protocol=TASK_CLAIMING,
    ),
    Fault(
        "effect for one element instead of all",
        "lockState' = [t \\in Tasks |->\n          IF Holds(w, t) THEN Unlocked ELSE lockState[t]]",
        "lockState' = lockState",
        "CF322",
        "SessionExpiry(w |-> w1) does not do the same to `lockState`",
        ("as before: nothing is said of lockState",),
        protocol=TASK_CLAIMING,
    ),
]


def found_in(outcome: AgreementOutcome, fault: Fault) -> Finding:
    """Return the one finding that has the code and the message of a fault."""
    said = [f"{finding.code} {finding.message}" for finding in outcome.findings]
    matching = [
        finding
        for finding in outcome.findings
        if finding.code == fault.code and fault.message in finding.message
    ]
    assert len(matching) == 1, said
    return matching[0]


@pytest.mark.parametrize("fault", [*GUARDS, *EFFECTS], ids=lambda fault: fault.name)
def test_fault_in_an_action_is_named_with_its_place(fault: Fault) -> None:
    left, right, outcome = fault.compared()
    finding = found_in(outcome, fault)
    for part in fault.details:
        assert any(part in line for line in finding.details), (part, finding.details[:6])
    assert finding.span is not None
    assert finding.span.path.startswith("faulty/")
    assert fault.line in right.source_line(finding.span)
    assert outcome.verdict is Verdict.FAIL
    assert_shortest(finding, left, right)


def assert_shortest(finding: Finding, left: Reading, right: Reading) -> None:
    """Assert that no shorter trace shows the difference, by trying all of them."""
    states = [line for line in finding.details if line.startswith("State ")]
    (action,) = re.findall(r"<(\w+)", states[-1])
    depth = len(states) - 2
    assert shortest_difference(left.model, right.model, action) == depth
    words = "in an initial state" if depth == 0 else f"after {depth} step"
    assert finding.message.startswith(words)


@pytest.mark.parametrize("fault", GUARDS[:3], ids=lambda fault: fault.name)
def test_fault_is_named_whichever_reading_has_it(fault: Fault) -> None:
    left, right, _outcome = fault.compared()
    finding = next(f for f in agree([right, left]).findings if f.code == fault.code)
    having, lacking = re.findall(r"(sound|faulty) can", fault.message)[0], "cannot"
    assert f"{having} can take" in finding.message
    assert finding.message.endswith(lacking)


INITIAL = [
    Fault("initial value", "/\\ sequenceCounter  = 1", "/\\ sequenceCounter  = 2", "CF320", ""),
    Fault(
        "initial choice", "/\\ compactRound     = 1", "/\\ compactRound \\in {1, 2}", "CF320", ""
    ),
    Fault(
        "initial value of each",
        "workerAlive   = [w \\in Workers |-> TRUE]",
        "workerAlive   = [w \\in Workers |-> FALSE]",
        "CF320",
        "",
        protocol=TASK_CLAIMING,
    ),
]


@pytest.mark.parametrize("fault", INITIAL, ids=lambda fault: fault.name)
def test_initial_state_that_differs_is_named(fault: Fault) -> None:
    _left, _right, outcome = fault.compared()
    finding = found_in(outcome, fault)
    (variable,) = re.findall(r"\w+", fault.old)[:1]
    assert f"`{variable}" in finding.message
    assert finding.span is not None
    assert finding.span.path.startswith("faulty/")


def test_action_that_one_reading_lacks_is_named() -> None:
    fault = Fault("", "    \\/ UnfenceLog\n", "", "CF325", "action `UnfenceLog` of sound")
    _left, _right, outcome = fault.compared()
    finding = found_in(outcome, fault)
    assert finding.message.endswith(
        "has no counterpart in faulty, and sound can take it after 1 step"
    )
    assert [each.code for each in outcome.findings if each.code == "CF321"] == []


def test_action_that_one_reading_has_beside_the_others_is_named() -> None:
    fault = Fault(
        "",
        "Next ==\n",
        'Wrap == logState = "FENCED" /\\ sequenceCounter\' = 1 /\\ sequenceCounter > 2\n'
        "    /\\ UNCHANGED <<logIndex, logState, writerVars, compactorVars, readerResult>>\n"
        "Next ==\n    \\/ Wrap\n",
        "CF325",
        "action `Wrap` of faulty has no counterpart in sound",
    )
    _left, right, outcome = fault.compared()
    finding = found_in(outcome, fault)
    assert finding.span is not None
    assert right.source_line(finding.span).startswith("Wrap ==")


# ---------------------------------------------------------------------------------------- verdicts

FAIRNESS = [
    Fault(
        "fairness weakened",
        "SF_vars(ScanTasks(w, t))",
        "WF_vars(ScanTasks(w, t))",
        "CF323",
        "property `TaskCompletion`: PASS in sound, FAIL in faulty",
        ("fairness of ScanTasks  sound   strong", "faulty  weak"),
        protocol=TASK_CLAIMING,
    ),
    Fault(
        "property stated otherwise",
        'readerResult[w] # "ERROR"\n',
        'readerResult[w] # "OK"\n',
        "CF323",
        "property `NoReaderError`: PASS in sound, FAIL in faulty",
    ),
]


@pytest.mark.parametrize("fault", FAIRNESS, ids=lambda fault: fault.name)
def test_verdict_that_differs_is_named_though_the_graphs_are_equal(fault: Fault) -> None:
    _left, _right, outcome = fault.compared()
    finding = found_in(outcome, fault)
    for part in fault.details:
        assert any(part in line for line in finding.details), (part, finding.details)
    has_fairness = any(line.startswith("fairness of") for line in finding.details)
    assert has_fairness == bool(fault.details)
    (row,) = outcome.rows
    assert row.summary.startswith("equal: ")
    assert row.verdict is Verdict.FAIL


# -------------------------------------------------------------------------------- nothing to find


def test_reordered_conjuncts_and_actions_are_no_difference() -> None:
    edits = (
        (
            '/\\ writerState[w] = "IDLE"\n    /\\ logState = "OPEN"',
            '/\\ logState = "OPEN"\n    /\\ writerState[w] = "IDLE"',
        ),
        ("    \\/ FenceLog\n    \\/ UnfenceLog\n", "    \\/ UnfenceLog\n    \\/ FenceLog\n"),
        ("    \\/ CompactStart\n", ""),
        ("Next ==\n", "Next ==\n    \\/ CompactStart\n"),
        (
            '    /\\ logState         = "OPEN"\n    /\\ compactionCursor = 1\n',
            '    /\\ compactionCursor = 1\n    /\\ logState         = "OPEN"\n',
        ),
    )
    left = sound(LEADERLESS_LOG.module, tuple(TINY.items()))
    outcome = agree([left, read("reordered", LEADERLESS_LOG, TINY, edits)])
    assert (outcome.findings, outcome.verdict) == ((), Verdict.PASS)
    assert outcome.rows[0].states == left.graph.state_count if left.graph else False


def test_names_that_differ_in_style_alone_are_no_difference() -> None:
    module = text_of(LEADERLESS_LOG.module)
    module = re.sub(r"\breaderResult\b", "reader_result", module)
    module = re.sub(r"\bCompactorCrash\b", "compactor_crash", module)
    right = module_reading("styled", module, configured(LEADERLESS_LOG, TINY))
    outcome = agree([sound(LEADERLESS_LOG.module, tuple(TINY.items())), right])
    assert (outcome.findings, outcome.verdict) == ((), Verdict.PASS)


def test_strings_stand_for_the_model_values_of_the_same_name() -> None:
    strings = {**MET, "Writers": '{"w1", "w2"}'}
    right = read("strings", LEADERLESS_LOG, strings)
    outcome = agree([sound(LEADERLESS_LOG.module, tuple(MET.items())), right])
    assert (outcome.findings, outcome.verdict) == ((), Verdict.PASS)


def test_constraints_of_other_bounds_are_compared_within_both() -> None:
    left = sound(TASK_CLAIMING.module, tuple(PAIR.items()))
    outcome = agree([left, read("wider", TASK_CLAIMING, {**PAIR, "MaxLockVersion": "4"})])
    assert outcome.findings == ()
    assert "beyond the constraint or the bound of one reading left aside" in outcome.rows[0].summary
    assert left.graph is not None
    assert outcome.rows[0].states == left.graph.state_count


def test_several_faults_are_reported_each() -> None:
    edits = (
        ('"IDLE"\n    /\\ logState = "OPEN"\n', '"IDLE"\n'),
        ("compactionCursor' = CurRangeEnd + 1", "compactionCursor' = CurRangeEnd"),
        (
            'WALWriteFail(w) ==\n    /\\ writerState[w] = "WRITING_WAL"',
            'WALWriteFail(w) ==\n    /\\ writerState[w] = "DONE"',
        ),
    )
    left = sound(LEADERLESS_LOG.module, tuple(TINY.items()))
    outcome = agree([left, read("faulty", LEADERLESS_LOG, TINY, edits)])
    said = " ".join(finding.message for finding in outcome.findings)
    assert outcome.rows[0].actions_differing == 3
    for action in ("StartAppend", "CompactUpdateCursor", "WALWriteFail"):
        assert action in said
