"""The reference implementation as a conformance tool drives and sees it.

The contract (duck-typed; this package knows nothing of the tool):

    create(constants) -> Adapter             a fresh system in the spec's initial state
    adapter.perform(action, parameters)      drive it through one action of the spec
        True    it took that very step
        False   it declined, and nothing that the spec can see has changed
        LookupError                          there is no such action, worker or task
    adapter.state()                          each variable of the spec with its present value
    adapter.fork()                           a second system in the same state, independent

Constants, parameters and state are plain data: integers, booleans and strings stand for
themselves, model values are strings, sets are sets, functions and records are dictionaries.
States may share parts with one another: look, do not change.

The adapter has no guards. It asks a worker for a step; the worker decides, and the adapter reports
what it did. A step that has several outcomes with a name of their own in the spec is tried on a
fork of the system, which is kept only if the outcome was the one asked for. What the environment
decides in the spec the adapter arranges: whether a task fails, when a worker crashes, and of which
crashed worker the store hears no more. A process that has crashed takes no step.

The abstraction, from the implementation's state to the spec's:

    taskStatus, taskFailCount   each task's record
    lockState       each task's lock, if it has claimed the task; a lock that has not yet is none
    lockVersion     one more than the locks taken so far
    workerAlive     whether the process runs
    workerState, workerTask     each worker's progress; what a crashed one left behind, until its
                    session ends and the store drops the lock

A store's versions are names without an order, the spec's are numbers: the adapter counts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from reference.coordination_store.store import Record, Version
from reference.task_claiming.fleet import Fleet
from reference.task_claiming.locks import Lock
from reference.task_claiming.outcome import Outcome
from reference.task_claiming.worker import Job, Progress, Worker

_NONE = "NONE"
UNLOCKED: Mapping[str, object] = {"holder": _NONE, "version": 0}
"""The lock of a task that nobody has locked, of which the store has no record. (Unlocked)"""

_IDLE = Progress()

KEPT = 16_384
"""States of all workers that are at hand as plain data once they were shown."""

_WorkerSeen: TypeAlias = tuple[str, bool, str, str]
"""A worker's name, whether its process runs, and its state and task as the spec sees them."""

_TaskSeen: TypeAlias = tuple[str, str, int, Lock | None]
"""A task's name, status and failures, and the lock that has claimed it, with the spec's number."""


class _Tasks(NamedTuple):
    """What the spec sees of the store, when it held `records` and so many locks had been taken."""

    records: Mapping[str, Record]
    locks: int
    shown: Mapping[str, object]
    holders: frozenset[str]


class Adapter:
    """Maps one fleet to the spec's state, and the spec's actions to its steps.

    `fleet` is the system as it stands now; another object after some actions.
    """

    def __init__(self, fleet: Fleet) -> None:
        self.fleet = fleet
        self._numbers: dict[Version, int] = {}  # of the locks, in the order of their taking
        self._tasks_seen: _Tasks | None = None

    def fork(self) -> Adapter:
        """Return an adapter of a system of its own, in the same state."""
        twin = Adapter(self.fleet.fork())
        twin._numbers = self._numbers.copy()
        twin._tasks_seen = self._tasks_seen
        return twin

    def perform(self, action: str, parameters: Mapping[str, object]) -> bool:
        """Drive the implementation through one action; see the contract above.

        `parameters` are by the spec's names: `w`, `t`. Raises LookupError.
        """
        handler = _ACTIONS.get(action)
        if handler is None:
            close = get_close_matches(action, _ACTIONS, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            raise LookupError(f"there is no action {action!r}{hint}")
        return handler(self, **parameters)

    def state(self) -> Mapping[str, object]:
        """Return each variable of the spec, as plain data."""
        return {**self._of_tasks().shown, **self._of_workers()}

    def holds_any_lock(self, w: str) -> bool:
        """Return whether a worker holds the lock of a task that it has claimed. (HoldsAnyLock)"""
        return w in self._of_tasks().holders

    def _of_tasks(self) -> _Tasks:
        """Return what the store says; read anew only when a record of it has changed."""
        seen = self._tasks_seen
        records, locks = self.fleet.store.records, len(self._numbers)
        if seen is None or seen.records is not records or seen.locks != locks:
            seen = self._tasks_seen = _Tasks(records, locks, *self._read_tasks())
        return seen

    def _read_tasks(self) -> tuple[Mapping[str, object], frozenset[str]]:
        seen = [
            (task, each.status.value, each.failures, self._lock(task, each.claimed_by))
            for task, each in self.fleet.queue.tasks()
        ]
        return _plain_tasks(seen, len(self._numbers))

    def _lock(self, task: str, claimed_by: Version) -> Lock | None:
        """Return the lock of a task, with the spec's number; None if it claims nothing."""
        lock = self.fleet.locks.read(task)
        if lock is None or lock.version != claimed_by:
            return None
        return Lock(lock.holder, self._numbers.get(lock.version, 0))

    def _of_workers(self) -> Mapping[str, object]:
        """Return how far the workers are."""
        seen = [
            _worker_seen(name, each.progress, is_alive=True)
            for name, each in self.fleet.workers.items()
        ]
        for name, each in self.fleet.crashed.items():
            is_over = each.progress.claim and not self.fleet.has_session(name)
            seen.append(_worker_seen(name, _IDLE if is_over else each.progress, is_alive=False))
        seen.sort()
        return _plain_workers(tuple(seen))

    def _runs(self, name: str) -> bool:
        """Return whether a worker runs, or has crashed. Raises LookupError."""
        if name in self.fleet.workers:
            return True
        if name not in self.fleet.crashed:
            raise LookupError(f"there is no worker {name}")
        return False

    def _running(self, name: str) -> Worker | None:
        """Return a worker that may go on, None if it has crashed. Raises LookupError."""
        return self.fleet.worker(name) if self._runs(name) else None

    def _try(self, w: str, step: _Step, *named: Outcome) -> Worker | None:
        """Let a worker try a step; return it if the outcome is one of those, and keep it then."""
        present, self.fleet = self.fleet, self.fleet.fork()
        worker = self._running(w)
        if worker is None or step(worker) not in named:
            self.fleet = present
            return None
        return worker

    def _scan_tasks(self, w: str, t: str) -> bool:
        worker = self._running(w)
        return worker is not None and worker.scan(t) is Outcome.TAKEN

    def _try_lock_success(self, w: str) -> bool:
        worker = self._try(w, Worker.try_lock, Outcome.TAKEN)
        if worker is None or worker.progress.claim is None:
            return False
        self._numbers[worker.progress.claim.lock] = len(self._numbers) + 1
        return True

    def _try_lock_fail(self, w: str) -> bool:
        return self._try(w, Worker.try_lock, Outcome.REFUSED) is not None

    def _execute_task_success(self, w: str) -> bool:
        return self._try(w, _execute_well, Outcome.TAKEN) is not None

    def _execute_task_failure(self, w: str) -> bool:
        return self._try(w, _execute_badly, Outcome.FAILED, Outcome.GIVEN_UP) is not None

    def _unlock_task(self, w: str) -> bool:
        worker = self._running(w)
        return worker is not None and worker.unlock() is Outcome.TAKEN

    def _worker_crash(self, w: str) -> bool:
        return self._runs(w) and self.fleet.crash(w)

    def _session_expiry(self, w: str) -> bool:
        return not self._runs(w) and self._drops_locks(w)

    def _worker_recover(self, w: str) -> bool:
        """Restart a worker; let its session end first, if nobody can see that."""
        if self._runs(w):
            return False
        present, self.fleet = self.fleet, self.fleet.fork()
        if self.fleet.restart(w):
            return True
        if not self._drops_locks(w) and self.fleet.restart(w):
            return True
        self.fleet = present
        return False

    def _drops_locks(self, w: str) -> bool:
        """Let a crashed worker's session end; return whether it lost a lock, which can be seen."""
        held = self.holds_any_lock(w)
        self.fleet.pass_time(silent=w)
        return held and not self.holds_any_lock(w)


def create(constants: Mapping[str, object]) -> Adapter:
    """Return a fresh system in the spec's initial state.

    `constants` binds Workers and Tasks (sets of names) and MaxFailures; MaxLockVersion bounds the
    model, and the implementation has no use for it. Raises LookupError for one that is missing,
    TypeError for one of another type.
    """
    fleet = Fleet(
        _names(constants, "Workers"),
        _names(constants, "Tasks"),
        _succeed,
        max_failures=_integer(constants, "MaxFailures"),
    )
    return Adapter(fleet)


_Step: TypeAlias = Callable[[Worker], Outcome]
_Handler: TypeAlias = Callable[..., bool]

_ACTIONS: Mapping[str, _Handler] = {
    "ScanTasks": Adapter._scan_tasks,
    "TryLockSuccess": Adapter._try_lock_success,
    "TryLockFail": Adapter._try_lock_fail,
    "ExecuteTaskSuccess": Adapter._execute_task_success,
    "ExecuteTaskFailure": Adapter._execute_task_failure,
    "UnlockTask": Adapter._unlock_task,
    "WorkerCrash": Adapter._worker_crash,
    "SessionExpiry": Adapter._session_expiry,
    "WorkerRecover": Adapter._worker_recover,
}


def _succeed(_job: Job) -> None:
    """Execute a job well."""


def _fail(job: Job) -> None:
    raise RuntimeError(f"{job.task} failed")


def _execute_well(worker: Worker) -> Outcome:
    worker.handler = _succeed
    return worker.execute()


def _execute_badly(worker: Worker) -> Outcome:
    worker.handler = _fail
    return worker.execute()


def _plain(lock: Lock | None) -> Mapping[str, object]:
    return {"holder": lock.holder, "version": lock.version} if lock else UNLOCKED


def _worker_seen(name: str, progress: Progress, *, is_alive: bool) -> _WorkerSeen:
    return name, is_alive, progress.state.value, progress.task or _NONE


@lru_cache(KEPT)
def _plain_workers(seen: tuple[_WorkerSeen, ...]) -> Mapping[str, object]:
    return {
        "workerAlive": {name: is_alive for name, is_alive, _, _ in seen},
        "workerState": {name: state for name, _, state, _ in seen},
        "workerTask": {name: task for name, _, _, task in seen},
    }


def _plain_tasks(
    seen: Sequence[_TaskSeen], locks: int
) -> tuple[Mapping[str, object], frozenset[str]]:
    """Return what the spec sees of the tasks, and who holds locks; `locks` were taken so far."""
    shown = {
        "taskStatus": {task: status for task, status, _, _ in seen},
        "lockState": {task: _plain(lock) for task, _, _, lock in seen},
        "taskFailCount": {task: failures for task, _, failures, _ in seen},
        "lockVersion": locks + 1,
    }
    return shown, frozenset(lock.holder for _, _, _, lock in seen if lock)


def _integer(constants: Mapping[str, object], name: str) -> int:
    value = constants[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} must be an integer, not {value!r}")
    return value


def _names(constants: Mapping[str, object], name: str) -> list[str]:
    value = constants[name]
    if not isinstance(value, Collection) or isinstance(value, str):
        raise TypeError(f"{name} must be a set of names, not {value!r}")
    return sorted(map(str, value))
