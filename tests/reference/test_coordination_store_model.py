"""The in-memory coordination store against a model: a dictionary, and nothing clever."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
)

from reference.coordination_store.memory_store import InMemoryStore
from reference.coordination_store.store import (
    Conflict,
    Deleted,
    Session,
    SessionEndedError,
    Version,
    Written,
)

TIMEOUT = 3
KEYS = st.sampled_from(["", "a", "a/1", "a/2", "b", "é", "\U0001f600"])
VALUES = st.binary(max_size=2)


@dataclass
class Cell:
    """What the model knows of one key."""

    value: bytes
    version: Version
    owner: Session | None = None


class StoreAgainstDictionary(RuleBasedStateMachine):
    sessions: Bundle[Session] = Bundle("sessions")

    def __init__(self) -> None:
        super().__init__()
        self.store = InMemoryStore()
        self.cells: dict[str, Cell] = {}
        self.versions: dict[str, set[Version]] = {}
        self.now = 0
        self.ends: dict[Session, int] = {}  # of the open sessions

    def wrote(
        self, key: str, value: bytes, written: Written | Conflict, owner: Session | None = None
    ) -> None:
        assert isinstance(written, Written)
        seen = self.versions.setdefault(key, {0})
        assert written.version not in seen
        seen.add(written.version)
        self.cells[key] = Cell(value, written.version, owner)

    def drop(self, *keys: str) -> None:
        for key in keys:
            del self.cells[key]

    @rule(key=KEYS, value=VALUES)
    def put(self, key: str, value: bytes) -> None:
        self.wrote(key, value, self.store.put(key, value))

    @rule(key=KEYS, value=VALUES)
    def conditional_create(self, key: str, value: bytes) -> None:
        result = self.store.conditional_create(key, value)
        if key in self.cells:
            assert result is Conflict.ALREADY_EXISTS
        else:
            self.wrote(key, value, result)

    @rule(key=KEYS, value=VALUES, data=st.data())
    def compare_and_set(self, key: str, value: bytes, data: st.DataObject) -> None:
        expected = data.draw(st.sampled_from(sorted(self.versions.get(key, {0}))))
        result = self.store.compare_and_set(key, expected, value)
        if key in self.cells and self.cells[key].version == expected:
            self.wrote(key, value, result)
        else:
            assert result is Conflict.VERSION_MISMATCH

    @rule(delta=st.integers(-5, 5))
    def atomic_increment(self, delta: int) -> None:
        before = int(self.cells["counter"].value) if "counter" in self.cells else 0
        assert self.store.atomic_increment("counter", delta) == before + delta
        record = self.store.get("counter")
        assert record is not None
        self.wrote("counter", b"%d" % (before + delta), Written(record.version))

    @rule(key=KEYS)
    def delete(self, key: str) -> None:
        self.store.delete(key)
        self.cells.pop(key, None)

    @rule(key=KEYS, data=st.data())
    def conditional_delete(self, key: str, data: st.DataObject) -> None:
        version = data.draw(st.sampled_from(sorted(self.versions.get(key, {0}))))
        result = self.store.conditional_delete(key, version)
        if key in self.cells and self.cells[key].version == version:
            assert result == Deleted()
            self.drop(key)
        else:
            assert result is Conflict.VERSION_MISMATCH

    @rule(start=KEYS, end=KEYS)
    def range_delete(self, start: str, end: str) -> None:
        self.store.range_delete(start, end)
        self.drop(*[key for key in self.cells if start <= key < end])

    @rule(target=sessions)
    def open_session(self) -> Session:
        session = self.store.open_session(TIMEOUT)
        assert session not in self.ends
        self.ends[session] = self.now + TIMEOUT
        return session

    @rule(session=sessions)
    def keep_alive(self, session: Session) -> None:
        if session in self.ends:
            self.store.keep_alive(session)
            self.ends[session] = self.now + TIMEOUT
        else:
            with pytest.raises(SessionEndedError):
                self.store.keep_alive(session)

    @rule(key=KEYS, value=VALUES, session=sessions)
    def ephemeral_record(self, key: str, value: bytes, session: Session) -> None:
        if session not in self.ends:
            with pytest.raises(SessionEndedError):
                self.store.ephemeral_record(key, value, session)
            return
        result = self.store.ephemeral_record(key, value, session)
        if key in self.cells:
            assert result is Conflict.ALREADY_EXISTS
        else:
            self.wrote(key, value, result, owner=session)

    @rule(session=sessions)
    def end_session(self, session: Session) -> None:
        self.store.end_session(session)
        self.forget(session)

    @rule(time=st.integers(1, TIMEOUT + 1))
    def advance(self, time: int) -> None:
        self.store.advance(time)
        self.now += time
        for session in [one for one, end in self.ends.items() if end <= self.now]:
            self.forget(session)

    def forget(self, session: Session) -> None:
        self.ends.pop(session, None)
        self.drop(*[key for key, cell in self.cells.items() if cell.owner == session])

    @rule()
    def go_on_with_a_fork(self) -> None:
        self.store = self.store.fork()

    @rule(key=KEYS)
    def ceiling_get(self, key: str) -> None:
        record = self.store.ceiling_get(key)
        expected = min((each for each in self.cells if each >= key), default=None)
        assert (record.key if record else None) == expected

    @invariant()
    def the_store_holds_what_the_model_holds(self) -> None:
        for key in {*self.versions, "absent"}:
            record = self.store.get(key)
            cell = self.cells.get(key)
            assert (record is None) == (cell is None)
            if record is not None and cell is not None:
                assert (record.value, record.version) == (cell.value, cell.version)


TestStoreAgainstDictionary = StoreAgainstDictionary.TestCase
TestStoreAgainstDictionary.settings = settings(
    max_examples=100, stateful_step_count=40, deadline=None
)
