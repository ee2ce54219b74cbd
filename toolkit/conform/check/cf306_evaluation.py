"""A formula of the model has no value in a state that was reached.

What it means
    The evaluation of an action, property or assumption failed: a function outside its domain, kinds
    that cannot be compared, a variable without a value after a step. The model is at fault; the
    exploration stopped there.

Example
    `logIndex[0]` where the domain of logIndex is 1..MaxOffset.

What to do
    Guard the formula, or correct it; the details show where, and the trace that led there.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding
from conform.explore.result import Failure
from conform.text import Span

CODE = Code("CF306", "formula without a value")


def evaluation_failed(failure: Failure, model: Span, drawn: tuple[str, ...]) -> Finding:
    """Return the finding for an evaluation that failed, with the trace that led there."""
    error = failure.error
    return CODE.finding(
        f"{failure.doing}: {error.message}",
        error.span or model,
        excerpt=error.excerpt,
        details=drawn,
        hint=error.hint,
    )
