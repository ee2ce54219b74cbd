"""The line on stderr that shows how far a long search is; nothing when nobody could read it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from conform.explore.progress import Progress, ProgressCallback


@contextmanager
def progress_line(*, quiet: bool) -> Iterator[ProgressCallback | None]:
    """Give the callback that redraws the line, or None without a terminal; erase it at the end."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    # Imported here: nobody waits for rich where no terminal reads what it draws.
    from rich.console import Console  # noqa: PLC0415
    from rich.live import Live  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(stderr=True)
    with Live(console=console, transient=True, auto_refresh=False) as live:
        yield lambda snapshot: live.update(Text(describe(snapshot), style="dim"), refresh=True)


def describe(snapshot: Progress) -> str:
    """Return the line for `snapshot`."""
    so_far = (
        f"{snapshot.queue:,} queued"
        if snapshot.behaviours is None
        else f"{snapshot.behaviours:,} behaviours"
    )
    return (
        f"{snapshot.states_generated:,} states generated, {snapshot.distinct_states:,} distinct, "
        f"depth {snapshot.depth:,}, {so_far}, {snapshot.rate:,.0f}/s"
    )
