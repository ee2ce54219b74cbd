"""The check ended before it had seen everything, mostly an exploration that takes longer.

What it means
    A limit was reached, or the run was interrupted. What was found until then stands; what was not
    seen, every reachable state of a model for one, was not checked, so the check is INCOMPLETE.

Example
    `conform check --timeout 5` on a model that takes longer.

What to do
    Raise the limit, or choose smaller constants.
"""

from __future__ import annotations

from conform.check.context import Context
from conform.domain.finding import Code, Finding, Severity
from conform.explore.options import Limit
from conform.explore.result import ExplorationResult
from conform.text import Span

CODE = Code("CF305", "check cut short", Severity.INCOMPLETE)


_REASONS = {
    Limit.STATES: "the limit of states was reached",
    Limit.DEPTH: "the limit of the depth was reached",
    Limit.TIMEOUT: "time was up",
    Limit.MEMORY: "memory was used up",
    Limit.STACK: "values were nested deeper than the stack allows",
    Limit.DISK: "the disk was full",
    Limit.INTERRUPTED: "it was interrupted",
    Limit.REQUESTED: "the specification ended it with TLCSet",
    None: "not all was looked at",
}


def cut_short(context: Context, result: ExplorationResult, span: Span) -> Finding:
    """Return the finding for an exploration that a limit ended."""
    return CODE.finding(
        f"the exploration ended early: {_REASONS[result.limit]}; "
        f"{result.distinct_states:,} distinct states seen, to depth {result.depth}",
        span,
        excerpt=context.excerpt(span),
        hint="raise the limit, or choose smaller constants",
    )
