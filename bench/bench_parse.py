"""How fast the TLA+ reader is, on the Leaderless Log module repeated to a given size."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from conform.languages.tlaplus.reading import parse_module
from conform.text import Source, read_source

ROOT = Path(__file__).parents[1]


def enlarged(source: Source, times: int) -> Source:
    """Return the module with its body repeated; names repeat too, which the reader allows."""
    head, _, rest = source.text.partition("EXTENDS Integers\n")
    body, _, tail = rest.rpartition("=====")
    body = body.rstrip("=")
    return Source(source.path, head + "EXTENDS Integers\n" + body * times + "=====" + tail)


def main() -> None:
    """Print bytes a second for the module and for larger ones, and how the rate changes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each size; the best counts")
    rounds = parser.parse_args().rounds
    source = read_source(ROOT / "tlaplus" / "LeaderlessLog.tla")
    parse_module(source)  # builds the parser's tables once
    rates = []
    for times in (1, 10, 50):
        larger = enlarged(source, times)
        best = min(_seconds(larger) for _ in range(rounds))
        rates.append(len(larger.text) / best)
        print(f"{len(larger.text):>9,} characters  {best:7.3f} s  {rates[-1] / 1000:8.0f} kB/s")
    print(f"the largest runs at {rates[-1] / rates[0]:.2f} times the rate of the smallest")


def _seconds(source: Source) -> float:
    started = time.perf_counter()
    parse_module(source)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
