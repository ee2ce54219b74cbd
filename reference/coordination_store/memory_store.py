"""The coordination store in the memory of one process, made linearizable by one lock."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, replace
from threading import Lock

from reference.coordination_store.store import (
    Conflict,
    Deleted,
    Milliseconds,
    NotACounterError,
    Record,
    Session,
    SessionEndedError,
    Version,
    Written,
)


@dataclass(frozen=True, slots=True)
class _Lease:
    """How long a session waits for a heartbeat, and when it ends if none comes."""

    timeout: Milliseconds
    ends_at: Milliseconds


class InMemoryStore:
    """Implements `CoordinationStore`; threads may share it.

    Versions come from one counter for the whole store, so that none ever repeats for a key. Time
    is what `advance` makes it: it stands still until somebody says that it has passed.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._records: dict[str, Record] = {}
        self._keys: list[str] = []  # the same keys, sorted: ranges and ceilings by bisection
        self._last_version = 0
        self._last_session = 0
        self._now: Milliseconds = 0
        self._leases: dict[Session, _Lease] = {}  # of the open sessions
        self._owners: dict[str, Session] = {}  # of the ephemeral keys

    def fork(self) -> InMemoryStore:
        """Return a store of its own with the same records, versions and sessions."""
        twin = InMemoryStore()
        with self._lock:
            twin._records = self._records.copy()
            twin._keys = self._keys.copy()
            twin._last_version = self._last_version
            twin._last_session = self._last_session
            twin._now = self._now
            twin._leases = self._leases.copy()
            twin._owners = self._owners.copy()
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
            self._lease(session)
            if key in self._records:
                return Conflict.ALREADY_EXISTS
            written = self._write(key, value)
            self._owners[key] = session
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

    def open_session(self, timeout: Milliseconds) -> Session:
        """See `CoordinationStore`."""
        with self._lock:
            self._last_session += 1
            session = Session(self._last_session)
            self._leases[session] = _Lease(timeout, self._now + timeout)
            return session

    def keep_alive(self, session: Session) -> None:
        """See `CoordinationStore`."""
        with self._lock:
            lease = self._lease(session)
            self._leases[session] = replace(lease, ends_at=self._now + lease.timeout)

    def end_session(self, session: Session) -> None:
        """See `CoordinationStore`."""
        with self._lock:
            self._end(session)

    def is_open(self, session: Session) -> bool:
        """Whether `session` has not ended; no client can ask this, but a test can."""
        with self._lock:
            return session in self._leases

    def advance(self, time: Milliseconds) -> None:
        """Let `time` pass, and end each session whose own time is up by then, in that order."""
        with self._lock:
            self._now += time
            over = sorted(
                (lease.ends_at, session.number, session)
                for session, lease in self._leases.items()
                if lease.ends_at <= self._now
            )
            for _, _, session in over:
                self._end(session)

    # What follows runs with the lock held.

    def _is_at(self, key: str, version: Version) -> bool:
        record = self._records.get(key)
        return record is not None and record.version == version

    def _write(self, key: str, value: bytes) -> Written:
        if key not in self._records:
            bisect.insort(self._keys, key)
        self._last_version += 1
        self._records[key] = Record(key, value, self._last_version)
        self._owners.pop(key, None)
        return Written(self._last_version)

    def _remove(self, keys: list[str]) -> None:
        for key in keys:
            del self._records[key]
            del self._keys[bisect.bisect_left(self._keys, key)]
            self._owners.pop(key, None)

    def _lease(self, session: Session) -> _Lease:
        if session not in self._leases:
            raise SessionEndedError(f"session {session.number} is not open")
        return self._leases[session]

    def _end(self, session: Session) -> None:
        self._leases.pop(session, None)
        self._remove(sorted(key for key, owner in self._owners.items() if owner == session))


def _integer(record: Record) -> int:
    try:
        return int(record.value)
    except ValueError as error:
        raise NotACounterError(f"{record.key} holds {record.value!r}, no integer") from error
