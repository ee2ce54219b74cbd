"""Compaction: when a round may start, what it leaves behind, and a crash at each of its steps."""

from __future__ import annotations

import pytest

from reference.leaderless_log.compactor import CompactionRange, Compactor, CompactorState
from reference.leaderless_log.errors import StorageWriteError
from reference.leaderless_log.index import EntryType, IndexEntry
from reference.leaderless_log.log import Log
from reference.leaderless_log.outcome import Outcome
from reference.leaderless_log.storage import WriteFault, no_faults
from reference.leaderless_log.writer import Writer
from tests.reference.leaderless_log_doubles import new_log, read_all, records

ROUNDS = (CompactionRange(1, 3), CompactionRange(4, 5))


def log_of(*batches: str) -> Log:
    """Return a log of the given batches, a record for each letter."""
    log = new_log()
    for batch in batches:
        Writer(log).append(records(*batch))
    return log


def types_at(log: Log, offsets: range) -> list[EntryType | None]:
    entries = (log.index.entry_at(offset) for offset in offsets)
    return [entry.type if entry else None for entry in entries]


def steps_of(compactor: Compactor, count: int) -> None:
    """Take the first `count` steps of a round."""
    compactor.start()
    steps = compactor.write_compacted_index, compactor.delete_old_entries, compactor.update_cursor
    for step in steps[:count]:
        assert step() is Outcome.TAKEN


def test_a_round_replaces_the_entries_of_its_range() -> None:
    log = log_of("ab", "c", "de")
    assert Compactor(log, ROUNDS).compact() is Outcome.TAKEN
    assert types_at(log, range(1, 6)) == [None, None, EntryType.COMPACTED, None, EntryType.WAL]
    assert log.index.entry_at(3) == IndexEntry(3, EntryType.COMPACTED, 3, "compacted-000001")
    assert log.compacted.read("compacted-000001") == (b"a", b"b", b"c")
    assert log.cursor.read() == 4
    assert read_all(log) == records(*"abcde")


def test_two_rounds_compact_both_ranges() -> None:
    log = log_of("abc", "d", "e")
    compactor = Compactor(log, ROUNDS)
    assert [compactor.compact(), compactor.compact()] == [Outcome.TAKEN] * 2
    assert types_at(log, range(1, 6)) == [
        None,
        None,
        EntryType.COMPACTED,
        None,
        EntryType.COMPACTED,
    ]
    assert log.cursor.read() == 6
    assert read_all(log) == records(*"abcde")


@pytest.mark.parametrize(
    ("batches", "refusal"),
    [
        ((), Outcome.UNCOVERED),
        (("ab",), Outcome.UNCOVERED),
        (("ab", "cd"), Outcome.NOT_CONTAINED),
        (("abcd",), Outcome.NOT_CONTAINED),
    ],
)
def test_a_round_does_not_start_unless_its_range_is_whole_entries(
    batches: tuple[str, ...], refusal: Outcome
) -> None:
    log = log_of(*batches)
    compactor = Compactor(log, ROUNDS)
    assert compactor.start() is refusal
    assert compactor.state is CompactorState.IDLE


def test_an_entry_that_begins_before_the_range_keeps_it_from_starting() -> None:
    log = log_of("ab", "cd", "e")
    assert Compactor(log, [CompactionRange(2, 4)]).start() is Outcome.NOT_CONTAINED


def test_the_steps_are_taken_in_their_order_only() -> None:
    compactor = Compactor(log_of("abc"), ROUNDS)
    steps = [
        compactor.start,
        compactor.write_compacted_index,
        compactor.delete_old_entries,
        compactor.update_cursor,
        compactor.reset,
    ]
    for position, step in enumerate(steps):
        others = [other() for other in steps if other is not step]
        assert others == [Outcome.OUT_OF_TURN] * 4, f"before step {position}"
        assert step() is Outcome.TAKEN


@pytest.mark.parametrize("steps", range(4))
def test_every_record_is_readable_after_each_step_and_after_a_crash_there(steps: int) -> None:
    log = log_of("a", "b", "c", "de")
    compactor = Compactor(log, ROUNDS)
    steps_of(compactor, steps)
    assert read_all(log) == records(*"abcde")
    compactor.successor().compact()
    Writer(log).append(records("f"))
    assert read_all(log) == records(*"abcdef")


@pytest.mark.parametrize(
    ("steps", "restart"),
    [(0, Outcome.TAKEN), (1, Outcome.ALREADY_COMPACTED), (2, Outcome.ALREADY_COMPACTED)],
)
def test_a_successor_keeps_the_round_and_never_redoes_a_compacted_range(
    steps: int, restart: Outcome
) -> None:
    log = log_of("ab", "c")
    crashed = Compactor(log, ROUNDS)
    steps_of(crashed, steps)
    successor = crashed.successor()
    assert (successor.state, successor.round) == (CompactorState.IDLE, 1)
    assert successor.start() is restart
    assert log.cursor.read() == 1


def test_a_successor_of_a_finished_round_goes_on_with_the_next() -> None:
    log = log_of("abc", "de")
    finished = Compactor(log, ROUNDS)
    steps_of(finished, 3)
    assert finished.successor().round == 2


def test_the_last_round_repeats_and_finds_nothing_to_do() -> None:
    log = log_of("abc", "de")
    compactor = Compactor(log, ROUNDS)
    compactor.compact()
    compactor.compact()
    assert compactor.round == 2
    assert compactor.start() is Outcome.ALREADY_COMPACTED
    assert compactor.successor().round == 2


@pytest.mark.parametrize("steps", range(3))
def test_a_compactor_that_wakes_up_late_does_no_harm(steps: int) -> None:
    log = log_of("a", "b", "c", "de")
    late = Compactor(log, ROUNDS)
    steps_of(late, steps)
    other = Compactor(log, ROUNDS)
    if steps == 0:
        other.compact()
        other.compact()
    cursor = log.cursor.read()
    for step in (late.write_compacted_index, late.delete_old_entries, late.update_cursor):
        step()
        assert read_all(log) == records(*"abcde")
    assert log.cursor.read() == max(cursor, 4)


def test_a_compacted_file_that_cannot_be_written_leaves_the_round_where_it_was() -> None:
    log = log_of("ab", "c")
    log.compacted.faults = {"compacted-000001": WriteFault.UNACKNOWLEDGED}.get
    compactor = Compactor(log, ROUNDS)
    compactor.start()
    with pytest.raises(StorageWriteError):
        compactor.write_compacted_index()
    assert compactor.state is CompactorState.WRITING_COMPACTED_INDEX
    assert types_at(log, range(1, 4)) == [None, EntryType.WAL, EntryType.WAL]
    log.compacted.faults = no_faults
    assert compactor.write_compacted_index() is Outcome.TAKEN
    assert read_all(log) == records(*"abc")


def test_compaction_sweeps_up_placeholders() -> None:
    log = new_log()
    log.index.reserve(1)
    Writer(log).append(records("a", "b", "c"))
    log.index.reserve(2)
    assert Compactor(log, ROUNDS).compact() is Outcome.TAKEN
    assert read_all(log) == records(*"abc")
    assert log.index.reserve(3) != log.index.reserve(2)


def test_the_cursor_never_moves_back() -> None:
    cursor = new_log().cursor
    cursor.advance(4)
    cursor.advance(2)
    assert cursor.read() == 4


@pytest.mark.parametrize(("start", "end"), [(0, 2), (3, 2)])
def test_a_range_holds_at_least_one_offset(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no range"):
        CompactionRange(start, end)
