"""A trace file holds no trace, or a trace without a step.

What it means
    There was nothing to replay, so nothing was compared. An empty file, the output of a run of TLC
    that found no error, or a trace of its initial state alone passes no check.

Example
    traces/run.txt holds no trace: nothing was replayed

What to do
    Record the trace again. TLC prints one only for a violated property; to get a trace of a correct
    behaviour, check an invariant that says the opposite (`~Goal`).
"""

from __future__ import annotations

from collections.abc import Sequence

from conform.domain.finding import Code, Finding
from conform.domain.trace import Trace
from conform.text import Span

CODE = Code("CF505", "a trace file without anything to replay")


def without_steps(path: str, traces: Sequence[Trace]) -> tuple[Finding, ...]:
    """Return the findings for what was read from `path`: no trace, or traces without a step."""
    if not traces:
        return (_finding(path, f"{path} holds no trace: nothing was replayed"),)
    return tuple(
        _finding(path, f"{trace.source} has an initial state and no step: no action was replayed")
        for trace in traces
        if len(trace.steps) < 2
    )


def _finding(path: str, message: str) -> Finding:
    return CODE.finding(
        message, Span(path, 1, 1, 1, 1), hint="record the trace again, from a run that fails"
    )
