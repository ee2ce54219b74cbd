"""Who keeps the checkpoints of one search: notes where it stands, writes now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import IO, TYPE_CHECKING

from msgspec.structs import replace

from conform.explore.checkpoints.folder import CheckpointFolder
from conform.explore.checkpoints.manifest import Standing, Subject
from conform.explore.limits import LimitReachedError
from conform.explore.options import Limit

if TYPE_CHECKING:
    from conform.explore.columns.levels import Levels

SECONDS = 30.0
"""Seconds between two checkpoints."""


class Checkpoints:
    """Keeps the checkpoints of one search in a folder that was begun, or read to go on from.

    Only a search that keeps keys of states alone has something to keep, and only while there is
    nothing to tell: what comes after an event is found again. `trouble` says why a checkpoint could
    not be written; `is_over` that the search came to its end, and nothing is kept any more.
    """

    def __init__(
        self, folder: CheckpointFolder, subject: Callable[[], Subject], seconds: float = SECONDS
    ) -> None:
        """Keep with each checkpoint what the search rests on by then, as `subject` tells."""
        self.folder = folder
        self._subject = subject
        self.trouble = ""
        self.is_over = False
        self._seconds = seconds
        self._due = time.monotonic()
        self._levels: Levels | None = None
        self._noted: Standing | None = None
        self._blocks = self._written = 0

    @property
    def kept(self) -> int:
        """How many states the checkpoint has."""
        standing = self.folder.manifest.standing
        return 0 if standing is None else standing.distinct

    def to_regrow(self) -> tuple[Standing, IO[bytes]] | None:
        """Return where an earlier search stood and its moves, None if this is the first."""
        standing = self.folder.manifest.standing
        return None if standing is None else (standing, self.folder.open_moves())

    def note(
        self, levels: Levels, expanded: int, taken: Sequence[int], found: Sequence[int]
    ) -> None:
        """Note where the search stands; write it if that is due.

        Raises LimitReachedError where it cannot be written.
        """
        ancestry = levels.ancestry
        if self._levels is None:
            self._levels, self._written = levels, levels.regrown_blocks
        self._blocks = ancestry.block_count
        self._noted = Standing(
            ancestry.first, len(ancestry), expanded, tuple(taken), tuple(found), (), 0, ""
        )
        if time.monotonic() >= self._due:
            self._write()

    def conclude(self, *, is_over: bool) -> None:
        """Write what was noted last; remove all where the search `is_over`.

        A disk that refuses it keeps what was written before.
        """
        self.is_over = is_over
        if is_over:
            self.folder.remove()
        elif self._noted is not None and not self.trouble:
            try:
                self._write()
            except LimitReachedError:
                return

    def _write(self) -> None:
        levels, noted = self._levels, self._noted
        assert levels is not None, "it was noted"
        assert noted is not None, "it was noted"
        ancestry = levels.ancestry
        standing = replace(noted, moves=tuple(ancestry.moves))
        try:
            moves = ancestry.written(self._written, self._blocks)
            self.folder.append(self._subject(), standing, moves)
        except OSError as error:
            self.trouble = error.strerror or str(error)
            raise LimitReachedError(Limit.CHECKPOINT) from error
        self._written = self._blocks
        self._due = time.monotonic() + self._seconds
