"""The values of a variable in two readings cannot be matched.

What it means
    The two readings give the variable values of different kinds, or in ways that cannot be told
    apart: a reading that uses both a model value and the string of the same name, where the other
    has the string alone; or a function on 0..n-1 beside a list, which is not the same unless the
    mapping row says so. The state graphs were compared without the variable, so the answer is
    INCOMPLETE.

Example
    `lockState` is a function to records in TLA+, and a set of locked tasks in FizzBee.

What to do
    Give the variable the same shape in both. For a list, write `(list)` after its name in the
    mapping row: its first element then stands for the function's value at 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from conform.check.agreement.images import Unmatched
from conform.check.agreement.reading import Reading
from conform.domain.finding import Code, Finding, Severity

CODE = Code("CF326", "values cannot be matched", Severity.INCOMPLETE)


def unmatched_values(found: Unmatched, readings: Sequence[Reading]) -> Finding:
    """Return the finding for a variable that a pair of readings was compared without."""
    left, right = readings
    name = found.variable.right
    span = right.place_of(name)
    return CODE.finding(
        f"the values of `{found.variable.name}` in {left.name} and {right.name} cannot be matched: "
        f"{found.reason}; their states were compared without it",
        span,
        excerpt=right.excerpt(span),
        details=(
            f"{left.name}: `{found.variable.left}`, at {left.place_of(found.variable.left)}",
            f"{right.name}: `{name}`, at {span}",
        ),
        hint="give the variable the same shape in both",
    )
