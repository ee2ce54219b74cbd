"""A generated file is stale: its sources have changed since it was written.

What it means
    Nobody has edited the file, but generating it now gives another text. The message names the
    sources whose hash in the file's header is no longer theirs; if it names none, this version of
    conform writes the file differently.

Example
    generated/leaderless_log/machine.py: stale since specs/1-leaderless-log-protocol.md changed

        -        if state.log_state != "OPEN":
        +        if state.log_state == "FENCED":

What to do
    Run `conform generate`, read the difference, and commit it with the change that caused it.
"""

from __future__ import annotations

from collections.abc import Sequence

from conform.domain.finding import Code, Finding
from conform.text import Span

CODE = Code("CF402", "generated file is stale")


def stale_file(shown: str, line: int, changed: Sequence[str], details: Sequence[str]) -> Finding:
    """Return the finding for an untouched file that would be written differently now.

    `changed` are the sources with another hash, `details` lines of a unified difference.
    """
    why = f"since {', '.join(changed)} changed" if changed else "for this version of conform"
    return CODE.finding(
        f"{shown}: stale {why}",
        Span(shown, line, 1, line, 1),
        details=tuple(details),
        hint="run `conform generate` and commit the result",
    )
