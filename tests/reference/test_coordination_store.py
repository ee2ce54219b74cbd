"""The in-memory coordination store: each primitive, versions, sessions, ranges, ceilings."""

from __future__ import annotations

import pytest

from reference.coordination_store.memory_store import InMemoryStore
from reference.coordination_store.store import (
    Conflict,
    CoordinationStore,
    Deleted,
    NotACounterError,
    Session,
    SessionEndedError,
    Written,
)

TIMEOUT = 1000


@pytest.fixture
def store() -> CoordinationStore:
    return InMemoryStore()


def value_at(store: CoordinationStore, key: str) -> bytes | None:
    record = store.get(key)
    return record.value if record else None


def keys_of(store: CoordinationStore) -> list[str]:
    """All keys, found the only way that the pattern offers."""
    keys: list[str] = []
    while record := store.ceiling_get(keys[-1] + "\0" if keys else ""):
        keys.append(record.key)
    return keys


def test_get_of_an_absent_key_is_nothing(store: CoordinationStore) -> None:
    assert store.get("k") is None


def test_put_writes_whether_or_not_the_key_exists(store: CoordinationStore) -> None:
    store.put("k", b"old")
    written = store.put("k", b"new")
    record = store.get("k")
    assert record is not None
    assert (record.key, record.value, record.version) == ("k", b"new", written.version)


def test_delete_of_an_absent_key_is_no_error(store: CoordinationStore) -> None:
    store.put("k", b"v")
    store.delete("k")
    store.delete("k")
    assert store.get("k") is None


def test_compare_and_set_writes_at_the_expected_version_only(store: CoordinationStore) -> None:
    first = store.put("k", b"1")
    second = store.compare_and_set("k", first.version, b"2")
    assert isinstance(second, Written)
    assert store.compare_and_set("k", first.version, b"3") is Conflict.VERSION_MISMATCH
    assert value_at(store, "k") == b"2"


def test_compare_and_set_does_not_create(store: CoordinationStore) -> None:
    assert store.compare_and_set("k", 0, b"v") is Conflict.VERSION_MISMATCH
    assert store.get("k") is None


def test_equal_values_have_different_versions(store: CoordinationStore) -> None:
    assert store.put("k", b"same").version != store.put("k", b"same").version


def test_versions_do_not_come_back_with_a_deleted_key(store: CoordinationStore) -> None:
    before = store.put("k", b"v")
    store.delete("k")
    store.put("k", b"v")
    assert store.compare_and_set("k", before.version, b"w") is Conflict.VERSION_MISMATCH


def test_atomic_increment_counts_from_zero_and_returns_the_sum(store: CoordinationStore) -> None:
    assert [store.atomic_increment("n", delta) for delta in (1, 5, -2)] == [1, 6, 4]
    assert value_at(store, "n") == b"4"


def test_atomic_increment_refuses_what_is_no_integer(store: CoordinationStore) -> None:
    store.put("n", b"four")
    with pytest.raises(NotACounterError, match="four"):
        store.atomic_increment("n", 1)
    assert value_at(store, "n") == b"four"


def test_conditional_create_writes_only_an_absent_key(store: CoordinationStore) -> None:
    assert isinstance(store.conditional_create("k", b"first"), Written)
    assert store.conditional_create("k", b"second") is Conflict.ALREADY_EXISTS
    assert value_at(store, "k") == b"first"


def test_conditional_delete_deletes_the_named_version_only(store: CoordinationStore) -> None:
    old = store.put("lock", b"w1")
    new = store.put("lock", b"w2")
    assert store.conditional_delete("lock", old.version) is Conflict.VERSION_MISMATCH
    assert value_at(store, "lock") == b"w2"
    assert store.conditional_delete("lock", new.version) == Deleted()
    assert store.conditional_delete("lock", new.version) is Conflict.VERSION_MISMATCH


def test_ephemeral_records_go_with_their_session_and_no_others(store: CoordinationStore) -> None:
    ending, lasting = store.open_session(TIMEOUT), store.open_session(TIMEOUT)
    store.ephemeral_record("lock/1", b"w1", ending)
    store.ephemeral_record("lock/2", b"w1", ending)
    store.ephemeral_record("lock/3", b"w2", lasting)
    store.put("lock/4", b"for good")
    store.end_session(ending)
    assert keys_of(store) == ["lock/3", "lock/4"]


def test_ephemeral_record_is_a_conditional_create(store: CoordinationStore) -> None:
    one, other = store.open_session(TIMEOUT), store.open_session(TIMEOUT)
    assert isinstance(store.ephemeral_record("lock", b"w1", one), Written)
    assert store.ephemeral_record("lock", b"w2", other) is Conflict.ALREADY_EXISTS
    store.end_session(other)
    assert value_at(store, "lock") == b"w1"


def test_ephemeral_record_needs_an_open_session(store: CoordinationStore) -> None:
    ended = store.open_session(TIMEOUT)
    store.end_session(ended)
    store.end_session(ended)
    for session in (ended, Session(99)):
        with pytest.raises(SessionEndedError):
            store.ephemeral_record("lock", b"w", session)
    assert store.get("lock") is None


def test_a_later_write_makes_an_ephemeral_record_permanent(store: CoordinationStore) -> None:
    session = store.open_session(TIMEOUT)
    store.ephemeral_record("k", b"mine", session)
    store.put("k", b"everybody's")
    store.end_session(session)
    assert value_at(store, "k") == b"everybody's"


def test_a_session_does_not_drop_what_others_created_anew(store: CoordinationStore) -> None:
    session = store.open_session(TIMEOUT)
    store.ephemeral_record("k", b"mine", session)
    store.delete("k")
    store.conditional_create("k", b"yours")
    store.end_session(session)
    assert value_at(store, "k") == b"yours"


def test_a_session_ends_when_no_heartbeat_comes_in_time() -> None:
    store = InMemoryStore()
    silent, beating = store.open_session(10), store.open_session(10)
    store.ephemeral_record("lock/1", b"w1", silent)
    store.ephemeral_record("lock/2", b"w2", beating)
    store.advance(9)
    store.keep_alive(beating)
    assert keys_of(store) == ["lock/1", "lock/2"]
    store.advance(1)
    assert (store.is_open(silent), store.is_open(beating)) == (False, True)
    assert keys_of(store) == ["lock/2"]
    store.advance(9)
    assert keys_of(store) == []


def test_a_heartbeat_that_comes_too_late_brings_nothing_back() -> None:
    store = InMemoryStore()
    session = store.open_session(10)
    store.ephemeral_record("lock", b"w1", session)
    store.advance(10)
    with pytest.raises(SessionEndedError, match="session 1 is not open"):
        store.keep_alive(session)
    assert store.get("lock") is None


def test_each_session_has_its_own_time() -> None:
    store = InMemoryStore()
    short, long = store.open_session(10), store.open_session(30)
    store.advance(20)
    assert (store.is_open(short), store.is_open(long)) == (False, True)


def test_range_delete_takes_the_start_and_leaves_the_end(store: CoordinationStore) -> None:
    for key in "abcde":
        store.put(key, b"v")
    store.range_delete("b", "d")
    assert keys_of(store) == ["a", "d", "e"]


@pytest.mark.parametrize(("start", "end"), [("b", "b"), ("d", "b"), ("x", "z")])
def test_range_delete_of_an_empty_range_deletes_nothing(
    store: CoordinationStore, start: str, end: str
) -> None:
    for key in "abcde":
        store.put(key, b"v")
    store.range_delete(start, end)
    assert keys_of(store) == list("abcde")


@pytest.mark.parametrize(
    ("key", "ceiling"), [("", "b"), ("a", "b"), ("b", "b"), ("b\0", "d"), ("d", "d"), ("e", None)]
)
def test_ceiling_is_the_smallest_key_not_below(
    store: CoordinationStore, key: str, ceiling: str | None
) -> None:
    store.put("d", b"v")
    store.put("b", b"v")
    record = store.ceiling_get(key)
    assert (record.key if record else None) == ceiling


def test_keys_are_in_the_order_of_their_utf8_bytes(store: CoordinationStore) -> None:
    keys = ["10", "9", "B", "a", "é", "\uffff", "\U0001f600"]
    for key in reversed(keys):
        store.put(key, b"v")
    assert keys_of(store) == sorted(keys, key=str.encode) == keys


def test_a_fork_goes_its_own_way() -> None:
    store = InMemoryStore()
    session = store.open_session(TIMEOUT)
    store.ephemeral_record("lock", b"w1", session)
    fork, late = store.fork(), store.fork()
    fork.end_session(session)
    fork.put("k", b"v")
    late.advance(TIMEOUT)
    assert keys_of(fork) == ["k"]
    assert keys_of(late) == []
    assert keys_of(store) == ["lock"]
    store.keep_alive(session)


def test_the_records_are_the_same_object_until_one_changes() -> None:
    store = InMemoryStore()
    seen = store.records
    store.compare_and_set("k", 1, b"v")
    store.open_session(TIMEOUT)
    assert store.records is seen
    store.put("k", b"v")
    assert store.records is not seen and not seen
    written = store.records
    assert store.fork().records is written
    store.put("k", b"v")
    assert store.records is not written, "its version is another"
    written = store.records
    store.delete("k")
    assert store.records is not written
