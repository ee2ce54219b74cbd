"""The coordination store in the memory of one process, made linearizable by one lock."""

from __future__ import annotations

import bisect
from threading import Lock

from reference.leaderless_log.store import (
    Conflict,
    Deleted,
    NotACounterError,
    Record,
    Session,
    SessionEndedError,
    Version,
    Written,
)


class InMemoryStore:
    """Implements `CoordinationStore`; threads may share it.

    Versions come from one counter for the whole store, so that none ever repeats for a key.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._records: dict[str, Record] = {}
        self._keys: list[str] = []  # the same keys, sorted: ranges and ceilings by bisection
        self._last_version = 0
        self._last_session = 0
        self._owned: dict[Session, set[str]] = {}  # open session -> its ephemeral keys

    def fork(self) -> InMemoryStore:
        """Return a store of its own with the same records, versions and sessions."""
        twin = InMemoryStore()
        with self._lock:
            twin._records = self._records.copy()
            twin._keys = self._keys.copy()
            twin._last_version = self._last_version
            twin._last_session = self._last_session
            twin._owned = {session: keys.copy() for session, keys in self._owned.items()}
        return twin

    def compare_and_set(self, key: str, expected: Version, new: bytes) -> Written | Conflict:
        """See `CoordinationStore`."""
        with self._lock:
            return (
                self._write(key, new) if self._is_at(key, expected) else Conflict.VERSION_MISMATCH
            )

    def atomic_increment(self, key: str, delta: int) -> int:
        """See `CoordinationStore`."""
        with self._lock:
            record = self._records.get(key)
            total = delta + (_integer(record) if record else 0)
            self._write(key, b"%d" % total)
            return total

    def conditional_create(self, key: str, value: bytes) -> Written | Conflict:
        """See `CoordinationStore`."""
        with self._lock:
            return Conflict.ALREADY_EXISTS if key in self._records else self._write(key, value)

    def ephemeral_record(self, key: str, value: bytes, session: Session) -> Written | Conflict:
        """See `CoordinationStore`."""
        with self._lock:
            if session not in self._owned:
                raise SessionEndedError(f"session {session.number} is not open")
            if key in self._records:
                return Conflict.ALREADY_EXISTS
            written = self._write(key, value)
            self._owned[session].add(key)
            return written

    def get(self, key: str) -> Record | None:
        """See `CoordinationStore`."""
        with self._lock:
            return self._records.get(key)

    def put(self, key: str, value: bytes) -> Written:
        """See `CoordinationStore`."""
        with self._lock:
            return self._write(key, value)

    def delete(self, key: str) -> None:
        """See `CoordinationStore`."""
        with self._lock:
            if key in self._records:
                self._remove([key])

    def conditional_delete(self, key: str, version: Version) -> Deleted | Conflict:
        """See `CoordinationStore`."""
        with self._lock:
            if not self._is_at(key, version):
                return Conflict.VERSION_MISMATCH
            self._remove([key])
            return Deleted()

    def range_delete(self, start: str, end: str) -> None:
        """See `CoordinationStore`."""
        with self._lock:
            low = bisect.bisect_left(self._keys, start)
            high = bisect.bisect_left(self._keys, end)
            self._remove(self._keys[low:high])

    def ceiling_get(self, key: str) -> Record | None:
        """See `CoordinationStore`."""
        with self._lock:
            ceiling = bisect.bisect_left(self._keys, key)  # bisect_right would be `>`, not `>=`
            return self._records[self._keys[ceiling]] if ceiling < len(self._keys) else None

    def open_session(self) -> Session:
        """See `CoordinationStore`."""
        with self._lock:
            self._last_session += 1
            session = Session(self._last_session)
            self._owned[session] = set()
            return session

    def end_session(self, session: Session) -> None:
        """See `CoordinationStore`."""
        with self._lock:
            self._remove(sorted(self._owned.pop(session, ())))

    # What follows runs with the lock held.

    def _is_at(self, key: str, version: Version) -> bool:
        record = self._records.get(key)
        return record is not None and record.version == version

    def _write(self, key: str, value: bytes) -> Written:
        if key not in self._records:
            bisect.insort(self._keys, key)
        self._last_version += 1
        self._records[key] = Record(key, value, self._last_version)
        self._disown(key)
        return Written(self._last_version)

    def _remove(self, keys: list[str]) -> None:
        for key in keys:
            del self._records[key]
            del self._keys[bisect.bisect_left(self._keys, key)]
            self._disown(key)

    def _disown(self, key: str) -> None:
        for keys in self._owned.values():
            keys.discard(key)


def _integer(record: Record) -> int:
    try:
        return int(record.value)
    except ValueError as error:
        raise NotACounterError(f"{record.key} holds {record.value!r}, no integer") from error
