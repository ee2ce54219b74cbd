"""Reading a record by its offset, from whichever storage holds it."""

from __future__ import annotations

from enum import Enum

from reference.leaderless_log.errors import (
    ReadRefusedError,
    UncoveredOffsetError,
    UnreadableRecordError,
    WrongRecordError,
)
from reference.leaderless_log.index import EntryType, IndexEntry
from reference.leaderless_log.log import Log


class ReadResult(Enum):
    """How a reader's latest read went, NONE before the first. (readerResult)"""

    NONE = "NONE"
    OK = "OK"
    ERROR = "ERROR"


class Reader:
    """Reads the records of a log; remembers only how the latest read went.

    It takes no locks and asks nobody. Compaction may replace entries under its feet, but always
    writes the new entry before it deletes an old one, so at each instant some entry covers each
    committed offset, and the object that an entry names is never changed.
    """

    def __init__(self, log: Log, result: ReadResult = ReadResult.NONE) -> None:
        self._log = log
        self._result = result

    @property
    def result(self) -> ReadResult:
        """How the latest read went."""
        return self._result

    def fork(self, log: Log) -> Reader:
        """Return a reader like this one, of another log."""
        return Reader(log, self._result)

    def read(self, offset: int, *, expected: bytes | None = None) -> bytes:
        """Return the record at `offset`.

        `expected` is what the caller knows to be there, from end to end; None if it knows nothing.
        Raises ReadRefusedError for an offset not handed out, which changes nothing, and
        UnreadableRecordError if the record cannot be had or is not the expected one. (ReadEntry)
        """
        head, _ = self._log.sequencer.settle()
        if not 1 <= offset < head.next_offset:
            raise ReadRefusedError(f"offset {offset} is not in 1..{head.next_offset - 1}")
        try:
            record = self._fetch(offset)
            if expected is not None and record != expected:
                raise WrongRecordError(f"offset {offset}: {record!r}, expected {expected!r}")
        except UnreadableRecordError:
            self._result = ReadResult.ERROR
            raise
        self._result = ReadResult.OK
        return record

    def _fetch(self, offset: int) -> bytes:
        entry = self._log.index.covering(offset)
        if entry is None:
            raise UncoveredOffsetError(f"no entry covers the committed offset {offset}")
        records = self._records(entry)
        position = offset - entry.start
        if position >= len(records):
            raise WrongRecordError(f"{entry.object_name} ends before offset {offset}")
        return records[position]

    def _records(self, entry: IndexEntry) -> tuple[bytes, ...]:
        of_wal = entry.type is EntryType.WAL
        return (self._log.wal if of_wal else self._log.compacted).read(entry.object_name)
