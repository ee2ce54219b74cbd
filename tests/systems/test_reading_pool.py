"""A reading that another process explores gives what it gives here, state graph included."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.commands.allowance import Allowance
from conform.commands.reading_pool import ReadingPool, ReadingTask, explore_reading
from conform.errors import InputError
from tests.systems.scratch import DENSE, MODULE, Scratch

TASK = ReadingTask(
    Path("conform.yaml"), "leaderless-log", "TLA+", None, Allowance(), max_states=None
)


@pytest.fixture
def tiny(project: Scratch) -> Scratch:
    project.configure(DENSE)
    return project


@pytest.mark.usefixtures("tiny")
def test_other_processes_find_the_same() -> None:
    pool = ReadingPool(workers=2)
    pool.begin(TASK)
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
    with pytest.raises(InputError, match="Init"):
        pool.finished("leaderless-log", "TLA+")
    pool.close()


@pytest.mark.usefixtures("tiny")
def test_one_worker_is_this_process() -> None:
    pool = ReadingPool(workers=1)
    pool.begin(TASK)
    assert pool.finished("leaderless-log", "TLA+") is None
    pool.close()
