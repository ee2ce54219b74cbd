"""`conform generate`: write the generated files of each protocol, or say whether they are stale."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from conform.domain.report import Report
from conform.explore.progress import ProgressCallback


@dataclass(frozen=True, slots=True)
class GenerateOptions:
    """What the user asked for: `only_check` writes nothing; `protocols` is empty for all."""

    project_file: Path | None = None
    protocols: tuple[str, ...] = ()
    only_check: bool = False


def run(options: GenerateOptions, progress: ProgressCallback | None = None) -> Report:
    """Return a report whose stages say what was written, or whose findings say what is stale."""
    raise NotImplementedError
