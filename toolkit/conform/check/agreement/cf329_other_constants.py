"""A FizzBee specification gives a constant another value than the configuration of the module.

What it means
    The two models are explored under different constants, so that neither their counts nor their
    verdicts are about the same. For the comparison of their state graphs FizzBee is explored once
    more, with the values of the other reading; what differs then differs in the models.

    Where a table of parameters has the constant, CF211 says which of the two is wrong.

Example
    MaxBatch = 2     in LeaderlessLog.cfg     and     MAX_BATCH = 1     in LeaderlessLog.fizz

What to do
    Give both the same value.
"""

from __future__ import annotations

from conform.check.agreement.reading import Reading
from conform.domain.finding import Code, Finding
from conform.text import Span

CODE = Code("CF329", "models have different constants")


def other_constant(reading: Reading, name: str, values: tuple[str, str], span: Span) -> Finding:
    """Return the finding for a constant: the specification's value, and that of `reading`."""
    own, theirs = values
    return CODE.finding(
        f"`{name}` is {own} in FizzBee, and {theirs} in {reading.name}",
        span,
        excerpt=reading.excerpt(span),
        hint="give both the same value",
    )
