"""A generated file is not there.

What it means
    conform.yaml names a folder for generated files, and one that belongs there is missing: it was
    never generated, or not committed, or deleted.

Example
    generated/leaderless_log/machine.py: has not been generated

What to do
    Run `conform generate` and commit what it writes.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding
from conform.text import Span

CODE = Code("CF401", "generated file is missing")


def missing_file(shown: str) -> Finding:
    """Return the finding for a generated file that is not on disk."""
    return CODE.finding(
        f"{shown}: has not been generated",
        Span(shown, 1, 1, 1, 1),
        hint="run `conform generate` and commit the result",
    )
