"""`conform check`: everything that applies to each protocol of a project, in one report."""

from __future__ import annotations

import time

from conform.check.causes import told_under_one
from conform.commands.check_options import CheckOptions
from conform.commands.kept_reports import KeptReports
from conform.config import load_project
from conform.domain.report import Report
from conform.explore.progress import ProgressCallback
from conform.registry import protocol_checker

__all__ = ["CheckOptions", "run"]


def run(options: CheckOptions, progress: ProgressCallback | None = None) -> Report:
    """Return the report on the protocols asked for.

    A protocol of which nothing has changed gets the report of an earlier run, if the options say
    so. Raises ConformError for a project file that cannot be read; what it names and cannot be read
    is a finding.
    """
    started = time.monotonic()
    project = load_project(options.project_file)
    kept = KeptReports.of(project, options)
    asked = project.selected(options.protocols)
    reports = {entry.name: kept.report_on(entry) for entry in asked}
    changed = [entry for entry in asked if reports[entry.name] is None]
    if changed:
        check = protocol_checker()
        reports.update(check(project, changed, options, kept, progress))
    protocols = told_under_one(report for report in reports.values() if report is not None)
    return Report("check", protocols, time.monotonic() - started)
