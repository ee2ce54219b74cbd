"""What processes of their own do beside this one: the exploration of readings, above all.

A protocol is read anew where its tasks run: only what the user said is sent there, and what was
found comes back, state graph included.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from conform.check.context import Context
from conform.commands.allowance import Allowance
from conform.commands.artefacts import Artefacts, read_artefacts
from conform.commands.machine_artefact import machine_of
from conform.commands.model_artefact import MACHINE, ModelArtefact
from conform.commands.stages.mapping import context_of
from conform.commands.stages.verdicts import Exploration, explore_model
from conform.config import Project, ProtocolEntry, load_project

_Task = TypeVar("_Task")

WORTH_A_PROCESS = 1.0
"""Seconds that a protocol's first reading took to explore from which on the others are sent away:
to start a process and read the protocol there takes about half as long."""


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


@lru_cache(maxsize=1)  # the tasks of one protocol follow upon one another
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


def _depend() -> None:
    """Live as long as the process that owns this one, and leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    owner = parent_process()
    assert owner is not None  # what runs this was started by multiprocessing
    threading.Thread(target=_end_with, args=(owner,), daemon=True).start()


def _end_with(owner: BaseProcess) -> None:
    """Wait for the end of the owner, however it comes; nobody could take an answer any more."""
    owner.join()
    os._exit(1)


@dataclass(slots=True)
class ReadingPool:
    """Processes that work beside this, at most `workers` with it; started when first used."""

    workers: int
    _executor: ProcessPoolExecutor | None = None
    _begun: dict[tuple[str, ...], Future[Any]] = field(default_factory=dict)

    def begin(self, task: ReadingTask) -> None:
        """Let a process explore the reading, if there may be one beside this."""
        self.submit((task.protocol, task.reading), explore_reading, task)

    def finished(self, protocol: str, reading: str) -> Exploration | None:
        """Return what a process found, waiting for it; None where none was sent, or it was killed.

        Raises what the exploration raised.
        """
        found: Exploration | None = self.answer((protocol, reading))
        return found

    def submit(
        self, key: tuple[str, ...], function: Callable[[_Task], object], task: _Task
    ) -> None:
        """Let a process call a function of a module, if there may be one beside this."""
        if self.workers < 2:
            return
        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                self.workers - 1, mp_context=get_context("spawn"), initializer=_depend
            )
        self._begun[key] = self._executor.submit(function, task)

    def answer(self, key: tuple[str, ...]) -> Any:
        """Return what the function submitted under `key` gave, waiting for it.

        None where none was, or its process was killed. Raises what the function raised.
        """
        future = self._begun.pop(key, None)
        if future is None:
            return None
        try:
            return future.result()
        except BrokenProcessPool:
            return None

    def close(self) -> None:
        """End the processes; what they have not finished is given up, at once."""
        if self._executor is None:
            return
        if self._begun:
            self._executor.shutdown(wait=False, cancel_futures=True)
            for process in active_children():
                process.terminate()
        self._executor.shutdown(wait=True)
