"""`conform check`: everything that applies to each protocol of a project, in one report."""

from __future__ import annotations

import time
from contextlib import closing

from conform.commands.engines import require_tlc
from conform.commands.protocol_check import CheckOptions, ProtocolCheck
from conform.commands.reading_pool import ReadingPool, default_workers
from conform.config import load_project
from conform.domain.exploration import Engine
from conform.domain.report import Report
from conform.explore.progress import ProgressCallback

__all__ = ["CheckOptions", "run"]


def run(options: CheckOptions, progress: ProgressCallback | None = None) -> Report:
    """Return the report on the protocols asked for.

    What takes long in one protocol is done by other processes while this one goes on; the answers
    are the same with any number of them. Raises ConformError for a project file that cannot be
    read; what it names and cannot be read is a finding.
    """
    started = time.monotonic()
    if options.engine is not Engine.EMBEDDED:
        require_tlc()
    project = load_project(options.project_file)
    with closing(ReadingPool(_processes(options))) as pool:
        checks = [
            ProtocolCheck(project, entry, options, pool, progress)
            for entry in project.selected(options.protocols)
        ]
        for each in checks:
            each.begin()
        protocols = tuple(each.report() for each in checks)
    return Report("check", protocols, time.monotonic() - started)


def _processes(options: CheckOptions) -> int:
    if options.engine is Engine.EMBEDDED and options.workers is not None:
        return options.workers
    return default_workers()
