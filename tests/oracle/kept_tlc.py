"""TLC in a process that is kept for many runs: its classes are loaded anew, Java is not.

TLC keeps what it has read in static fields, where a second run in the same classes would meet it.
Starting Java for each module takes three times as long. That a run is a process of its own, as it
is for users, is the promise of `test_protocols.py` and `test_check_engines.py`.
"""

from __future__ import annotations

import multiprocessing
import tempfile
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Any

import jpype

from conform.tlc.running import TlcRun
from conform.tlc.tool_output import OutputReader
from tests.oracle.java_machine import start_java

_RUNS = 50
"""Runs of one process: each leaves some MB of classes and waiting threads behind."""

_TIMEOUT = 60.0
"""Seconds for one run; all of them take less than two."""


class KeptTlc:
    """TLC with one worker; what it writes goes below `scratch`."""

    def __init__(self, jar: Path, scratch: Path) -> None:
        self._jar = jar
        self._scratch = scratch
        self._pool: Pool | None = None

    def run(self, module: Path, configuration: Path) -> TlcRun:
        """Run TLC on a module with a configuration beside it; `seconds` are not measured.

        Raises multiprocessing's TimeoutError where TLC does not come to its end, or ends Java.
        """
        if self._pool is None:
            context = multiprocessing.get_context("spawn")  # Java does not live through a fork
            self._pool = context.Pool(1, maxtasksperchild=_RUNS)
        running = self._pool.apply_async(_run, (self._jar, self._scratch, module, configuration))
        try:
            return running.get(_TIMEOUT)
        except multiprocessing.TimeoutError:
            self.close()
            raise

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.terminate()
            self._pool.join()
            self._pool = None


def _run(jar: Path, scratch: Path, module: Path, configuration: Path) -> TlcRun:
    start_java(jar)
    said = jpype.JClass("java.io.ByteArrayOutputStream")()
    output = jpype.JClass("java.io.PrintStream")(said, True, "UTF-8")
    system = jpype.JClass("java.lang.System")
    system.setOut(output)
    system.setProperty("java.io.tmpdir", str(scratch))  # TLC unpacks its modules there
    states = tempfile.mkdtemp(dir=scratch)  # TLC's own names in it are those of seconds
    words = ["-tool", "-fp", "0", "-metadir", states, "-workers", "1"]
    words += ["-config", configuration.name, str(module)]
    code = _exit_code(jar, words)
    reader = OutputReader()
    for line in str(said.toString("UTF-8")).splitlines():
        reader.feed(line)
    return TlcRun(reader.output(), code, False, 0.0, "")


def _exit_code(jar: Path, words: list[str]) -> int:
    """Do what `tlc2.TLC.main` does, short of ending this process."""
    place = jpype.JClass("java.io.File")(str(jar)).toURI().toURL()
    above = jpype.JClass("java.lang.ClassLoader").getPlatformClassLoader()
    loader = jpype.JClass("java.net.URLClassLoader")([place], above)
    jpype.JClass("java.lang.Thread").currentThread().setContextClassLoader(loader)
    tlc = _new("tlc2.TLC", loader)
    assert tlc.handleParameters(jpype.JClass("java.lang.String[]")(words))
    tlc.setResolver(_new("util.SimpleFilenameToStream", loader))
    error = jpype.JClass("java.lang.Integer").valueOf(tlc.process())
    _forget_beans()
    status = _loaded("tlc2.output.EC$ExitStatus", loader)
    code = status.getMethod("errorConstantToExitStatus", error.TYPE).invoke(None, error)
    return int(code.intValue())


def _loaded(name: str, loader: Any) -> Any:
    return jpype.JClass("java.lang.Class").forName(name, True, loader)


def _new(name: str, loader: Any) -> Any:
    return _loaded(name, loader).getDeclaredConstructor().newInstance()


def _forget_beans() -> None:
    """Take back the names under which a run told of itself: the next one gives the same."""
    beans = jpype.JClass("java.lang.management.ManagementFactory").getPlatformMBeanServer()
    for bean in beans.queryNames(jpype.JClass("javax.management.ObjectName")("tlc2*:*"), None):
        beans.unregisterMBean(bean)
