"""Reading: the lookup that finds an entry, and the errors when what it finds cannot be right."""

from __future__ import annotations

import pytest

from reference.coordination_store.memory_store import InMemoryStore
from reference.leaderless_log.compactor import CompactionRange, Compactor
from reference.leaderless_log.errors import (
    LogError,
    MissingObjectError,
    ReadRefusedError,
    UncoveredOffsetError,
    UnreadableRecordError,
    WrongRecordError,
)
from reference.leaderless_log.index import EntryType, IndexEntry, LogIndex
from reference.leaderless_log.log import Log
from reference.leaderless_log.reader import Reader, ReadResult
from reference.leaderless_log.writer import Writer
from tests.reference.leaderless_log_doubles import new_log, read_all, records


@pytest.fixture
def log() -> Log:
    """A log of two batches, a b | c d e."""
    log = new_log()
    writer = Writer(log)
    writer.append(records("a", "b"))
    writer.append(records("c", "d", "e"))
    return log


def test_every_offset_of_a_batch_is_found(log: Log) -> None:
    assert read_all(log) == records("a", "b", "c", "d", "e")


def test_a_compacted_record_is_read_from_the_compacted_file(log: Log) -> None:
    Compactor(log, [CompactionRange(1, 2)]).compact()
    log.wal.delete("wal-000001")
    assert read_all(log) == records("a", "b", "c", "d", "e")


def test_a_reader_knows_how_its_latest_read_went(log: Log) -> None:
    reader = Reader(log)
    results = [reader.result]
    reader.read(1)
    results.append(reader.result)
    with pytest.raises(WrongRecordError):
        reader.read(1, expected=b"z")
    results.append(reader.result)
    assert results == [ReadResult.NONE, ReadResult.OK, ReadResult.ERROR]


@pytest.mark.parametrize("offset", [-1, 0, 6, 10**30])
def test_an_offset_not_handed_out_is_refused_and_nothing_noted(log: Log, offset: int) -> None:
    reader = Reader(log)
    with pytest.raises(ReadRefusedError, match=r"1\.\.5"):
        reader.read(offset)
    assert reader.result is ReadResult.NONE


@pytest.mark.parametrize(
    ("offset", "wrong_entry", "error"),
    [
        (5, IndexEntry(5, EntryType.WAL, 2, "wal-000009"), MissingObjectError),
        (5, IndexEntry(5, EntryType.COMPACTED, 3, "wal-000002"), MissingObjectError),
        (5, IndexEntry(5, EntryType.WAL, 4, "wal-000002"), WrongRecordError),
        (3, IndexEntry(5, EntryType.WAL, 2, "wal-000002"), UncoveredOffsetError),
        (5, IndexEntry(5, EntryType.WAL, 2, "wal-000001"), WrongRecordError),
    ],
)
def test_an_index_that_is_wrong_does_not_go_unnoticed(
    log: Log, offset: int, wrong_entry: IndexEntry, error: type[UnreadableRecordError]
) -> None:
    log.index.replace(wrong_entry)
    reader = Reader(log)
    with pytest.raises(error) as failure:
        reader.read(offset, expected=records("a", "b", "c", "d", "e")[offset - 1])
    assert isinstance(failure.value, LogError)
    assert reader.result is ReadResult.ERROR


def test_an_entry_that_is_gone_leaves_its_offsets_uncovered(log: Log) -> None:
    log.index.delete_between(5, 6)
    with pytest.raises(UncoveredOffsetError, match="4"):
        Reader(log).read(4)


def test_a_placeholder_is_no_entry() -> None:
    index = LogIndex(InMemoryStore())
    index.reserve(1)
    assert index.entry_at(1) is None
    assert index.covering(1) is None


def test_a_lookup_passes_over_placeholders() -> None:
    index = LogIndex(InMemoryStore())
    for offset in (1, 2, 3):
        index.reserve(offset)
    entry = IndexEntry(4, EntryType.WAL, 4, "wal-000001")
    index.fill(index.reserve(4), entry)
    assert [index.covering(offset) for offset in range(1, 6)] == [entry] * 4 + [None]


def test_a_lookup_does_not_stray_beyond_the_index() -> None:
    store = InMemoryStore()
    store.put("index0", b"")
    store.put("jndex/1", b"something else")
    index = LogIndex(store)
    index.reserve(1)
    assert index.covering(1) is None


def test_keys_are_in_the_order_of_offsets() -> None:
    index = LogIndex(InMemoryStore())
    entry = IndexEntry(10, EntryType.WAL, 1, "wal-000001")
    index.fill(index.reserve(10), entry)
    far = IndexEntry(9 + 10**18, EntryType.WAL, 10**18 - 1, "wal-000002")
    index.fill(index.reserve(far.end), far)
    assert index.covering(9) is None
    assert index.covering(10) == entry
    assert index.covering(11) == far


def test_a_reservation_is_shared_and_filled_once() -> None:
    index = LogIndex(InMemoryStore())
    placeholder = index.reserve(1)
    assert index.reserve(1) == placeholder
    first = IndexEntry(1, EntryType.WAL, 1, "wal-000001")
    index.fill(placeholder, first)
    index.fill(placeholder, IndexEntry(1, EntryType.WAL, 1, "wal-000002"))
    assert index.entry_at(1) == first
