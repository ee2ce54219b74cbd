"""How long a search of tens of millions of states takes, and what memory, unbounded and bounded.

The Leaderless Log's medium configuration without liveness: `conform explore` from its start to its
end, as it is and under `--max-memory`, where what does not fit is kept in files in TMPDIR.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from bench_explore import MODULE

CONFIGURATION = MODULE.with_name("LeaderlessLog-medium.cfg")


def command(configuration: Path, *words: str) -> tuple[float, int, int]:
    """Return the seconds of a search, the bytes that it held at most, and its distinct states."""
    script = str(Path(sys.executable).with_name("conform"))
    line = [script, "explore", str(MODULE), "-c", str(configuration), "--no-liveness"]
    started = time.perf_counter()
    with subprocess.Popen([*line, "--format", "json", *words], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None  # it was asked for
        report = json.load(run.stdout)
        _pid, status, used = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
    held = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return time.perf_counter() - started, held, report["distinct_states"]


def main() -> None:
    """Print a line for each, and the ratios between them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--max-memory", default="300MB", help="the bound of the second search")
    parser.add_argument("--config", type=Path, default=CONFIGURATION, help="of the Leaderless Log")
    words = parser.parse_args()
    ways = {"without bound": (), words.max_memory: ("--max-memory", words.max_memory)}
    found = {name: command(words.config, *options) for name, options in ways.items()}
    for name, (seconds, held, states) in found.items():
        print(f"{name}: {seconds:.1f} s, {held / 2**20:,.0f} MB, {states:,} distinct states")
    (free, most, _), (bounded, least, _) = found.values()
    print(f"{words.max_memory}: {bounded / free:.2f} of the time, {least / most:.2f} of the memory")


if __name__ == "__main__":
    main()
