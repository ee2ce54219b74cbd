"""How fast the Leaderless Log is explored: by ourselves, and by TLC side by side where it is.

The embedded engine is measured in this process by closures, by generated code and with remembered
answers; and as people run it: the command `conform explore` from its start to its end, beside TLC
with its JVM's start.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from conform.commands.tla_artefact import load_tla_artefact
from conform.explore.options import Evaluator, ExploreOptions
from conform.explore.search import explore
from conform.text import read_source
from conform.tlc.installing import find_jar, is_available
from conform.tlc.running import TlcOptions, run_tlc

ROOT = Path(__file__).parents[1]
MODULE = ROOT / "tlaplus" / "LeaderlessLog.tla"

CLOSURES = "safety, closures"
REMEMBERED = "safety, generated, remembered"
COLUMNS = "safety, wide levels in columns"
ALL = "safety and liveness"
WAYS = {
    CLOSURES: ExploreOptions(
        remember=False, evaluator=Evaluator.REFERENCE, check_liveness=False, self_check=0
    ),
    "safety, generated code": ExploreOptions(remember=False, check_liveness=False, self_check=0),
    "safety, closures, remembered": ExploreOptions(
        evaluator=Evaluator.REFERENCE, check_liveness=False, self_check=0, columns_from=None
    ),
    REMEMBERED: ExploreOptions(check_liveness=False, self_check=0, columns_from=None),
    COLUMNS: ExploreOptions(check_liveness=False, self_check=0),
    ALL: ExploreOptions(self_check=0),
}
"""How it is explored in this process; each way explores the same states."""

Way = Callable[[], tuple[float, int]]
"""Gives the seconds of one run and the transitions that it generated, 0 where it does not say."""


def measure(options: ExploreOptions, module: Path = MODULE) -> tuple[float, int]:
    """Return the seconds of CPU time of one exploration, and the transitions that it generated."""
    configuration = module.with_suffix(".cfg")
    artefact = load_tla_artefact(
        read_source(module), module.parent, read_source(configuration), configuration.stem
    )
    started = time.process_time()
    result = explore(artefact.model, options)
    return time.process_time() - started, result.states_generated


def command(module: Path = MODULE) -> tuple[float, int]:
    """Return the seconds of `conform explore` in a process of its own."""
    words = [str(Path(sys.executable).with_name("conform")), "explore", str(module), "-q"]
    started = time.perf_counter()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started, 0


def tlc(workers: int, module: Path = MODULE) -> tuple[float, int]:
    """Return the seconds of one run of TLC, the JVM's start included, and its transitions."""
    run = run_tlc(find_jar(), module, module.with_suffix(".cfg"), TlcOptions(workers=workers))
    return run.seconds, run.output.counts.generated


def best(rounds: int, ways: dict[str, Way]) -> dict[str, float]:
    """Measure each way in turn, `rounds` times, print the best of each, and return its seconds."""
    found: dict[str, list[tuple[float, int]]] = {name: [] for name in ways}
    for _ in range(rounds):  # in turn, so that a busy machine is busy for all
        for name, way in ways.items():
            found[name].append(way())
    for name, runs in found.items():
        seconds, transitions = min(runs)
        rate = f"{transitions / seconds:>10,.0f} /s" if transitions else ""
        print(f"{name:<30}  {seconds:6.2f} s  {rate}".rstrip())
    return {name: min(runs)[0] for name, runs in found.items()}


def main() -> None:
    """Print a line for each way to explore, and the ratios between them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each way; the best counts")
    rounds = parser.parse_args().rounds
    seconds = best(rounds, {way: partial(measure, options) for way, options in WAYS.items()})
    for way, taken in seconds.items():
        if way not in (CLOSURES, ALL):
            print(f"{way} is {seconds[CLOSURES] / taken:.1f} times as fast as closures")
    print(f"with liveness it takes {seconds[ALL] / seconds[COLUMNS]:.1f} times as long")
    if not is_available():
        print("TLC is not installed (make tlc): not compared")
        return
    ways: dict[str, Way] = {"conform explore": command}
    ways.update((f"TLC, {workers} worker(s)", partial(tlc, workers)) for workers in (1, 2))
    ours, *theirs = best(rounds, ways).values()
    for workers, each in enumerate(theirs, start=1):
        print(f"conform explore is {each / ours:.1f} times as fast as TLC with {workers} worker(s)")


if __name__ == "__main__":
    main()
