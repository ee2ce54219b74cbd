"""The document cannot be executed in full, so that it is no reading of its own.

What it means
    Lines of guards and effects are prose, an action has no effect, nothing says what a parameter
    ranges over, or an initial value is no formula. The document then gives no model: its states are
    not compared with those of the other readings. Names in the lines that can be read are checked
    all the same.

Example
    **Guard**

    - the writer is idle

What to do
    Write the lines in the notation (docs/reference/document-notation.md). Nothing needs to be done
    where a document is not meant to be executed; then the comparison is made without it.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding, Severity
from conform.languages.markdown.formal.document import FormalDocument

CODE = Code("CF340", "document not executed", Severity.INCOMPLETE)


def not_executed(document: FormalDocument) -> list[Finding]:
    """Return a finding with all reasons for which a document gives no model; none if it does."""
    reasons = tuple(document.obstacles())
    if not reasons:
        return []
    whole = sum(action.is_executable for action in document.actions)
    rest = ", and what they are about is not" if whole == len(document.actions) else ""
    return [
        CODE.finding(
            f"{whole} of {len(document.actions)} actions are executed in full{rest}",
            document.source.whole(),
            details=reasons,
            hint="docs/how-to/make-a-spec-executable.md shows how to get there",
        )
    ]
