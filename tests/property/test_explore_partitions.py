"""A search by several processes finds what the plain search finds, in the same order.

Every second module of the oracle's collection is explored by both. Most tests keep the partitions
in this process and let messages travel as bytes; some start processes.
"""

from __future__ import annotations

import os
import pickle
import random
import signal
from collections.abc import Sequence
from functools import cache
from multiprocessing import active_children
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from conform.domain.exploration import ExplorationStatus
from conform.explore.columns import keyed_rows, levels
from conform.explore.columns.layout import Layout
from conform.explore.columns.partitions.leading import Partitions
from conform.explore.columns.partitions.links import Link
from conform.explore.columns.partitions.messages import (
    Begin,
    Ended,
    Expand,
    Reply,
    Request,
    Store,
)
from conform.explore.columns.partitions.owners import owners_of
from conform.explore.columns.partitions.partition import Partition
from conform.explore.defect import ExplorerDefectError
from conform.explore.limits import resident_memory
from conform.explore.options import ExploreOptions, Limit
from conform.explore.search import explore
from conform.explore.turns import Turns
from tests.oracle.outcomes import MODULES, NAMES
from tests.property.test_explore_columns import ROOT, random_splits, tla_model, two_counters
from tests.property.test_explore_levels import (
    GROWING,
    KEYS,
    PLAIN,
    model_for_columns,
    random_widths,
    seen,
)

__all__ = ["random_splits", "random_widths"]

PARTED = replace(KEYS, workers=3, parted_from=0)
CHECKED = 5
"""Of so many states one is checked where all of a module's are searched: others check them all."""
LOG = ROOT / "tlaplus" / "LeaderlessLog.tla"
SOME = {"max_states": 3000, "self_check": 40}


@cache
def plainly(module: Path) -> dict[str, object]:
    """Return what the plain search finds among some states of a protocol."""
    return seen(explore(tla_model(module), replace(PLAIN, **SOME)))


class Nearby:
    """A partition in this process; what is said to it and by it are bytes on the way."""

    def __init__(self, begin: Begin) -> None:
        self._partition = Partition(pickle.loads(pickle.dumps(begin)))
        self._request: Request | None = None

    def send(self, request: Request) -> None:
        assert self._request is None, "the answer to the last one was taken"
        self._request = pickle.loads(pickle.dumps(request))

    def receive(self) -> Reply:
        assert self._request is not None, "it was asked something"
        reply: Reply = pickle.loads(pickle.dumps(self._partition.answer(self._request)))
        self._request = None
        return reply

    def close(self) -> None:
        self._partition.close()


@pytest.fixture
def nearby(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Keep all partitions in this process, and note how many each search has."""
    noted: list[int] = []

    def links(begins: Sequence[Begin]) -> list[Link]:
        noted.append(len(begins))
        return [Nearby(begin) for begin in begins]

    monkeypatch.setattr(keyed_rows, "processes", links)
    return noted


@pytest.mark.usefixtures("random_splits", "random_widths", "nearby")
@pytest.mark.parametrize("name", NAMES[::2])
def test_several_processes_find_what_the_plain_search_finds(name: str) -> None:
    """Where there is a violation, also by a search that goes on after it."""
    module = MODULES / f"{name}.tla"
    model = model_for_columns(module)
    plain = explore(tla_model(module), replace(PLAIN, self_check=0))
    workers = random.Random(name).choice([2, 3, 5])
    assert seen(explore(model, replace(PARTED, workers=workers, self_check=CHECKED))) == seen(plain)
    if plain.status is ExplorationStatus.VIOLATION_FOUND:
        parted = explore(tla_model(module), replace(PARTED, stop_at_first=False))
        plain = explore(tla_model(module), replace(PLAIN, stop_at_first=False))
        assert seen(parted) == seen(plain)


@pytest.mark.parametrize("name", ["LeaderlessLog", "TaskClaiming"])
def test_protocols_are_searched_alike(name: str, nearby: list[int]) -> None:
    module = ROOT / "tlaplus" / f"{name}.tla"
    parted = explore(tla_model(module), replace(PARTED, parted_from=500, **SOME))
    assert seen(parted) == plainly(module)
    assert nearby == [3]


def test_states_come_back_when_a_value_has_another_shape(nearby: list[int], tmp_path: Path) -> None:
    """A function gets a longer domain: the search goes on by one process, and is parted again."""
    module = tmp_path / "Growing.tla"
    module.write_text(GROWING)
    module.with_suffix(".cfg").write_text("INIT Init\nNEXT Next\nINVARIANT Few\n")
    parted = explore(tla_model(module), replace(PARTED, max_states=None))
    plain = explore(tla_model(module), replace(PLAIN, max_states=None))
    assert seen(parted) == seen(plain)
    assert len(nearby) > 1


def test_keys_beyond_memory_are_in_files_of_all(
    nearby: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Turns, "_room", lambda _self: 600)
    parted = explore(tla_model(LOG), replace(PARTED, keys_from=300, **SOME))
    assert seen(parted) == plainly(LOG)
    assert nearby == [3]


def test_a_reading_that_is_not_told_is_found_out(nearby: list[int]) -> None:
    assert explore(two_counters(reads=("a", "b")), PARTED).distinct_states == 81
    with pytest.raises(ExplorerDefectError, match="the actions in columns"):
        explore(two_counters(reads=("b",)), PARTED)
    assert nearby


def test_owners_are_the_same_in_a_wider_layout_and_share_states() -> None:
    drawn = random.Random(5)
    layout, wider = Layout.of([6, 0, 9, 30, 30]), Layout.of([9, 2, 12, 40, 30])
    rows = [[drawn.randrange(1 << min(bits, 8)) for bits in layout.bits] for _ in range(4000)]
    words = layout.packed(np.array(rows, np.int64))
    owners = owners_of(words, layout, 4)
    found = owners.of(words, layout)
    assert (owners.of(wider.transferred(words, layout), wider) == found).all()
    assert np.bincount(found, minlength=4).min() > 800
    assert 1 not in owners.leaves[:3] or len(owners.leaves) == 5


# --- Processes ------------------------------------------------------------------------------------


def begun(searched: ExploreOptions) -> ExploreOptions:
    """Return options by which two processes keep the states after the first few hundred."""
    return replace(searched, workers=2, parted_from=500)


def test_processes_find_the_same_and_end_with_the_search() -> None:
    parted = explore(tla_model(LOG), begun(replace(KEYS, **SOME)))
    assert seen(parted) == plainly(LOG)
    assert not active_children()


def test_a_process_that_is_gone_ends_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was seen until then is told, and no verdict is given."""
    expand = Partitions.expand
    rounds: list[int] = []

    def killing(self: Partitions, *arguments: object) -> object:
        rounds.append(1)
        if len(rounds) == 3:
            child = active_children()[0].pid
            assert child is not None
            os.kill(child, signal.SIGKILL)
        return expand(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Partitions, "expand", killing)
    found = explore(tla_model(LOG), begun(replace(KEYS, **SOME)))
    assert (found.status, found.limit) == (ExplorationStatus.INCOMPLETE, Limit.PROCESS)
    assert found.message == "a process of the search ended before its time"
    assert not active_children()


def test_where_no_process_can_be_started_one_does_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyed_rows, "processes", lambda _begins: [])
    alone = explore(tla_model(LOG), replace(PARTED, parted_from=500, **SOME))
    assert seen(alone) == plainly(LOG)


@pytest.mark.parametrize("message", [Expand, Store])
def test_a_limit_in_a_partition_ends_the_search(
    message: type, nearby: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Partition.answer
    heard: list[str] = []

    def full(self: Partition, request: Request) -> Reply:
        heard.append(type(request).__name__)
        is_due = isinstance(request, message) and heard.count(message.__name__) > 3
        return Ended(Limit.DISK) if is_due else answer(self, request)

    monkeypatch.setattr(Partition, "answer", full)
    found = explore(tla_model(LOG), replace(PARTED, parted_from=500, **SOME))
    assert (found.status, found.limit) == (ExplorationStatus.INCOMPLETE, Limit.DISK)


def test_a_defect_in_a_partition_is_told_as_one(
    nearby: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Partition, "_judge", lambda _self, _asked: 1 // 0)
    with pytest.raises(ExplorerDefectError, match="failed: ZeroDivisionError"):
        explore(tla_model(LOG), replace(PARTED, parted_from=500, **SOME))
    assert nearby == [3]


def test_memory_of_all_processes_counts(nearby: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Three partitions in this process say three times what it holds."""
    monkeypatch.setattr(levels, "MEMORY_OF_A_PROCESS", 2**20)
    held = resident_memory()
    assert held is not None
    options = replace(PARTED, parted_from=500, max_memory=2 * held, **SOME)
    assert explore(tla_model(LOG), options).limit is Limit.MEMORY
    assert nearby == [3]
    alone = explore(tla_model(LOG), replace(options, workers=1))
    assert alone.limit is Limit.STATES


def test_where_memory_is_short_one_process_does_all(nearby: list[int]) -> None:
    options = replace(PARTED, parted_from=500, **SOME)
    explore(tla_model(LOG), replace(options, max_memory=4 * 256 * 2**20 - 1))
    assert nearby == []
    explore(tla_model(LOG), replace(options, max_memory=4 * 256 * 2**20))
    assert nearby == [3]
