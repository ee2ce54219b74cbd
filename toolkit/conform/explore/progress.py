"""Progress of a search: the snapshot handed to a callback, and the watch that times it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search has come.

    `queue` counts states found and not yet expanded; `depth` counts levels; `rate` is states
    generated per second since the snapshot before.
    """

    states_generated: int
    distinct_states: int
    depth: int
    queue: int
    seconds: float
    rate: float


ProgressCallback: TypeAlias = Callable[[Progress], None]
"""Takes a snapshot; called from the search loop about once a second."""


class Watch:
    """The clock of one exploration: its deadline, and when the next snapshot is due."""

    def __init__(self, timeout: float | None, interval: float) -> None:
        """Start the clock; `timeout` and `interval` are in seconds."""
        self._start = time.monotonic()
        self._deadline = None if timeout is None else self._start + timeout
        self._interval = interval
        self._reported_at = self._start
        self._reported_states = 0

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._start

    @property
    def is_over(self) -> bool:
        """Whether the deadline has passed."""
        return self._deadline is not None and time.monotonic() >= self._deadline

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
