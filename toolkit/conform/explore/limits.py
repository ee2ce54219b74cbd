"""Time and memory as bounds: looked at between states, and enforced inside a long evaluation.

Between two states a search asks its watch. One evaluation may take longer than any search should,
as `\\E x \\in SUBSET (1..40) : P(x)` does, and nothing is between its beginning and its end. There
an alarm of the operating system breaks it off, and a bound on the address space makes it run out of
memory before the machine does. Both are for a process of one's own, so they are asked for.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from conform.explore.options import Limit

if sys.platform != "win32":
    import resource

_STATM = Path("/proc/self/statm")
"""Linux: pages of address space, and of it resident (proc_pid_statm(5))."""

_GROUP_BOUNDS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
"""Linux: what a control group may hold, in bytes, or `max` (cgroups(7), both versions)."""

SHARE_OF_MEMORY = 0.9
"""The share of the machine's memory that a search may hold where nobody sets a bound: what asks for
more is ended by the system, and says nothing."""

_AGAIN = 1.0
"""Seconds until the alarm rings again: what it raises is lost where Python ignores exceptions, in a
finaliser for one."""

_SOON = 0.01
"""Seconds until the alarm rings again where what it raises would be lost."""

_SPARE = 64 * 2**20
"""Bytes above the bound that an evaluation gets at least: an allocation is refused as a whole."""


class LimitReachedError(Exception):
    """Ends a search from within: one of its limits was reached."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit)
        self.limit = limit


def resident_memory() -> int | None:
    """Return the bytes of memory that this process holds, None where the system does not tell.

    Read from /proc where that exists; elsewhere (macOS, BSD) it is the most that the process ever
    held, from getrusage(2).
    """
    try:
        pages = int(_STATM.read_bytes().split()[1])
    except OSError:
        return _largest_resident()
    return pages * os.sysconf("SC_PAGE_SIZE")


def memory_to_use() -> int | None:
    """Return the bytes that a search without a bound may hold, None where the system does not tell.

    The machine's memory, or less where a control group bounds it, but for a rest.
    """
    try:
        known = [os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")]
    except (AttributeError, OSError, ValueError):
        return None
    for path in _GROUP_BOUNDS:
        try:
            known.append(int(path.read_bytes()))
        except (OSError, ValueError):
            continue
    return int(min(known) * SHARE_OF_MEMORY)


def _largest_resident() -> int | None:
    if sys.platform == "win32":
        return None
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest if sys.platform == "darwin" else largest * 1024


@contextmanager
def enforced(seconds: float | None, max_memory: int | None) -> Iterator[None]:
    """Break off what runs within when it takes longer or, at once, much more memory.

    Raises LimitReachedError for the time, wherever the program then is, and also in place of a
    MemoryError. The alarm is for the main thread alone, and both need what Windows lacks; then
    limits are heeded between states only. What was set is put back at the end, an alarm included.
    """
    try:
        with _address_space(max_memory), _alarm(seconds):
            yield
    except MemoryError as error:
        error.__traceback__ = None  # it holds the frames, and they the memory
        gc.collect()
        raise LimitReachedError(Limit.MEMORY) from None


@contextmanager
def _alarm(seconds: float | None) -> Iterator[None]:
    in_main_thread = threading.current_thread() is threading.main_thread()
    if sys.platform == "win32" or seconds is None or not in_main_thread:
        yield
        return

    def ring(_number: int, frame: FrameType | None) -> None:
        if _is_collecting(frame):
            signal.setitimer(signal.ITIMER_REAL, _SOON, _AGAIN)
        else:
            raise LimitReachedError(Limit.TIMEOUT)

    before = signal.signal(signal.SIGALRM, ring)
    began = time.monotonic()
    outer, again = signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-3), _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before if before is not None else signal.SIG_DFL)
        if outer:
            left = max(outer - (time.monotonic() - began), 1e-3)
            signal.setitimer(signal.ITIMER_REAL, left, again)


def _is_collecting(frame: FrameType | None) -> bool:
    """Whether a callback of the garbage collector runs: what it raises is printed, and lost."""
    return frame is not None and frame.f_code in {
        getattr(callback, "__code__", None) for callback in gc.callbacks
    }


@contextmanager
def _address_space(max_memory: int | None) -> Iterator[None]:
    """Let no allocation take the process far above the bound.

    What is mapped and not resident (shared libraries, mostly) does not count against it.
    """
    sizes = _mapped_and_resident()
    if sys.platform == "win32" or max_memory is None or sizes is None:
        yield
        return
    mapped, resident = sizes
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = mapped - resident + max_memory + max(_SPARE, max_memory // 4)
    known = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([bound, *known]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def mapped_besides() -> Iterator[None]:
    """Let what is mapped within and stays unused not count against a bound on the address space.

    A library of numerical routines maps a hundred megabytes when it is imported, and touches few.
    """
    before = _mapped_and_resident()
    if sys.platform == "win32" or before is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY:
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        yield
    finally:
        mapped, resident = _mapped_and_resident() or before
        unused = max(0, (mapped - before[0]) - (resident - before[1]))
        bound = soft + unused if hard == resource.RLIM_INFINITY else min(soft + unused, hard)
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def _mapped_and_resident() -> tuple[int, int] | None:
    try:
        mapped, resident = map(int, _STATM.read_bytes().split()[:2])
    except OSError:
        return None
    size = os.sysconf("SC_PAGE_SIZE")
    return mapped * size, resident * size
