"""An ASSUME of the model is false for the constants of the configuration.

What it means
    The module states what its constants must satisfy, and the configuration binds them otherwise.
    Nothing was explored.

Example
    `ASSUME CompactRangeEnd < CompactRange2Start`, with a configuration that makes both 3.

What to do
    Correct the constants in the configuration, or the assumption.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding
from conform.text import Span

CODE = Code("CF307", "assumption is false")


def false_assumption(name: str, span: Span, configuration: str, excerpt: str) -> Finding:
    """Return the finding for an assumption that the configuration violates."""
    return CODE.finding(
        f"assumption {name} is false with the constants of {configuration}",
        span,
        excerpt=excerpt,
        hint="correct the constants, or the assumption",
    )
