"""A whole system in one process: a log, the writers that share it, and its compactor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reference.coordination_store.memory_store import InMemoryStore
from reference.leaderless_log.compactor import CompactionRange, Compactor
from reference.leaderless_log.log import Log
from reference.leaderless_log.storage import ObjectStorage
from reference.leaderless_log.writer import Writer


class Cluster:
    """A new, empty log in memory, with a writer for each name and a compactor for `ranges`.

    `capacity` and `max_batch` are those of `Log`. The `writers` by name are to be looked at, while
    `writer` gives one that may go on. Their table is never changed, but replaced.
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
        self.writers: Mapping[str, Writer] = {name: Writer(self.log) for name in writers}
        self._own = set(self.writers)  # of the writers, those that no fork has in common with this
        self.compactor = Compactor(self.log, ranges)

    def fork(self) -> Cluster:
        """Return a cluster in the same state that goes its own way.

        The writers as they are now are common to both until one goes on: then it is forked, in
        whichever cluster that is.
        """
        twin = object.__new__(Cluster)
        twin.store = self.store.fork()
        twin.log = Log(
            twin.store,
            self.log.wal.fork(),
            self.log.compacted.fork(),
            capacity=self.log.capacity,
            max_batch=self.log.max_batch,
        )
        twin.writers = self.writers
        twin._own, self._own = set(), set()
        twin.compactor = self.compactor.fork(twin.log)
        return twin

    def writer(self, name: str) -> Writer:
        """Return a writer to go on with. Raises LookupError if there is none of that name."""
        writer = self.writers[name]
        if name not in self._own:
            writer = writer.fork(self.log)
            self.writers = {**self.writers, name: writer}
            self._own.add(name)
        return writer
