"""The properties of the leaderless log, one by one, of the implementation itself.

Each is written down anew, from the document. Safety is looked at in every reachable state of two
tiny logs: one with a single writer, and one on which two writers do nothing but append. Liveness
is a matter of infinite runs, which no test has. What is shown is that from every reachable state in
which a promise is open, the runs of a round-robin schedule keep it within a bounded number of
steps, after a bounded time of fences, failures and crashes. That is evidence about this
implementation under these schedules; whether the protocol keeps the promise under every fair
schedule, the model decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import combinations
from typing import Any, TypeAlias

import pytest

from reference.leaderless_log import Adapter, create
from reference.leaderless_log.adapter import EMPTY
from reference.leaderless_log.storage import ObjectStorage
from tests.reference.walk import Schedule, State, Step, Visit, reachable

Visits: TypeAlias = list[Visit[Adapter]]

ONE_WRITER: Mapping[str, Any] = {
    "Writers": frozenset({"w1"}),
    "MaxOffset": 4,
    "CompactRangeStart": 1,
    "CompactRangeEnd": 2,
    "CompactRange2Start": 3,
    "CompactRange2End": 4,
    "MaxBatch": 2,
}
TWO_WRITERS: Mapping[str, Any] = {
    "Writers": frozenset({"w1", "w2"}),
    "MaxOffset": 2,
    "CompactRangeStart": 1,
    "CompactRangeEnd": 1,
    "CompactRange2Start": 2,
    "CompactRange2End": 2,
    "MaxBatch": 1,
}
COMPACTION = tuple(
    f"Compact{step}"
    for step in ("Start", "WriteCompactedIndex", "DeleteOldEntries", "UpdateCursor", "Reset")
)


def appending(constants: Mapping[str, Any]) -> Iterator[Step]:
    """Yield the steps of every writer's appends that the spec's fairness speaks of."""
    for w in sorted(constants["Writers"]):
        for count in range(1, constants["MaxBatch"] + 1):
            yield "StartAppend", {"w": w, "count": count}
        yield "WALWriteSuccess", {"w": w}
        for outcome in ("", "Fenced", "Exhausted"):
            yield f"AssignOffset{outcome}", {"w": w}
        yield "AppendComplete", {"w": w}


def fair(constants: Mapping[str, Any]) -> Iterator[Step]:
    """Yield all steps that the spec's fairness speaks of."""
    yield from appending(constants)
    for action in COMPACTION:
        yield action, {}
    for w in sorted(constants["Writers"]):
        for off in range(1, constants["MaxOffset"] + 1):
            yield "ReadEntry", {"w": w, "off": off}


def hostile(constants: Mapping[str, Any]) -> Iterator[Step]:
    """Yield the steps of which nothing is promised."""
    for w in sorted(constants["Writers"]):
        yield "WALWriteFail", {"w": w}
    for action in ("FenceLog", "UnfenceLog", "CompactorCrash"):
        yield action, {}


def schedule(constants: Mapping[str, Any]) -> Schedule:
    """Return the schedule of runs that have to keep the promises."""
    return Schedule(tuple(fair(constants)), tuple(hostile(constants)))


@pytest.fixture(scope="module")
def log() -> Visits:
    """Every state of the log with one writer."""
    return reachable(create(ONE_WRITER), [*fair(ONE_WRITER), *hostile(ONE_WRITER)])


@pytest.fixture(scope="module")
def appends() -> Visits:
    """Every state of the log on which two writers append, and nobody compacts or reads."""
    steps = [*appending(TWO_WRITERS), *hostile(TWO_WRITERS)]
    return reachable(create(TWO_WRITERS), steps)


def current_range(state: State) -> tuple[int, int]:
    """Return the first and the last offset of the current round's range."""
    suffix = "" if state["compactRound"] == 1 else "2"
    return ONE_WRITER[f"CompactRange{suffix}Start"], ONE_WRITER[f"CompactRange{suffix}End"]


def covered(end: int, entry: Mapping[str, Any]) -> set[int]:
    """Return the offsets that the entry at `end` covers."""
    return set(range(end - entry["msgCount"] + 1, end + 1))


def compacting(visits: Visits, *states: str) -> list[State]:
    """Return the states in which the compactor is in one of `states`; each of these occurs."""
    chosen = [visit.state for visit in visits if visit.state["compactorState"] in states]
    assert {state["compactorState"] for state in chosen} == set(states)
    assert {state["compactRound"] for state in chosen} == {1, 2}
    return chosen


def is_well_typed(state: State, constants: Mapping[str, Any]) -> bool:
    """Return whether every variable has a value of its type."""
    offsets = range(1, constants["MaxOffset"] + 1)
    sizes = range(constants["MaxOffset"] + 1)
    next_offsets = range(1, constants["MaxOffset"] + 2)
    writer_states = {"IDLE", "WRITING_WAL", "ASSIGNING_OFFSET", "DONE", "FAILED"}
    of_writers: Mapping[str, Any] = {
        "writerState": writer_states,
        "writerOffset": sizes,
        "writerBatchSize": range(constants["MaxBatch"] + 1),
        "readerResult": {"NONE", "OK", "ERROR"},
    }
    plain: Mapping[str, Any] = {
        "sequenceCounter": next_offsets,
        "logState": {"OPEN", "FENCED"},
        "compactionCursor": next_offsets,
        "compactorState": {
            "IDLE", "WRITING_COMPACTED_INDEX", "DELETING_OLD", "UPDATING_CURSOR", "DONE",
        },
        "compactRound": {1, 2},
    }  # fmt: skip
    index = state["logIndex"]
    return (
        set(state) == {"logIndex", *of_writers, *plain}
        and list(index) == list(offsets)
        and all(set(entry) == {"type", "msgCount"} for entry in index.values())
        and {entry["type"] for entry in index.values()} <= {"WAL", "COMPACTED", "EMPTY"}
        and all(entry["msgCount"] in sizes for entry in index.values())
        and all(state[name].keys() == constants["Writers"] for name in of_writers)
        and all(set(state[name].values()) <= set(of_writers[name]) for name in of_writers)
        and all(state[name] in values for name, values in plain.items())
    )


def test_type_ok(log: Visits, appends: Visits) -> None:
    """Invariant TypeOK: every variable has a value of its type."""
    assert all(is_well_typed(visit.state, ONE_WRITER) for visit in log)
    assert all(is_well_typed(visit.state, TWO_WRITERS) for visit in appends)


def test_no_offset_duplicates(log: Visits, appends: Visits) -> None:
    """Safety S1: no two writers hold an offset, and no key at or above the counter is in use."""
    both_hold = 0
    for state in (visit.state for visit in (*log, *appends)):
        held = [offset for offset in state["writerOffset"].values() if offset]
        both_hold += len(held) > 1
        assert len(held) == len(set(held))
        used = [offset for offset, entry in state["logIndex"].items() if entry != EMPTY]
        assert max(used, default=0) < state["sequenceCounter"]
    assert both_hold


def test_monotonic_offsets(log: Visits, appends: Visits) -> None:
    """Safety S2: the counter is never below 1 and decreases in no step."""
    counters = [
        (visit.state["sequenceCounter"], after["sequenceCounter"])
        for visit in (*log, *appends)
        for _, after in visit.successors
    ]
    assert any(before < after for before, after in counters)
    assert all(1 <= before <= after for before, after in counters)


def test_fenced_rejects_appends(log: Visits, appends: Visits) -> None:
    """Safety S3: in no fenced state does a writer get an offset when it asks for one."""
    fenced = [visit for visit in (*log, *appends) if visit.state["logState"] == "FENCED"]
    assert any("ASSIGNING_OFFSET" in visit.state["writerState"].values() for visit in fenced)
    for visit in fenced:
        for w in visit.state["writerState"]:
            assert not visit.system.fork().perform("AssignOffset", {"w": w})


def test_compaction_preserves_data(log: Visits) -> None:
    """Safety S4: from the deletion to the end of the round the COMPACTED entry is there."""
    for state in compacting(log, "DELETING_OLD", "UPDATING_CURSOR", "DONE"):
        _, end = current_range(state)
        assert state["logIndex"][end]["type"] == "COMPACTED"


def test_no_phantom_entries(log: Visits) -> None:
    """Safety S5: from the deletion to the end of the round no old entry is left or comes back."""
    for state in compacting(log, "UPDATING_CURSOR", "DONE"):
        assert all(state["logIndex"][offset] == EMPTY for offset in range(*current_range(state)))


def test_cursor_consistency(log: Visits) -> None:
    """Safety S6: the cursor never passes the counter."""
    assert {visit.state["compactionCursor"] for visit in log} == {1, 3, 5}
    assert all(visit.state["compactionCursor"] <= visit.state["sequenceCounter"] for visit in log)


def test_no_overlapping_ranges(log: Visits, appends: Visits) -> None:
    """Safety S7: no two WAL entries cover a common offset."""
    pairs = [
        (covered(*one), covered(*other))
        for visit in (*log, *appends)
        for one, other in combinations(visit.state["logIndex"].items(), 2)
        if one[1]["type"] == other[1]["type"] == "WAL"
    ]
    assert pairs
    assert all(one.isdisjoint(other) for one, other in pairs)


def test_no_reader_error(log: Visits) -> None:
    """Safety S8: no read of a committed offset fails, since some entry covers each of them."""
    assert {visit.state["readerResult"]["w1"] for visit in log} == {"NONE", "OK"}
    for visit in log:
        covers = (covered(*item) for item in visit.state["logIndex"].items())
        assert set().union(*covers) == set(range(1, visit.state["sequenceCounter"]))


def test_sequential_compaction_safety(log: Visits) -> None:
    """Safety S9: round 2 leaves the result of round 1 in place."""
    second = [visit.state for visit in log if visit.state["compactRound"] == 2]
    assert {state["compactorState"] for state in second} >= {"IDLE", "DONE"}
    end = ONE_WRITER["CompactRangeEnd"]
    assert all(state["logIndex"][end]["type"] == "COMPACTED" for state in second)


def test_append_progress(log: Visits, appends: Visits) -> None:
    """Liveness L1: an append that has begun ends, for each writer."""
    runs = 0
    for visits, constants in ((log, ONE_WRITER), (appends, TWO_WRITERS)):
        turns = schedule(constants)
        for visit in visits:
            for w, state in visit.state["writerState"].items():
                if state == "WRITING_WAL":
                    runs += 1
                    assert turns.leads_to(partial(has_ended_append, w), visit.system)
    assert runs


def has_ended_append(w: str, state: State) -> bool:
    """Return whether a writer's append has succeeded or failed."""
    return state["writerState"][w] in ("DONE", "FAILED")


def test_compaction_completes(log: Visits) -> None:
    """Liveness L2: a compaction that has begun is done in the end, or the compactor crashes."""
    turns = schedule(ONE_WRITER)
    begun = [visit for visit in log if visit.state["compactorState"] == "WRITING_COMPACTED_INDEX"]
    assert {visit.state["compactRound"] for visit in begun} == {1, 2}
    for visit in begun:
        assert turns.leads_to(has_ended_compaction, visit.system)


def has_ended_compaction(state: State) -> bool:
    """Return whether the compactor's round is done, or lost to a crash."""
    return state["compactorState"] in ("DONE", "IDLE")


def test_reader_eventually_succeeds(log: Visits) -> None:
    """Liveness L3: a reader whose read failed succeeds later.

    No reachable state has a failed read (S8). To have some, the storages lose all objects for the
    time of one read, which nothing in the spec can do.
    """
    turns = schedule(ONE_WRITER)
    runs = 0
    for visit in log:
        system = visit.system.fork()
        shared = system.cluster.log
        objects = shared.wal, shared.compacted
        shared.wal, shared.compacted = ObjectStorage("wal"), ObjectStorage("compacted")
        if system.perform("ReadEntry", {"w": "w1", "off": 1}):
            assert system.state()["readerResult"] == {"w1": "ERROR"}
            shared.wal, shared.compacted = objects
            runs += 1
            assert turns.leads_to(has_read, system)
    assert runs


def has_read(state: State) -> bool:
    """Return whether the reader's latest read succeeded."""
    return bool(state["readerResult"]["w1"] == "OK")
