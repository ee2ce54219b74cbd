"""`conform check`: everything that applies to each protocol of a project, in one report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from conform.domain.report import Report
from conform.explore.progress import ProgressCallback


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What the user asked for; None leaves the choice to the project file or means no limit.

    `protocols` is empty for all; `model_config` is the name of a configuration in the project file;
    `timeout` is in seconds for the whole command.
    """

    project_file: Path | None = None
    protocols: tuple[str, ...] = ()
    model_config: str | None = None
    timeout: float | None = None
    max_states: int | None = None


def run(options: CheckOptions, progress: ProgressCallback | None = None) -> Report:
    """Return the report on the protocols asked for."""
    raise NotImplementedError
