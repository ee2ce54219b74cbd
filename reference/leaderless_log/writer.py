"""Appending a batch of records, step by step.

A writer is stateless in the protocol's sense: what it holds is the append in hand, nobody else
needs it, and a writer that dies loses only that. It never speaks to another writer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from reference.leaderless_log.errors import AppendError, ReadRefusedError, StorageWriteError
from reference.leaderless_log.index import IndexEntry
from reference.leaderless_log.log import Log
from reference.leaderless_log.outcome import Outcome
from reference.leaderless_log.reader import Reader


class WriterState(Enum):
    """How far the append in hand has come. (writerState)"""

    IDLE = "IDLE"
    WRITING_WAL = "WRITING_WAL"
    ASSIGNING_OFFSET = "ASSIGNING_OFFSET"
    DONE = "DONE"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Progress:
    """The append in hand: its records, the object that holds them, the index entry once assigned.

    In the spec's terms: writerBatchSize is the length of `batch`, writerOffset is `end_offset`.
    """

    state: WriterState = WriterState.IDLE
    batch: tuple[bytes, ...] = ()
    object_name: str | None = None
    entry: IndexEntry | None = None

    @property
    def end_offset(self) -> int:
        """The offset of the batch's last record; 0 while it has none."""
        return self.entry.end if self.entry else 0


_IDLE = Progress()


class Writer:
    """One writing process, which also reads. It does one thing at a time: not for several threads.

    `append` is the whole; `start`, `write_wal`, `assign_offset` and `complete` are its steps.
    """

    def __init__(self, log: Log, reader: Reader | None = None, progress: Progress = _IDLE) -> None:
        self.reader = reader or Reader(log)
        self._log = log
        self._progress = progress

    @property
    def progress(self) -> Progress:
        """The append in hand."""
        return self._progress

    def fork(self, log: Log) -> Writer:
        """Return a writer that is as far as this one, on another log."""
        return Writer(log, self.reader.fork(log), self._progress)

    def append(self, batch: Sequence[bytes]) -> range:
        """Append `batch` and return its offsets, readable from now on.

        Raises AppendError, with nothing appended.
        """
        outcome = self.start(batch)
        if outcome is not Outcome.TAKEN:
            raise AppendError(outcome)
        outcome = self.write_wal()
        if outcome is Outcome.TAKEN:
            outcome = self.assign_offset()
        entry = self._progress.entry
        self.complete()
        if entry is None:
            raise AppendError(outcome)
        return range(entry.start, entry.end + 1)

    def start(self, batch: Sequence[bytes]) -> Outcome:
        """Take `batch` in hand, unless busy (OUT_OF_TURN) or FENCED. (StartAppend)

        BAD_BATCH unless it has 1 to `max_batch` records.
        """
        if self._progress.state is not WriterState.IDLE:
            return Outcome.OUT_OF_TURN
        if not 1 <= len(batch) <= self._log.max_batch:
            return Outcome.BAD_BATCH
        if self._log.fence.is_up():  # saves the work; what counts is the check in `assign_offset`
            return Outcome.FENCED
        self._progress = Progress(WriterState.WRITING_WAL, tuple(batch))
        return Outcome.TAKEN

    def write_wal(self) -> Outcome:
        """Make the batch durable; WAL_FAILED if that failed. (WALWriteSuccess, WALWriteFail)

        A failed write may have left an object behind. No entry will ever name it, so no reader
        can see it.
        """
        if self._progress.state is not WriterState.WRITING_WAL:
            return Outcome.OUT_OF_TURN
        try:
            name = self._log.wal.write(self._progress.batch)
        except StorageWriteError:
            return self._fail(Outcome.WAL_FAILED)
        state = WriterState.ASSIGNING_OFFSET
        self._progress = replace(self._progress, state=state, object_name=name)
        return Outcome.TAKEN

    def assign_offset(self) -> Outcome:
        """Put the batch into the log, or learn that it is FENCED or EXHAUSTED.

        (AssignOffset, AssignOffsetFenced, AssignOffsetExhausted)
        """
        name = self._progress.object_name
        if self._progress.state is not WriterState.ASSIGNING_OFFSET or name is None:
            return Outcome.OUT_OF_TURN
        assigned = self._log.sequencer.assign(len(self._progress.batch), name)
        if isinstance(assigned, Outcome):
            self._log.wal.delete(name)  # no entry will ever name it
            return self._fail(assigned)
        self._progress = replace(self._progress, state=WriterState.DONE, entry=assigned)
        return Outcome.TAKEN

    def complete(self) -> Outcome:
        """Publish the entry in the index and be IDLE again. (AppendComplete)

        The batch has been in the log since `assign_offset`, so that this step, too, may be left
        undone by a crash.
        """
        if self._progress.state not in (WriterState.DONE, WriterState.FAILED):
            return Outcome.OUT_OF_TURN
        if self._progress.state is WriterState.DONE:
            self._log.sequencer.settle()
        self._progress = _IDLE
        return Outcome.TAKEN

    def read(self, offset: int, *, expected: bytes | None = None) -> bytes:
        """Return the record at `offset`; see `Reader.read`. Refused while an append is in hand."""
        if self._progress.state is not WriterState.IDLE:
            raise ReadRefusedError(f"an append is in hand: {self._progress.state.value}")
        return self.reader.read(offset, expected=expected)

    def _fail(self, outcome: Outcome) -> Outcome:
        self._progress = Progress(WriterState.FAILED, self._progress.batch)
        return outcome
