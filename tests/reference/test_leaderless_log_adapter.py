"""The adapter: the spec's state read off the implementation, the spec's actions asked of it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.leaderless_log import Adapter, create
from tests.reference.walk import State, Step

SMALL: Mapping[str, object] = {
    "Writers": frozenset({"w1", "w2"}),
    "MaxOffset": 5,
    "CompactRangeStart": 1,
    "CompactRangeEnd": 3,
    "CompactRange2Start": 4,
    "CompactRange2End": 5,
    "MaxBatch": 2,
}
EMPTY = {"type": "EMPTY", "msgCount": 0}


@pytest.fixture
def adapter() -> Adapter:
    return create(SMALL)


def state_of(adapter: Adapter) -> State:
    """Return the adapter's state, to be looked into."""
    return adapter.state()


def append(adapter: Adapter, w: str, count: int) -> None:
    """Drive one append through all its steps."""
    assert adapter.perform("StartAppend", {"w": w, "count": count})
    for action in ("WALWriteSuccess", "AssignOffset", "AppendComplete"):
        assert adapter.perform(action, {"w": w})


def start_compaction(adapter: Adapter) -> None:
    """Fill round 1's range and start on it."""
    append(adapter, "w1", 2)
    append(adapter, "w2", 1)
    assert adapter.perform("CompactStart", {})


def test_the_initial_state_is_the_specs(adapter: Adapter) -> None:
    assert adapter.state() == {
        "logIndex": dict.fromkeys(range(1, 6), EMPTY),
        "sequenceCounter": 1,
        "logState": "OPEN",
        "compactionCursor": 1,
        "writerState": {"w1": "IDLE", "w2": "IDLE"},
        "writerOffset": {"w1": 0, "w2": 0},
        "writerBatchSize": {"w1": 0, "w2": 0},
        "compactorState": "IDLE",
        "readerResult": {"w1": "NONE", "w2": "NONE"},
        "compactRound": 1,
    }


def test_an_append_is_seen_step_by_step(adapter: Adapter) -> None:
    adapter.perform("StartAppend", {"w": "w1", "count": 2})
    state = adapter.state()
    assert state["writerState"] == {"w1": "WRITING_WAL", "w2": "IDLE"}
    assert state["writerBatchSize"] == {"w1": 2, "w2": 0}
    adapter.perform("WALWriteSuccess", {"w": "w1"})
    assert adapter.state()["writerState"] == {"w1": "ASSIGNING_OFFSET", "w2": "IDLE"}
    adapter.perform("AssignOffset", {"w": "w1"})
    state = adapter.state()
    assert state["writerState"] == {"w1": "DONE", "w2": "IDLE"}
    assert state["writerOffset"] == {"w1": 2, "w2": 0}
    assert state["sequenceCounter"] == 3
    adapter.perform("AppendComplete", {"w": "w1"})
    state = adapter.state()
    assert (state["writerState"], state["writerOffset"]) == (
        {"w1": "IDLE", "w2": "IDLE"},
        {"w1": 0, "w2": 0},
    )


def test_a_pending_entry_is_in_the_specs_index(adapter: Adapter) -> None:
    adapter.perform("StartAppend", {"w": "w1", "count": 2})
    adapter.perform("WALWriteSuccess", {"w": "w1"})
    adapter.perform("AssignOffset", {"w": "w1"})
    pending = adapter.state()["logIndex"]
    assert pending == {**dict.fromkeys(range(1, 6), EMPTY), 2: {"type": "WAL", "msgCount": 2}}
    adapter.perform("AppendComplete", {"w": "w1"})
    assert adapter.state()["logIndex"] == pending


def test_a_wal_write_fails_when_asked_to(adapter: Adapter) -> None:
    adapter.perform("StartAppend", {"w": "w1", "count": 2})
    assert adapter.perform("WALWriteFail", {"w": "w1"})
    state = adapter.state()
    assert state["writerState"] == {"w1": "FAILED", "w2": "IDLE"}
    assert state["writerBatchSize"] == {"w1": 2, "w2": 0}
    assert adapter.perform("AppendComplete", {"w": "w1"})
    append(adapter, "w1", 1)


@pytest.mark.parametrize(
    ("before", "outcome"),
    [
        ([], "AssignOffset"),
        ([("FenceLog", {})], "AssignOffsetFenced"),
        ([("AssignOffset", {"w": "w2"})], "AssignOffsetExhausted"),
        ([("AssignOffset", {"w": "w2"}), ("FenceLog", {})], "AssignOffsetFenced"),
    ],
)
def test_only_the_outcome_that_the_writer_meets_is_taken(
    adapter: Adapter, before: list[Step], outcome: str
) -> None:
    append(adapter, "w1", 2)
    append(adapter, "w1", 1)
    for w in ("w1", "w2"):
        adapter.perform("StartAppend", {"w": w, "count": 2})
        adapter.perform("WALWriteSuccess", {"w": w})
    for action, parameters in before:
        assert adapter.perform(action, parameters)
    state = adapter.state()
    others = {"AssignOffset", "AssignOffsetFenced", "AssignOffsetExhausted"} - {outcome}
    for other in sorted(others):
        assert not adapter.perform(other, {"w": "w1"})
        assert adapter.state() == state
    assert adapter.perform(outcome, {"w": "w1"})
    assert adapter.state() != state


def test_a_compaction_is_seen_step_by_step(adapter: Adapter) -> None:
    start_compaction(adapter)
    seen = []
    for step in ("WriteCompactedIndex", "DeleteOldEntries", "UpdateCursor", "Reset"):
        assert adapter.perform(f"Compact{step}", {})
        state = state_of(adapter)
        types = [state["logIndex"][offset]["type"] for offset in (1, 2, 3)]
        seen.append((state["compactorState"], state["compactRound"], types))
        assert state["compactionCursor"] == (4 if len(seen) > 2 else 1)
    assert seen == [
        ("DELETING_OLD", 1, ["EMPTY", "WAL", "COMPACTED"]),
        ("UPDATING_CURSOR", 1, ["EMPTY", "EMPTY", "COMPACTED"]),
        ("DONE", 1, ["EMPTY", "EMPTY", "COMPACTED"]),
        ("IDLE", 2, ["EMPTY", "EMPTY", "COMPACTED"]),
    ]
    assert state_of(adapter)["logIndex"][3] == {"type": "COMPACTED", "msgCount": 3}


def test_a_compactor_crashes_amid_a_round_only(adapter: Adapter) -> None:
    assert not adapter.perform("CompactorCrash", {})
    start_compaction(adapter)
    adapter.perform("CompactWriteCompactedIndex", {})
    index = adapter.state()["logIndex"]
    assert adapter.perform("CompactorCrash", {})
    assert adapter.state()["compactorState"] == "IDLE"
    assert adapter.state()["logIndex"] == index
    assert not adapter.perform("CompactStart", {})


def test_a_batch_across_the_ranges_end_keeps_compaction_from_starting(adapter: Adapter) -> None:
    append(adapter, "w1", 2)
    append(adapter, "w2", 2)
    assert not adapter.perform("CompactStart", {})


def test_fencing_toggles(adapter: Adapter) -> None:
    assert not adapter.perform("UnfenceLog", {})
    assert adapter.perform("FenceLog", {})
    assert not adapter.perform("FenceLog", {})
    assert adapter.state()["logState"] == "FENCED"
    assert not adapter.perform("StartAppend", {"w": "w1", "count": 1})
    assert adapter.perform("UnfenceLog", {})


def test_a_read_says_how_it_went(adapter: Adapter) -> None:
    assert not adapter.perform("ReadEntry", {"w": "w2", "off": 1})
    append(adapter, "w1", 2)
    assert adapter.perform("ReadEntry", {"w": "w2", "off": 1})
    assert adapter.state()["readerResult"] == {"w1": "NONE", "w2": "OK"}
    assert not adapter.perform("ReadEntry", {"w": "w2", "off": 3})
    adapter.perform("StartAppend", {"w": "w1", "count": 1})
    assert not adapter.perform("ReadEntry", {"w": "w1", "off": 1})


def test_a_record_that_is_not_the_appended_one_is_an_error(adapter: Adapter) -> None:
    append(adapter, "w1", 2)
    log = adapter.cluster.log
    entry = log.index.entry_at(2)
    assert entry is not None
    log.wal.delete(entry.object_name)
    assert adapter.perform("ReadEntry", {"w": "w2", "off": 1})
    assert adapter.state()["readerResult"] == {"w1": "NONE", "w2": "ERROR"}


@pytest.mark.parametrize("count", [-1, 0, 3, 10**12])
def test_a_batch_size_outside_the_model_is_declined(adapter: Adapter, count: int) -> None:
    assert not adapter.perform("StartAppend", {"w": "w1", "count": count})


def test_an_unknown_action_is_an_error_that_offers_the_nearest(adapter: Adapter) -> None:
    with pytest.raises(LookupError, match="'AssignOffset'"):
        adapter.perform("AssignOffsets", {"w": "w1"})


def test_an_unknown_writer_is_an_error(adapter: Adapter) -> None:
    with pytest.raises(LookupError, match="w9"):
        adapter.perform("AppendComplete", {"w": "w9"})


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("MaxOffset", "5", TypeError),
        ("MaxBatch", True, TypeError),
        ("Writers", "w1", TypeError),
        ("CompactRangeStart", 0, ValueError),
    ],
)
def test_wrong_constants_are_refused(name: str, value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        create({**SMALL, name: value})


def test_a_missing_constant_is_named() -> None:
    with pytest.raises(LookupError, match="MaxOffset"):
        create({name: value for name, value in SMALL.items() if name != "MaxOffset"})


def test_a_fork_goes_its_own_way(adapter: Adapter) -> None:
    start_compaction(adapter)
    adapter.perform("ReadEntry", {"w": "w1", "off": 1})
    adapter.perform("StartAppend", {"w": "w2", "count": 2})
    state = adapter.state()
    fork = adapter.fork()
    assert fork.state() == state
    assert fork.perform("CompactWriteCompactedIndex", {})
    assert fork.perform("WALWriteSuccess", {"w": "w2"})
    assert fork.perform("FenceLog", {})
    assert adapter.state() == state


WRITERS = st.sampled_from(["w1", "w2"])
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.tuples(
        st.just("StartAppend"), st.fixed_dictionaries({"w": WRITERS, "count": st.integers(1, 2)})
    ),
    st.tuples(
        st.sampled_from(
            [
                "WALWriteSuccess",
                "WALWriteFail",
                "AssignOffset",
                "AssignOffsetFenced",
                "AssignOffsetExhausted",
                "AppendComplete",
            ]
        ),
        st.fixed_dictionaries({"w": WRITERS}),
    ),
    st.tuples(
        st.just("ReadEntry"), st.fixed_dictionaries({"w": WRITERS, "off": st.integers(1, 5)})
    ),
    st.tuples(
        st.sampled_from(
            [
                "CompactStart",
                "CompactWriteCompactedIndex",
                "CompactDeleteOldEntries",
                "CompactUpdateCursor",
                "CompactReset",
                "CompactorCrash",
                "FenceLog",
                "UnfenceLog",
            ]
        ),
        st.just({}),
    ),
)
"""Any step, possible or not."""


@settings(deadline=None)
@given(st.lists(STEPS, max_size=40))
def test_what_was_seen_before_is_not_shown_for_what_is(steps: list[Step]) -> None:
    watched, unwatched = create(SMALL), create(SMALL)
    for action, parameters in steps:
        watched.state()
        assert watched.perform(action, parameters) is unwatched.perform(action, parameters)
        assert watched.state() == unwatched.fork().state()


@settings(deadline=None)
@given(st.lists(st.tuples(STEPS, st.booleans()), max_size=30))
def test_neither_of_two_forks_sees_what_the_other_does(steps: list[tuple[Step, bool]]) -> None:
    adapter = create(SMALL)
    for (action, parameters), goes_on_as_fork in steps:
        before = adapter.state()
        fork = adapter.fork()
        one, other = (fork, adapter) if goes_on_as_fork else (adapter, fork)
        taken = one.perform(action, parameters)
        assert other.state() == before
        assert other.perform(action, parameters) is taken
        assert other.state() == one.state()
        adapter = one
