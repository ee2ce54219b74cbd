"""How fast models that exchange messages by a set are explored, by ourselves and by TLC.

A Paxos with three ballots, the same of two values under symmetry, and a two-phase commit of seven
managers, in `models/`: state by state, with sets in columns, and as people run it, `conform
explore` from its start to its end beside TLC with its JVM's start.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from bench_explore import Way, best, command, measure, tlc

from conform.explore.options import ExploreOptions
from conform.tlc.installing import is_available

MODELS = Path(__file__).parent / "models"

PLAIN = "state by state"
COLUMNS = "sets in columns"
WAYS = {
    PLAIN: ExploreOptions(self_check=0, columns_from=None),
    COLUMNS: ExploreOptions(self_check=0),
}


def compare(module: Path, rounds: int) -> None:
    """Print a line for each way to explore one module, and the ratios between them."""
    print(module.stem)
    ways: dict[str, Way] = {name: partial(measure, each, module) for name, each in WAYS.items()}
    seconds = best(rounds, ways)
    print(f"{COLUMNS} is {seconds[PLAIN] / seconds[COLUMNS]:.1f} times as fast as {PLAIN}")
    if not is_available():
        print("TLC is not installed (make tlc): not compared")
        return
    ways = {"conform explore": partial(command, module), "TLC, 2 workers": partial(tlc, 2, module)}
    ours, theirs = best(rounds, ways).values()
    print(f"conform explore is {theirs / ours:.1f} times as fast as TLC with 2 workers")


def main() -> None:
    """Compare each model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each way; the best counts")
    rounds = parser.parse_args().rounds
    for module in sorted(MODELS.glob("*.tla")):
        compare(module, rounds)


if __name__ == "__main__":
    main()
