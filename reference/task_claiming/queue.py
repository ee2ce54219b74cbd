"""The tasks and what has become of them: one record for each, kept in the coordination store.

A record holds the task's status, its failures and its latest claim, all under one key on purpose:
a compare-and-set on it decides about all three at one instant. A worker commits on the condition
that the record is as its own claim has left it, so that whoever was overtaken by another claim
cannot commit, however late it wakes up.

The dead-letter queue is the tasks whose status is DLQ. To leave the one queue and to enter the
other is a single write; no task is ever in both or in neither.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from reference.coordination_store.store import CoordinationStore, Version, Written
from reference.task_claiming.errors import DuplicateTaskError

_PREFIX = "task/"
_NO_VERSION: Version = 0


class TaskStatus(Enum):
    """What has become of a task; only INIT is ever left. (taskStatus)"""

    INIT = "INIT"
    COMMITTED = "COMMITTED"
    DLQ = "DLQ"


class TaskRecord(NamedTuple):
    """A task as it stands in the store.

    `failures` is the spec's taskFailCount, `error` the latest failure in words. `claimed_by` is the
    version of the lock under which the task was claimed last, 0 before the first time, and `claims`
    how often it was.
    """

    argument: str = ""
    status: TaskStatus = TaskStatus.INIT
    failures: int = 0
    error: str = ""
    claims: int = 0
    claimed_by: Version = _NO_VERSION


class TaskQueue:
    """The tasks of one queue; holds nothing of its own, so each process may make one.

    A task that has failed `max_failures` times is given up. (MaxFailures)
    """

    def __init__(self, store: CoordinationStore, max_failures: int) -> None:
        self._store = store
        self._max_failures = max_failures

    def submit(self, task: str, argument: str = "") -> None:
        """Enter a task under a new name, to be executed with `argument`.

        Raises DuplicateTaskError, also for the name of a task that is done.
        """
        created = self._store.conditional_create(_PREFIX + task, _encode(TaskRecord(argument)))
        if not isinstance(created, Written):
            raise DuplicateTaskError(f"there is a task {task} already")

    def read(self, task: str) -> tuple[TaskRecord, Version]:
        """Return a task's record and its version, for `swap`. Raises LookupError."""
        found = self._store.get(_PREFIX + task)
        if found is None:
            raise LookupError(f"there is no task {task}")
        return _decode(found.value), found.version

    def tasks(self, after: str = "") -> Iterator[tuple[str, TaskRecord]]:
        """Yield the tasks whose names come after `after`, in order, each as it stands when met."""
        key = _PREFIX + after
        while (found := self._store.ceiling_get(f"{key}\0")) and found.key.startswith(_PREFIX):
            key = found.key
            yield key.removeprefix(_PREFIX), _decode(found.value)

    def dead_letters(self) -> list[tuple[str, TaskRecord]]:
        """Return the tasks that were given up."""
        return [(task, record) for task, record in self.tasks() if record.status is TaskStatus.DLQ]

    def swap(self, task: str, version: Version, new: TaskRecord) -> Version | None:
        """Replace the record that was read at `version`; None if it is not there any more."""
        done = self._store.compare_and_set(_PREFIX + task, version, _encode(new))
        return done.version if isinstance(done, Written) else None

    def commit(self, task: str, record: TaskRecord, version: Version) -> bool:
        """Record that the task is done, if its record is at `version`. (ExecuteTaskSuccess)"""
        return self.swap(task, version, record._replace(status=TaskStatus.COMMITTED)) is not None

    def fail(
        self, task: str, record: TaskRecord, version: Version, error: str
    ) -> TaskStatus | None:
        """Record a failure, if the record is at `version`; return the status, None if it is not.

        (ExecuteTaskFailure)
        """
        failures = record.failures + 1
        status = TaskStatus.DLQ if failures >= self._max_failures else record.status
        failed = record._replace(status=status, failures=failures, error=error)
        return None if self.swap(task, version, failed) is None else status


@lru_cache(maxsize=4096)  # the same few are written over and over
def _encode(record: TaskRecord) -> bytes:
    fields = [record.status.value, record.failures, record.claims, record.claimed_by]
    return json.dumps([*fields, record.error, record.argument]).encode()


@lru_cache(maxsize=4096)  # a record is read far more often than it changes
def _decode(value: bytes) -> TaskRecord:
    status, failures, claims, claimed_by, error, argument = json.loads(value)
    return TaskRecord(argument, TaskStatus(status), failures, error, claims, claimed_by)
