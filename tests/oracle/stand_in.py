"""Programs that stand in for `java` and `mvn`: they do what a test says and take no time."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parents[1] / "fixtures" / "tlc"


class Tools:
    """A folder of programs that is the whole PATH, but for the shell's own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Make `folder` the PATH, and forget what the user has set up for TLC."""
        folder.mkdir()
        self._folder = folder
        monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
        monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
        for name in ("JAVA_HOME", "CONFORM_TLC_JAR"):
            monkeypatch.delenv(name, raising=False)
        self._monkeypatch = monkeypatch

    def provide(self, name: str, script: str) -> None:
        """Put a program of that name, a shell script, on the PATH."""
        path = self._folder / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def hide(self) -> None:
        """Leave nothing on the PATH but what was provided."""
        self._monkeypatch.setenv("PATH", str(self._folder))

    def provide_tlc(self, recorded: str, exit_code: int) -> None:
        """Let `java` print a recorded run of TLC, and name a jar for it."""
        text = shlex.quote(str(FIXTURES / f"{recorded}.txt"))
        self.provide("java", f"cat {text}; exit {exit_code}")
        jar = self._folder / "some.jar"
        jar.touch()
        self._monkeypatch.setenv("CONFORM_TLC_JAR", str(jar))
