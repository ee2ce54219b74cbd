"""What can go wrong for a user of the log."""

from __future__ import annotations

from reference.leaderless_log.outcome import Outcome


class LogError(Exception):
    """Base of every error that the log raises on purpose."""


class StorageWriteError(LogError):
    """A write to object storage failed, or its answer never came: it may have taken effect."""


class AppendError(LogError):
    """An append did not happen; `outcome` says why. None of its records is in the log."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(f"the append did not happen: {outcome.value}")
        self.outcome = outcome


class ReadRefusedError(LogError):
    """The read was not attempted: the offset is not handed out, or the process is appending."""


class UnreadableRecordError(LogError):
    """A committed record could not be read. While the protocol holds, nobody ever sees this."""


class UncoveredOffsetError(UnreadableRecordError):
    """No index entry covers a committed offset."""


class WrongRecordError(UnreadableRecordError):
    """The record at an offset is not the one that its reader knows to be there."""


class MissingObjectError(UnreadableRecordError):
    """Object storage does not hold what an index entry points at."""
