"""Stand-ins for the parts of the task queue that a test wants to hold in its hands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from reference.coordination_store.memory_store import InMemoryStore
from reference.coordination_store.store import (
    Conflict,
    Deleted,
    Record,
    Session,
    Version,
    Written,
)
from reference.task_claiming.queue import TaskQueue, TaskRecord
from reference.task_claiming.worker import Handler, Job, Worker

TIMEOUT = 10


class ProcessDiedError(BaseException):
    """The process of a worker ends here and now; no handler of an exception is left to run."""


class HauntedStore(InMemoryStore):
    """A store in which something else happens just before a call, or just after it.

    Both are called with the name of the primitive and its key, and may do what they like: act for
    other processes, let time pass, or let the caller die.
    """

    def __init__(self) -> None:
        super().__init__()
        self.before: Callable[[str, str], None] = _nothing
        self.after: Callable[[str, str], None] = _nothing

    @contextmanager
    def _call(self, primitive: str, key: str = "") -> Iterator[None]:
        self.before(primitive, key)
        yield
        self.after(primitive, key)

    def once_before(self, primitive: str, key: str, act: Callable[[], object]) -> None:
        """Let `act` run just before the next call of this primitive with this key."""

        def haunt(called: str, at: str) -> None:
            if (called, at) == (primitive, key):
                self.before = _nothing
                act()

        self.before = haunt

    def compare_and_set(self, key: str, expected: Version, new: bytes) -> Written | Conflict:
        with self._call("compare_and_set", key):
            return super().compare_and_set(key, expected, new)

    def ephemeral_record(self, key: str, value: bytes, session: Session) -> Written | Conflict:
        with self._call("ephemeral_record", key):
            return super().ephemeral_record(key, value, session)

    def get(self, key: str) -> Record | None:
        with self._call("get", key):
            return super().get(key)

    def ceiling_get(self, key: str) -> Record | None:
        with self._call("ceiling_get", key):
            return super().ceiling_get(key)

    def conditional_delete(self, key: str, version: Version) -> Deleted | Conflict:
        with self._call("conditional_delete", key):
            return super().conditional_delete(key, version)

    def keep_alive(self, session: Session) -> None:
        with self._call("keep_alive"):
            super().keep_alive(session)


class System:
    """A haunted store with a queue of tasks; workers join by `worker`, all with one timeout."""

    def __init__(self, *tasks: str, max_failures: int = 2) -> None:
        self.store = HauntedStore()
        self.queue = TaskQueue(self.store, max_failures)
        for task in tasks:
            self.queue.submit(task, f"argument of {task}")

    def worker(self, name: str, handler: Handler | None = None) -> Worker:
        """Return a new worker that executes by `handler`, by default every job well."""
        return Worker.join(self.store, self.queue, name, handler or well, TIMEOUT)

    def executing(self, name: str, handler: Handler | None = None) -> Worker:
        """Return a new worker that has locked the first task."""
        worker = self.worker(name, handler)
        worker.scan()
        worker.try_lock()
        return worker

    def let_sessions_end(self) -> None:
        """Let so much time pass that no session is left."""
        self.store.advance(TIMEOUT)

    def record(self, task: str) -> TaskRecord:
        """Return what the queue knows of a task."""
        return self.queue.read(task)[0]

    def keys(self, prefix: str) -> list[str]:
        """Return the keys of the store that begin so."""
        keys: list[str] = []
        while record := self.store.ceiling_get(keys[-1] + "\0" if keys else prefix):
            keys.append(record.key)
        return [key for key in keys if key.startswith(prefix)]


def well(_job: Job) -> None:
    """Execute a job without a failure."""


def badly(job: Job) -> None:
    """Execute a job with a failure."""
    raise RuntimeError(f"{job.task} is too hard")


def _nothing(_primitive: str, _key: str) -> None:
    """Let nothing else happen."""
