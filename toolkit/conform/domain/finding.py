"""Findings: what the tool found out about a protocol, each with a code of the closed table."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from conform.text import Span


class Severity(StrEnum):
    """An error fails the check; a warning does not; incomplete keeps it from passing."""

    ERROR = "error"
    INCOMPLETE = "incomplete"
    WARNING = "warning"


class Finding(Struct, frozen=True):
    """One disagreement, gap or warning.

    `details` are lines shown below the message as they are: aligned comparisons, a trace. `excerpt`
    is the source line with a caret, drawn by whoever had the source. `hint` says what to do next.
    `span` is None only where the finding is about no text. By the last two, findings of one cause
    are told once: `subject` names the property, or the actions, that the finding is about, and
    `seen_in` is the path of the one model in which it was seen; each is empty where there is none,
    or several.
    """

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    excerpt: str = ""
    details: tuple[str, ...] = ()
    hint: str = ""
    subject: str = ""
    seen_in: str = ""


class Code(Struct, frozen=True):
    """An entry of the closed table: `identifier` as in CF101, a title, the usual severity.

    Each is defined in the module `cf<number>_<topic>.py` that makes its findings; the docstring of
    that module is its page.
    """

    identifier: str
    title: str
    severity: Severity = Severity.ERROR

    def finding(
        self,
        message: str,
        span: Span | None = None,
        *,
        excerpt: str = "",
        details: tuple[str, ...] = (),
        hint: str = "",
        subject: str = "",
    ) -> Finding:
        """Return a finding of this code."""
        return Finding(
            self.identifier, self.severity, message, span, excerpt, details, hint, subject
        )
