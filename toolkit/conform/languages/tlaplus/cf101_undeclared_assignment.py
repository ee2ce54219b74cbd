"""The configuration gives a value to a name that the module does not declare.

What it means
    TLC accepts such a line and ignores it, so a misspelt constant goes unnoticed: the declared one
    may be bound elsewhere, or the line is a leftover. It is common for model values that are listed
    once more, as in `w1 = w1`.

Example
    A module declares `CONSTANTS Writers`, and its configuration says

        CONSTANTS
            Writers = {w1, w2}
            w1 = w1

    The second line assigns to `w1`, which nothing declares.

What to do
    Remove the line, or correct the name. It changes no verdict.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding, Severity
from conform.languages.tlaplus.configuration import Configuration
from conform.languages.tlaplus.specification import Specification
from conform.text import nearest

CODE = Code("CF101", "assignment to an undeclared name", Severity.WARNING)


def undeclared_assignments(
    specification: Specification, configuration: Configuration
) -> list[Finding]:
    """Return a warning for each assignment to a name that the module does not declare."""
    known = specification.scope.names
    declared = [declaration.name for declaration in specification.constants]
    found = []
    for assignment in configuration.assignments:
        if assignment.name in known:
            continue
        close = nearest(assignment.name, declared)
        found.append(
            CODE.finding(
                f"the configuration assigns to `{assignment.name}`, which "
                f"{specification.module.name.name} does not declare",
                assignment.span,
                excerpt=specification.excerpt(assignment.span),
                hint=f"did you mean `{close}`?" if close else "remove the line",
            )
        )
    return found
