"""What an exploration is asked to do, and the limits that can end it early."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

SELF_CHECK_SHARE = 1024
"""One state in so many has its answers evaluated again by the model itself: about a thousandth of
the time that a run without memory and accelerator would take, and every long run checks itself."""

PROGRESS_SECONDS = 1.0
"""Seconds between two progress snapshots."""


COLUMNS_FROM = 2000
"""States from which on levels are worth the columnar engine: fewer are done before it begins."""


KEYS_FROM = 50_000
"""States from which on they are kept as keys alone, where no edges are wanted."""


PARTED_FROM = 200_000
"""States from which on several processes are worth their start."""


class Limit(StrEnum):
    """What ended an exploration before its time."""

    STATES = "max_states"
    DEPTH = "max_depth"
    TIMEOUT = "timeout"
    MEMORY = "max_memory"
    STACK = "stack"
    DISK = "disk"
    PROCESS = "process"
    CHECKPOINT = "checkpoint"
    INTERRUPTED = "interrupted"
    REQUESTED = "requested"


class Evaluator(StrEnum):
    """Who answers: the model's accelerator for what is asked often, or the model itself always."""

    ACCELERATED = "accelerated"
    REFERENCE = "reference"


class ExploreOptions(Struct, frozen=True, kw_only=True):
    """Options of one exploration; the defaults check everything and stop at the first violation.

    `max_states` bounds distinct states; a graph of exactly so many completes. `max_depth` counts
    levels as TLC does (the initial states are level 1); states of that level are not expanded.
    `timeout` is in seconds, of which `spent` were over before; `max_memory` bounds the memory of
    the process, in bytes. `breaks_off` enforces both inside an evaluation too, by an alarm and a
    bound on the address space: for a process that does nothing else (explore.limits).
    `check_deadlock` None means as the model says. `stop_at_first` False goes on after a
    violation, so that each property gets its own verdict and shortest trace. `remember` False
    asks the model every time. `self_check` N asks the model itself again about each N-th state,
    and compares what was remembered or came from its accelerator; 0 does without.
    `columns_from` is the number of states from which on wide levels are expanded by the columnar
    engine, while it pays, or from fewer where much was evaluated; None does without it, and 0 keeps
    to it from the first level on.
    From `keys_from` states on the engine keeps keys of states alone, where no edges are wanted.
    From `parted_from` states on as many as `workers` processes, beside this one, keep them.
    `profile` notes how often each formula is evaluated and how long that takes; nothing is asked
    again then.
    """

    max_states: int | None = None
    max_depth: int | None = None
    timeout: float | None = None
    spent: float = 0.0
    max_memory: int | None = None
    breaks_off: bool = False
    check_deadlock: bool | None = None
    check_liveness: bool = True
    keep_graph: bool = False
    stop_at_first: bool = True
    remember: bool = True
    evaluator: Evaluator = Evaluator.ACCELERATED
    self_check: int = SELF_CHECK_SHARE
    progress_seconds: float = PROGRESS_SECONDS
    columns_from: int | None = COLUMNS_FROM
    keys_from: int | None = KEYS_FROM
    workers: int = 1
    parted_from: int = PARTED_FROM
    profile: bool = False

    @property
    def remaining(self) -> float | None:
        """Seconds that are left at the start, None without a limit; 0 when all are spent."""
        return None if self.timeout is None else max(0.0, self.timeout - self.spent)
