"""The embedded engine and TLC do not find the same.

What it means
    Both explored the same module with the same configuration, and they differ in the verdict, in
    that of a property, in the number of states, or in the length of a shortest trace; or a trace of
    TLC is no behaviour of the model as the embedded engine reads it. One of them is wrong about the
    module, and neither result can be relied on. It is a defect of ours until proven otherwise.

Example
    `conform explore --engine both` counts 1,426 states with TLC and 1,424 with the embedded engine.

What to do
    Report it, with the module and its configuration. Until it is settled, TLC is the reference
    implementation of TLA+.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.domain.exploration import ExplorationReport, ExplorationStatus, PropertyOutcome
from conform.domain.finding import Code, Finding
from conform.domain.model import PropertyKind
from conform.domain.report import Verdict
from conform.text import Span

CODE = Code("CF311", "the two engines disagree")

_HINT = "please report it with the module: this is a defect of ours until proven otherwise"
_DECIDED = (Verdict.PASS, Verdict.FAIL)


def disagreements(
    embedded: ExplorationReport, tlc: ExplorationReport, span: Span, *, compare_depth: bool
) -> Iterator[Finding]:
    """Yield a finding for each thing that one engine says and the other contradicts.

    What only one of them decided is no contradiction. `compare_depth` is for a TLC with one worker:
    with several its depth depends on the scheduler, and so does which shortest trace is found.
    """
    if ExplorationStatus.INCOMPLETE not in (embedded.status, tlc.status):
        yield from _differing(span, "status", embedded.status, tlc.status)
    yield from _property_verdicts(embedded, tlc, span, compare_lengths=compare_depth)
    if embedded.status is tlc.status is ExplorationStatus.NO_ERROR:
        pair = (embedded.states_generated, tlc.states_generated)
        yield from _differing(span, "states generated", *pair)
        yield from _differing(
            span, "distinct states", embedded.distinct_states, tlc.distinct_states
        )
        if compare_depth:
            yield from _differing(span, "depth", embedded.depth, tlc.depth)


def foreign_trace(span: Span, reason: Finding) -> Finding:
    """Return the finding for a trace of TLC that the embedded engine's model cannot follow."""
    return CODE.finding(
        "the engines disagree: a trace that TLC found is no behaviour of the model as the embedded "
        "engine reads it",
        span,
        details=(reason.message, *reason.details),
        hint=_HINT,
    )


def _property_verdicts(
    embedded: ExplorationReport, tlc: ExplorationReport, span: Span, *, compare_lengths: bool
) -> Iterator[Finding]:
    others = {(row.name, row.kind): row for row in tlc.properties}
    for row in embedded.properties:
        other = others.get((row.name, row.kind))
        if other is None or row.verdict not in _DECIDED or other.verdict not in _DECIDED:
            continue
        what = f"{row.kind} {row.name}"
        yield from _differing(span, what, row.verdict, other.verdict)
        if compare_lengths and row.kind is not PropertyKind.LIVENESS:
            yield from _lengths(span, what, row, other)


def _lengths(
    span: Span, what: str, row: PropertyOutcome, other: PropertyOutcome
) -> Iterator[Finding]:
    if row.trace and other.trace:
        pair = (len(row.trace.steps), len(other.trace.steps))
        yield from _differing(span, f"states in the trace of {what}", *pair)


def _differing(span: Span, what: str, embedded: object, tlc: object) -> Iterator[Finding]:
    if embedded != tlc:
        yield CODE.finding(
            f"the engines disagree in {what}",
            span,
            details=(f"embedded  {_shown(embedded)}", f"TLC       {_shown(tlc)}"),
            hint=_HINT,
        )


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
