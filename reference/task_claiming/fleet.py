"""A whole system in one process: a store, its queue, and workers that crash and come back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from reference.coordination_store.memory_store import InMemoryStore
from reference.coordination_store.store import Milliseconds, SessionEndedError
from reference.task_claiming.errors import NameTakenError
from reference.task_claiming.locks import TaskLocks
from reference.task_claiming.queue import TaskQueue
from reference.task_claiming.worker import Handler, Worker

TIMEOUT: Milliseconds = 10
"""Of every session; any number would do, since time passes here only when it is made to."""


class Fleet:
    """A queue of `tasks` in memory, with a worker of each name that executes them by `handler`.

    `workers` holds those that run by name, `crashed` what those that do not have left behind: to be
    looked at, while `worker` gives one that may go on. Neither table is ever changed, but replaced.
    """

    def __init__(
        self, workers: Iterable[str], tasks: Iterable[str], handler: Handler, *, max_failures: int
    ) -> None:
        self.store = InMemoryStore()
        self.queue = TaskQueue(self.store, max_failures)
        self.locks = TaskLocks(self.store)
        for task in tasks:
            self.queue.submit(task)
        self.workers: Mapping[str, Worker] = {
            name: Worker.join(self.store, self.queue, name, handler, TIMEOUT) for name in workers
        }
        self.crashed: Mapping[str, Worker] = {}
        self._own = set(self.workers)  # of the workers, those that no fork has in common with this
        self._max_failures = max_failures

    def fork(self) -> Fleet:
        """Return a fleet in the same state that goes its own way.

        The workers as they are now are common to both until one goes on: then it is forked, in
        whichever fleet that is.
        """
        twin = object.__new__(Fleet)
        store = twin.store = self.store.fork()
        twin.queue = TaskQueue(store, self._max_failures)
        twin.locks = TaskLocks(store)
        twin.workers, twin.crashed = self.workers, self.crashed
        twin._own, self._own = set(), set()
        twin._max_failures = self._max_failures
        return twin

    def worker(self, name: str) -> Worker | None:
        """Return a worker to go on with, None if none of that name runs."""
        worker = self.workers.get(name)
        if worker is not None and name not in self._own:
            worker = worker.fork(self.store, self.queue)
            self.workers = {**self.workers, name: worker}
            self._own.add(name)
        return worker

    def crash(self, name: str) -> bool:
        """Let a worker stop where it is; False if it does not run."""
        if name not in self.workers:
            return False
        self.crashed = {**self.crashed, name: self.workers[name]}
        self.workers = _without(self.workers, name)
        return True

    def pass_time(self, silent: str) -> None:
        """Let a session's time pass in which nothing is heard of `silent`, a crashed worker.

        Of all others the store goes on to hear: those that run send heartbeats, and of those that
        have crashed one is still on its way.
        """
        heard = [each for name, each in self.crashed.items() if name != silent]
        for time in (TIMEOUT - 1, 1):
            for worker in (*self.workers.values(), *heard):
                with suppress(SessionEndedError):
                    self.store.keep_alive(worker.session)
            self.store.advance(time)

    def has_session(self, name: str) -> bool:
        """Whether the store has not noticed yet that a crashed worker has crashed."""
        return self.store.is_open(self.crashed[name].session)

    def restart(self, name: str) -> bool:
        """Start a crashed worker anew; False if none has, or its old session has not ended."""
        if name not in self.crashed:
            return False
        try:
            handler = self.crashed[name].handler
            worker = Worker.join(self.store, self.queue, name, handler, TIMEOUT)
        except NameTakenError:
            return False
        self.workers = {**self.workers, name: worker}
        self.crashed = _without(self.crashed, name)
        self._own.add(name)
        return True


def _without(workers: Mapping[str, Worker], name: str) -> Mapping[str, Worker]:
    return {other: worker for other, worker in workers.items() if other != name}
