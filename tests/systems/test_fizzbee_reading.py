"""Task Claiming in FizzBee beside the other readings: a fault planted in it is named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from conform.check.agreement.agreeing import AgreementOutcome, agree
from conform.check.agreement.reading import Reading
from conform.check.columns import Role
from conform.check.context import Context
from conform.commands.stages.mapping import formal_artefact
from conform.domain.report import Verdict
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.languages.fizzbee.describing import describe
from conform.languages.fizzbee.model import build_model
from conform.languages.fizzbee.specification import specification_of
from conform.languages.markdown.reading import read_document
from conform.text import Source
from tests.systems.scratch import ROOT
from tests.systems.test_readings_agree import CLAIMING, MAX_STATES, edited, sound_readings

PATH = "fizzbee/TaskClaiming.fizz"

CONSTANTS = {"Workers": '["w1", "w2"]', "Tasks": '["t1"]', "MaxLockVersion": "3"}
"""Those of PAIR, as FizzBee has them."""


def specification(*edits: tuple[str, str]) -> Source:
    """Return the specification under the constants, with texts replaced.

    What it asserts of a third worker and a second task is left out.
    """
    text = edited((ROOT / PATH).read_text(encoding="utf-8"), edits)
    for name, value in CONSTANTS.items():
        text, count = re.subn(rf"(?m)^{name} = .*$", f"{name} = {value}", text)
        assert count == 1, name
    text, count = re.subn(r"(?m)^always.*(?:RecoveryW3|StarvationT2):\n(?:(?: .*)?\n?)*", "", text)
    assert count == 2
    return Source(PATH, text)


def reading(*edits: tuple[str, str]) -> Reading:
    """Return the specification, explored."""
    source = specification(*edits)
    found = specification_of(source)
    model = build_model(found)
    options = ExploreOptions(keep_graph=True, stop_at_first=False, max_states=MAX_STATES)
    result = explore(model, options)
    return Reading(
        "FizzBee", model, result.graph, result.properties, source.whole(), describe(found),
        Role.FIZZBEE, {PATH: source},
    )  # fmt: skip


def outcome_of(*edits: tuple[str, str]) -> AgreementOutcome:
    """Return what comparing it with the TLA+ module and the generated machine gives."""
    document = CLAIMING.document()
    context = Context(
        read_document(document), {Role.TLAPLUS: formal_artefact(CLAIMING.artefact())}, (),
        Path("/nowhere"), {document.path: document},
    )  # fmt: skip
    module, machine = sound_readings(CLAIMING)
    return agree([module, reading(*edits), machine], context)


def test_it_agrees_with_the_other_readings() -> None:
    outcome = outcome_of()
    assert outcome.findings == ()
    assert outcome.verdict is Verdict.PASS


@dataclass(frozen=True, slots=True)
class Fault:
    """A text of the specification replaced, and what the finding that this gives says."""

    name: str
    old: str
    new: str
    code: str
    message: str
    detail: str = ""


FAULTS = [
    Fault(
        "guard removed",
        '    require workerState[w] == "IDLE"\n',
        "",
        "CF321",
        "after 2 steps FizzBee can take ScanTasks(",
        '`workerState[w] = "IDLE"` is FALSE',
    ),
    Fault(
        "guard weakened",
        'require lockState[t]["holder"] not in [w, "NONE"] or',
        'require lockState[t]["holder"] != w or',
        "CF321",
        "after 1 step FizzBee can take TryLockFail(",
        'lockState[t].holder \\notin {w, "NONE"}',
    ),
    Fault(
        "guard strengthened",
        "    require HoldsAnyLock",
        '    require workerState[w] == "EXECUTING"\n    require HoldsAnyLock',
        "CF321",
        "after 4 steps TLA+ can take SessionExpiry(",
        '`workerState[w] == "EXECUTING"` is FALSE',
    ),
    Fault(
        "guard with a function removed",
        "    require not HoldsAnyLock(lockState, w)\n",
        "",
        "CF321",
        "after 3 steps FizzBee can take WorkerRecover(",
        "`~ HoldsAnyLock(w)` is FALSE",
    ),
    Fault(
        "bound moved",
        "    return lockVersion <= MaxLockVersion",
        "    return lockVersion < MaxLockVersion",
        "CF321",
        "after 5 steps TLA+ can take TryLockSuccess(",
        "`LockVersionBound(lockVersion + 1)` is FALSE",
    ),
    Fault(
        "action that is never taken",
        "    workerAlive[w] = False",
        "    require False\n    workerAlive[w] = False",
        "CF321",
        "in an initial state TLA+ can take WorkerCrash(",
        "`False` is FALSE",
    ),
    Fault(
        "effect missing",
        '        taskStatus[t] = "DLQ"\n',
        "        pass\n",
        "CF322",
        "after 6 steps ExecuteTaskFailure(w |-> w2) does not do the same to `taskStatus`",
        "as before",
    ),
    Fault(
        "effect wrong",
        '    taskStatus[workerTask[w]] = "COMMITTED"',
        '    taskStatus[workerTask[w]] = "DLQ"',
        "CF322",
        "after 2 steps ExecuteTaskSuccess(w |-> w1) does not do the same to `taskStatus`",
        '`taskStatus[workerTask[w]] = "DLQ"`',
    ),
    Fault(
        "effect extra",
        "    workerAlive[w] = False\n",
        '    workerAlive[w] = False\n    workerState[w] = "IDLE"\n',
        "CF322",
        "after 1 step WorkerCrash(w |-> w1) does not do the same to `workerState.w1`",
        '`workerState[w] = "IDLE"`',
    ),
    Fault(
        "other value",
        "    failures = taskFailCount[t] + 1",
        "    failures = taskFailCount[t] + 2",
        "CF322",
        "after 2 steps ExecuteTaskFailure(w |-> w1) does not do the same to",
        "`taskFailCount[t] = failures`",
    ),
    Fault(
        "initial value",
        "    lockVersion = 1\n",
        "    lockVersion = 2\n",
        "CF320",
        "the nearest one differs in `lockVersion`",
        "lockVersion  TLA+     1",
    ),
    Fault(
        "strong fairness removed",
        "atomic fair<strong> action TryLockSuccess:\n    w = fair<strong> oneof",
        "atomic action TryLockSuccess:\n    w = oneof",
        "CF323",
        "property `TaskCompletion`: PASS in TLA+, FAIL in FizzBee",
        "fairness of TryLockSuccess  TLA+     strong",
    ),
    Fault(
        "weak fairness removed",
        "atomic fair<weak> action SessionExpiry:\n    w = fair<weak> oneof",
        "atomic action SessionExpiry:\n    w = oneof",
        "CF323",
        "property `CrashRecovery`: PASS in TLA+, FAIL in FizzBee",
        "fairness of SessionExpiry  TLA+     weak",
    ),
    Fault(
        "assertion turned",
        'return all([taskStatus[t] != "DLQ" or',
        'return all([taskStatus[t] == "DLQ" or',
        "CF323",
        "property `DLQOnlyAfterMaxFailures`: PASS in TLA+, FAIL in FizzBee",
        "false in the last state of the trace",
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_in_it_is_named_with_the_shortest_trace(fault: Fault) -> None:
    outcome = outcome_of((fault.old, fault.new))
    said = [f"{finding.code} {finding.message}" for finding in outcome.findings]
    matching = [
        finding
        for finding in outcome.findings
        if finding.code == fault.code and fault.message in finding.message
    ]
    assert len(matching) == 1, said
    assert any(fault.detail in line for line in matching[0].details), matching[0].details
    assert outcome.verdict is Verdict.FAIL
