"""Tasks from their submission to their end, with workers that live."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest

from reference.task_claiming.errors import DuplicateTaskError
from reference.task_claiming.outcome import Outcome
from reference.task_claiming.queue import TaskStatus
from reference.task_claiming.worker import Job, WorkerState
from tests.reference.task_claiming_doubles import System, badly


def test_a_task_is_executed_with_its_argument_and_committed() -> None:
    system = System("a")
    jobs: list[Job] = []
    worker = system.worker("w1", jobs.append)
    assert worker.work() is Outcome.TAKEN
    assert jobs == [Job("a", "argument of a", token=1)]
    assert system.record("a").status is TaskStatus.COMMITTED
    assert system.keys("lock/") == []
    assert worker.work() is Outcome.NOT_OPEN


def test_each_step_goes_one_state_on() -> None:
    system = System("a")
    worker = system.worker("w1")
    seen = [worker.progress.state]
    for step in (worker.scan, worker.try_lock, worker.execute, worker.unlock):
        assert step() is Outcome.TAKEN
        seen.append(worker.progress.state)
    idle, scanning, executing, unlocking = WorkerState
    assert seen == [idle, scanning, executing, unlocking, idle]


def test_a_step_out_of_turn_changes_nothing() -> None:
    system = System("a")
    worker = system.worker("w1")
    steps = (worker.scan, worker.try_lock, worker.execute, worker.unlock)
    for due in range(4):
        before = worker.progress
        for step in steps[:due] + steps[due + 1 :]:
            assert step() is Outcome.OUT_OF_TURN
            assert worker.progress == before
        assert steps[due]() is Outcome.TAKEN


def test_a_name_is_submitted_once_even_when_its_task_is_done() -> None:
    system = System("a")
    with pytest.raises(DuplicateTaskError, match="a"):
        system.queue.submit("a")
    system.worker("w1").work()
    with pytest.raises(DuplicateTaskError):
        system.queue.submit("a")
    assert system.record("a").status is TaskStatus.COMMITTED


def test_a_task_that_was_never_submitted_is_no_task() -> None:
    with pytest.raises(LookupError, match="there is no task b"):
        System("a").worker("w1").scan("b")


def test_a_failure_is_counted_and_the_task_tried_again() -> None:
    system = System("a", max_failures=3)
    assert system.worker("w1", badly).work() is Outcome.FAILED
    record = system.record("a")
    assert (record.status, record.failures) == (TaskStatus.INIT, 1)
    assert record.error == "RuntimeError: a is too hard"
    assert system.keys("lock/") == []
    assert system.worker("w2").work() is Outcome.TAKEN
    assert system.record("a").status is TaskStatus.COMMITTED
    assert system.record("a").failures == 1


@pytest.mark.parametrize("max_failures", [1, 2, 5])
def test_a_task_is_given_up_after_its_last_failure_and_not_before(max_failures: int) -> None:
    system = System("a", "b", max_failures=max_failures)
    worker = system.worker("w1", badly)
    outcomes = []
    while system.record("a").status is TaskStatus.INIT:
        assert system.queue.dead_letters() == []
        worker.scan("a")
        worker.try_lock()
        outcomes.append(worker.execute())
        worker.unlock()
    assert outcomes == [Outcome.FAILED] * (max_failures - 1) + [Outcome.GIVEN_UP]
    ((task, record),) = system.queue.dead_letters()
    assert (task, record.failures) == ("a", max_failures)
    assert record.error == "RuntimeError: a is too hard"
    assert worker.scan("a") is Outcome.NOT_OPEN
    assert system.record("b").status is TaskStatus.INIT


def test_a_locked_task_is_refused_and_the_next_one_taken() -> None:
    system = System("a", "b")
    system.executing("w1")
    other = system.worker("w2")
    assert (other.scan(), other.progress.task) == (Outcome.TAKEN, "a")
    assert other.try_lock() is Outcome.REFUSED
    assert other.progress.state is WorkerState.IDLE
    assert other.work() is Outcome.TAKEN
    assert system.record("b").status is TaskStatus.COMMITTED


def test_a_task_that_was_done_since_it_was_picked_is_refused() -> None:
    system = System("a")
    slow = system.worker("w1")
    slow.scan()
    system.worker("w2").work()
    assert slow.try_lock() is Outcome.REFUSED
    assert system.keys("lock/") == []


def test_tasks_are_taken_in_turn() -> None:
    system = System("a", "b", "c", max_failures=9)
    seen: list[str] = []

    def fail(job: Job) -> None:
        seen.append(job.task)
        badly(job)

    worker = system.worker("w1", fail)
    for _ in range(7):
        assert worker.work() is Outcome.FAILED
    assert seen == ["a", "b", "c", "a", "b", "c", "a"]


def test_a_later_claim_has_a_greater_token() -> None:
    system = System("a", max_failures=9)
    tokens: list[int] = []

    def fail(job: Job) -> None:
        tokens.append(job.token)
        badly(job)

    for name in ("w1", "w2", "w3"):
        system.worker(name, fail).work()
    assert tokens == [1, 2, 3]


def test_many_threads_execute_each_task_one_at_a_time_and_commit_it_once() -> None:
    tasks = [f"task {number:02d}" for number in range(40)]
    system = System(*tasks, max_failures=3)
    guard, running, runs = Lock(), set[str](), list[str]()

    def handle(job: Job) -> None:
        with guard:
            assert job.task not in running
            running.add(job.task)
            runs.append(job.task)
            first = runs.count(job.task) == 1
        try:
            if first and job.task.endswith("7"):
                badly(job)
        finally:
            with guard:
                running.remove(job.task)

    def run(name: str) -> list[Outcome]:
        worker = system.worker(name, handle)
        outcomes: list[Outcome] = []
        while (outcome := worker.work()) is not Outcome.NOT_OPEN:
            outcomes.append(outcome)
        return outcomes

    with ThreadPoolExecutor(6) as pool:
        outcomes = [outcome for each in pool.map(run, "abcdef") for outcome in each]
    assert outcomes.count(Outcome.TAKEN) == len(tasks)
    assert outcomes.count(Outcome.FAILED) == 4
    assert sorted(runs) == sorted(tasks + [task for task in tasks if task.endswith("7")])
    assert {record.status for _, record in system.queue.tasks()} == {TaskStatus.COMMITTED}
    assert system.keys("lock/") == []
