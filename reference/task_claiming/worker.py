"""Executing tasks, one at a time, step by step.

A worker knows the store and its own task, and no other worker. What it holds is lost when it dies
and missed by nobody: the store drops its lock when its session ends, and the task is claimed anew.

Within a session a task is executed by one worker at a time. What the protocol cannot prevent is a
worker that sleeps past the end of its session in the middle of an execution, while another one
executes the task again. Of the two only the one with the latest claim can commit; a task whose
effects must not happen twice passes `Job.token` on to where they happen.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from itertools import chain
from typing import NamedTuple, TypeAlias

from reference.coordination_store.store import (
    CoordinationStore,
    Milliseconds,
    Session,
    SessionEndedError,
    Written,
)
from reference.task_claiming.claims import Claim, Claims
from reference.task_claiming.errors import NameTakenError
from reference.task_claiming.locks import TaskLocks
from reference.task_claiming.outcome import Outcome
from reference.task_claiming.queue import TaskQueue, TaskStatus

_PREFIX = "worker/"

SESSION_TIMEOUT: Milliseconds = 10_000
"""How long a worker may be silent, unless told otherwise: what is usual with etcd and ZooKeeper."""


class WorkerState(Enum):
    """How far the task in hand has come. (workerState)"""

    IDLE = "IDLE"
    SCANNING = "SCANNING"
    EXECUTING = "EXECUTING"
    UNLOCKING = "UNLOCKING"


class Progress(NamedTuple):
    """The task in hand, None for none (workerTask), and its claim while the worker has one."""

    state: WorkerState = WorkerState.IDLE
    task: str | None = None
    claim: Claim | None = None


class Job(NamedTuple):
    """What a handler is to execute.

    `token` grows with each claim of the task: a system that has seen a greater one refuses a less.
    """

    task: str
    argument: str
    token: int


Handler: TypeAlias = Callable[[Job], None]
"""Executes a job; any exception that it raises is a failure of the task."""

_IDLE = Progress()


class Worker:
    """One worker process, from joining to its end; it does one thing at a time.

    `work` is the whole; `scan`, `try_lock`, `execute` and `unlock` are its steps. Each step begins
    with a heartbeat, and so does a handler that takes long (`heartbeat`).
    """

    def __init__(
        self,
        store: CoordinationStore,
        queue: TaskQueue,
        name: str,
        handler: Handler,
        session: Session,
        progress: Progress = _IDLE,
    ) -> None:
        self.handler = handler
        self.name = name
        self.session = session
        self._store = store
        self._queue = queue
        self._progress = progress
        self._latest = ""  # the task that `scan` picked last, to take turns

    @classmethod
    def join(
        cls,
        store: CoordinationStore,
        queue: TaskQueue,
        name: str,
        handler: Handler,
        timeout: Milliseconds = SESSION_TIMEOUT,
    ) -> Worker:
        """Return a new worker with a session of its own. (WorkerRecover)

        Raises NameTakenError while the session of an earlier worker of that name has not ended:
        until then the earlier one may still hold locks.
        """
        session = store.open_session(timeout)
        if not isinstance(store.ephemeral_record(_PREFIX + name, b"", session), Written):
            store.end_session(session)
            raise NameTakenError(f"the session of an earlier worker {name} has not ended")
        return cls(store, queue, name, handler, session)

    @property
    def progress(self) -> Progress:
        """The task in hand."""
        return self._progress

    def fork(self, store: CoordinationStore, queue: TaskQueue) -> Worker:
        """Return a worker that is as far as this one, on another store."""
        twin = Worker(store, queue, self.name, self.handler, self.session, self._progress)
        twin._latest = self._latest
        return twin

    def heartbeat(self) -> bool:
        """Tell the store that the worker is alive; False if it is too late for that."""
        try:
            self._store.keep_alive(self.session)
        except SessionEndedError:
            self._progress = _IDLE
            return False
        return True

    def work(self) -> Outcome:
        """Take the next task through all steps, as far as it goes, and return what became of it."""
        outcome = self.scan()
        if outcome is Outcome.TAKEN:
            outcome = self.try_lock()
        if outcome is Outcome.TAKEN:
            outcome = self.execute()
        self.unlock()
        return outcome

    def scan(self, task: str | None = None) -> Outcome:
        """Pick `task`, or the next open one in turn; NOT_OPEN if there is none. (ScanTasks)

        That others have picked it as well does not matter, the lock decides. In turn, because a
        worker that picked the first one each time would not get past a task that others lock.
        """
        if self._progress.state is not WorkerState.IDLE:
            return Outcome.OUT_OF_TURN
        if not self.heartbeat():
            return Outcome.SESSION_ENDED
        picked = self._next_open() if task is None else task if self._is_open(task) else None
        if picked is None:
            return Outcome.NOT_OPEN
        self._latest = picked
        self._progress = Progress(WorkerState.SCANNING, picked)
        return Outcome.TAKEN

    def try_lock(self) -> Outcome:
        """Claim the task that was picked, or learn that it is REFUSED.

        (TryLockSuccess, TryLockFail)
        """
        task = self._progress.task
        if self._progress.state is not WorkerState.SCANNING or task is None:
            return Outcome.OUT_OF_TURN
        try:
            self._store.keep_alive(self.session)
            claims = Claims(self._queue, TaskLocks(self._store))
            claim = claims.claim(task, self.name, self.session)
        except SessionEndedError:
            self._progress = _IDLE
            return Outcome.SESSION_ENDED
        if claim is None:
            self._progress = _IDLE
            return Outcome.REFUSED
        self._progress = Progress(WorkerState.EXECUTING, task, claim)
        return Outcome.TAKEN

    def execute(self) -> Outcome:
        """Execute the task and record how it went; FAILED, or GIVEN_UP, if it raised.

        (ExecuteTaskSuccess, ExecuteTaskFailure)
        """
        claim = self._progress.claim
        if self._progress.state is not WorkerState.EXECUTING or claim is None:
            return Outcome.OUT_OF_TURN
        if not self.heartbeat():
            return Outcome.SESSION_ENDED
        error = self._run(claim)
        outcome = self._record(claim, error)
        if outcome is Outcome.CLAIM_LOST:
            self._progress = _IDLE
        else:
            self._progress = Progress(WorkerState.UNLOCKING, claim.task, claim)
        return outcome

    def unlock(self) -> Outcome:
        """Give the lock back and be IDLE again. (UnlockTask)"""
        claim = self._progress.claim
        if self._progress.state is not WorkerState.UNLOCKING or claim is None:
            return Outcome.OUT_OF_TURN
        if not self.heartbeat():
            return Outcome.SESSION_ENDED
        TaskLocks(self._store).release(claim.task, claim.lock)
        self._progress = _IDLE
        return Outcome.TAKEN

    def _is_open(self, task: str) -> bool:
        return self._queue.read(task)[0].status is TaskStatus.INIT

    def _next_open(self) -> str | None:
        in_turn = chain(self._queue.tasks(after=self._latest), self._queue.tasks())
        return next((task for task, record in in_turn if record.status is TaskStatus.INIT), None)

    def _run(self, claim: Claim) -> str | None:
        """Let the handler execute the task; return its error in words, None if all went well."""
        try:
            self.handler(Job(claim.task, claim.record.argument, claim.record.claims))
        except Exception as error:  # noqa: BLE001 - whatever a task raises is a failure of the task
            return f"{type(error).__name__}: {error}"
        return None

    def _record(self, claim: Claim, error: str | None) -> Outcome:
        if error is None:
            done = self._queue.commit(claim.task, claim.record, claim.version)
            return Outcome.TAKEN if done else Outcome.CLAIM_LOST
        match self._queue.fail(claim.task, claim.record, claim.version, error):
            case None:
                return Outcome.CLAIM_LOST
            case TaskStatus.DLQ:
                return Outcome.GIVEN_UP
            case _:
                return Outcome.FAILED
