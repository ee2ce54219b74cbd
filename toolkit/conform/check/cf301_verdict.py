"""A property's verdict in the model is not the one that the document expects.

What it means
    The document states the expected verdict of the property (PASS, if it does not say), and the
    exploration of the model found the other one. For a violated property the report shows a
    shortest trace, or a lasso for a liveness property.

Example
    `NoReaderError` is expected to PASS, and in a model whose compactor deletes before it writes a
    trace of ten steps leads to a reader that finds nothing.

What to do
    Read the trace from its end. Either the model does not do what the document says, or the
    document promises what the protocol does not keep.
"""

from __future__ import annotations

from conform.check.context import Context
from conform.check.texts.expectations import Judged
from conform.domain.finding import Code, Finding
from conform.domain.report import Verdict

CODE = Code("CF301", "verdict differs from the expected one")


def unexpected_verdict(context: Context, judged: Judged, model: str) -> Finding:
    """Return the finding for a property that was decided, and not as expected."""
    result = judged.result
    span = judged.stated.span if judged.stated else result.span
    return CODE.finding(
        f"{result.kind} `{result.name}`: expected {judged.expected}, but {model} gives "
        f"{result.verdict}",
        span,
        excerpt=context.excerpt(span),
        details=_details(judged),
        hint="read the trace from its end" if result.trace else "",
        subject=judged.stated.name if judged.stated else "",
    )


def _details(judged: Judged) -> tuple[str, ...]:
    result = judged.result
    details = [f"defined at {result.span}"]
    if result.reason:
        details.append(result.reason)
    if result.verdict is Verdict.FAIL and result.trace:
        steps = len(result.trace.steps)
        details.append(f"the trace has {steps} states and is shown with the property")
    return tuple(details)
