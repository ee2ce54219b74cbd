"""The rendering of a page: plain, or for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from conform.report.page import Block, to_plain


def rendered(blocks: Sequence[Block], width: int | None) -> str:
    """Return the page as plain text, or for a terminal of `width` columns."""
    if width is None:
        return to_plain(blocks)
    # Imported here: nobody waits for rich where no terminal reads what it draws.
    from conform.report.terminal import to_terminal  # noqa: PLC0415

    return to_terminal(blocks, width)
