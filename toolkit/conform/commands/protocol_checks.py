"""Protocols checked side by side, in as many processes as may be used.

Apart from `check`, which starts without all that this needs where every report is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

from conform.commands.check_options import CheckOptions
from conform.commands.engines import require_tlc
from conform.commands.kept_reports import KeptReports
from conform.commands.protocol_check import ProtocolCheck
from conform.commands.reading_pool import ReadingPool, default_workers
from conform.config import Project, ProtocolEntry
from conform.domain.exploration import Engine
from conform.domain.report import ProtocolReport
from conform.explore.progress import ProgressCallback


def check_protocols(
    project: Project,
    entries: Sequence[ProtocolEntry],
    options: CheckOptions,
    kept: KeptReports,
    progress: ProgressCallback | None,
) -> dict[str, ProtocolReport]:
    """Return the report on each protocol by its name, and keep it.

    What takes long in one protocol is done by other processes while this one goes on; the answers
    are the same with any number of them. Raises InputError where TLC is asked for and missing.
    """
    if options.engine is not Engine.EMBEDDED:
        require_tlc()
    reports: dict[str, ProtocolReport] = {}
    with closing(ReadingPool(_processes(options))) as pool:
        checks = [ProtocolCheck(project, entry, options, pool, progress) for entry in entries]
        for each in checks[1:]:
            each.explore_elsewhere()
        for each in checks:
            with kept.recording(each.entry):
                each.begin()

        _explore_what_waits(checks, kept)

        def compare_what_is_ready() -> None:
            for each in checks:
                if each.is_comparable:
                    with kept.recording(each.entry):
                        each.compare()

        for each in checks:
            with kept.recording(each.entry):
                each.replay(compare_what_is_ready)
        for each in checks:
            with kept.recording(each.entry):
                report = reports[each.entry.name] = each.report()
            kept.keep(each.entry, report)
    return reports


def _explore_what_waits(checks: Sequence[ProtocolCheck], kept: KeptReports) -> None:
    """Explore models that no other process has begun, the last protocol's first, until none is.

    Replays come afterwards: any number of processes can share them.
    """
    is_done = False
    while not is_done:
        is_done = True
        for each in reversed(checks):
            with kept.recording(each.entry):
                if each.explore_waiting():
                    is_done = False
                    break


def _processes(options: CheckOptions) -> int:
    if options.engine is Engine.EMBEDDED and options.workers is not None:
        return options.workers
    return default_workers()
