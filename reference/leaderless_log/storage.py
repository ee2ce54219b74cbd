"""Object storage: where the records themselves are, as opposed to where they are in the log.

One `ObjectStorage` serves as WAL storage and another one for compacted files. Objects are written
once, under a name that the storage gives and never gives again, and never changed. That is all
the log asks for, so any object store will do, and it needs no coordination.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from threading import Lock
from typing import TypeAlias

from reference.leaderless_log.errors import MissingObjectError, StorageWriteError


class WriteFault(Enum):
    """How a write fails. Its caller sees the same StorageWriteError, and cannot tell which."""

    LOST = "nothing was stored"
    UNACKNOWLEDGED = "the object was stored, the answer was lost"


FaultPlan: TypeAlias = Callable[[str], WriteFault | None]
"""From the name of an object to the fault that befalls its write, None for a write that succeeds.
A dictionary's `get` is one: `{"wal-000002": WriteFault.LOST}.get`."""


def no_faults(_name: str) -> None:
    """The fault plan under which every write succeeds."""


class ObjectStorage:
    """Immutable objects, each a sequence of records, in memory; threads may share it.

    `prefix` begins every name and `faults` decides which writes fail; it may be replaced any time.
    The table of objects is replaced by another, never changed, so that forks can share it.
    """

    def __init__(self, prefix: str, faults: FaultPlan = no_faults) -> None:
        self.faults = faults
        self._prefix = prefix
        self._lock = Lock()
        self._last_number = 0
        self._objects: Mapping[str, tuple[bytes, ...]] = {}

    def fork(self) -> ObjectStorage:
        """Return a storage of its own with the same objects and the same fault plan."""
        twin = object.__new__(ObjectStorage)
        twin.faults, twin._prefix, twin._lock = self.faults, self._prefix, Lock()
        with self._lock:
            twin._last_number = self._last_number
            twin._objects = self._objects
        return twin

    def write(self, records: Sequence[bytes]) -> str:
        """Store `records` as one object and return its name. Raises StorageWriteError."""
        with self._lock:
            self._last_number += 1
            name = f"{self._prefix}-{self._last_number:06d}"
            fault = self.faults(name)
            if fault is not WriteFault.LOST:
                self._objects = {**self._objects, name: tuple(records)}
        if fault is not None:
            raise StorageWriteError(f"writing {name} failed: its fate is unknown")
        return name

    def read(self, name: str) -> tuple[bytes, ...]:
        """Return the records of the object `name`. Raises MissingObjectError."""
        try:
            return self._objects[name]
        except KeyError:
            raise MissingObjectError(f"there is no object {name}") from None

    def delete(self, name: str) -> None:
        """Delete the object `name`, whether or not it exists."""
        with self._lock:
            self._objects = {
                other: records for other, records in self._objects.items() if other != name
            }

    def names(self) -> tuple[str, ...]:
        """Return the names of all objects, in the order of their writing."""
        return tuple(self._objects)
