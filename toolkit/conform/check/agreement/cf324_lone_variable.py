"""A state variable of one reading has no counterpart in another.

What it means
    No mapping row names the variable, or one that the other reading has, and no variable there has
    its name. The two state graphs were compared without it: states that differ in it alone count
    as one, so a difference that only it shows was not seen. The answer is INCOMPLETE.

Example
    A FizzBee module has a variable `lastReader`, which no row of the tables names.

What to do
    Name it in the mapping table: with its counterpart, or with a dash and the reason why the other
    artefact has none. Then the comparison without it is a decision, and is said but not reported.
"""

from __future__ import annotations

from collections.abc import Sequence

from conform.check.agreement.reading import Reading
from conform.domain.finding import Code, Finding, Severity

CODE = Code("CF324", "variable without counterpart", Severity.INCOMPLETE)


def lone_variable(name: str, reading: Reading, others: Sequence[Reading]) -> Finding:
    """Return the finding for a variable of `reading` that the `others` do not have."""
    span = reading.place_of(name)
    without = ", ".join(other.name for other in others)
    return CODE.finding(
        f"variable `{name}` of {reading.name} has no counterpart in {without}: their states were "
        "compared without it",
        span,
        excerpt=reading.excerpt(span),
        hint="name its counterpart in a mapping row, or put a dash there with the reason",
    )
