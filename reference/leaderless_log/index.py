"""The log index: which object holds which offsets, kept in the coordination store.

An entry sits at the END offset of the records that it covers, so the index is sparse, and the
entry for an offset is found by a ceiling lookup: the smallest key at or after it.

A key is filled in two steps: `reserve` leaves a placeholder, which nobody takes for an entry, and
`fill` turns exactly that placeholder into the entry. Why not create the entry in one step, if
absent? Because several processes may try to publish the same entry (see `sequencer`), and one of
them may be so slow that the entry has meanwhile been compacted away: its key is absent again, and
a create would bring the dead entry back. The placeholder's version never returns, so it cannot.
A placeholder that nobody claims stays, passed over by every lookup, until compaction sweeps it up.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from reference.coordination_store.store import CoordinationStore, Record, Version, Written

_PREFIX = "index/"
_PLACEHOLDER = b""
_NO_VERSION: Version = 0
_DIGITS = 20  # enough for any 64-bit offset, so that the order of keys is the order of offsets


class EntryType(Enum):
    """The storage that holds an entry's records. (The spec's third type, EMPTY, is no entry.)"""

    WAL = "WAL"
    COMPACTED = "COMPACTED"


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """`count` records, ending at offset `end`, are the object `object_name`. (logIndex[end])"""

    end: int
    type: EntryType
    count: int
    object_name: str

    @property
    def start(self) -> int:
        """The first offset that the entry covers."""
        return self.end - self.count + 1

    def covers(self, offset: int) -> bool:
        """Whether the record at `offset` is one of the entry's."""
        return self.start <= offset <= self.end


class LogIndex:
    """The index entries of one log. All offsets are 1-based."""

    def __init__(self, store: CoordinationStore) -> None:
        self._store = store

    def entry_at(self, end: int) -> IndexEntry | None:
        """Return the entry at exactly the offset `end`, or None. (logIndex[end], None = EMPTY)"""
        record = self._store.get(_key(end))
        return _entry(record) if record else None

    def covering(self, offset: int) -> IndexEntry | None:
        """Return the first entry that covers `offset`, or None. (CoveringEntryOffset)

        A ceiling lookup finds the first entry that ENDS at or after the offset; whether it also
        begins in time is looked at, not taken on trust.
        """
        record = self._store.ceiling_get(_key(offset))
        while record and record.value == _PLACEHOLDER and _is_index_key(record.key):
            record = self._store.ceiling_get(_key(_offset(record.key) + 1))
        if record is None or not _is_index_key(record.key):
            return None
        entry = _entry(record)
        return entry if entry and entry.covers(offset) else None

    def reserve(self, end: int) -> Version:
        """Make sure that something is at the offset `end`; return its version for `fill`.

        An entry may be there already, or nothing again, but only if `end` has been handed out
        since the caller read the counter. Then its claim, made on that reading, will fail.
        """
        created = self._store.conditional_create(_key(end), _PLACEHOLDER)
        if isinstance(created, Written):
            return created.version
        record = self._store.get(_key(end))
        return record.version if record else _NO_VERSION

    def fill(self, placeholder: Version, entry: IndexEntry) -> None:
        """Turn the placeholder that `reserve` named into `entry`; no effect if that was done."""
        self._store.compare_and_set(_key(entry.end), placeholder, _encode(entry))

    def replace(self, entry: IndexEntry) -> None:
        """Write `entry` over whatever is at its end offset."""
        self._store.put(_key(entry.end), _encode(entry))

    def delete_between(self, start: int, end: int) -> None:
        """Delete, at one instant, all entries at offsets `start` to `end` - 1."""
        self._store.range_delete(_key(start), _key(end))


@lru_cache(maxsize=4096)  # the same few offsets are looked up over and over
def _key(offset: int) -> str:
    return f"{_PREFIX}{offset:0{_DIGITS}d}"


def _is_index_key(key: str) -> bool:
    return key.startswith(_PREFIX)


def _offset(key: str) -> int:
    return int(key.removeprefix(_PREFIX))


def _encode(entry: IndexEntry) -> bytes:
    return f"{entry.type.value} {entry.count} {entry.object_name}".encode()


@lru_cache(maxsize=4096)  # a record never changes, and a reader meets the same few over and over
def _entry(record: Record) -> IndexEntry | None:
    if record.value == _PLACEHOLDER:
        return None
    type_, count, object_name = record.value.decode().split(" ")
    return IndexEntry(_offset(record.key), EntryType(type_), int(count), object_name)
