"""A generated file was edited by hand, or is not conform's.

What it means
    The file's text is not the one that its header has the hash of, or it has no such header. What
    is edited into a generated file is lost when it is generated again, and until then the file
    says something that the specification does not. `conform check` compares an edited machine with
    the other readings as it stands, so that the differences are named.

Example
    generated/leaderless_log/machine.py: edited by hand

        -        if state.log_state != "OPEN":
        +        if state.log_state == "FENCED":

What to do
    If the change is right, make it in the specification. Then delete the file and run
    `conform generate`, which does not overwrite what somebody has written.
"""

from __future__ import annotations

from collections.abc import Sequence

from conform.domain.finding import Code, Finding
from conform.text import Span

CODE = Code("CF403", "generated file was edited by hand")


def edited_file(shown: str, line: int, details: Sequence[str], *, has_header: bool) -> Finding:
    """Return the finding for a file that somebody has changed, or written in the first place."""
    what = "edited by hand" if has_header else "is in the way: it was not written by conform"
    return CODE.finding(
        f"{shown}: {what}",
        Span(shown, line, 1, line, 1),
        details=tuple(details),
        hint="move what you need elsewhere, delete the file, and run `conform generate`",
    )
