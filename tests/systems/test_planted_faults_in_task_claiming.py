"""Faults planted in Task Claiming: `conform check` finds each, and says what and where.

Lines are looked up in the copy. The known traps of the protocol are among them: a WorkerRecover
that forgets half of its guard, an ExecuteTaskSuccess without the status, a table of parameters that
is not the configuration's, and a liveness row that names what nobody has written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest

from tests.systems.scratch import PAIR, TASK_CLAIMING, Outcome, Scratch

SPEC = TASK_CLAIMING.spec
MODULE = TASK_CLAIMING.module
CFG = TASK_CLAIMING.cfg
REFERENCE = TASK_CLAIMING.reference

HOLDS_NO_LOCK = "    /\\ ~ HoldsAnyLock(w)\n"
STATUS_IN_SUCCESS = '        /\\ taskStatus[t] = "INIT"\n        /\\ taskStatus\''
STATUS_IN_LOCK = '        /\\ taskStatus[t] = "INIT"\n        /\\ lockState\''


def test_protocol_conforms(claiming: Scratch) -> None:
    """With two tasks, so that workers pass each other by."""
    claiming.configure({"Tasks": "{t1, t2}"})
    outcome = claiming.command("check", "--format", "json")
    assert (outcome.code, outcome.findings, outcome.err) == (0, [], "")
    assert outcome.report["verdict"] == "PASS"


def assert_found(outcome: Outcome, code: str, name: str, path: str, line: int) -> dict[str, Any]:
    """Assert that a check failed with one finding of `code` that names `name` at a place."""
    assert outcome.code == 1
    said = [f"{found['code']} {found['message']}" for found in outcome.findings]
    matching = [number for number, text in enumerate(said) if text[:5] == code and name in text]
    assert len(matching) == 1, said
    finding: dict[str, Any] = outcome.findings[matching[0]]
    assert (finding["path"], finding["line"]) == (path, line)
    return finding


# ---------------------------------------------------------------------------------- the document


def test_parameters_that_are_not_the_configurations_are_found(claiming: Scratch) -> None:
    claiming.replace(SPEC, "| `Workers` | `{w1, w2}` |", "| `Workers` | `{w1, w2, w3}` |")
    outcome = claiming.check()
    row = claiming.line_of(SPEC, "| `Workers` | `{w1, w2, w3}` |")
    finding = assert_found(outcome, "CF211", "`Workers` is {w1, w2, w3}", SPEC, row)
    bound = claiming.line_of(CFG, "Workers  ")
    assert finding["details"][1].startswith(
        f"the configuration: {PAIR['Workers']}  at {CFG}:{bound}:"
    )
    assert len(outcome.findings) == 1


def test_parameters_of_the_other_configuration_are_compared_with_it(claiming: Scratch) -> None:
    """Asked for the medium one, the check compares the column Medium; a limit keeps it short."""
    claiming.replace(SPEC, "| `{w1, w2, w3, w4}` |", "| `{w1, w2, w3}` |")
    outcome = claiming.check("--model-config", "medium", "--max-states", "100")
    row = claiming.line_of(SPEC, "| `Workers` | `{w1, w2}` |")
    medium = CFG.replace(".cfg", "-medium.cfg")
    assert_found(outcome, "CF211", f"but {{w1, w2, w3, w4}} in {medium}", SPEC, row)


def test_liveness_row_that_names_what_nobody_has_written_is_found(claiming: Scratch) -> None:
    claiming.replace(SPEC, "| Liveness L3 | `NoStarvation` |", "| Liveness L3 | `EveryTaskRuns` |")
    outcome = claiming.check()
    row = claiming.line_of(SPEC, "| Liveness L3 | `EveryTaskRuns` |")
    assert_found(outcome, "CF202", f"{MODULE} has no `EveryTaskRuns`", SPEC, row)


def test_deleted_mapping_row_is_found(claiming: Scratch) -> None:
    (row,) = re.findall(r"(?m)^\| Action 4: .*\n", claiming.read(SPEC))
    claiming.replace(SPEC, row, "")
    outcome = claiming.check()
    heading = claiming.line_of(SPEC, "### Action 4: UnlockTask")
    assert_found(outcome, "CF201", "`UnlockTask`", SPEC, heading)
    assert len(outcome.findings) == 1


def test_link_to_a_method_that_does_not_exist_is_found(claiming: Scratch) -> None:
    claiming.replace(SPEC, "[`Claims.claim`]", "[`Claims.acquire`]")
    outcome = claiming.check()
    line = claiming.line_of(SPEC, "[`Claims.acquire`]")
    assert_found(outcome, "CF206", "`Claims.acquire`", SPEC, line)


def test_action_with_other_parameters_is_found(claiming: Scratch) -> None:
    claiming.replace(SPEC, "### Action 5: WorkerCrash(w)", "### Action 5: WorkerCrash(w, t)")
    outcome = claiming.check()
    heading = claiming.line_of(SPEC, "### Action 5: WorkerCrash(w, t)")
    assert_found(outcome, "CF203", "`WorkerCrash`", SPEC, heading)


# ------------------------------------------------------------------- the module, the configuration


def test_worker_that_recovers_with_its_lock_is_found(claiming: Scratch) -> None:
    claiming.replace(MODULE, HOLDS_NO_LOCK, "")
    outcome = claiming.check()
    heading = claiming.line_of(SPEC, "### Safety S4: LockConsistency")
    assert_found(outcome, "CF301", "`LockConsistency`", SPEC, heading)
    rows = outcome.verdicts_of("TLA+ (small)")
    failed = {name for name, row in rows.items() if row["verdict"] == "FAIL"}
    assert failed == {"LockConsistency", "TaskCompletion", "CrashRecovery", "NoStarvation"}
    actions = [step["action"] for step in rows["LockConsistency"]["trace"]["steps"]]
    assert actions[1:] == ["ScanTasks", "TryLockSuccess", "WorkerCrash", "WorkerRecover"]
    declined = claiming.line_of(SPEC, "### Action 7: WorkerRecover")
    assert_found(outcome, "CF502", "declined WorkerRecover(w=w1)", SPEC, declined)


def test_success_without_the_status_shows_in_the_generated_files(claiming: Scratch) -> None:
    """No reachable state tells the difference; the machine that was made from the module does."""
    claiming.name_generated_files()
    assert claiming.run("generate").code == 0
    assert claiming.check().findings == []
    claiming.replace(MODULE, STATUS_IN_SUCCESS, "        /\\ taskStatus'")
    outcome = claiming.check()
    assert outcome.code == 1
    stale = {(found["code"], found["path"]) for found in outcome.findings}
    assert stale == {
        ("CF402", f"{TASK_CLAIMING.generated}/machine.py"),
        ("CF402", f"{TASK_CLAIMING.generated}/test_machine.py"),
    }


def test_lock_of_a_task_that_is_done_is_found(claiming: Scratch) -> None:
    claiming.replace(MODULE, STATUS_IN_LOCK, "        /\\ lockState'")
    outcome = claiming.check()
    heading = claiming.line_of(SPEC, "### Safety S2: NoDoubleExecution")
    assert_found(outcome, "CF301", "`NoDoubleExecution`", SPEC, heading)


def test_task_that_is_given_up_too_early_is_found(claiming: Scratch) -> None:
    claiming.replace(MODULE, "IF failures >= MaxFailures", "IF failures + 1 >= MaxFailures")
    outcome = claiming.check()
    heading = claiming.line_of(SPEC, "### Safety S3: DLQOnlyAfterMaxFailures")
    assert_found(outcome, "CF301", "`DLQOnlyAfterMaxFailures`", SPEC, heading)
    failure = claiming.line_of(SPEC, "#### Outcome 3b: ExecuteTaskFailure(w)")
    finding = assert_found(outcome, "CF501", "differs in taskStatus", SPEC, failure)
    assert finding["details"][:2] == [
        'taskStatus  expected  [t1 |-> "DLQ"]',
        '            found     [t1 |-> "INIT"]',
    ]


def test_session_that_cannot_end_is_found(claiming: Scratch) -> None:
    old = "SessionExpiry(w) ==\n    /\\ ~ workerAlive[w]\n"
    impossible = '    /\\ workerState[w] = "DEAD"\n'
    claiming.replace(MODULE, old, old + impossible)
    outcome = claiming.check()
    definition = claiming.line_of(MODULE, "SessionExpiry(w) ==")
    assert_found(outcome, "CF302", "`SessionExpiry`", MODULE, definition)
    heading = claiming.line_of(SPEC, "### Liveness L2: CrashRecovery")
    assert_found(outcome, "CF301", "`CrashRecovery`", SPEC, heading)


def test_weak_fairness_of_the_lock_is_found(claiming: Scratch) -> None:
    claiming.replace(MODULE, "SF_vars(TryLockSuccess(w))", "WF_vars(TryLockSuccess(w))")
    outcome = claiming.check()
    for name in ("### Liveness L1: TaskCompletion", "### Liveness L3: NoStarvation"):
        assert_found(outcome, "CF301", name.split(": ")[1], SPEC, claiming.line_of(SPEC, name))
    row = claiming.line_after(SPEC, "## 8. Fairness", "| `TryLockSuccess(w)` | Strong |")
    assert_found(outcome, "CF226", "but weak fairness", SPEC, row)
    codes = [found["code"] for found in outcome.findings]
    assert codes == ["CF226", "CF301", "CF301", "CF323", "CF323"]


def test_property_that_the_configuration_lost_is_found(claiming: Scratch) -> None:
    claiming.replace(CFG, "    CrashRecovery\n", "")
    outcome = claiming.check()
    row = claiming.line_of(SPEC, "| Liveness L2 | `CrashRecovery` |")
    finding = assert_found(outcome, "CF205", "`CrashRecovery`", SPEC, row)
    assert CFG in finding["hint"]


def test_constraint_that_the_configuration_lost_never_passes(claiming: Scratch) -> None:
    """The versions grow for ever: some limit ends the exploration, and that is no PASS."""
    claiming.replace(CFG, "CONSTRAINT\n    LockVersionBound\n", "")
    outcome = claiming.check("--max-states", "2000")
    assert_found(outcome, "CF215", "`LockVersionBound`", CFG, 1)
    assert outcome.found("CF305")["severity"] == "incomplete"
    assert {row["verdict"] for row in outcome.verdicts_of("TLA+ (small)").values()} == {
        "INCOMPLETE"
    }


# ------------------------------------------------------------------------------ the implementation


@dataclass(frozen=True, slots=True)
class CodeFault:
    """A fault in the reference implementation, and the finding that must name the action."""

    file: str
    old: str
    new: str
    code: str
    message: str
    heading: str


CODE_FAULTS = {
    "comes back while its session lasts": CodeFault(
        "worker.py",
        'if not isinstance(store.ephemeral_record(_PREFIX + name, b"", session), Written):',
        'if store.ephemeral_record(_PREFIX + name, b"", session) is None:',
        "CF503",
        "accepted WorkerRecover(w=w1), which the spec disables",
        "### Action 7: WorkerRecover(w)",
    ),
    "never gives a task up": CodeFault(
        "queue.py",
        "failures >= self._max_failures",
        "failures > self._max_failures",
        "CF501",
        "after ExecuteTaskFailure(w=w2) the implementation differs in taskStatus",
        "#### Outcome 3b: ExecuteTaskFailure(w)",
    ),
    "counts a crash as a failure": CodeFault(
        "queue.py",
        "status=TaskStatus.COMMITTED)",
        "status=TaskStatus.COMMITTED, failures=record.failures + 1)",
        "CF501",
        "after ExecuteTaskSuccess(w=w1) the implementation differs in taskFailCount",
        "#### Outcome 3a: ExecuteTaskSuccess(w)",
    ),
    "claims a task that is done": CodeFault(
        "claims.py",
        "record.status is not TaskStatus.INIT or held is None",
        "held is None",
        "CF503",
        "accepted TryLockSuccess(w=w2), which the spec disables",
        "#### Outcome 2a: TryLockSuccess(w)",
    ),
    "keeps the lock": CodeFault(
        "worker.py",
        "        TaskLocks(self._store).release(claim.task, claim.lock)\n",
        "",
        "CF501",
        "after UnlockTask(w=w1) the implementation differs in lockState",
        "### Action 4: UnlockTask(w)",
    ),
    "locks outlive their session": CodeFault(
        "locks.py",
        "self._store.ephemeral_record(_PREFIX + task, holder.encode(), session)",
        "self._store.conditional_create(_PREFIX + task, holder.encode())",
        "CF503",
        "the implementation accepted WorkerRecover(w=w1), which the spec disables",
        "### Action 7: WorkerRecover(w)",
    ),
    "takes a lock that another has": CodeFault(
        "locks.py",
        "        created = self._store.ephemeral_record(",
        "        self._store.delete(_PREFIX + task)\n"
        "        created = self._store.ephemeral_record(",
        "CF503",
        "accepted TryLockSuccess(w=w2), which the spec disables",
        "#### Outcome 2a: TryLockSuccess(w)",
    ),
    "picks tasks that are done": CodeFault(
        "worker.py",
        "self._queue.read(task)[0].status is TaskStatus.INIT",
        "self._queue.read(task)[0].status is not TaskStatus.DLQ",
        "CF503",
        "accepted ScanTasks(w=w2, t=t1), which the spec disables",
        "### Action 1: ScanTasks(w, t)",
    ),
}


@pytest.mark.parametrize("fault", CODE_FAULTS.values(), ids=CODE_FAULTS)
def test_fault_in_the_implementation_is_found(claiming: Scratch, fault: CodeFault) -> None:
    claiming.replace(f"{REFERENCE}/{fault.file}", fault.old, fault.new)
    outcome = claiming.check()
    line = claiming.line_of(SPEC, fault.heading)
    finding = assert_found(outcome, fault.code, fault.message, SPEC, line)
    assert "the steps that led there:" in finding["details"]
    assert len(outcome.findings) == 1


def test_step_that_a_constraint_cuts_off_is_not_taken_for_disabled(claiming: Scratch) -> None:
    """The second lock leads out of the bound, where nobody looks; it is possible nevertheless."""
    claiming.configure({"MaxLockVersion": "2"})
    outcome = claiming.check()
    assert (outcome.code, outcome.findings) == (0, [])
