"""How fast a search of some size is, by one process and by several, and by TLC beside them.

The Leaderless Log with three writers, safety alone: `conform explore` from its start to its end,
without `--workers` and with as many as there are processors, and TLC with as many threads, its
JVM's start included.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from bench_explore import MODULE, Way, best

from conform.commands.reading_pool import default_workers
from conform.tlc.installing import find_jar, is_available
from conform.tlc.running import TlcOptions, run_tlc

CONFIGURATION = Path(__file__).parent / "models" / "LeaderlessLog-three-writers.cfg"


def command(workers: int, configuration: Path) -> tuple[float, int]:
    """Return the seconds of `conform explore --workers`, with that many."""
    script = str(Path(sys.executable).with_name("conform"))
    words = [script, "explore", str(MODULE), "-c", str(configuration), "-q"]
    started = time.perf_counter()
    subprocess.run([*words, "--workers", str(workers)], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started, 0


def tlc(workers: int, seconds: float, configuration: Path) -> tuple[float, int]:
    """Return the seconds of one run of TLC; `seconds` if it takes longer."""
    options = TlcOptions(workers=workers, timeout=seconds)
    run = run_tlc(find_jar(), MODULE, configuration, options)
    return run.seconds, run.output.counts.generated


def main() -> None:
    """Print a line for each, and the ratios between them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1, help="runs of each way; the best counts")
    parser.add_argument("--config", type=Path, default=CONFIGURATION, help="of the Leaderless Log")
    parser.add_argument("--workers", type=int, default=default_workers(), help="of the second run")
    parser.add_argument("--tlc-seconds", type=float, default=600, help="when TLC is ended")
    words = parser.parse_args()
    many = f"{words.workers} workers"
    ways: dict[str, Way] = {
        "one process": partial(command, 1, words.config),
        many: partial(command, words.workers, words.config),
    }
    if is_available():
        ways["TLC"] = partial(tlc, words.workers, words.tlc_seconds, words.config)
    found = best(words.rounds, ways)
    print(f"{many} take {found[many] / found['one process']:.2f} of the time of one process")
    if "TLC" not in found:
        print("TLC is not installed (make tlc): not compared")
        return
    for name in ("one process", many):
        ratio = found["TLC"] / found[name]
        print(f"{name}: {ratio:.1f} times as fast as TLC with {words.workers} threads")


if __name__ == "__main__":
    main()
