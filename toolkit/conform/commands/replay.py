"""`conform replay`: run recorded traces against an implementation, state compared at each step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from conform.domain.report import Report
from conform.explore.progress import ProgressCallback


@dataclass(frozen=True, slots=True)
class ReplayOptions:
    """What the user asked for; `protocol` is None where the project has only one."""

    traces: tuple[Path, ...]
    implementation: str
    protocol: str | None = None
    project_file: Path | None = None


def run(options: ReplayOptions, progress: ProgressCallback | None = None) -> Report:
    """Return the report on every trace replayed."""
    raise NotImplementedError
