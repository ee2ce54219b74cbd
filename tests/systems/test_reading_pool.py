"""A reading that another process explores gives what it gives here, state graph included."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any

import pytest

from conform.commands import protocol_check, shared_replay
from conform.commands.allowance import Allowance
from conform.commands.protocol_check import ProtocolCheck
from conform.commands.reading_pool import ReadingPool, ReadingTask, explore_reading
from conform.commands.tickets import NEVER, Tickets
from conform.errors import InputError
from tests.systems.scratch import DENSE, MODULE, Outcome, Scratch

TASK = ReadingTask(
    Path("conform.yaml"), "leaderless-log", "TLA+", None, Allowance(), max_states=None
)


@pytest.fixture
def tiny(project: Scratch) -> Scratch:
    project.configure(DENSE)
    return project


def wait_for(pool: ReadingPool, key: tuple[str, ...]) -> None:
    """Wait until a process has begun what was submitted under the key."""
    end = time.monotonic() + 120
    while not pool.has_begun(key):
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.usefixtures("tiny")
def test_other_processes_find_the_same() -> None:
    pool = ReadingPool(workers=2)
    pool.begin(TASK)
    wait_for(pool, ("leaderless-log", "TLA+"))
    theirs, ours = pool.finished("leaderless-log", "TLA+"), explore_reading(TASK)
    pool.close()
    assert theirs is not None
    assert (theirs.title, theirs.summary, theirs.findings) == (
        ours.title,
        ours.summary,
        ours.findings,
    )
    assert theirs.result.verdicts() == ours.result.verdicts()
    mine, yours = ours.result.graph, theirs.result.graph
    assert mine is not None
    assert yours is not None
    assert [yours.state(number) for number in range(yours.state_count)] == [
        mine.state(number) for number in range(mine.state_count)
    ]
    assert all(
        yours.number_of(mine.state(number)) == number for number in range(mine.state_count)
    ), "values are found by their hashes, which every process has its own of"
    assert (yours.sources, yours.targets) == (mine.sources, mine.targets)


def test_what_another_process_raises_is_raised_here(tiny: Scratch) -> None:
    tiny.replace(MODULE, "Init ==", "Init = ")
    pool = ReadingPool(workers=2)
    task = ReadingTask(
        TASK.project_file, TASK.protocol, "TLA+", "medium", Allowance(), max_states=10
    )
    pool.begin(task)
    wait_for(pool, ("leaderless-log", "TLA+"))
    with pytest.raises(InputError, match="Init"):
        pool.finished("leaderless-log", "TLA+")
    pool.close()


def test_the_first_model_of_a_further_protocol_is_explored_elsewhere(
    tiny: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = tiny.read("conform.yaml")
    again = entry.partition("protocols:\n")[2].replace("leaderless-log:", "again:")
    tiny.write("conform.yaml", entry + again)
    alone = tiny.check("--no-cache")
    explore_elsewhere, waited_for = ProtocolCheck.explore_elsewhere, []

    def patient(check: ProtocolCheck) -> None:
        explore_elsewhere(check)
        wait_for(check.pool, (check.entry.name, "TLA+"))
        waited_for.append(check.entry.name)

    monkeypatch.setattr(ProtocolCheck, "explore_elsewhere", patient)
    both = tiny.check("--no-cache", "--workers", "2")
    assert waited_for == ["again"]
    assert both.code == alone.code
    assert untimed(both) == untimed(alone)


def untimed(outcome: Outcome) -> Any:
    """Return the report on each protocol without the time that anything took."""
    protocols = outcome.report["protocols"]
    for protocol in protocols:
        for stage in protocol["stages"]:
            del stage["duration_ms"]
    return protocols


@pytest.mark.usefixtures("tiny")
def test_one_worker_is_this_process() -> None:
    pool = ReadingPool(workers=1)
    pool.begin(TASK)
    assert pool.finished("leaderless-log", "TLA+") is None
    pool.close()


@pytest.mark.parametrize("part", ["Tickets", "ProcessPoolExecutor.submit"])
def test_where_no_process_can_be_started_this_one_does_all(
    tiny: Scratch, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError("no room")

    alone = tiny.check("--no-cache")
    monkeypatch.setattr(protocol_check, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(shared_replay, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(f"conform.commands.reading_pool.{part}", refuse)
    both = tiny.check("--no-cache", "--workers", "2")
    assert (both.code, untimed(both)) == (alone.code, untimed(alone))


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("is_begun", [False, True], ids=["waiting", "begun"])
def test_nothing_of_a_pool_is_left_when_it_is_closed(is_begun: bool) -> None:
    """A thread that still ends when the interpreter does is woken too late, which is printed."""
    threads, processes = set(threading.enumerate()), set(active_children())
    pool = ReadingPool(workers=2)
    pool.submit(("sleeping",), time.sleep, 60)
    if is_begun:
        wait_for(pool, ("sleeping",))
    pool.close()
    assert set(threading.enumerate()) <= threads
    assert set(active_children()) <= processes


@pytest.mark.usefixtures("tiny")
def test_what_nobody_has_begun_is_left_to_this_process() -> None:
    """It is done once: whoever draws first does it."""
    with closing(ReadingPool(workers=2)) as pool:
        pool.begin(TASK)  # its process takes a second to start
        assert pool.finished("leaderless-log", "TLA+") is None
        pool.submit(("late",), str, 7)
        wait_for(pool, ("late",))
        assert not pool.withdraw(("late",))
        assert pool.answer(("late",)) == "7"


def test_each_number_is_drawn_once() -> None:
    tickets = Tickets(get_context("spawn"))
    assert not tickets.is_drawn(3)
    assert [tickets.draw(3), tickets.draw(3), tickets.draw(4), tickets.draw(3)] == [0, 1, 0, 2]
    assert tickets.is_drawn(3)


def test_a_lock_that_died_with_its_holder_leaves_nothing_to_draw(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tickets = Tickets(get_context("spawn"))
    holder = threading.Thread(target=tickets._counts.get_lock().acquire)
    holder.start()
    holder.join()
    monkeypatch.setattr("conform.commands.tickets.PATIENCE", 0.01)
    assert tickets.draw(0) == NEVER
