"""How fast the explorer walks the Leaderless Log: closures, generated code, remembered answers."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from conform.commands.tla_artefact import load_tla_artefact
from conform.explore.options import Evaluator, ExploreOptions
from conform.explore.search import explore
from conform.text import read_source

ROOT = Path(__file__).parents[1]

WAYS = {
    "closures": ExploreOptions(
        remember=False, evaluator=Evaluator.REFERENCE, check_liveness=False, self_check=0
    ),
    "generated code": ExploreOptions(remember=False, check_liveness=False, self_check=0),
    "closures, remembered": ExploreOptions(
        evaluator=Evaluator.REFERENCE, check_liveness=False, self_check=0
    ),
    "generated, remembered": ExploreOptions(check_liveness=False, self_check=0),
}
"""How safety is checked; each way explores the same states and evaluates the same formulas."""


def measure(options: ExploreOptions, configuration: Path) -> tuple[float, int]:
    """Return the seconds of CPU time of one exploration, and the transitions that it generated."""
    module = ROOT / "tlaplus" / "LeaderlessLog.tla"
    artefact = load_tla_artefact(
        read_source(module), module.parent, read_source(configuration), configuration.stem
    )
    started = time.process_time()
    result = explore(artefact.model, options)
    return time.process_time() - started, result.states_generated


def main() -> None:
    """Print one line for each way to explore, with its ratio to closures that remember nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each way; the best counts")
    rounds = parser.parse_args().rounds
    configuration = ROOT / "tlaplus" / "LeaderlessLog.cfg"
    best = dict.fromkeys(WAYS, float("inf"))
    transitions = 0
    for _ in range(rounds):  # in turn, so that a busy machine is busy for all
        for way, options in WAYS.items():
            seconds, transitions = measure(options, configuration)
            best[way] = min(best[way], seconds)
    for way, seconds in best.items():
        rate, ratio = transitions / seconds, best["closures"] / seconds
        print(f"safety, {way:<22} {seconds:6.2f} s  {rate:>10,.0f} /s  {ratio:5.1f} times")
    seconds, _ = measure(ExploreOptions(self_check=0), configuration)
    safety = best["generated, remembered"]
    print(f"safety and liveness            {seconds:6.2f} s, {seconds / safety:.1f} times safety")


if __name__ == "__main__":
    main()
