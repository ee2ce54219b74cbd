"""A line that the document sets as code cannot be read as a formula.

What it means
    Guard, effect, definition or statement are set as code, so that the document claims to be formal
    there, but the line is not in the notation of documents. It is not executed, and the action that
    it belongs to is not either. The finding points at the first word that fits nowhere.

Example
    **Effect**

    - `writerState[w] := FAILED`
    - `drop the batch of w`

What to do
    Write the line in the notation (docs/reference/document-notation.md), or as prose, without
    code, when it is meant for readers alone: then it is counted as prose and not as a formula.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding, Severity
from conform.errors import InputError

CODE = Code("CF110", "unreadable formal line", Severity.INCOMPLETE)


def unreadable_line(where: str, error: InputError) -> Finding:
    """Return the finding about a line set as code; `where` names the construct around it."""
    expected = (f"expected: {error.expected}",) if error.expected else ()
    return CODE.finding(
        f"{where}: {error.message}",
        error.span,
        excerpt=error.excerpt,
        details=expected,
        hint=error.hint,
    )
