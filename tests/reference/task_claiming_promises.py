"""The safety properties of Task Claiming as predicates on states, written down anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.reference.walk import State


def executing(state: State, t: str) -> list[str]:
    """Return the workers that execute a task, the dead included."""
    at_it = (w for w in state["workerTask"] if state["workerTask"][w] == t)
    return [w for w in at_it if state["workerState"][w] == "EXECUTING"]


def held(state: State) -> Iterator[tuple[str, str]]:
    """Yield each lock that is held: its holder and the task."""
    for t, lock in state["lockState"].items():
        if lock["holder"] != "NONE":
            yield lock["holder"], t


def is_well_typed(state: State, constants: Mapping[str, Any]) -> bool:
    """TypeOK: every variable has a value of its type."""
    workers, tasks = constants["Workers"], constants["Tasks"]
    kinds: Mapping[str, Any] = {
        "taskStatus": (tasks, {"INIT", "PREPARED", "COMMITTED", "DLQ"}),
        "workerAlive": (workers, {True, False}),
        "workerState": (workers, {"IDLE", "SCANNING", "EXECUTING", "UNLOCKING"}),
        "workerTask": (workers, {*tasks, "NONE"}),
        "taskFailCount": (tasks, set(range(constants["MaxFailures"] + 1))),
    }
    locks = state["lockState"]
    return (
        set(state) == {"lockState", "lockVersion", *kinds}
        and state["lockVersion"] >= 1
        and locks.keys() == tasks
        and all(set(lock) == {"holder", "version"} for lock in locks.values())
        and all(lock["holder"] in {*workers, "NONE"} for lock in locks.values())
        and all(lock["version"] >= 0 for lock in locks.values())
        and all(state[name].keys() == domain for name, (domain, _) in kinds.items())
        and all(set(state[name].values()) <= values for name, (_, values) in kinds.items())
    )


def has_mutual_exclusion(state: State) -> bool:
    """S1: at most one worker executes a task."""
    return all(len(executing(state, t)) <= 1 for t in state["taskStatus"])


def has_no_double_execution(state: State) -> bool:
    """S2: a committed task is not being executed."""
    committed = (t for t, status in state["taskStatus"].items() if status == "COMMITTED")
    return not any(executing(state, t) for t in committed)


def gives_up_only_after(failures: int, state: State) -> bool:
    """S3: a task is given up only after it has failed that often."""
    given_up = (t for t, status in state["taskStatus"].items() if status == "DLQ")
    return all(state["taskFailCount"][t] >= failures for t in given_up)


def has_consistent_locks(state: State) -> bool:
    """S4: a living worker that holds a task's lock has that task in hand."""
    return all(state["workerTask"][w] == t for w, t in held(state) if state["workerAlive"][w])


def has_no_orphan_execution(state: State) -> bool:
    """S5: while a dead worker holds a task's lock, no other worker executes the task."""
    dead = ((w, t) for w, t in held(state) if not state["workerAlive"][w])
    return not any(set(executing(state, t)) - {w} for w, t in dead)
