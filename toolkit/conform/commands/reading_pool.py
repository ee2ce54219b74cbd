"""What processes of their own do beside this one: the exploration of readings, above all.

A protocol is read anew where its tasks run: only what the user said is sent there, and what was
found comes back, state graph included.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct

from conform.check.context import Context
from conform.collecting import collect_seldom
from conform.commands.allowance import Allowance
from conform.commands.artefacts import Artefacts, read_artefacts
from conform.commands.machine_artefact import machine_of
from conform.commands.model_artefact import MACHINE, ModelArtefact
from conform.commands.stages.mapping import context_of
from conform.commands.stages.verdicts import Exploration, explore_model
from conform.commands.tickets import COUNTERS, Tickets
from conform.config import Project, ProtocolEntry, load_project

_Task = TypeVar("_Task")

_CONTEXT = get_context("spawn")

WORTH_A_PROCESS = 0.5
"""Seconds that a protocol's first reading took to explore from which on the others are sent away:
to start a process and read the protocol there takes about as long."""


class ReadingTask(Struct, frozen=True):
    """One reading of one protocol that is to be explored, in the user's words.

    `reading` is its name, as in `ModelArtefact`; `max_states` is a limit or None.
    """

    project_file: Path | None
    protocol: str
    reading: str
    model_config: str | None
    allowance: Allowance
    max_states: int | None


@lru_cache(maxsize=4)  # the parts of its replay come after the readings of others
def read_protocol(
    project_file: Path | None, protocol: str, model_config: str | None
) -> tuple[Project, ProtocolEntry, Artefacts]:
    """Return a protocol as this process has read it, for the first of its tasks.

    Raises ConformError where there is nothing to be read.
    """
    project = load_project(project_file)
    (entry,) = project.selected((protocol,))
    return project, entry, read_artefacts(entry, model_config)


@lru_cache(maxsize=1)
def _context_of(project_file: Path | None, protocol: str, model_config: str | None) -> Context:
    """Return the context of a protocol, whose pages are read for the first of its tasks."""
    project, _, artefacts = read_protocol(project_file, protocol, model_config)
    return context_of(project, artefacts)


def explore_reading(task: ReadingTask) -> Exploration:
    """Return what an exploration of the reading gives; what it raises, this process raises too."""
    words = (task.project_file, task.protocol, task.model_config)
    _, _, artefacts = read_protocol(*words)
    readings: Sequence[ModelArtefact | None] = artefacts.models
    if task.reading == MACHINE:
        with task.allowance.during(f"executing the machine of {task.protocol}"):
            readings = [machine_of(artefacts)]
    found = [each for each in readings if each and each.name == task.reading]
    for error in artefacts.unread if not found else ():
        raise error
    (artefact,) = found
    limits = task.allowance.options_within(task.max_states)
    return explore_model(artefact, _context_of(*words), limits, progress=None)


def default_workers() -> int:
    """Return how many processes this machine runs at a time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_tickets: Tickets | None = None
"""The counters of the pool that this process works for."""


def draw(counter: int) -> int:
    """Return the next number of one of the pool's counters, in a process of the pool."""
    assert _tickets is not None, "a process of the pool has them"
    return _tickets.draw(counter)


def _depend(tickets: Tickets) -> None:
    """Live as long as the process that owns this one, and leave Ctrl-C to it."""
    global _tickets  # a process of a pool has nowhere else to keep it
    _tickets = tickets
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    owner = parent_process()
    assert owner is not None  # what runs this was started by multiprocessing
    threading.Thread(target=_end_with, args=(owner,), daemon=True).start()


def _end_with(owner: BaseProcess) -> None:
    """Wait for the end of the owner, however it comes; nobody could take an answer any more."""
    owner.join()
    os._exit(1)


def _begin(counter: int, function: Callable[[_Task], object], task: _Task) -> object:
    """Do what was submitted, unless it was taken back."""
    return function(task) if draw(counter) == 0 else None


class _Begun(NamedTuple):
    counter: int
    future: Future[Any]


@dataclass(slots=True)
class ReadingPool:
    """Processes that work beside this, at most `workers` with it; started when first used.

    Where none can be started this one does all: `workers` is 1 then.
    """

    workers: int
    _executor: ProcessPoolExecutor | None = None
    _tickets: Tickets | None = None
    _counters: Iterator[int] = field(default_factory=lambda: iter(range(COUNTERS)))
    _begun: dict[tuple[str, ...], _Begun] = field(default_factory=dict)

    def begin(self, task: ReadingTask) -> None:
        """Let a process explore the reading, if there may be one beside this."""
        self.submit((task.protocol, task.reading), explore_reading, task)

    def finished(self, protocol: str, reading: str) -> Exploration | None:
        """Return what a process found, waiting for it.

        None where none was sent or has begun, or it was killed. Raises what the exploration raised.
        """
        if self.withdraw((protocol, reading)):
            return None
        found: Exploration | None = self.answer((protocol, reading))
        return found

    def submit(
        self, key: tuple[str, ...], function: Callable[[_Task], object], task: _Task
    ) -> None:
        """Let a process call a function of a module, if there may be one beside this."""
        counter = self.counter()
        if counter is None:
            return
        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                self.workers - 1,
                mp_context=_CONTEXT,
                initializer=_depend,
                initargs=(self._shared_tickets,),
            )
        try:
            future = self._executor.submit(_begin, counter, function, task)
        except (OSError, BrokenProcessPool):  # there is no room for another process
            self.workers = 1
        else:
            self._begun[key] = _Begun(counter, future)

    def counter(self) -> int | None:
        """Return a counter that nobody has drawn from; None if there can be but this process."""
        if self.workers > 1 and self._tickets is None:
            try:
                self._tickets = Tickets(_CONTEXT)
            except OSError:  # there are no semaphores here that processes could share
                self.workers = 1
        return next(self._counters, None) if self.workers > 1 else None

    def draw(self, counter: int) -> int:
        """Return the next number of a counter, as no other process does."""
        return self._shared_tickets.draw(counter)

    @property
    def _shared_tickets(self) -> Tickets:
        assert self._tickets is not None, "made with the first counter"
        return self._tickets

    def has_begun(self, key: tuple[str, ...]) -> bool:
        """Whether a process is at what was submitted under `key`, or done with it."""
        begun = self._begun.get(key)
        return begun is not None and self._shared_tickets.is_drawn(begun.counter)

    def has_answered(self, key: tuple[str, ...]) -> bool:
        """Whether `answer` need not wait for what was submitted under `key`."""
        begun = self._begun.get(key)
        return begun is not None and begun.future.done()

    def takes_back(self, key: tuple[str, ...]) -> bool:
        """Take back what was submitted under `key` and is still waiting; False if nothing is."""
        return key in self._begun and self.withdraw(key)

    def withdraw(self, key: tuple[str, ...]) -> bool:
        """Take back what was submitted under `key`; False if a process has begun it."""
        begun = self._begun.get(key)
        if begun is not None and self.draw(begun.counter) > 0:
            return False
        self._begun.pop(key, None)
        return True

    def answer(self, key: tuple[str, ...]) -> Any:
        """Return what the function submitted under `key` gave, waiting for it.

        None where none was, or its process was killed. Raises what the function raised.
        """
        begun = self._begun.pop(key, None)
        if begun is None:
            return None
        try:
            return begun.future.result()
        except BrokenProcessPool:
            return None

    def close(self) -> None:
        """End the processes; what they have not finished is given up, at once.

        The thread that manages them has ended then too: at the end of the interpreter it would be
        woken while it closes what wakes it, and that is printed with a traceback.
        """
        if self._executor is None:
            return
        for process in active_children():  # some may still be about to start
            process.terminate()
        self._executor.shutdown(wait=True, cancel_futures=True)
