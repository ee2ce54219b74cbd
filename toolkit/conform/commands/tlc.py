"""`conform tlc`: fetch the second engine, and say where it is."""

from __future__ import annotations

from pathlib import Path

from conform.tlc.installing import COORDINATES, find_jar
from conform.tlc.installing import install as install_jar


def install(jar: Path | None = None) -> str:
    """Install TLC, from `jar` where given, and return what was done, for people."""
    return f"installed {COORDINATES} as {install_jar(jar)}"


def path() -> str:
    """Return where the jar is that would be run; raises InputError where there is none."""
    return str(find_jar())
