"""What two engines found of one module, as one report; where they differ, it says so."""

from __future__ import annotations

from msgspec.structs import replace

from conform.check.cf311_engines_disagree import disagreements
from conform.domain.exploration import ExplorationReport, ExplorationStatus, PropertyOutcome
from conform.domain.report import Verdict
from conform.text import Span

_TROUBLE = (ExplorationStatus.VIOLATION_FOUND, ExplorationStatus.ERROR)


def joint(
    ours: ExplorationReport, theirs: ExplorationReport, span: Span, *, compare_depth: bool
) -> ExplorationReport:
    """Return our report with what TLC adds, and a CF311 at `span` for each contradiction.

    `compare_depth` is for a TLC with one worker; with several, its depth varies.
    """
    found = (*theirs.findings, *disagreements(ours, theirs, span, compare_depth=compare_depth))
    return replace(
        ours,
        status=_joint_status(ours.status, theirs.status),
        properties=_joint_properties(ours, theirs),
        trace=ours.trace or theirs.trace,
        message=_joint_message(ours, theirs, disagree=bool(found)),
        findings=(*ours.findings, *found),
        seconds=ours.seconds + theirs.seconds,
    )


def _joint_status(ours: ExplorationStatus, theirs: ExplorationStatus) -> ExplorationStatus:
    """Return our status, theirs where it says more: a violation, or that not all was seen."""
    found_by_tlc = ours is ExplorationStatus.INCOMPLETE and theirs in _TROUBLE
    unfinished = ours is ExplorationStatus.NO_ERROR and theirs is ExplorationStatus.INCOMPLETE
    return theirs if found_by_tlc or unfinished else ours


def _joint_properties(
    ours: ExplorationReport, theirs: ExplorationReport
) -> tuple[PropertyOutcome, ...]:
    """Return our rows, with TLC's verdict for what we did not decide."""
    others = {(row.name, row.kind): row for row in theirs.properties}
    return tuple(
        others.get((row.name, row.kind), row) if row.verdict is Verdict.INCOMPLETE else row
        for row in ours.properties
    )


def _joint_message(ours: ExplorationReport, theirs: ExplorationReport, *, disagree: bool) -> str:
    if disagree:
        return f"the engines disagree; embedded: {ours.message}; TLC: {theirs.message}"
    if ours.status is not theirs.status:
        return f"embedded: {ours.message}; TLC: {theirs.message}"
    return f"{ours.message}; TLC agrees"
