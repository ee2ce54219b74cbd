"""Stand-ins for the parts of the leaderless log that a test wants to hold in its hands."""

from __future__ import annotations

from collections.abc import Callable

from reference.coordination_store.memory_store import InMemoryStore
from reference.coordination_store.store import Conflict, CoordinationStore, Version, Written
from reference.leaderless_log.log import Log
from reference.leaderless_log.storage import ObjectStorage
from reference.leaderless_log.writer import Writer


class InterferingStore(InMemoryStore):
    """A store in which others act just before one compare-and-set: the worst possible moment."""

    def __init__(self) -> None:
        super().__init__()
        self._interference: dict[str, Callable[[], object]] = {}

    def before_next_swap_of(self, key_prefix: str, act: Callable[[], object]) -> None:
        """Let `act` run just before the next compare-and-set of a key that begins so; once."""
        self._interference[key_prefix] = act

    def compare_and_set(self, key: str, expected: Version, new: bytes) -> Written | Conflict:
        for prefix in [prefix for prefix in self._interference if key.startswith(prefix)]:
            self._interference.pop(prefix)()
        return super().compare_and_set(key, expected, new)


def new_log(
    store: CoordinationStore | None = None, *, capacity: int = 100, max_batch: int = 10
) -> Log:
    """Return a new, empty log in memory."""
    storages = ObjectStorage("wal"), ObjectStorage("compacted")
    log = Log(store or InMemoryStore(), *storages, capacity=capacity, max_batch=max_batch)
    log.create()
    return log


def records(*names: str) -> list[bytes]:
    """Return a batch with one record for each name."""
    return [name.encode() for name in names]


def writer_amid_append(log: Log, *names: str) -> Writer:
    """Return a writer whose batch is durable and has no offset yet."""
    writer = Writer(log)
    writer.start(records(*names))
    writer.write_wal()
    return writer


def writer_dead_after_claim(log: Log, *names: str) -> Writer:
    """Return a writer that was given offsets and does nothing more: its entry is pending."""
    writer = writer_amid_append(log, *names)
    writer.assign_offset()
    return writer


def read_all(log: Log) -> list[bytes]:
    """Return every record of the log, in order, as a reader gets to see them."""
    end = log.head.read()[0].next_offset
    reader = Writer(log)
    return [reader.read(offset) for offset in range(1, end)]
