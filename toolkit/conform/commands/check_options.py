"""What the user asked of `conform check`."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, field

from conform.commands.allowance import Allowance
from conform.domain.exploration import Engine
from conform.explore.cover import CoverKind


class CheckOptions(Struct, frozen=True):
    """What the user asked for; None leaves the choice to the project file or means no limit.

    `protocols` is empty for all; `model_config` is the name of a configuration in the project file;
    the time of `allowance` is for the whole command. `engine` decides the verdicts; `workers` are
    threads of TLC, and without it processes. `cover` is what replays pass of a state graph, None by
    its size. `cache` gives the report of an earlier run again
    where nothing has changed since, and keeps new ones.
    """

    project_file: Path | None = None
    protocols: tuple[str, ...] = ()
    model_config: str | None = None
    allowance: Allowance = field(default_factory=Allowance)
    max_states: int | None = None
    engine: Engine = Engine.EMBEDDED
    workers: int | None = None
    cover: CoverKind | None = None
    cache: bool = False
