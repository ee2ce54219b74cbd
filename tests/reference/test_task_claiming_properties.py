"""The properties of Task Claiming, one by one, of the implementation itself.

Safety is looked at in every state that two workers reach with two tasks while the lock's version
is within the bound, and in those just beyond it. Liveness is a matter of infinite runs, which no
test has. What is shown is that with one task, from every such state in which a promise is open, the
runs of two round-robin schedules keep it within a bounded number of steps, after a bounded time of
crashes. That is evidence about this implementation under these schedules; whether the protocol
keeps the promise under every fair schedule, the model decides. The runs know no bound of locks: the
implementation has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias

import pytest

from reference.task_claiming import Adapter, create
from tests.reference.task_claiming_promises import (
    executing,
    gives_up_only_after,
    has_consistent_locks,
    has_mutual_exclusion,
    has_no_double_execution,
    has_no_orphan_execution,
    held,
    is_well_typed,
)
from tests.reference.walk import Predicate, Schedule, State, Step, Visit, reachable

Visits: TypeAlias = list[Visit[Adapter]]

TINY: Mapping[str, Any] = {
    "Workers": frozenset({"w1", "w2"}),
    "Tasks": frozenset({"t1", "t2"}),
    "MaxFailures": 2,
    "MaxLockVersion": 3,
}
ONE_TASK: Mapping[str, Any] = {**TINY, "Tasks": frozenset({"t1"})}


def within_bound(state: State) -> bool:
    """Return whether the walk goes on from a state. (LockVersionBound)"""
    return bool(state["lockVersion"] <= TINY["MaxLockVersion"])


def fair(constants: Mapping[str, Any]) -> Iterator[Step]:
    """Yield all steps that the spec's fairness speaks of."""
    for w in sorted(constants["Workers"]):
        for t in sorted(constants["Tasks"]):
            yield "ScanTasks", {"w": w, "t": t}
        for action in (
            "TryLockSuccess",
            "TryLockFail",
            "ExecuteTaskSuccess",
            "ExecuteTaskFailure",
            "UnlockTask",
            "SessionExpiry",
            "WorkerRecover",
        ):
            yield action, {"w": w}


def hostile(constants: Mapping[str, Any]) -> Iterator[Step]:
    """Yield the steps of which nothing is promised."""
    for w in sorted(constants["Workers"]):
        yield "WorkerCrash", {"w": w}


SCHEDULES = tuple(
    Schedule(order, tuple(hostile(ONE_TASK)))
    for order in (tuple(fair(ONE_TASK)), tuple(reversed(tuple(fair(ONE_TASK)))))
)
"""In the one, every execution that can go well does; in the other, each one fails."""


def reached(constants: Mapping[str, Any]) -> Visits:
    """Return each state within the bound, and those just beyond it."""
    return reachable(create(constants), [*fair(constants), *hostile(constants)], within_bound)


@pytest.fixture(scope="module")
def visits() -> Visits:
    """Every state of two workers and two tasks."""
    return reached(TINY)


@pytest.fixture(scope="module")
def one_task() -> Visits:
    """Every state of two workers and one task, from which the runs begin."""
    return reached(ONE_TASK)


def leads_to(goal: Predicate, visit: Visit[Adapter]) -> bool:
    """Return whether the goal is met from a state, whatever the schedule."""
    return all(schedule.leads_to(goal, visit.system) for schedule in SCHEDULES)


def test_type_ok(visits: Visits) -> None:
    """Invariant TypeOK: every variable has a value of its type."""
    assert all(is_well_typed(visit.state, TINY) for visit in visits)


def test_mutual_exclusion(visits: Visits) -> None:
    """Safety S1: at most one worker executes a task, the dead included."""
    assert any(executing(visit.state, "t1") for visit in visits)
    assert all(has_mutual_exclusion(visit.state) for visit in visits)


def test_no_double_execution(visits: Visits) -> None:
    """Safety S2: a committed task is not being executed."""
    assert any("COMMITTED" in visit.state["taskStatus"].values() for visit in visits)
    assert all(has_no_double_execution(visit.state) for visit in visits)


def test_dlq_only_after_max_failures(visits: Visits) -> None:
    """Safety S3: a task is given up only after it has failed MaxFailures times."""
    assert any("DLQ" in visit.state["taskStatus"].values() for visit in visits)
    assert all(gives_up_only_after(TINY["MaxFailures"], visit.state) for visit in visits)


def test_lock_consistency(visits: Visits) -> None:
    """Safety S4: a living worker that holds a task's lock has that task in hand."""
    holders = [(visit.state, w) for visit in visits for w, _ in held(visit.state)]
    assert any(state["workerAlive"][w] for state, w in holders)
    assert all(has_consistent_locks(visit.state) for visit in visits)


def test_no_orphan_execution(visits: Visits) -> None:
    """Safety S5: while a dead worker holds a task's lock, no other executes the task."""
    assert any(True for visit in visits for _ in held_by_dead(visit.state))
    assert all(has_no_orphan_execution(visit.state) for visit in visits)


def held_by_dead(state: State) -> Iterator[tuple[str, str]]:
    """Yield the locks that dead workers hold: each holder and the task."""
    return ((w, t) for w, t in held(state) if not state["workerAlive"][w])


def unfinished(visits: Visits) -> Visits:
    """Return the states in which a task is open: in some of them, everybody is dead."""
    found = [visit for visit in visits if "INIT" in visit.state["taskStatus"].values()]
    assert any(not any(visit.state["workerAlive"].values()) for visit in found)
    return found


def test_task_completion(one_task: Visits) -> None:
    """Liveness L1: every task ends, committed or in the dead-letter queue."""
    for visit in unfinished(one_task):
        assert leads_to(all_have_ended, visit)


def all_have_ended(state: State) -> bool:
    """Return whether every task is committed or given up."""
    return set(state["taskStatus"].values()) <= {"COMMITTED", "DLQ"}


def test_crash_recovery(one_task: Visits) -> None:
    """Liveness L2: a lock that a dead worker holds is released."""
    owed = [(visit, w, t) for visit in one_task for w, t in held_by_dead(visit.state)]
    assert owed
    for visit, w, t in owed:
        assert leads_to(partial(is_released, w, t), visit)


def is_released(w: str, t: str, state: State) -> bool:
    """Return whether a worker does not hold a task's lock."""
    return bool(state["lockState"][t]["holder"] != w)


def test_no_starvation(one_task: Visits) -> None:
    """Liveness L3: a task that is open is executed by some worker that runs."""
    for visit in unfinished(one_task):
        for t, status in visit.state["taskStatus"].items():
            assert status != "INIT" or leads_to(partial(is_executed, t), visit)


def is_executed(t: str, state: State) -> bool:
    """Return whether a worker that runs executes a task."""
    return any(state["workerAlive"][w] for w in executing(state, t))
