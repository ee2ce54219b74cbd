"""TLC run in a child process of its own group: `-tool` output in, what it said out.

TLC unpacks its standard modules into the folder for temporary files and writes states beside the
module. Both are given a folder that is removed afterwards, so that runs do not meet. The output is
read while it comes; when the time is over the whole process group is killed, and also when we are
told to end ourselves: the group is not ours, so nobody else would.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from math import ceil
from pathlib import Path
from types import FrameType
from typing import IO

from msgspec import Struct

from conform.domain.exploration import Simulation
from conform.errors import InputError
from conform.tlc.tool_output import Counts, OutputReader, ToolOutput

MINIMUM_JAVA = 11
"""What TLC 2.18 is compiled for."""

MAX_LINE = 16 * 1024 * 1024
"""Characters of a line of output; a longer one is read in pieces, which are then no message."""

_ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
"""What ends a process that is given up or whose terminal is gone; Ctrl-C is told otherwise."""

_NO_TLC = ("ClassNotFoundException: tlc2.TLC", "Invalid or corrupt jarfile")
"""What Java says of a jar that is another's, or none."""

_JAVA_OPTIONS = ("-XX:+UseParallelGC",)
"""As TLC itself recommends (its message 2401)."""


class ExitStatus(IntEnum):
    """TLC's exit codes (tlc2.output.EC$ExitStatus); ERROR is everything unclassified.

    TAUTOLOGY is its FAILURE_LIVENESS_EVAL, which stands for nothing else: TLC has not searched.
    """

    SUCCESS = 0
    ASSUMPTION = 10
    DEADLOCK = 11
    SAFETY = 12
    LIVENESS = 13
    ASSERT = 14
    EVALUATION = 75
    SAFETY_EVALUATION = 76
    TAUTOLOGY = 77
    PARSING = 150
    CONFIGURATION = 151
    TOO_LARGE = 152
    SYSTEM = 153
    ERROR = 255


class TlcOptions(Struct, frozen=True, kw_only=True):
    """How to run TLC.

    `workers` are threads; with one, depth and traces are the same each time. `timeout` is in
    seconds, and messages call it `time_limit`, of which it may be the rest; `heap` in MiB (None: a
    quarter of the machine's memory, as Java decides). `check_deadlock` None means as the
    configuration says; it cannot be turned on against it. `simulation` has behaviours drawn at
    random, by each worker its share. `java_options` come before ours.
    """

    workers: int = 1
    timeout: float | None = None
    time_limit: float | None = None
    heap: int | None = None
    check_deadlock: bool | None = None
    stop_at_first: bool = True
    simulation: Simulation | None = None
    java_options: tuple[str, ...] = _JAVA_OPTIONS


class TlcRun(Struct, frozen=True):
    """One run: what TLC said, and how it ended.

    `exit_code` is None where we ended it: `is_timed_out` says that its time was over, otherwise it
    was interrupted. `complaint` is the end of what the Java machine itself wrote, mostly empty.
    """

    output: ToolOutput
    exit_code: int | None
    is_timed_out: bool
    seconds: float
    complaint: str


def run_tlc(
    jar: Path,
    module: Path,
    configuration: Path,
    options: TlcOptions,
    progress: Callable[[Counts], None] | None = None,
) -> TlcRun:
    """Run TLC of `jar` on a module with a configuration, both as they are.

    `progress` is called when TLC tells its counts. Raises InputError where Java is missing or too
    old.
    """
    started = time.monotonic()
    with (
        _ending_together() as in_hand,
        tempfile.TemporaryDirectory(prefix="conform-tlc-") as scratch,
    ):
        command = _command(jar, module, configuration, options, scratch)
        with (Path(scratch) / "stderr").open("w+b") as stderr:
            reader = OutputReader()
            with _started(command, stderr) as process:
                code, is_timed_out = _listen(process, reader, options.timeout, progress, in_hand)
            complaint = _end_of(stderr)
        if code is not None and "UnsupportedClassVersionError" in complaint:
            raise _too_old()
        if code is not None and any(words in complaint for words in _NO_TLC):
            raise InputError(f"{jar} holds no TLC", hint="correct CONFORM_TLC_JAR, or unset it")
        elapsed = time.monotonic() - started
        return TlcRun(reader.output(), code, is_timed_out, elapsed, complaint)


def java() -> str:
    """Return the path of the Java launcher: JAVA_HOME's, else the one on the PATH."""
    home = os.environ.get("JAVA_HOME")
    below_home = shutil.which("java", path=str(Path(home) / "bin")) if home else None
    found = below_home or shutil.which("java")
    if found is None:
        raise InputError(
            "TLC needs Java, and there is no `java` on the PATH",
            hint=f"install a Java of version {MINIMUM_JAVA} or newer, or set JAVA_HOME",
        )
    return found


def _too_old() -> InputError:
    return InputError(
        "this Java is too old for TLC",
        expected=f"Java {MINIMUM_JAVA} or newer",
        hint="install a newer one, or set JAVA_HOME to it",
    )


def _command(
    jar: Path, module: Path, configuration: Path, options: TlcOptions, scratch: str
) -> list[str]:
    command = [java(), *options.java_options, f"-Djava.io.tmpdir={scratch}"]
    if options.heap is not None:
        command.append(f"-Xmx{options.heap}m")
    command += ["-cp", str(jar.resolve()), "tlc2.TLC", "-tool", "-fp", "0", "-metadir", scratch]
    command += ["-workers", str(options.workers)]
    if options.check_deadlock is False:
        command.append("-deadlock")  # to TLC this word means: do not check
    if not options.stop_at_first:
        command.append("-continue")
    if options.simulation is not None:
        command += _simulate(options.simulation, options.workers)
    return [*command, "-config", _seen_from(module, configuration), str(module.resolve())]


def _seen_from(module: Path, configuration: Path) -> str:
    """Return the path of a configuration as TLC takes it: it is sought from the module's folder."""
    return os.path.relpath(configuration.resolve(), module.resolve().parent)


def _simulate(simulation: Simulation, workers: int) -> list[str]:
    words = ["-simulate"]
    if simulation.behaviours is not None:
        words.append(f"num={ceil(simulation.behaviours / workers)}")  # TLC counts for each worker
    return [*words, "-depth", str(simulation.depth), "-seed", str(simulation.seed)]


@contextmanager
def _ending_together() -> Iterator[Callable[[], None]]:
    """Let a signal that ends us end the child first; it takes its usual effect afterwards.

    Yields what is to be called once the child is in hand: a signal that comes earlier, while it is
    being started, waits until then, as there is nothing yet that could be ended.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None  # only the main thread may handle signals
        return
    received: list[int] = []
    has_child = False

    def interrupt(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        if has_child:
            raise KeyboardInterrupt

    def in_hand() -> None:
        nonlocal has_child
        has_child = True
        if received:
            raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in _ENDING_SIGNALS}
    try:
        yield in_hand
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        if received:
            signal.raise_signal(received[0])


@contextmanager
def _started(command: list[str], stderr: IO[bytes]) -> Iterator[subprocess.Popen[str]]:
    """Start the child in a process group of its own, and leave none of the group behind."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    try:
        with process:
            try:
                yield process
            except BaseException:
                _kill(process)
                raise
    finally:
        _kill(process)


def _listen(
    process: subprocess.Popen[str],
    reader: OutputReader,
    timeout: float | None,
    progress: Callable[[Counts], None] | None,
    in_hand: Callable[[], None],
) -> tuple[int | None, bool]:
    """Read until the child ends, its time is over or the user interrupts; return how it was."""
    over = threading.Event()
    timer = threading.Timer(timeout or 0, _end, (process, over))
    if timeout is not None:
        timer.start()
    try:
        in_hand()
        _read(process, reader, progress)
        code = process.wait()
    except KeyboardInterrupt:
        _kill(process)
        return None, False
    finally:
        timer.cancel()
    return (None, True) if over.is_set() else (code, False)


def _read(
    process: subprocess.Popen[str],
    reader: OutputReader,
    progress: Callable[[Counts], None] | None,
) -> None:
    assert process.stdout is not None
    before = reader.counts
    while line := process.stdout.readline(MAX_LINE):
        reader.feed(line.rstrip("\r\n"))
        if progress is not None and reader.counts is not before:
            before = reader.counts
            progress(before)


def _end(process: subprocess.Popen[str], over: threading.Event) -> None:
    if process.poll() is None:
        over.set()
        _kill(process)


def _kill(process: subprocess.Popen[str]) -> None:
    """Kill the child's group, if the child is still ours to kill."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _end_of(stderr: IO[bytes]) -> str:
    size = stderr.seek(0, os.SEEK_END)
    stderr.seek(max(0, size - 4000))
    return stderr.read().decode("utf-8", "replace").strip()
