"""Races: others act at the worst moment, chosen by the test or found by many threads."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event

import pytest

from reference.leaderless_log.compactor import CompactionRange, Compactor
from reference.leaderless_log.errors import AppendError
from reference.leaderless_log.outcome import Outcome
from reference.leaderless_log.writer import Writer
from tests.reference.leaderless_log_doubles import (
    InterferingStore,
    new_log,
    read_all,
    records,
    writer_amid_append,
    writer_dead_after_claim,
)


@pytest.fixture
def eager_switching() -> Iterator[None]:
    """Let threads take turns about five hundred times as often as usual."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


def test_a_fence_between_check_and_claim_is_respected() -> None:
    store = InterferingStore()
    log = new_log(store)
    writer = writer_amid_append(log, "a")
    store.before_next_swap_of("log/head", log.fence.raise_fence)
    assert writer.assign_offset() is Outcome.FENCED
    assert log.head.read()[0].next_offset == 1


def test_a_fence_does_not_lose_the_append_that_was_just_before_it() -> None:
    store = InterferingStore()
    log = new_log(store)
    store.before_next_swap_of("log/head", lambda: Writer(log).append(records("a")))
    assert log.fence.raise_fence()
    assert log.fence.is_up()
    assert read_all(log) == records("a")


def test_the_slower_of_two_claims_gets_the_next_offsets() -> None:
    store = InterferingStore()
    log = new_log(store)
    slower = writer_amid_append(log, "b", "c")
    store.before_next_swap_of("log/head", lambda: Writer(log).append(records("a")))
    assert slower.assign_offset() is Outcome.TAKEN
    assert slower.progress.end_offset == 3
    assert read_all(log) == records("a", "b", "c")


def test_two_claims_of_the_same_end_share_a_placeholder_and_one_wins() -> None:
    store = InterferingStore()
    log = new_log(store)
    slower = writer_amid_append(log, "b")
    store.before_next_swap_of("log/head", lambda: writer_dead_after_claim(log, "a"))
    assert slower.assign_offset() is Outcome.TAKEN
    assert read_all(log) == records("a", "b")


def test_a_placeholder_left_behind_in_the_midst_of_a_batch_hides_nothing() -> None:
    store = InterferingStore()
    log = new_log(store)
    slower = writer_amid_append(log, "d")
    store.before_next_swap_of("log/head", lambda: Writer(log).append(records("a", "b", "c")))
    assert slower.assign_offset() is Outcome.TAKEN
    assert read_all(log) == records("a", "b", "c", "d")


def test_a_helper_that_is_very_late_does_not_bring_a_compacted_entry_back() -> None:
    store = InterferingStore()
    log = new_log(store)
    writer_dead_after_claim(log, "a", "b")

    def meanwhile() -> None:
        Writer(log).append(records("c"))
        assert Compactor(log, [CompactionRange(1, 3)]).compact() is Outcome.TAKEN

    store.before_next_swap_of("index/", meanwhile)
    Writer(log).append(records("d"))  # its help for "a", "b" comes after all that
    assert log.index.entry_at(2) is None
    assert read_all(log) == records("a", "b", "c", "d")


def test_two_helpers_do_the_same_as_one() -> None:
    store = InterferingStore()
    log = new_log(store)
    writer = writer_dead_after_claim(log, "a")
    store.before_next_swap_of("log/head", lambda: read_all(log))
    assert writer.complete() is Outcome.TAKEN
    assert log.head.read()[0].pending is None
    assert read_all(log) == records("a")


def test_two_compactors_move_the_cursor_forward_only() -> None:
    store = InterferingStore()
    log = new_log(store)
    store.before_next_swap_of("compaction/cursor", lambda: log.cursor.advance(6))
    log.cursor.advance(4)
    assert log.cursor.read() == 6


@pytest.mark.usefixtures("eager_switching")
def test_threads_get_unique_offsets_and_everything_stays_readable() -> None:
    threads, appends = 4, 100
    log = new_log(capacity=10_000)
    ranges = [CompactionRange(start, start + 19) for start in range(1, 2 * threads * appends, 20)]

    def append_all(thread: int) -> dict[int, bytes]:
        writer = Writer(log)
        placed: dict[int, bytes] = {}
        for number in range(appends):
            batch = records(f"{thread}/{number}/a", f"{thread}/{number}/b")
            placed.update(zip(writer.append(batch), batch, strict=True))
            first, record = next(iter(placed.items()))
            assert writer.read(first, expected=record) == record
        return placed

    def compact_along() -> None:
        compactor = Compactor(log, ranges)
        while not done.is_set():
            compactor.compact()

    done = Event()
    with ThreadPoolExecutor(threads + 1) as pool:
        compaction = pool.submit(compact_along)
        appending = [pool.submit(append_all, thread) for thread in range(threads)]
        wait(appending)
        done.set()
    compaction.result()
    placed = [future.result() for future in appending]
    committed = {offset: record for each in placed for offset, record in each.items()}
    assert sorted(committed) == list(range(1, 2 * threads * appends + 1))
    assert read_all(log) == [committed[offset] for offset in sorted(committed)]


@pytest.mark.usefixtures("eager_switching")
def test_no_thread_gets_an_append_in_once_the_fence_is_up() -> None:
    log = new_log(capacity=10_000)

    def append_until_fenced(_thread: int) -> int:
        writer, appended = Writer(log), 0
        for _ in range(1_000):
            try:
                appended += len(writer.append(records("r")))
            except AppendError as refusal:
                assert refusal.outcome is Outcome.FENCED
                return appended
        return appended

    with ThreadPoolExecutor(3) as pool:
        appending = [pool.submit(append_until_fenced, thread) for thread in range(3)]
        assert log.fence.raise_fence()
        end_at_the_fence = log.head.read()[0].next_offset
        total = sum(future.result() for future in appending)
    assert log.head.read()[0].next_offset == end_at_the_fence == total + 1
