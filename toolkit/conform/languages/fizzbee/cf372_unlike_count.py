"""A number of states that may not be FizzBee's.

What it means
    Verdicts are on all that the specification can do, but the number of states shown is not sure to
    be what FizzBee prints as "Unique states". The message says why: symmetric values or role
    instances are told apart somewhere, so that states were not reduced by symmetry; or roles lose
    their ephemeral fields, and FizzBee's own choice of the moments for that may be another.

Example
    KEYS = symmetric_values("k", 3)

    action Init:
        first = KEYS[0]

What to do
    Nothing, where only verdicts matter. To have states reduced, choose symmetric values with
    `oneof` instead of by their place in the list.
"""

from __future__ import annotations

from collections.abc import Iterable

from conform.domain.finding import Code, Finding, Severity
from conform.languages.fizzbee.count_notes import CountNote
from conform.languages.fizzbee.specification import Specification

CODE = Code("CF372", "count of states that may not be FizzBee's", Severity.WARNING)


def unlike_counts(specification: Specification, notes: Iterable[CountNote]) -> list[Finding]:
    """Return a warning for each reason why counts may differ from FizzBee's."""
    return [
        CODE.finding(note.reason, note.span, excerpt=specification.excerpt(note.span))
        for note in notes
    ]
