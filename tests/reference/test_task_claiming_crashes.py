"""Workers that die or come late, at the worst moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reference.coordination_store.store import Session
from reference.task_claiming.errors import NameTakenError
from reference.task_claiming.locks import Lock, TaskLocks
from reference.task_claiming.outcome import Outcome
from reference.task_claiming.queue import TaskStatus
from reference.task_claiming.worker import Job, WorkerState
from tests.reference.task_claiming_doubles import (
    TIMEOUT,
    ProcessDiedError,
    System,
    badly,
    well,
)

# ---------------------------------------------------------------------------------------- crashes


def calls_of_one_task() -> int:
    """Return how many calls of the store a worker makes for one task."""
    system = System("a")
    worker = system.worker("w1")
    calls: list[str] = []
    system.store.before = lambda primitive, _key: calls.append(primitive)
    assert worker.work() is Outcome.TAKEN
    return len(calls)


def dying_at(call: int) -> Callable[[str, str], None]:
    """Return what lets the caller die at its call of that number, from 1 on."""
    left = call

    def die(_primitive: str, _key: str) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise ProcessDiedError

    return die


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("handler", [well, badly])
def test_a_worker_may_die_at_each_call_of_the_store(
    when: str, handler: Callable[[Job], None]
) -> None:
    """Before the call, or after it has taken effect and nobody has heard the answer."""
    total = calls_of_one_task()
    assert total > 8
    for call in range(1, total + 1):
        system = System("a", "b")
        dying, living = system.worker("w1", handler), system.worker("w2")
        setattr(system.store, when, dying_at(call))
        with pytest.raises(ProcessDiedError):
            dying.work()
        setattr(system.store, when, lambda _primitive, _key: None)

        system.store.advance(TIMEOUT - 1)
        assert living.heartbeat()
        system.store.advance(1)
        assert system.keys("lock/") == []
        while living.work() is not Outcome.NOT_OPEN:
            pass
        records = [record for _, record in system.queue.tasks()]
        assert [record.status for record in records] == [TaskStatus.COMMITTED] * 2
        assert sum(record.failures for record in records) <= (handler is badly)
        assert system.keys("lock/") == []
        assert system.worker("w1").work() is Outcome.NOT_OPEN


def test_a_worker_that_dies_in_its_handler_leaves_the_lock_until_its_session_ends() -> None:
    system = System("a")

    def die(_job: Job) -> None:
        raise ProcessDiedError

    with pytest.raises(ProcessDiedError):
        system.worker("w1", die).work()
    other = system.worker("w2")
    assert other.work() is Outcome.REFUSED
    system.store.advance(TIMEOUT - 1)
    other.heartbeat()
    assert other.work() is Outcome.REFUSED
    system.store.advance(1)
    assert other.work() is Outcome.TAKEN
    assert system.record("a").failures == 0


def test_a_name_is_free_again_only_when_the_session_has_ended() -> None:
    """Otherwise a worker would come back that still owns the lock of its former life."""
    system = System("a")
    system.executing("w1")
    with pytest.raises(NameTakenError, match="w1"):
        system.worker("w1")
    system.let_sessions_end()
    assert system.keys("lock/") == []
    again = system.worker("w1")
    assert again.progress.state is WorkerState.IDLE
    assert again.work() is Outcome.TAKEN


def test_a_refused_newcomer_leaves_no_session_behind() -> None:
    system = System("a")
    first = system.worker("w1")
    with pytest.raises(NameTakenError):
        system.worker("w1")
    assert system.store.is_open(first.session)
    assert not system.store.is_open(Session(first.session.number + 1))


# ------------------------------------------------------------------------- workers that come late


def test_a_heartbeat_in_a_long_execution_keeps_the_lock() -> None:
    system = System("a")

    def long(_job: Job) -> None:
        for _ in range(5):
            system.store.advance(TIMEOUT - 1)
            assert worker.heartbeat()

    worker = system.worker("w1", long)
    assert worker.work() is Outcome.TAKEN
    assert system.record("a").status is TaskStatus.COMMITTED


@pytest.mark.parametrize("handler", [well, badly])
def test_a_late_worker_records_nothing_when_another_is_at_the_task(
    handler: Callable[[Job], None],
) -> None:
    system = System("a")

    def sleep(job: Job) -> None:
        system.let_sessions_end()
        others.append(system.executing("w2"))
        handler(job)

    others = [system.worker("w0")]
    late = system.worker("w1", sleep)
    assert late.work() is Outcome.CLAIM_LOST
    record = system.record("a")
    assert (record.status, record.failures, record.claims) == (TaskStatus.INIT, 0, 2)
    assert late.work() is Outcome.SESSION_ENDED
    assert others[1].execute() is Outcome.TAKEN
    assert others[1].unlock() is Outcome.TAKEN
    assert system.record("a").status is TaskStatus.COMMITTED


def test_a_late_worker_does_not_commit_what_another_has_committed() -> None:
    system = System("a")
    outcomes: list[Outcome] = []

    def sleep(_job: Job) -> None:
        system.let_sessions_end()
        outcomes.append(system.worker("w2").work())

    outcomes.append(system.worker("w1", sleep).work())
    assert outcomes == [Outcome.TAKEN, Outcome.CLAIM_LOST]


def test_a_late_failure_does_not_bring_a_committed_task_back() -> None:
    system = System("a", max_failures=1)

    def sleep(job: Job) -> None:
        system.let_sessions_end()
        system.worker("w2").work()
        badly(job)

    assert system.worker("w1", sleep).work() is Outcome.CLAIM_LOST
    assert system.record("a").status is TaskStatus.COMMITTED
    assert system.queue.dead_letters() == []


def test_what_a_late_worker_records_counts_if_nobody_was_there_in_between() -> None:
    """Nobody has seen its lock missing: the session may as well have ended a moment later."""
    system = System("a")

    def sleep(_job: Job) -> None:
        system.let_sessions_end()

    late = system.worker("w1", sleep)
    late.scan()
    late.try_lock()
    assert late.execute() is Outcome.TAKEN
    assert late.unlock() is Outcome.SESSION_ENDED
    assert system.worker("w2").work() is Outcome.NOT_OPEN


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_a_worker_learns_at_its_next_step_that_its_session_has_ended(steps: int) -> None:
    system = System("a")
    worker = system.worker("w1")
    in_turn = (worker.scan, worker.try_lock, worker.execute, worker.unlock)
    for step in in_turn[:steps]:
        assert step() is Outcome.TAKEN
    system.let_sessions_end()
    assert in_turn[steps]() is Outcome.SESSION_ENDED
    assert worker.progress.state is WorkerState.IDLE
    assert worker.scan() is Outcome.SESSION_ENDED
    assert system.keys("lock/") == []


def test_a_late_worker_does_not_delete_its_successors_lock() -> None:
    system = System("a")
    first = system.executing("w1", badly)
    first.execute()
    claim = first.progress.claim
    assert claim is not None
    system.let_sessions_end()
    second = system.executing("w2")
    assert second.progress.claim is not None
    locks = TaskLocks(system.store)
    assert not locks.release("a", claim.lock)
    assert first.unlock() is Outcome.SESSION_ENDED
    assert locks.read("a") == Lock("w2", second.progress.claim.lock)


# ------------------------------------------------------------ between the lock and the claim


@pytest.mark.parametrize(
    ("primitive", "key"),
    [("get", "task/a"), ("get", "lock/a"), ("compare_and_set", "task/a")],
)
def test_a_session_that_ends_between_lock_and_claim_loses_to_the_next_worker(
    primitive: str, key: str
) -> None:
    """The next worker locks and claims; the late claim must not take that away from it."""
    system = System("a")
    late = system.worker("w1")
    late.scan()
    others = []

    def interfere() -> None:
        system.let_sessions_end()
        others.append(system.executing("w2"))

    system.store.once_before(primitive, key, interfere)
    assert late.try_lock() is Outcome.REFUSED
    (other,) = others
    assert other.execute() is Outcome.TAKEN
    assert system.record("a").claims == 1


def test_a_worker_that_is_refused_makes_the_claim_of_the_lock_that_it_met() -> None:
    """It may report that another has the task only when another has it."""
    system = System("a")
    holder, other = system.worker("w1"), system.worker("w2")
    holder.scan()
    other.scan()
    met: list[Outcome] = []
    claims: list[int] = []

    def interfere() -> None:
        met.append(other.try_lock())
        claims.append(system.record("a").claims)

    system.store.once_before("compare_and_set", "task/a", interfere)
    assert holder.try_lock() is Outcome.TAKEN
    assert (met, claims) == ([Outcome.REFUSED], [1])
    assert system.record("a").claims == 1
    assert holder.execute() is Outcome.TAKEN


def test_a_claim_that_was_made_for_a_dead_worker_is_superseded() -> None:
    system = System("a")
    dying, other = system.worker("w1"), system.worker("w2")
    dying.scan()
    other.scan()

    def die() -> None:
        raise ProcessDiedError

    system.store.once_before("compare_and_set", "task/a", die)
    with pytest.raises(ProcessDiedError):
        dying.try_lock()
    assert other.try_lock() is Outcome.REFUSED
    assert system.record("a").claims == 1
    system.store.advance(TIMEOUT - 1)
    other.heartbeat()
    system.store.advance(1)
    assert other.work() is Outcome.TAKEN
    assert system.record("a").claims == 2


def test_a_claim_on_behalf_of_a_lock_that_is_gone_takes_nothing_away() -> None:
    """Another's lock was met; before its claim is made, a third worker has locked and claimed."""
    system = System("a")
    dying, helping = system.worker("w1"), system.worker("w2")
    dying.scan()
    helping.scan()

    def die() -> None:
        raise ProcessDiedError

    system.store.once_before("compare_and_set", "task/a", die)
    with pytest.raises(ProcessDiedError):
        dying.try_lock()
    third = []

    def interfere() -> None:
        system.store.advance(TIMEOUT - 1)
        helping.heartbeat()
        system.store.advance(1)
        third.append(system.executing("w3"))

    system.store.once_before("compare_and_set", "task/a", interfere)
    assert helping.try_lock() is Outcome.REFUSED
    assert third[0].execute() is Outcome.TAKEN
    assert system.record("a").status is TaskStatus.COMMITTED


def test_a_lock_that_is_released_while_it_is_looked_at_is_tried_again() -> None:
    system = System("a")
    holder, other = system.executing("w1", badly), system.worker("w2")
    other.scan()

    def interfere() -> None:
        holder.execute()
        holder.unlock()

    system.store.once_before("get", "lock/a", interfere)
    assert other.try_lock() is Outcome.TAKEN
    assert other.execute() is Outcome.TAKEN
