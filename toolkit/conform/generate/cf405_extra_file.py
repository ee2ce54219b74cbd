"""A file in a generated folder does not belong there.

What it means
    The folder holds what conform writes and nothing else. This file is none of those: it was
    generated once and is no more (its protocol or its kind has gone), or somebody put it there.

Example
    generated/leaderless_log/old_machine.py: is not generated any more

What to do
    Delete it, or move it out of the generated folder.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding
from conform.text import Span

CODE = Code("CF405", "file does not belong into the generated folder")


def extra_file(shown: str, *, has_header: bool) -> Finding:
    """Return the finding for a file that generating would not write."""
    what = "is not generated any more" if has_header else "was not written by conform"
    return CODE.finding(
        f"{shown}: {what}", Span(shown, 1, 1, 1, 1), hint="delete it, or move it elsewhere"
    )
