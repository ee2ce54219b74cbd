"""The generated code of Task Claiming, executed: the oracle's states, planted faults."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.systems.generated_code import copy_code, import_machine, run_suite
from tests.systems.scratch import TASK_CLAIMING

STATES, STEPS = 12_380, 39_992
"""TLC 2.18 with two workers: distinct states; generated ones but for the initial one."""

MAX_LOCK_VERSION = 5


@pytest.fixture(scope="module")
def generated() -> ModuleType:
    """Import machine.py as it stands in the repository."""
    return import_machine(TASK_CLAIMING.generated)


def test_machine_has_the_states_and_steps_that_tlc_counts(generated: ModuleType) -> None:
    """The constraint is the configuration's and no part of the machine: it is applied here."""
    machine = generated.TaskClaiming(generated.Constants(workers=frozenset({"w1", "w2"})))
    seen = {machine.state}
    queue = [machine.state]
    steps = 0
    for state in queue:
        machine.state = state
        for action, parameters in list(machine.enabled()):
            machine.state = state
            assert machine.perform(action, parameters)
            assert machine.violated() == []
            steps += 1 + (action == "TryLockFail" and is_refused_twice(state, **parameters))
            if machine.state.lock_version <= MAX_LOCK_VERSION and machine.state not in seen:
                seen.add(machine.state)
                queue.append(machine.state)
    assert (len(seen), steps) == (STATES, STEPS)


def is_refused_twice(state: Any, w: str) -> bool:
    """Say whether both sides of TryLockFail's disjunction hold: TLC then generates it twice."""
    task = state.worker_task[w]
    is_taken = state.lock_state[task].holder not in {w, "NONE"}
    return is_taken and state.task_status[task] != "INIT"


def test_disabled_action_says_which_line_is_false_and_why(generated: ModuleType) -> None:
    machine = generated.TaskClaiming()
    machine.worker_crash("w1")
    with pytest.raises(generated.NotEnabledError) as caught:
        machine.session_expiry("w1")
    assert str(caught.value).startswith("SessionExpiry(w='w1') is disabled: HoldsAnyLock(w) is")


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in the reference implementation; `seen` is a test that must fail because of it."""

    file: str
    old: str
    new: str
    seen: str


FAULTS = {
    "comes back while its session lasts": Fault(
        "worker.py",
        'if not isinstance(store.ephemeral_record(_PREFIX + name, b"", session), Written):',
        'if store.ephemeral_record(_PREFIX + name, b"", session) is None:',
        "test_refusal[WorkerRecover, guard line 2]",
    ),
    "claims a task that is done": Fault(
        "claims.py",
        "record.status is not TaskStatus.INIT or held is None",
        "held is None",
        "test_refusal[TryLockSuccess, guard line 4]",
    ),
    "keeps the lock": Fault(
        "worker.py",
        "        TaskLocks(self._store).release(claim.task, claim.lock)\n",
        "",
        "test_scenario[UnlockTask]",
    ),
}


def test_suite_passes_on_the_reference_implementation(tmp_path: Path) -> None:
    copy_code(tmp_path)
    done = run_suite(tmp_path, TASK_CLAIMING.generated)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_suite_fails_on_a_planted_fault(tmp_path: Path, fault: Fault) -> None:
    copy_code(tmp_path)
    path = tmp_path / TASK_CLAIMING.reference / fault.file
    text = path.read_text(encoding="utf-8")
    assert text.count(fault.old) == 1
    path.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
    done = run_suite(tmp_path, TASK_CLAIMING.generated, fault.seen)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"::{fault.seen}" in done.stdout
