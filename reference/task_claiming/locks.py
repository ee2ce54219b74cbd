"""The lock of each task: an ephemeral record that belongs to its holder's session.

Nobody has to clean up after a worker that died: when its session ends, the store drops its locks.
A lock is deleted by its version, so that a worker that has slept past its session cannot delete
the lock of its successor.
"""

from __future__ import annotations

from typing import NamedTuple

from reference.coordination_store.store import (
    CoordinationStore,
    Deleted,
    Session,
    Version,
    Written,
)

_PREFIX = "lock/"


class Lock(NamedTuple):
    """A lock that is held: by whom, and the version that its record was given."""

    holder: str
    version: Version


class TaskLocks:
    """The locks of one queue; holds nothing of its own."""

    def __init__(self, store: CoordinationStore) -> None:
        self._store = store

    def create(self, task: str, holder: str, session: Session) -> Version | None:
        """Take the lock for as long as `session` lasts; None if it is taken.

        Raises SessionEndedError.
        """
        created = self._store.ephemeral_record(_PREFIX + task, holder.encode(), session)
        return created.version if isinstance(created, Written) else None

    def read(self, task: str) -> Lock | None:
        """Return the lock of a task, None if nobody holds it."""
        found = self._store.get(_PREFIX + task)
        return Lock(found.value.decode(), found.version) if found else None

    def release(self, task: str, version: Version) -> bool:
        """Delete the lock that was taken at `version`; False if it is gone already."""
        return isinstance(self._store.conditional_delete(_PREFIX + task, version), Deleted)
