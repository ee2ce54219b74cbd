"""Appending: the steps, the two-phase assignment, WAL failures, the fence, the end of the log."""

from __future__ import annotations

import pytest

from reference.coordination_store.memory_store import InMemoryStore
from reference.leaderless_log.compactor import CompactionRange, Compactor
from reference.leaderless_log.errors import AppendError, ReadRefusedError
from reference.leaderless_log.head import HeadObject
from reference.leaderless_log.index import EntryType, IndexEntry
from reference.leaderless_log.outcome import Outcome
from reference.leaderless_log.storage import WriteFault
from reference.leaderless_log.writer import Writer, WriterState
from tests.reference.leaderless_log_doubles import (
    new_log,
    read_all,
    records,
    writer_amid_append,
    writer_dead_after_claim,
)


def test_appends_follow_one_another_without_gaps() -> None:
    log = new_log()
    one, other = Writer(log), Writer(log)
    assert one.append(records("a", "b")) == range(1, 3)
    assert other.append(records("c")) == range(3, 4)
    assert one.append(records("d", "e", "f")) == range(4, 7)
    assert read_all(log) == records("a", "b", "c", "d", "e", "f")


def test_an_entry_sits_at_the_end_of_its_batch() -> None:
    log = new_log()
    Writer(log).append(records("a", "b", "c"))
    assert [log.index.entry_at(offset) for offset in (1, 2)] == [None, None]
    assert log.index.entry_at(3) == IndexEntry(3, EntryType.WAL, 3, "wal-000001")


def test_the_steps_are_taken_in_their_order_only() -> None:
    writer = Writer(new_log())
    steps = [lambda: writer.start(records("a")), writer.write_wal, writer.assign_offset]
    steps.append(writer.complete)
    for position, step in enumerate(steps):
        others = [other() for other in steps if other is not step]
        assert others == [Outcome.OUT_OF_TURN] * 3, f"before step {position}"
        assert step() is Outcome.TAKEN


@pytest.mark.parametrize("size", [0, 4])
def test_a_batch_of_a_wrong_size_is_refused(size: int) -> None:
    writer = Writer(new_log(max_batch=3))
    with pytest.raises(AppendError) as refusal:
        writer.append([b"r"] * size)
    assert refusal.value.outcome is Outcome.BAD_BATCH
    assert writer.progress.state is WriterState.IDLE


def test_an_append_is_in_the_log_from_its_claim_on() -> None:
    log = new_log()
    writer = writer_dead_after_claim(log, "a", "b")
    assert writer.progress.end_offset == 2
    assert log.index.entry_at(2) is None
    head, _ = log.head.read()
    assert head.next_offset == 3
    assert head.pending is not None
    assert head.pending.entry == IndexEntry(2, EntryType.WAL, 2, "wal-000001")


def test_a_reader_helps_a_writer_that_died_after_its_claim() -> None:
    log = new_log()
    writer_dead_after_claim(log, "a", "b")
    assert Writer(log).read(1) == b"a"
    assert log.index.entry_at(2) == IndexEntry(2, EntryType.WAL, 2, "wal-000001")
    assert log.head.read()[0].pending is None


def test_the_next_writer_helps_a_writer_that_died_after_its_claim() -> None:
    log = new_log()
    writer_dead_after_claim(log, "a", "b")
    assert Writer(log).append(records("c")) == range(3, 4)
    assert read_all(log) == records("a", "b", "c")


def test_the_compactor_helps_a_writer_that_died_after_its_claim() -> None:
    log = new_log()
    writer_dead_after_claim(log, "a", "b")
    assert Compactor(log, [CompactionRange(1, 2)]).compact() is Outcome.TAKEN
    assert read_all(log) == records("a", "b")


def test_a_pending_entry_outlives_a_fence() -> None:
    log = new_log()
    writer_dead_after_claim(log, "a")
    log.fence.raise_fence()
    assert read_all(log) == records("a")
    assert log.fence.is_up()


def test_a_writer_that_dies_before_its_claim_leaves_no_trace_in_the_log() -> None:
    log = new_log()
    writer_amid_append(log, "lost")
    log.index.reserve(1)  # as far as it can come without a claim
    log.index.reserve(2)
    assert Writer(log).append(records("a", "b", "c")) == range(1, 4)
    assert read_all(log) == records("a", "b", "c")


@pytest.mark.parametrize("fault", WriteFault)
def test_a_batch_whose_wal_write_failed_is_not_in_the_log(fault: WriteFault) -> None:
    log = new_log()
    log.wal.faults = {"wal-000001": fault}.get
    writer = Writer(log)
    with pytest.raises(AppendError) as failure:
        writer.append(records("lost"))
    assert failure.value.outcome is Outcome.WAL_FAILED
    assert writer.append(records("a")) == range(1, 2)
    assert read_all(log) == records("a")


def test_a_fenced_log_refuses_an_append_before_any_work() -> None:
    log = new_log()
    assert log.fence.raise_fence()
    with pytest.raises(AppendError) as refusal:
        Writer(log).append(records("a"))
    assert refusal.value.outcome is Outcome.FENCED
    assert log.wal.names() == ()


def test_a_fence_stops_an_append_under_way_and_its_object_is_removed() -> None:
    log = new_log()
    writer = writer_amid_append(log, "a")
    log.fence.raise_fence()
    assert writer.assign_offset() is Outcome.FENCED
    assert writer.progress.state is WriterState.FAILED
    assert log.wal.names() == ()
    assert log.head.read()[0].next_offset == 1


def test_the_fence_goes_up_and_down_once_each() -> None:
    fence = new_log().fence
    assert [fence.lower_fence(), fence.raise_fence(), fence.raise_fence()] == [False, True, False]
    assert fence.is_up()
    assert fence.lower_fence()
    assert not fence.is_up()


def test_an_append_after_the_fence_is_lowered_goes_through() -> None:
    log = new_log()
    writer = writer_amid_append(log, "a")
    log.fence.raise_fence()
    log.fence.lower_fence()
    assert writer.assign_offset() is Outcome.TAKEN


def test_a_full_log_refuses_what_does_not_fit_and_takes_what_does() -> None:
    log = new_log(capacity=3)
    writer = Writer(log)
    writer.append(records("a", "b"))
    with pytest.raises(AppendError) as refusal:
        writer.append(records("c", "d"))
    assert refusal.value.outcome is Outcome.EXHAUSTED
    assert writer.append(records("c")) == range(3, 4)


def test_a_writer_amid_an_append_does_not_read() -> None:
    log = new_log()
    Writer(log).append(records("a"))
    with pytest.raises(ReadRefusedError, match="ASSIGNING_OFFSET"):
        writer_amid_append(log, "b").read(1)


def test_processes_need_only_the_store_to_share_a_log() -> None:
    store = InMemoryStore()
    log = new_log(store)
    Writer(log).append(records("a"))
    log.create()  # a second process, which cannot know that the log exists
    assert read_all(log) == records("a")


def test_a_head_that_was_never_created_is_no_log() -> None:
    with pytest.raises(LookupError, match="log/head"):
        HeadObject(InMemoryStore()).read()
