"""What the processes of one log share: the store, the two object storages, and the cursor."""

from __future__ import annotations

from reference.coordination_store.store import CoordinationStore
from reference.leaderless_log.cursor import CompactionCursor
from reference.leaderless_log.fencing import Fence
from reference.leaderless_log.head import HeadObject
from reference.leaderless_log.index import LogIndex
from reference.leaderless_log.sequencer import Sequencer
from reference.leaderless_log.storage import ObjectStorage


class Log:
    """One log, as a process sees it; holds nothing of its own, so each process may make one.

    `capacity` is the last offset that the log has room for (MaxOffset), `max_batch` the most
    records of one append (MaxBatch).
    """

    def __init__(
        self,
        store: CoordinationStore,
        wal: ObjectStorage,
        compacted: ObjectStorage,
        *,
        capacity: int,
        max_batch: int,
    ) -> None:
        self.wal = wal
        self.compacted = compacted
        self.capacity = capacity
        self.max_batch = max_batch
        self.head = HeadObject(store)
        self.index = LogIndex(store)
        self.sequencer = Sequencer(self.head, self.index, capacity)
        self.fence = Fence(self.head)
        self.cursor = CompactionCursor(store)

    @property
    def offsets(self) -> range:
        """All the offsets that the log has room for. (Offsets)"""
        return range(1, self.capacity + 1)

    def create(self) -> None:
        """Write the metadata of an empty log to the store, unless the log exists."""
        self.cursor.create()
        self.head.create()
