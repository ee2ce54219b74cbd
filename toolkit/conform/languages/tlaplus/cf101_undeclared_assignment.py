"""The configuration gives a value to a name that the module does not declare, or to a variable.

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
from conform.languages.tlaplus.evaluation.scope import VariableSlot
from conform.languages.tlaplus.specification import Specification
from conform.text import nearest

CODE = Code("CF101", "assignment to an undeclared name", Severity.WARNING)


def undeclared_assignments(
    specification: Specification, configuration: Configuration
) -> list[Finding]:
    """Return a warning for each assignment to a name that is no constant of the module."""
    known = specification.scope.names
    found = []
    for assignment in configuration.assignments:
        if isinstance(known.get(assignment.name), VariableSlot):
            what, hint = "is a variable", "remove the line: TLC ignores it"
        elif assignment.name not in known:
            what, hint = _undeclared(specification, assignment.name)
        else:
            continue
        found.append(
            CODE.finding(
                f"the configuration assigns to `{assignment.name}`, which {what}",
                assignment.span,
                excerpt=specification.excerpt(assignment.span),
                hint=hint,
            )
        )
    return found


def _undeclared(specification: Specification, name: str) -> tuple[str, str]:
    close = nearest(name, [declaration.name for declaration in specification.constants])
    hint = f"did you mean `{close}`?" if close else "remove the line"
    return f"{specification.module.name.name} does not declare", hint
