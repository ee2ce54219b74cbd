"""Two readings were not compared to the end.

What it means
    One of them was not explored, or not to the end (a limit was reached), so that there are states
    in which it is not known what it can do; or the comparison itself had too many pairs of states.
    What was compared is said; of the rest nothing is known, so the answer is INCOMPLETE.

Example
    document and FizzBee: FizzBee was explored up to 250,000 states

What to do
    Choose smaller constants, give both models the same bound as a constraint, or raise
    `--max-states` or `--timeout`.
"""

from __future__ import annotations

from conform.check.agreement.reading import Reading
from conform.domain.finding import Code, Finding, Severity

CODE = Code("CF327", "readings not compared to the end", Severity.INCOMPLETE)


def not_compared(left: Reading, right: Reading, reason: str) -> Finding:
    """Return the finding for two readings of which not everything was compared, and why."""
    span = right.span
    return CODE.finding(
        f"{left.name} and {right.name} were not compared to the end: {reason}",
        span,
        excerpt=right.excerpt(span),
        hint="choose smaller constants, bound both models alike, or raise the limit",
    )
