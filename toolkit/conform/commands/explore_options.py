"""What the user of `conform explore` asked for."""

from __future__ import annotations

import secrets
from pathlib import Path

from msgspec import Struct, field

from conform.commands.allowance import Allowance
from conform.commands.model_artefact import ModelArtefact, open_model
from conform.commands.tla_artefact import configuration_beside
from conform.domain.exploration import Engine, Simulation
from conform.explore.options import Evaluator
from conform.explore.simulation import BEHAVIOURS, DEPTH


class SimulationWords(Struct, frozen=True):
    """What the user said of a simulation; None is a choice of ours.

    `behaviours` of at most `depth` states each, drawn from `seed`; they are written to files below
    `output`.
    """

    behaviours: int | None = None
    depth: int | None = None
    seed: int | None = None
    output: Path | None = None


class ExploreCommandOptions(Struct, frozen=True):
    """What the user asked for; None leaves the choice to the configuration or means no limit.

    `max_depth` is in levels, an initial state is on level 1. The error trace is written in
    `trace_format` to `trace_output` when that is given, and traces that cover the state graph
    (`cover`: a CoverKind) to files below `cover_output`. `workers` are threads
    of TLC, or processes that keep the states of a large search of our own; None means one.
    `simulation` draws behaviours at random instead of searching. `evaluator` says who evaluates
    formulas in our own engine; with `paranoid` every answer of another than the reference evaluator
    is checked by that one. `profile` tells what evaluating each formula takes. Checkpoints are kept
    in the folder `checkpoint`, every so many seconds, or in `resume` after the search has gone on
    from the one that is there.
    """

    module: Path
    config: Path | None = None
    allowance: Allowance = field(default_factory=Allowance)
    max_states: int | None = None
    max_depth: int | None = None
    check_deadlock: bool | None = None
    check_liveness: bool = True
    stop_at_first: bool = True
    trace_format: str = "tlc-json"
    trace_output: Path | None = None
    cover: str = "transitions"
    cover_output: Path | None = None
    engine: Engine = Engine.EMBEDDED
    workers: int | None = None
    simulation: SimulationWords | None = None
    evaluator: Evaluator = Evaluator.ACCELERATED
    paranoid: bool = False
    profile: bool = False
    checkpoint: Path | None = None
    checkpoint_every: float | None = None
    resume: Path | None = None

    @property
    def configuration(self) -> Path:
        """The configuration file of a TLA+ module: the one asked for, or the one beside it."""
        return self.config or configuration_beside(self.module)

    def draw(self) -> Simulation | None:
        """Return what is to be drawn at random, with a new seed unless one was given.

        None for a search. A time limit alone bounds a simulation enough.
        """
        words = self.simulation
        if words is None:
            return None
        behaviours = words.behaviours
        if behaviours is None and self.allowance.timeout is None:
            behaviours = BEHAVIOURS
        seed = secrets.randbelow(2**31) if words.seed is None else words.seed
        return Simulation(behaviours, words.depth or DEPTH, seed)

    def open_model(self) -> ModelArtefact:
        """Read the module within the limits; raise ConformError where it cannot be read."""
        with self.allowance.during(f"reading {self.module}"):
            return open_model(self.module, self.config)
