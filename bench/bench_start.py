"""How long `conform` takes to start: --version, and explore of a module with three states.

TLC is run on the same module where it is installed. Wall time, the best of some runs.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from conform.tlc.installing import find_jar, is_available

MODULE = """---- MODULE Tiny ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Inv == x < 3
====
"""
CONFIGURATION = "INIT Init\nNEXT Next\nINVARIANT Inv\n"


def main() -> None:
    """Print seconds for each command, and how they compare with TLC's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="runs of each; the best counts")
    rounds = parser.parse_args().rounds
    conform = [sys.executable, "-m", "conform"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "Tiny.tla").write_text(MODULE, encoding="utf-8")
        (folder / "Tiny.cfg").write_text(CONFIGURATION, encoding="utf-8")
        _show("conform --version", _seconds([*conform, "--version"], folder, rounds))
        ours = _seconds([*conform, "explore", "Tiny.tla", "-q"], folder, rounds)
        _show("conform explore", ours)
        if is_available() and shutil.which("java"):
            java = ["java", "-XX:+UseParallelGC", "-cp", str(find_jar()), "tlc2.TLC"]
            theirs = _seconds([*java, "-workers", "2", "Tiny.tla"], folder, rounds)
            _show("TLC", theirs)
            print(f"{'TLC / conform':>18}  {theirs / ours:6.1f}")


def _seconds(command: Sequence[str], folder: Path, rounds: int) -> float:
    return min(_once(command, folder) for _ in range(rounds))


def _once(command: Sequence[str], folder: Path) -> float:
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=120)
    return time.perf_counter() - started


def _show(what: str, seconds: float) -> None:
    print(f"{what:>18}  {seconds:6.2f} s")


if __name__ == "__main__":
    main()
