"""Rewriting a range of the log into one compacted file, while others append and read.

A round has three steps, and their order is the whole point: first the COMPACTED entry is written,
then the entries that it replaces are deleted, then the cursor moves. A compactor may die between
any two of them, and at each instant every committed offset is covered by some entry: from the
first step on by the COMPACTED one, and until then by those not yet deleted.

After a crash a new compactor begins in IDLE, in the round that the cursor tells. If the old one
had written its COMPACTED entry, the new one finds the range ALREADY_COMPACTED and never starts on
it again: all records stay readable, the superseded entries stay in the index for good and the
cursor stays where it was. That is what the spec says (its liveness property L2 is content with
IDLE); it has no action by which a compactor would take up another one's work.

WAL objects of compacted entries are kept as well: a reader may have looked up an entry just
before it was deleted. Removing them is garbage collection, outside the protocol.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from reference.leaderless_log.index import EntryType, IndexEntry
from reference.leaderless_log.log import Log
from reference.leaderless_log.outcome import Outcome


class CompactorState(Enum):
    """The step that comes next, IDLE before a round and DONE after it. (compactorState)"""

    IDLE = "IDLE"
    WRITING_COMPACTED_INDEX = "WRITING_COMPACTED_INDEX"
    DELETING_OLD = "DELETING_OLD"
    UPDATING_CURSOR = "UPDATING_CURSOR"
    DONE = "DONE"


@dataclass(frozen=True, slots=True)
class CompactionRange:
    """The offsets `start` to `end`, both included, that one round compacts.

    Raises ValueError for a range that holds no offset or one below 1.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 1 <= self.start <= self.end:
            raise ValueError(f"{self.start}..{self.end} is no range of offsets")

    @property
    def length(self) -> int:
        """The number of offsets in the range."""
        return self.end - self.start + 1

    def contains(self, entry: IndexEntry) -> bool:
        """Whether all the offsets that `entry` covers are in the range."""
        return self.start <= entry.start and entry.end <= self.end


class Compactor:
    """One compacting process, with one range for each round; the last round repeats.

    It is the only one at work. Should an old one, thought dead, wake up again, the steps it has
    left do no harm: they write the same records for the same range, delete what is superseded,
    and cannot move the cursor back.
    """

    def __init__(self, log: Log, ranges: Sequence[CompactionRange]) -> None:
        self._log = log
        self._ranges = tuple(ranges)
        self._state = CompactorState.IDLE
        self._sources: tuple[IndexEntry, ...] = ()  # the entries to be replaced, in their order
        cursor = log.cursor.read()
        finished = sum(1 for compaction_range in self._ranges if compaction_range.end < cursor)
        self._round = min(finished + 1, len(self._ranges))

    @property
    def state(self) -> CompactorState:
        """The step that comes next."""
        return self._state

    @property
    def round(self) -> int:
        """The number of the current round, from 1. (compactRound)"""
        return self._round

    @property
    def current_range(self) -> CompactionRange:
        """The range of the current round. (CurRangeStart, CurRangeEnd)"""
        return self._ranges[self._round - 1]

    @property
    def is_amid_round(self) -> bool:
        """Whether a crash would lose something: that the round has begun. (CompactorCrash)"""
        return self._state not in (CompactorState.IDLE, CompactorState.DONE)

    def fork(self, log: Log) -> Compactor:
        """Return a compactor that is as far as this one, on another log."""
        twin = object.__new__(Compactor)  # a new one would have to read how far the log is
        twin._log, twin._ranges = log, self._ranges
        twin._state, twin._round, twin._sources = self._state, self._round, self._sources
        return twin

    def successor(self) -> Compactor:
        """Return the compactor that takes over when this one has crashed. (CompactorCrash)"""
        return Compactor(self._log, self._ranges)

    def compact(self) -> Outcome:
        """Run a whole round, or say what keeps it from starting. Raises StorageWriteError."""
        outcome = self.start()
        if outcome is Outcome.TAKEN:
            self.write_compacted_index()
            self.delete_old_entries()
            self.update_cursor()
            self.reset()
        return outcome

    def start(self) -> Outcome:
        """Begin the round if its range is all WAL entries that lie wholly inside it. (CompactStart)

        Otherwise nothing changes: UNCOVERED, NOT_CONTAINED or ALREADY_COMPACTED say why.
        """
        if self._state is not CompactorState.IDLE:
            return Outcome.OUT_OF_TURN
        self._log.sequencer.settle()
        found = self._find_sources()
        if isinstance(found, Outcome):
            return found
        self._sources = found
        self._state = CompactorState.WRITING_COMPACTED_INDEX
        return Outcome.TAKEN

    def write_compacted_index(self) -> Outcome:
        """Write the compacted file and its entry at the range's end. (CompactWriteCompactedIndex)

        Raises StorageWriteError, and the step may be tried again.
        """
        return self._advance(
            CompactorState.WRITING_COMPACTED_INDEX, then=CompactorState.DELETING_OLD
        )

    def delete_old_entries(self) -> Outcome:
        """Delete the entries before the range's end. (CompactDeleteOldEntries)"""
        return self._advance(CompactorState.DELETING_OLD, then=CompactorState.UPDATING_CURSOR)

    def update_cursor(self) -> Outcome:
        """Move the cursor behind the range. (CompactUpdateCursor)"""
        return self._advance(CompactorState.UPDATING_CURSOR, then=CompactorState.DONE)

    def reset(self) -> Outcome:
        """Be ready for the next round. (CompactReset)"""
        if self._state is not CompactorState.DONE:
            return Outcome.OUT_OF_TURN
        self._state = CompactorState.IDLE
        self._round = min(self._round + 1, len(self._ranges))
        return Outcome.TAKEN

    def _advance(self, state: CompactorState, *, then: CompactorState) -> Outcome:
        if self._state is not state:
            return Outcome.OUT_OF_TURN
        if state is CompactorState.WRITING_COMPACTED_INDEX:
            self._log.index.replace(self._write_file())
        elif state is CompactorState.DELETING_OLD:
            self._log.index.delete_between(self.current_range.start, self.current_range.end)
        else:
            self._log.cursor.advance(self.current_range.end + 1)
        self._state = then
        return Outcome.TAKEN

    def _find_sources(self) -> tuple[IndexEntry, ...] | Outcome:
        """Return the entries that the range consists of, or what keeps it from being compacted.

        WAL entries do not overlap (S7), so a walk from entry to entry meets every one that has an
        offset in the range, and looking at these alone finds any that straddles a boundary.
        """
        sources = []
        offset = self.current_range.start
        while offset <= self.current_range.end:
            entry = self._log.index.covering(offset)
            if entry is None:
                return Outcome.UNCOVERED
            if entry.type is EntryType.COMPACTED:
                return Outcome.ALREADY_COMPACTED
            if not self.current_range.contains(entry):
                return Outcome.NOT_CONTAINED
            sources.append(entry)
            offset = entry.end + 1
        return tuple(sources)

    def _write_file(self) -> IndexEntry:
        batches = (self._log.wal.read(source.object_name) for source in self._sources)
        name = self._log.compacted.write([record for batch in batches for record in batch])
        target = self.current_range
        return IndexEntry(target.end, EntryType.COMPACTED, target.length, name)
