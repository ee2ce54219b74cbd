"""A part of the specification could not be translated into code.

What it means
    The model checker can evaluate the formula, but there is no Python that is known to mean the
    same. The part is left out of the generated files, which say so themselves, and nothing there
    tests it. The answer is INCOMPLETE for that reason.

Example
    tlaplus/Log.tla:12:5: action Receive is not generated: a disjunction inside an action is not
    translated

What to do
    The hint says what to write instead where something else would do: one action for each
    disjunct, a type invariant that tells what a variable holds.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding, Severity
from conform.domain.machine import Omission
from conform.text import Span

CODE = Code("CF404", "part of the specification is not generated", Severity.INCOMPLETE)


def not_generated(omission: Omission) -> Finding:
    """Return the finding for a part that the generated files leave out."""
    return CODE.finding(
        f"{omission.kind} {omission.name} is not generated: {omission.reason}",
        omission.span,
        excerpt=omission.excerpt,
        hint=omission.hint,
    )


def nothing_generated(protocol: str, reason: str, span: Span | None, excerpt: str = "") -> Finding:
    """Return the finding for a protocol from which no file can be made."""
    return CODE.finding(f"nothing is generated for {protocol}: {reason}", span, excerpt=excerpt)
