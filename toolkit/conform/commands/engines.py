"""TLC as an engine of the commands: whether it is there, and how it is run."""

from __future__ import annotations

from collections.abc import Callable

from conform.commands.allowance import Allowance
from conform.explore.options import PROGRESS_SECONDS
from conform.explore.progress import ProgressCallback, Watch
from conform.tlc.installing import find_jar
from conform.tlc.running import TlcOptions, java
from conform.tlc.tool_output import Counts

_LEAST_SECONDS = 0.1
"""What TLC gets of a time that is all but spent: enough for it to be ended in good order."""


def require_tlc() -> None:
    """Raise InputError where TLC or Java is missing: before the work, not after half of it."""
    find_jar()
    java()


def tlc_options(allowance: Allowance, workers: int | None) -> TlcOptions:
    """Return how TLC is run within what is left of `allowance`; its memory is Java's heap."""
    timeout, memory = allowance.timeout, allowance.max_memory
    return TlcOptions(
        workers=workers or 1,
        timeout=None if timeout is None else max(_LEAST_SECONDS, timeout - allowance.spent),
        time_limit=timeout,
        heap=None if memory is None else max(1, memory // 2**20),
    )


def progress_of_tlc(progress: ProgressCallback | None) -> Callable[[Counts], None] | None:
    """Return what takes TLC's counts and tells `progress`; None for None."""
    if progress is None:
        return None
    watch = Watch(None, PROGRESS_SECONDS)

    def tell(counts: Counts) -> None:
        progress(watch.snapshot(counts.generated, counts.distinct, counts.depth, counts.queue))

    return tell
