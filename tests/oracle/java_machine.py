"""The Java machine in this process, in which the classes of TLC's jar are called from Python.

Starting Java takes longer than most of what it is asked here, thousands of texts and hundreds of
modules: JPype, of the developers' extra, starts it once.
"""

from __future__ import annotations

from pathlib import Path

import jpype
import jpype.config

_OPTIONS = (
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:+UnlockDiagnosticVMOptions",  # some versions count the next one to these
    "-XX:-BytecodeVerificationRemote",  # the jar is known by its hash
    "-Xmx1g",
    "-Xss16m",
)


def start_java(jar: Path) -> None:
    """Start Java with the classes of `jar`, unless it runs: it cannot be started again.

    What still runs in it is not waited for when this process ends.
    """
    if not jpype.isJVMStarted():
        jpype.config.destroy_jvm = False
        jpype.startJVM(*_OPTIONS, classpath=[str(jar)])
