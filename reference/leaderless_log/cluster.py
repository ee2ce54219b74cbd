"""A whole system in one process: a log, the writers that share it, and its compactor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reference.coordination_store.memory_store import InMemoryStore
from reference.leaderless_log.compactor import CompactionRange, Compactor
from reference.leaderless_log.log import Log
from reference.leaderless_log.storage import ObjectStorage
from reference.leaderless_log.writer import Writer


class Cluster:
    """A new, empty log in memory, with a writer for each name and a compactor for `ranges`.

    `capacity` and `max_batch` are those of `Log`.
    """

    def __init__(
        self,
        writers: Iterable[str],
        ranges: Sequence[CompactionRange],
        *,
        capacity: int,
        max_batch: int,
    ) -> None:
        self.store = InMemoryStore()
        wal, compacted = ObjectStorage("wal"), ObjectStorage("compacted")
        self.log = Log(self.store, wal, compacted, capacity=capacity, max_batch=max_batch)
        self.log.create()
        self.writers = {name: Writer(self.log) for name in writers}
        self.compactor = Compactor(self.log, ranges)

    def fork(self) -> Cluster:
        """Return a cluster in the same state that has nothing in common with this one."""
        twin = object.__new__(Cluster)
        twin.store = self.store.fork()
        twin.log = Log(
            twin.store,
            self.log.wal.fork(),
            self.log.compacted.fork(),
            capacity=self.log.capacity,
            max_batch=self.log.max_batch,
        )
        twin.writers = {name: writer.fork(twin.log) for name, writer in self.writers.items()}
        twin.compactor = self.compactor.fork(twin.log)
        return twin
