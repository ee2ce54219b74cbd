"""The model can reach a state without a successor.

What it means
    In some reachable state no action is enabled. For most protocols that is an error; where it is
    the intended end, the model says so with CHECK_DEADLOCK FALSE.

Example
    Two processes that wait for each other.

What to do
    Read the trace from its end: which guard should have been true? If the end is intended, write
    `CHECK_DEADLOCK FALSE` in the configuration.
"""

from __future__ import annotations

from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.domain.trace import Trace
from conform.text import Span

CODE = Code("CF304", "deadlock")


def deadlock(context: Context, trace: Trace, span: Span, drawn: tuple[str, ...]) -> Finding:
    """Return the finding for a deadlock at the end of `trace`, drawn as `drawn`."""
    return CODE.finding(
        f"deadlock after {len(trace.steps) - 1} steps: no action is enabled",
        span,
        excerpt=context.excerpt(span),
        details=drawn,
        hint="if the end is intended, write CHECK_DEADLOCK FALSE in the configuration",
    )
