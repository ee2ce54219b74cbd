"""The linearizable key-value store to which every process of a protocol delegates coordination.

This is layer 0, the coordination-delegated pattern: ten primitives, each atomic on its own, and
none that touches two unrelated keys at once. Whatever a protocol needs beyond that it has to
build, as the log's `sequencer` and the task queue's `claims` do.

Keys are strings in the order of their code points, which for UTF-8 is the order of their bytes:
what `str` comparison gives in Python and what etcd, SQLite (BINARY) and PostgreSQL (COLLATE "C")
give elsewhere. Values are bytes; their meaning is the caller's.

Every call returns an answer. An implementation over a network also has a third outcome, the
answer that never came. It has to find out what happened before it returns, or, where it cannot,
let the process die, which the protocols allow at any point.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, Protocol, TypeAlias

Version: TypeAlias = int
"""Names one write to one key. Never 0; no two writes to a key share one, not even across a
deletion. That is what makes a comparison with a remembered version safe: see the log's
`LogIndex.fill`. Nothing else about a version may be relied on, neither its order nor its distance
to the next."""

Milliseconds: TypeAlias = int
"""A length of time on the store's clock, which is the only one that a session depends on."""


class Record(NamedTuple):
    """A key with its present value, and the version that the write of that value was given."""

    key: str
    value: bytes
    version: Version


class Written(NamedTuple):
    """The write took effect and was given `version`."""

    version: Version


@dataclass(frozen=True, slots=True)
class Deleted:
    """The record was deleted."""


class Conflict(Enum):
    """The condition of a conditional primitive did not hold, so nothing was changed.

    It carries no record: some stores refuse without showing what they hold. Read it if you need it.
    """

    ALREADY_EXISTS = "the key exists"
    VERSION_MISMATCH = "the key is absent or has another version"


class Session(NamedTuple):
    """A client's claim to be alive, which the store ends when heartbeats stop arriving."""

    number: int


class StoreError(Exception):
    """Base of the errors that a store raises for a call that it cannot make sense of."""


class SessionEndedError(StoreError):
    """A session was to be used that has ended or was never opened."""


class NotACounterError(StoreError):
    """AtomicIncrement met a value that is not a decimal integer."""


class CoordinationStore(Protocol):
    """The ten primitives of the pattern, and the sessions that one of them depends on.

    Each call is atomic and linearizable: it takes effect at one instant between call and return.
    """

    def compare_and_set(self, key: str, expected: Version, new: bytes) -> Written | Conflict:
        """Replace the value of `key` if its version is `expected`. (CompareAndSet)

        An absent key matches no version: creating is ConditionalCreate's business.
        """
        ...

    def atomic_increment(self, key: str, delta: int) -> int:
        """Add `delta` to the integer at `key`, absent = 0; return the sum. (AtomicIncrement)

        The value is kept in decimal digits. Raises NotACounterError.
        """
        ...

    def conditional_create(self, key: str, value: bytes) -> Written | Conflict:
        """Write `value` if `key` is absent. (ConditionalCreate)"""
        ...

    def ephemeral_record(self, key: str, value: bytes, session: Session) -> Written | Conflict:
        """Write `value` if `key` is absent; drop it when `session` ends. (EphemeralRecord)

        A later write to the key by any other primitive cuts the tie and makes the record permanent.
        Raises SessionEndedError.
        """
        ...

    def get(self, key: str) -> Record | None:
        """Return the record at `key`, or None if the key is absent. (Get)"""
        ...

    def put(self, key: str, value: bytes) -> Written:
        """Write `value`, whether or not `key` exists. (Put)"""
        ...

    def delete(self, key: str) -> None:
        """Delete `key`, whether or not it exists. (Delete)"""
        ...

    def conditional_delete(self, key: str, version: Version) -> Deleted | Conflict:
        """Delete `key` if it has this version. (ConditionalDelete)"""
        ...

    def range_delete(self, start: str, end: str) -> None:
        """Delete, at one instant, every key k with start <= k < end. (RangeDelete)

        On a store that deletes key by key the log stays readable only if it goes from the highest
        key down: otherwise a ceiling lookup can land on a left-over entry that does not cover.
        """
        ...

    def ceiling_get(self, key: str) -> Record | None:
        """Return the record with the smallest key >= `key`, or None. (CeilingGet)"""
        ...

    def open_session(self, timeout: Milliseconds) -> Session:
        """Start a session that ends once no heartbeat has come for `timeout`."""
        ...

    def keep_alive(self, session: Session) -> None:
        """Take a heartbeat: the session's time begins anew. Raises SessionEndedError.

        An answer says that the session was open when the store gave it, and nothing about the
        moment at which the client reads it.
        """
        ...

    def end_session(self, session: Session) -> None:
        """End `session` now and drop its ephemeral records at that instant; again is no error."""
        ...
