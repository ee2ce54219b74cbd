"""The reference implementation as a conformance tool drives and sees it.

The contract (duck-typed; this package knows nothing of the tool):

    create(constants) -> Adapter             a fresh system in the spec's initial state
    adapter.perform(action, parameters)      drive it through one action of the spec
        True    it took that very step
        False   it declined, and nothing that the spec can see has changed
        LookupError                          there is no such action, or no such writer
    adapter.state()                          each variable of the spec with its present value
    adapter.fork()                           a second system in the same state, independent

Constants, parameters and state are plain data: integers, booleans and strings stand for
themselves, model values are strings, sets are sets, functions and records are dictionaries.
States may share parts with one another: look, do not change.

The adapter has no guards. It asks a component for a step; the component decides, and the adapter
reports what it did. Where one step of the implementation has several outcomes with a name of their
own in the spec (AssignOffset, AssignOffsetFenced, AssignOffsetExhausted), the step is tried on a
fork of the system, which is kept only if the outcome was the one asked for. What the environment
decides in the spec (whether a WAL write fails, when the compactor crashes) the adapter arranges.

The abstraction, from the implementation's state to the spec's:

    logIndex            the index, with placeholders EMPTY, and with the head's pending entry in it
    sequenceCounter     the head's next offset;  logState  the head's state
    compactionCursor    the durable cursor
    writerState, writerOffset, writerBatchSize   each writer's progress
    readerResult        how the latest read of each writer's reader went
    compactorState, compactRound                 the compactor's
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from typing import TypeAlias

from reference.coordination_store.store import Record
from reference.leaderless_log.cluster import Cluster
from reference.leaderless_log.compactor import CompactionRange
from reference.leaderless_log.errors import ReadRefusedError, UnreadableRecordError
from reference.leaderless_log.index import IndexEntry
from reference.leaderless_log.log import Log
from reference.leaderless_log.outcome import Outcome
from reference.leaderless_log.reader import ReadResult
from reference.leaderless_log.storage import WriteFault, no_faults
from reference.leaderless_log.writer import Progress, Writer

EMPTY: Mapping[str, object] = {"type": "EMPTY", "msgCount": 0}
"""What the spec's index has where the implementation's has no key. (EmptyEntry)"""


_LogSeen: TypeAlias = tuple[Mapping[str, Record] | None, Mapping[str, object]]
_WritersSeen: TypeAlias = tuple[list[tuple[Progress, ReadResult]], Mapping[str, object]]
"""What a part of the spec's state was last made of, and that part."""


class Adapter:
    """Maps one cluster to the spec's state, and the spec's actions to its steps.

    `cluster` is the system as it stands now; another object after some actions.
    """

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self._batches = 0  # made so far
        self._committed: dict[int, bytes] = {}  # offset -> the record that its writer put there
        self._log_seen: _LogSeen = (None, {})
        self._writers_seen: _WritersSeen = ([], {})

    def fork(self) -> Adapter:
        """Return an adapter of a system of its own, in the same state."""
        twin = Adapter(self.cluster.fork())
        twin._batches, twin._committed = self._batches, self._committed.copy()
        twin._log_seen, twin._writers_seen = self._log_seen, self._writers_seen
        return twin

    def perform(self, action: str, parameters: Mapping[str, object]) -> bool:
        """Drive the implementation through one action; see the contract above.

        `parameters` are by the spec's names: `w`, `count`, `off`. Raises LookupError.
        """
        handler = _ACTIONS.get(action)
        if handler is None:
            close = get_close_matches(action, _ACTIONS, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            raise LookupError(f"there is no action {action!r}{hint}")
        return handler(self, **parameters)

    def state(self) -> Mapping[str, object]:
        """Return each variable of the spec, as plain data."""
        compactor = self.cluster.compactor
        return {
            **self._of_log(),
            **self._of_writers(),
            "compactorState": compactor.state.value,
            "compactRound": compactor.round,
        }

    def _of_log(self) -> Mapping[str, object]:
        """Return what the store says; read anew only when a record of it has changed."""
        records = self.cluster.store.records
        if records is not self._log_seen[0]:
            self._log_seen = records, _plain_log(self.cluster.log)
        return self._log_seen[1]

    def _of_writers(self) -> Mapping[str, object]:
        """Return how far the writers are; anew only when one of them has gone on."""
        writers = self.cluster.writers
        progress = [(each.progress, each.reader.result) for each in writers.values()]
        if progress != self._writers_seen[0]:
            self._writers_seen = progress, _plain_writers(writers)
        return self._writers_seen[1]

    def _start_append(self, w: str, count: int) -> bool:
        self._batches += 1  # no two records are alike, so that a wrong one cannot pass for right
        size = min(count, self.cluster.log.max_batch + 1)  # as many as it takes to be refused
        batch = [f"{w}/{self._batches}/{position}".encode() for position in range(size)]
        return self.cluster.writer(w).start(batch) is Outcome.TAKEN

    def _wal_write_success(self, w: str) -> bool:
        self.cluster.log.wal.faults = no_faults
        return self.cluster.writer(w).write_wal() is Outcome.TAKEN

    def _wal_write_fail(self, w: str) -> bool:
        self.cluster.log.wal.faults = _lose
        return self.cluster.writer(w).write_wal() is Outcome.WAL_FAILED

    def _try_assign(self, w: str, named: Outcome) -> bool:
        attempt = self.cluster.fork()
        writer = attempt.writer(w)
        if writer.assign_offset() is not named:
            return False
        self.cluster = attempt
        if entry := writer.progress.entry:
            offsets = range(entry.start, entry.end + 1)
            self._committed.update(zip(offsets, writer.progress.batch, strict=True))
        return True

    def _assign_offset(self, w: str) -> bool:
        return self._try_assign(w, Outcome.TAKEN)

    def _assign_offset_fenced(self, w: str) -> bool:
        return self._try_assign(w, Outcome.FENCED)

    def _assign_offset_exhausted(self, w: str) -> bool:
        return self._try_assign(w, Outcome.EXHAUSTED)

    def _append_complete(self, w: str) -> bool:
        return self.cluster.writer(w).complete() is Outcome.TAKEN

    def _compact_start(self) -> bool:
        return self.cluster.compactor.start() is Outcome.TAKEN

    def _compact_write_compacted_index(self) -> bool:
        return self.cluster.compactor.write_compacted_index() is Outcome.TAKEN

    def _compact_delete_old_entries(self) -> bool:
        return self.cluster.compactor.delete_old_entries() is Outcome.TAKEN

    def _compact_update_cursor(self) -> bool:
        return self.cluster.compactor.update_cursor() is Outcome.TAKEN

    def _compact_reset(self) -> bool:
        return self.cluster.compactor.reset() is Outcome.TAKEN

    def _compactor_crash(self) -> bool:
        if not self.cluster.compactor.is_amid_round:
            return False
        self.cluster.compactor = self.cluster.compactor.successor()
        return True

    def _fence_log(self) -> bool:
        return self.cluster.log.fence.raise_fence()

    def _unfence_log(self) -> bool:
        return self.cluster.log.fence.lower_fence()

    def _read_entry(self, w: str, off: int) -> bool:
        try:
            self.cluster.writer(w).read(off, expected=self._committed.get(off))
        except ReadRefusedError:
            return False
        except UnreadableRecordError:
            return True  # the reader has taken note of it: readerResult is ERROR
        return True


def create(constants: Mapping[str, object]) -> Adapter:
    """Return a fresh system in the spec's initial state.

    `constants` binds Writers (a set of names), MaxOffset, MaxBatch, CompactRangeStart,
    CompactRangeEnd, CompactRange2Start and CompactRange2End. Raises LookupError for one that is
    missing, TypeError for one of another type.
    """
    ranges = [
        CompactionRange(_integer(constants, f"{prefix}Start"), _integer(constants, f"{prefix}End"))
        for prefix in ("CompactRange", "CompactRange2")
    ]
    cluster = Cluster(
        _names(constants, "Writers"),
        ranges,
        capacity=_integer(constants, "MaxOffset"),
        max_batch=_integer(constants, "MaxBatch"),
    )
    return Adapter(cluster)


_Handler: TypeAlias = Callable[..., bool]

_ACTIONS: Mapping[str, _Handler] = {
    "StartAppend": Adapter._start_append,
    "WALWriteSuccess": Adapter._wal_write_success,
    "WALWriteFail": Adapter._wal_write_fail,
    "AssignOffset": Adapter._assign_offset,
    "AssignOffsetFenced": Adapter._assign_offset_fenced,
    "AssignOffsetExhausted": Adapter._assign_offset_exhausted,
    "AppendComplete": Adapter._append_complete,
    "CompactStart": Adapter._compact_start,
    "CompactWriteCompactedIndex": Adapter._compact_write_compacted_index,
    "CompactDeleteOldEntries": Adapter._compact_delete_old_entries,
    "CompactUpdateCursor": Adapter._compact_update_cursor,
    "CompactReset": Adapter._compact_reset,
    "CompactorCrash": Adapter._compactor_crash,
    "FenceLog": Adapter._fence_log,
    "UnfenceLog": Adapter._unfence_log,
    "ReadEntry": Adapter._read_entry,
}


def _lose(_name: str) -> WriteFault:
    return WriteFault.LOST


def _plain_log(log: Log) -> Mapping[str, object]:
    head, _ = log.head.read()
    index = {end: _plain(log.index.entry_at(end)) for end in log.offsets}
    if head.pending:
        index[head.pending.entry.end] = _plain(head.pending.entry)
    return {
        "logIndex": index,
        "sequenceCounter": head.next_offset,
        "logState": head.state.value,
        "compactionCursor": log.cursor.read(),
    }


def _plain_writers(writers: Mapping[str, Writer]) -> Mapping[str, object]:
    progress = {name: writer.progress for name, writer in writers.items()}
    return {
        "writerState": {name: each.state.value for name, each in progress.items()},
        "writerOffset": {name: each.end_offset for name, each in progress.items()},
        "writerBatchSize": {name: len(each.batch) for name, each in progress.items()},
        "readerResult": {name: writer.reader.result.value for name, writer in writers.items()},
    }


def _plain(entry: IndexEntry | None) -> Mapping[str, object]:
    return {"type": entry.type.value, "msgCount": entry.count} if entry else EMPTY


def _integer(constants: Mapping[str, object], name: str) -> int:
    value = constants[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} must be an integer, not {value!r}")
    return value


def _names(constants: Mapping[str, object], name: str) -> list[str]:
    value = constants[name]
    if not isinstance(value, Collection) or isinstance(value, str):
        raise TypeError(f"{name} must be a set of names, not {value!r}")
    return sorted(map(str, value))
