"""A property was not decided.

What it means
    The exploration ended before it could tell, or the property has a form that is not checked yet.
    It counts neither as passed nor as failed; the check is INCOMPLETE.

Example
    `conform check --max-states 1000` on a model with more states.

What to do
    Raise the limit, choose smaller constants, or check the property with another engine.
"""

from __future__ import annotations

from conform.check.context import Context
from conform.check.texts.expectations import Judged
from conform.domain.finding import Code, Finding, Severity

CODE = Code("CF303", "property is not decided", Severity.INCOMPLETE)


def undecided(context: Context, judged: Judged) -> Finding:
    """Return the finding for a property without a verdict."""
    result = judged.result
    span = judged.stated.span if judged.stated else result.span
    return CODE.finding(
        f"{result.kind} `{result.name}` was not decided: {result.reason}",
        span,
        excerpt=context.excerpt(span),
    )
