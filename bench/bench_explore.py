"""How fast the explorer walks the Leaderless Log, with and without remembered answers."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from conform.commands.artefacts import load_tla_artefact
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.text import read_source

ROOT = Path(__file__).parents[1]


def measure(configuration: Path, *, remember: bool, check_liveness: bool) -> tuple[float, int]:
    """Return the seconds of one exploration and the transitions that it generated."""
    module = ROOT / "tlaplus" / "LeaderlessLog.tla"
    artefact = load_tla_artefact(
        read_source(module), module.parent, read_source(configuration), configuration.stem
    )
    options = ExploreOptions(remember=remember, check_liveness=check_liveness, self_check=0)
    started = time.perf_counter()
    result = explore(artefact.model, options)
    return time.perf_counter() - started, result.states_generated


def main() -> None:
    """Print one line for each way to explore, and the ratio between the two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each way; the best counts")
    rounds = parser.parse_args().rounds
    configuration = ROOT / "tlaplus" / "LeaderlessLog.cfg"
    best: dict[bool, float] = {}
    for remember in (False, True):
        runs = [
            measure(configuration, remember=remember, check_liveness=False) for _ in range(rounds)
        ]
        best[remember], transitions = min(runs)
        rate = transitions / best[remember]
        print(f"safety, remember={remember!s:<5}  {best[remember]:6.2f} s  {rate:>10,.0f} /s")
    print(f"remembering is {best[False] / best[True]:.1f} times as fast")
    seconds, _ = measure(configuration, remember=True, check_liveness=True)
    print(f"safety and liveness        {seconds:6.2f} s, {seconds / best[True]:.1f} times safety")


if __name__ == "__main__":
    main()
