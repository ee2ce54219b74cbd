"""How long temporal properties take on both protocols: by ourselves, and beside TLC where it is.

In this process the check of the temporal properties is timed alone, on a graph that is explored
once. As people run it, `conform explore` of all properties is timed beside TLC, which ends at a
time limit if it must: the ratio is then a bound from below.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from conform.commands.tla_artefact import load_tla_artefact
from conform.domain.model import Model
from conform.explore.graph import StateGraph
from conform.explore.liveness.checking import check_liveness
from conform.explore.options import ExploreOptions
from conform.explore.progress import Watch
from conform.explore.search import explore
from conform.text import read_source
from conform.tlc.installing import find_jar, is_available
from conform.tlc.running import TlcOptions, run_tlc

ROOT = Path(__file__).parents[1]
MODULES = [ROOT / "tlaplus" / name for name in ("LeaderlessLog.tla", "TaskClaiming.tla")]

TLC_SECONDS = 600.0
"""When TLC is ended, unless told otherwise: it needs minutes for the larger protocol."""


def explored(module: Path) -> tuple[Model, StateGraph]:
    """Return a protocol's model and its graph."""
    configuration = module.with_suffix(".cfg")
    artefact = load_tla_artefact(
        read_source(module), module.parent, read_source(configuration), module.stem
    )
    options = ExploreOptions(check_liveness=False, keep_graph=True)
    graph = explore(artefact.model, options).graph
    if graph is None:
        raise SystemExit(f"{module.name}: the search kept no graph")
    return artefact.model, graph


def alone(model: Model, graph: StateGraph) -> float:
    """Return the seconds of CPU time of the temporal properties alone."""
    options = ExploreOptions()
    started = time.process_time()
    check_liveness(model, graph, options, Watch(None, options.progress_seconds))
    return time.process_time() - started


def command(module: Path) -> float:
    """Return the seconds of `conform explore` in a process of its own."""
    words = [str(Path(sys.executable).with_name("conform")), "explore", str(module), "-q"]
    started = time.perf_counter()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def tlc(module: Path, workers: int, seconds: float) -> tuple[float, bool]:
    """Return the seconds of one run of TLC, the JVM's start included, and if it was ended."""
    options = TlcOptions(workers=workers, timeout=seconds)
    run = run_tlc(find_jar(), module, module.with_suffix(".cfg"), options)
    return run.seconds, run.is_timed_out


def main() -> None:
    """Print for each protocol the seconds of the properties alone, of the command, and of TLC."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="runs of ours; the best counts")
    parser.add_argument("--workers", type=int, default=2, help="threads of TLC")
    parser.add_argument("--tlc-seconds", type=float, default=TLC_SECONDS, help="when TLC is ended")
    words = parser.parse_args()
    for module in MODULES:
        model, graph = explored(module)
        size = f"{graph.state_count:,} states, {graph.edge_count:,} edges"
        properties = min(alone(model, graph) for _ in range(words.rounds))
        print(f"{module.stem}: {size}, {len(model.liveness)} temporal formulas")
        print(f"  temporal properties alone  {properties:7.2f} s")
        ours = min(command(module) for _ in range(words.rounds))
        print(f"  conform explore            {ours:7.2f} s")
        if not is_available():
            print("  TLC is not installed (make tlc): not compared")
            continue
        theirs, is_ended = tlc(module, words.workers, words.tlc_seconds)
        print(f"  TLC, {words.workers} worker(s)           {theirs:7.2f} s" + " ended" * is_ended)
        bound = "more than " if is_ended else ""
        print(f"  conform explore is {bound}{theirs / ours:.1f} times as fast")


if __name__ == "__main__":
    main()
