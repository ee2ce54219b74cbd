"""Progress of a search: the snapshot handed to a callback, and the watch that times it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from conform.explore.limits import resident_memory
from conform.explore.options import Limit

WEIGHING_SECONDS = 0.05
"""Seconds between two looks at the memory held: in that time a search takes some ten megabytes."""


class Progress(Struct, frozen=True):
    """How far a search has come.

    `queue` counts states found and not yet expanded; `depth` counts levels; `rate` is states
    generated per second since the snapshot before. A simulation has no queue; it tells how many
    `behaviours` have ended.
    """

    states_generated: int
    distinct_states: int
    depth: int
    queue: int
    seconds: float
    rate: float
    behaviours: int | None = None


ProgressCallback: TypeAlias = Callable[[Progress], None]
"""Takes a snapshot; called from the search loop about once a second."""


class Watch:
    """The clock of one exploration: its limits, and when the next snapshot is due."""

    def __init__(
        self, timeout: float | None, interval: float, max_memory: int | None = None
    ) -> None:
        """Start the clock; `timeout` and `interval` are in seconds, `max_memory` in bytes."""
        self._start = time.monotonic()
        self._max_memory = max_memory
        self._weigh_at = self._start
        self._deadline = None if timeout is None else self._start + timeout
        self._interval = interval
        self._reported_at = self._start
        self._reported_states = 0
        self.held_elsewhere = 0
        """The bytes of memory that other processes of the exploration hold."""

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._start

    @property
    def remaining(self) -> float | None:
        """Seconds until the deadline, at least 0; None without one."""
        return None if self._deadline is None else max(0.0, self._deadline - time.monotonic())

    @property
    def limit(self) -> Limit | None:
        """The limit that is reached by now, None for none; memory is looked at now and then."""
        if self._deadline is None and self._max_memory is None:
            return None
        now = time.monotonic()
        if self._deadline is not None and now >= self._deadline:
            return Limit.TIMEOUT
        if self._max_memory is not None and now >= self._weigh_at:
            self._weigh_at = now + WEIGHING_SECONDS
            held = resident_memory()
            if held is not None and held + self.held_elsewhere >= self._max_memory:
                return Limit.MEMORY
        return None

    @property
    def is_report_due(self) -> bool:
        """Whether the interval has passed since the last snapshot."""
        return time.monotonic() - self._reported_at >= self._interval

    def snapshot(self, generated: int, distinct: int, depth: int, queue: int) -> Progress:
        """Return a snapshot of these numbers and start the next interval."""
        now = time.monotonic()
        elapsed = max(now - self._reported_at, 1e-9)
        rate = (generated - self._reported_states) / elapsed
        self._reported_at, self._reported_states = now, generated
        return Progress(generated, distinct, depth, queue, now - self._start, rate)
