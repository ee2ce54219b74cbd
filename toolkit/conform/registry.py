"""Plain tables of import paths: everything that can be added to conform has a row here.

A row is `module` or `module:attribute`. Nothing is imported before `resolve` is asked, so that a
command pays for what it uses alone. To add a spec language, a trace format, a code reader, a report
format, a generated target or a finding: write its module, add its row, and run the contract tests,
which go over every table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from conform.domain.exploration import ExplorationReport
from conform.domain.report import Report
from conform.errors import UsageError
from conform.report.options import WriteOptions
from conform.text import nearest

FRONT_ENDS: dict[str, str] = {}
"""Spec language → its folder's front door."""

TRACE_READERS: dict[str, str] = {}
"""Trace format → the function that reads it."""

TRACE_WRITERS: dict[str, str] = {}
"""Trace format → the function that writes it."""

CODE_READERS: dict[str, str] = {}
"""Implementation language → the module that reads and runs it."""

REPORT_WRITERS: dict[str, str] = {
    "text": "conform.report.to_text:write",
    "json": "conform.report.to_json:write",
    "junit": "conform.report.to_junit:write",
}
"""Report format → the writer of a Report."""

EXPLORATION_WRITERS: dict[str, str] = {
    "text": "conform.report.exploration_to_text:write",
    "json": "conform.report.exploration_to_json:write",
    "junit": "conform.report.exploration_to_junit:write",
}
"""Report format → the writer of an ExplorationReport."""

GENERATED_TARGETS: dict[str, str] = {}
"""Kind of generated file → the module that writes it."""

FINDING_MODULES: dict[str, str] = {}
"""Finding code → the module that makes its findings; that module's docstring is its page."""

TABLES: dict[str, dict[str, str]] = {
    "spec language": FRONT_ENDS,
    "trace format to read": TRACE_READERS,
    "trace format to write": TRACE_WRITERS,
    "implementation language": CODE_READERS,
    "report format": REPORT_WRITERS,
    "exploration format": EXPLORATION_WRITERS,
    "generated target": GENERATED_TARGETS,
    "finding code": FINDING_MODULES,
}
"""Every table above under the word for its keys, for the contract tests."""


def resolve(path: str) -> Any:
    """Import what a row names: a module, or with `:` an attribute of one."""
    module, _, attribute = path.partition(":")
    imported = import_module(module)
    return getattr(imported, attribute) if attribute else imported


def entry(table: Mapping[str, str], key: str, what: str) -> Any:
    """Return what `table` has for `key`, imported, or raise UsageError with the nearest key."""
    if key not in table:
        close = nearest(key, table)
        raise UsageError(
            f"there is no {what} {key!r}",
            expected=", ".join(table),
            hint=f"did you mean {close}?" if close else "",
        )
    return resolve(table[key])


def report_writer(form: str) -> Callable[[Report, WriteOptions], str]:
    """Return the writer of reports in format `form`, or raise UsageError: sarif is not yet one."""
    writer: Callable[[Report, WriteOptions], str] = entry(REPORT_WRITERS, form, "report format")
    return writer


def exploration_writer(form: str) -> Callable[[ExplorationReport, WriteOptions], str]:
    """Return the writer of explorations in format `form`, or raise UsageError."""
    writer: Callable[[ExplorationReport, WriteOptions], str]
    writer = entry(EXPLORATION_WRITERS, form, "report format")
    return writer
