"""The coordination store in the memory of one process, made linearizable by one lock."""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterable, Mapping
from threading import Lock
from typing import NamedTuple, TypeVar

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

_Key = TypeVar("_Key")
_T = TypeVar("_T")


class _Table(NamedTuple):
    """The records by key, and the keys sorted: ranges and ceilings are found by bisection."""

    records: Mapping[str, Record]
    keys: tuple[str, ...]


class _Lease(NamedTuple):
    """How long a session waits for a heartbeat, and when it ends if none comes."""

    timeout: Milliseconds
    ends_at: Milliseconds


class InMemoryStore:
    """Implements `CoordinationStore`; threads may share it.

    Versions come from one counter for the whole store, so that none ever repeats for a key. Time
    is what `advance` makes it: it stands still until somebody says that it has passed.

    Its tables are replaced by others, never changed, so that forks can share them, and so that what
    reads one of them alone needs no lock.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._table = _Table({}, ())
        self._last_version = 0
        self._last_session = 0
        self._now: Milliseconds = 0
        self._leases: Mapping[Session, _Lease] = {}  # of the open sessions
        self._owners: Mapping[str, Session] = {}  # of the ephemeral keys

    def fork(self) -> InMemoryStore:
        """Return a store of its own with the same records, versions and sessions."""
        twin = object.__new__(InMemoryStore)
        twin._lock = Lock()
        with self._lock:
            twin._table = self._table
            twin._last_version = self._last_version
            twin._last_session = self._last_session
            twin._now = self._now
            twin._leases = self._leases
            twin._owners = self._owners
        return twin

    @property
    def records(self) -> Mapping[str, Record]:
        """All records by key, as they stand now; the very same object while none has changed.

        No client can ask for this, but whoever shows a store's state need not read it twice.
        """
        return self._table.records

    def compare_and_set(self, key: str, expected: Version, new: bytes) -> Written | Conflict:
        """See `CoordinationStore`."""
        with self._lock:
            return (
                self._write(key, new) if self._is_at(key, expected) else Conflict.VERSION_MISMATCH
            )

    def atomic_increment(self, key: str, delta: int) -> int:
        """See `CoordinationStore`."""
        with self._lock:
            record = self._table.records.get(key)
            total = delta + (_integer(record) if record else 0)
            self._write(key, b"%d" % total)
            return total

    def conditional_create(self, key: str, value: bytes) -> Written | Conflict:
        """See `CoordinationStore`."""
        with self._lock:
            return (
                Conflict.ALREADY_EXISTS if key in self._table.records else self._write(key, value)
            )

    def ephemeral_record(self, key: str, value: bytes, session: Session) -> Written | Conflict:
        """See `CoordinationStore`."""
        with self._lock:
            self._lease(session)
            if key in self._table.records:
                return Conflict.ALREADY_EXISTS
            written = self._write(key, value)
            self._owners = {**self._owners, key: session}
            return written

    def get(self, key: str) -> Record | None:
        """See `CoordinationStore`."""
        return self._table.records.get(key)

    def put(self, key: str, value: bytes) -> Written:
        """See `CoordinationStore`."""
        with self._lock:
            return self._write(key, value)

    def delete(self, key: str) -> None:
        """See `CoordinationStore`."""
        with self._lock:
            if key in self._table.records:
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
            keys = self._table.keys
            self._remove(keys[bisect.bisect_left(keys, start) : bisect.bisect_left(keys, end)])

    def ceiling_get(self, key: str) -> Record | None:
        """See `CoordinationStore`."""
        records, keys = self._table
        ceiling = bisect.bisect_left(keys, key)  # bisect_right would be `>`, not `>=`
        return records[keys[ceiling]] if ceiling < len(keys) else None

    def open_session(self, timeout: Milliseconds) -> Session:
        """See `CoordinationStore`."""
        with self._lock:
            self._last_session += 1
            session = Session(self._last_session)
            self._grant(session, timeout)
            return session

    def keep_alive(self, session: Session) -> None:
        """See `CoordinationStore`."""
        with self._lock:
            self._grant(session, self._lease(session).timeout)

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
            now = self._now = self._now + time
            over = [
                (lease.ends_at, session)
                for session, lease in self._leases.items()
                if lease.ends_at <= now
            ]
            for _, session in sorted(over):
                self._end(session)

    # What follows runs with the lock held.

    def _is_at(self, key: str, version: Version) -> bool:
        record = self._table.records.get(key)
        return record is not None and record.version == version

    def _write(self, key: str, value: bytes) -> Written:
        self._last_version += 1
        written = {**self._table.records, key: Record(key, value, self._last_version)}
        is_known = key in self._table.records
        self._table = _Table(written, self._table.keys if is_known else tuple(sorted(written)))
        self._disown([key])
        return Written(self._last_version)

    def _remove(self, keys: Collection[str]) -> None:
        if keys:
            rest = _without(self._table.records, keys)
            self._table = _Table(rest, tuple(sorted(rest)))
            self._disown(keys)

    def _disown(self, keys: Iterable[str]) -> None:
        owned = [key for key in keys if key in self._owners]
        if owned:
            self._owners = _without(self._owners, owned)

    def _grant(self, session: Session, timeout: Milliseconds) -> None:
        lease = self._leases.get(session)
        ends_at = self._now + timeout
        if lease is None or lease.ends_at != ends_at or lease.timeout != timeout:
            self._leases = {**self._leases, session: _Lease(timeout, ends_at)}

    def _lease(self, session: Session) -> _Lease:
        lease = self._leases.get(session)
        if lease is None:
            raise SessionEndedError(f"session {session.number} is not open")
        return lease

    def _end(self, session: Session) -> None:
        if session in self._leases:
            self._leases = _without(self._leases, [session])
            self._remove([key for key, owner in self._owners.items() if owner == session])


def _without(table: Mapping[_Key, _T], keys: Collection[_Key]) -> dict[_Key, _T]:
    return {key: value for key, value in table.items() if key not in keys}


def _integer(record: Record) -> int:
    try:
        return int(record.value)
    except ValueError as error:
        raise NotACounterError(f"{record.key} holds {record.value!r}, no integer") from error
