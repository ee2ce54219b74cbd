"""Claiming a task: lock and record are two keys, and the claim must look like one step.

The spec's TryLockSuccess takes the lock of a task that is INIT, at one instant. No primitive looks
at one key and creates another, so it is done in two phases:

    lock      create the lock's record, tied to the session        (nothing the spec can see)
    CLAIM     compare-and-set the task's record: still INIT, and   (TryLockSuccess happens HERE)
              from now on claimed by this lock

A lock that has not claimed its task counts for nothing; its holder claims the task, or finds it
done and gives the lock back. A worker may die in between, and the store drops the lock in time.
Whoever is refused a lock meanwhile makes the claim on its holder's behalf before it gives up: it
may report that another has the task only when that is so.

The claim is a fence as well. It changes the version of the task's record, and what a former holder
wants to write, it writes on condition of the version that its own claim produced. A worker that has
slept past the end of its session, and still believes that it holds the lock, is refused there.
"""

from __future__ import annotations

from typing import NamedTuple

from reference.coordination_store.store import Session, Version
from reference.task_claiming.locks import TaskLocks
from reference.task_claiming.queue import TaskQueue, TaskRecord, TaskStatus


class Claim(NamedTuple):
    """A task that was claimed: its lock, its record as the claim left it, the record's version."""

    task: str
    lock: Version
    record: TaskRecord
    version: Version


class Claims:
    """Claims the tasks of `queue` by `locks`; stateless, each process has its own."""

    def __init__(self, queue: TaskQueue, locks: TaskLocks) -> None:
        self._queue = queue
        self._locks = locks

    def claim(self, task: str, worker: str, session: Session) -> Claim | None:
        """Return the worker's claim; None when another has the lock or the task is done.

        Raises SessionEndedError. (TryLockSuccess, TryLockFail)
        """
        while (lock := self._locks.create(task, worker, session)) is None:
            held = self._locks.read(task)
            if held and self._settle(task, held.version) is not None:
                return None
            if self._queue.read(task)[0].status is not TaskStatus.INIT:
                return None
        claim = self._settle(task, lock)
        if claim is None:
            self._locks.release(task, lock)
        return claim

    def _settle(self, task: str, lock: Version) -> Claim | None:
        """See to it that `lock` has claimed the task; None if the task is done or the lock gone.

        Any process may do it for any lock that it has seen. The order of the two readings matters:
        the lock is seen to be held AFTER the record was read. A claim by a later lock is later than
        both, changes the record's version, and lets the write below fail. Hence a process that
        comes late, for itself or for another, never takes a claim away from its successor.
        """
        while True:
            record, version = self._queue.read(task)
            held = self._locks.read(task)
            if record.status is not TaskStatus.INIT or held is None or held.version != lock:
                return None
            if record.claimed_by == lock:
                return Claim(task, lock, record, version)
            claimed = record._replace(claims=record.claims + 1, claimed_by=lock)
            written = self._queue.swap(task, version, claimed)
            if written is not None:
                return Claim(task, lock, claimed, written)
