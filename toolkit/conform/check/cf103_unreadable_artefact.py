"""An artefact that the project names cannot be read.

What it means
    A document, a model, a configuration or an implementation is missing or ill-formed, at the
    place that is shown. What needs it was not checked, so that the protocol's verdict is ERROR and
    the exit code 2; the rest of the report stands, that of other protocols too.

Example
    A module in which `Init = ...` stands for `Init == ...`.

What to do
    Correct the place; the message says what was expected there.
"""

from __future__ import annotations

from msgspec.structs import replace

from conform.check import cf305_cut_short, cf310_not_looked_at
from conform.domain.finding import Code, Finding, Severity
from conform.domain.report import Verdict
from conform.errors import ConformError, LimitError, UnsupportedError
from conform.text import Span

CODE = Code("CF103", "unreadable artefact")


def unreadable(error: ConformError, entry: Span) -> Finding:
    """Return the finding for what stopped the reading of an artefact that `entry` names.

    A limit of time or memory is a CF305, and what is not supported a CF310: both are incomplete.
    """
    details = (f"expected: {error.expected}",) if error.expected else ()
    found = Finding(
        CODE.identifier,
        Severity.ERROR,
        error.message,
        error.span or entry,
        error.excerpt,
        details,
        error.hint,
    )
    match error:
        case LimitError():
            code = cf305_cut_short.CODE
        case UnsupportedError():
            code = cf310_not_looked_at.CODE
        case _:
            return found
    return replace(found, code=code.identifier, severity=code.severity)


def verdict_on(error: ConformError) -> Verdict:
    """Return the verdict of a stage that the error stopped."""
    stopped_short = isinstance(error, LimitError | UnsupportedError)
    return Verdict.INCOMPLETE if stopped_short else Verdict.ERROR
