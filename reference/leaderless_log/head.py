"""The head of the log: the one object on which appending and fencing meet.

It holds the next offset, whether the log is fenced, and the entry last assigned if that is not
yet known to be in the index. All three live under one key on purpose: a compare-and-set on it
decides about all of them at one instant, which is all the atomicity that a store without
transactions has to offer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from reference.coordination_store.store import CoordinationStore, Version, Written
from reference.leaderless_log.index import EntryType, IndexEntry

_KEY = "log/head"


class LogState(Enum):
    """Whether appends are let in. (logState)"""

    OPEN = "OPEN"
    FENCED = "FENCED"


@dataclass(frozen=True, slots=True)
class Pending:
    """An assigned entry on its way into the index, and the placeholder that waits for it there."""

    entry: IndexEntry
    placeholder: Version


@dataclass(frozen=True, slots=True)
class Head:
    """A value of the head.

    `next_offset` is the next one to hand out (sequenceCounter), `state` is the spec's logState. A
    `pending` entry is part of the log from the moment it stands here; None means that the index
    is complete.
    """

    next_offset: int = 1
    state: LogState = LogState.OPEN
    pending: Pending | None = None


class HeadObject:
    """The head as it stands in the coordination store."""

    def __init__(self, store: CoordinationStore) -> None:
        self._store = store

    def create(self) -> None:
        """Make the head of an empty, open log, unless the log exists."""
        self._store.conditional_create(_KEY, _encode(Head()))

    def read(self) -> tuple[Head, Version]:
        """Return the head and its version, for `swap`. Raises LookupError if there is no log."""
        record = self._store.get(_KEY)
        if record is None:
            raise LookupError(f"there is no log: {_KEY} is absent")
        return _decode(record.value), record.version

    def swap(self, version: Version, new: Head) -> bool:
        """Replace the head that was read at `version`; False if somebody else was faster."""
        return isinstance(self._store.compare_and_set(_KEY, version, _encode(new)), Written)


def _encode(head: Head) -> bytes:
    fields: list[object] = [head.next_offset, head.state.value]
    if head.pending:
        entry = head.pending.entry
        fields += [head.pending.placeholder, entry.end, entry.type.value, entry.count]
        fields.append(entry.object_name)
    return " ".join(map(str, fields)).encode()


@lru_cache(maxsize=4096)  # the head is read far more often than it changes
def _decode(value: bytes) -> Head:
    next_offset, state, *rest = value.decode().split(" ")
    pending = None
    if rest:
        placeholder, end, type_, count, object_name = rest
        entry = IndexEntry(int(end), EntryType(type_), int(count), object_name)
        pending = Pending(entry, int(placeholder))
    return Head(int(next_offset), LogState(state), pending)
