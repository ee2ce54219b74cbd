"""The configuration assigns to one name twice, and the two assignments say different things.

What it means
    TLC takes the last of several values, and a replacement (`<-`) before any value, without a word.
    So does this tool. Whoever edits the other line changes nothing, and may not notice.

Example
    A configuration says

        CONSTANTS
            Writers = {w1, w2}
            Limit = 3
            Writers = {w1}

    and is checked with one writer.

What to do
    Remove the line that does not count.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding, Severity
from conform.languages.tlaplus.configuration import Configuration
from conform.languages.tlaplus.specification import Specification

CODE = Code("CF107", "assignment that another overrules", Severity.WARNING)


def overruled_assignments(
    specification: Specification, configuration: Configuration
) -> list[Finding]:
    """Return a warning for each assignment that counts for nothing beside another one."""
    counting = {(each.name, each.module): each for each in configuration.assignments}
    return [
        CODE.finding(
            f"the configuration assigns to `{each.name}` more than once, and this does not count",
            each.span,
            excerpt=specification.excerpt(each.span),
            hint=f"line {counting[each.name, each.module].span.line} counts: remove one of them",
        )
        for each in configuration.overruled
    ]
