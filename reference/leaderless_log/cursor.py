"""The compaction cursor: how far compaction has come, the only thing about it that is durable."""

from __future__ import annotations

from reference.coordination_store.store import CoordinationStore, Version

_KEY = "compaction/cursor"


class CompactionCursor:
    """The first offset that is not compacted. (compactionCursor)"""

    def __init__(self, store: CoordinationStore) -> None:
        self._store = store

    def create(self) -> None:
        """Make the cursor of a log of which nothing is compacted, unless the log exists."""
        self._store.conditional_create(_KEY, b"1")

    def read(self) -> int:
        """Return the cursor. Raises LookupError if there is no log."""
        return self._read()[0]

    def advance(self, to: int) -> None:
        """Move the cursor to the offset `to`; never back, however late a compactor asks for it."""
        offset, version = self._read()
        while offset < to:
            self._store.compare_and_set(_KEY, version, b"%d" % to)
            offset, version = self._read()

    def _read(self) -> tuple[int, Version]:
        record = self._store.get(_KEY)
        if record is None:
            raise LookupError(f"there is no log: {_KEY} is absent")
        return int(record.value), record.version
