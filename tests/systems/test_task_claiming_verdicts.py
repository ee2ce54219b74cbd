"""What `conform explore` says of the model of Task Claiming: counts, and what liveness rests on.

What is lost without which fairness was measured with TLC as well, with the same constants.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.systems.scratch import TASK_CLAIMING, Scratch

MODULE = TASK_CLAIMING.module
CFG = TASK_CLAIMING.cfg
ENDING = {"TaskCompletion", "NoStarvation"}
ALL = {*ENDING, "CrashRecovery"}


def test_two_workers_have_the_counts_that_the_document_states(claiming: Scratch) -> None:
    """The numbers are those of TLC; README.md shows those of three workers."""
    claiming.configure({"Tasks": "{t1, t2}", "MaxLockVersion": "5"})
    report = claiming.explore().report
    assert report["status"] == "NO_ERROR"
    assert report["distinct_states"] == 12_380
    assert report["states_explored"] == 39_993
    assert report["depth"] == 25
    assert len(report["properties"]) == 9
    assert set(report["properties"].values()) == {"PASS"}


def failing(project: Scratch) -> dict[str, Any]:
    """Return the failing properties; traces by name."""
    return project.explore("--continue").failed


def loop_of(trace: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the steps of a lasso that are repeated for ever."""
    return [step for step in trace["steps"] if step["step"] >= trace["loop_to"]]


def weaken(project: Scratch, *actions: str) -> None:
    for action in actions:
        project.replace(MODULE, f"SF_vars({action}(w", f"WF_vars({action}(w")


def drop_fairness(project: Scratch, *actions: str) -> None:
    for action in actions:
        pattern = (
            rf"(?m)^ +/\\ (?:\\A w \\in Workers, t \\in Tasks : )?[WS]F_vars\({action}\(.*\)\)\n"
        )
        text, count = re.subn(pattern, "", project.read(MODULE))
        assert count == 1
        project.write(MODULE, text)


def let_versions_begin_anew(project: Scratch) -> None:
    """Give the model a graph that no constraint truncates."""
    old = "lockVersion' = lockVersion + 1"
    project.replace(MODULE, old, "lockVersion' = (lockVersion % MaxLockVersion) + 1")
    project.replace(CFG, "CONSTRAINT\n    LockVersionBound\n", "")


@pytest.fixture(params=["bounded versions", "versions that begin anew"])
def model(request: pytest.FixtureRequest, claiming: Scratch) -> Scratch:
    """Give the model with its constraint, and without one."""
    if request.param != "bounded versions":
        let_versions_begin_anew(claiming)
    return claiming


def test_nothing_fails_with_the_fairness_of_the_document(model: Scratch) -> None:
    assert failing(model) == {}


@pytest.mark.parametrize(
    ("action", "lost"),
    [
        ("ScanTasks", ENDING),
        ("TryLockSuccess", ENDING),
        ("TryLockFail", set()),
        ("ExecuteTaskSuccess", set()),
        ("ExecuteTaskFailure", set()),
        ("UnlockTask", ENDING),
        ("SessionExpiry", ALL),
        ("WorkerRecover", ENDING),
    ],
)
def test_what_is_lost_without_the_fairness_of_an_action(
    model: Scratch, action: str, lost: set[str]
) -> None:
    drop_fairness(model, action)
    assert set(failing(model)) == lost


def test_a_dead_workers_lock_stays_if_sessions_need_not_end(claiming: Scratch) -> None:
    drop_fairness(claiming, "SessionExpiry")
    state = failing(claiming)["CrashRecovery"]["steps"][-1]["state_variables"]
    assert "FALSE" in str(state["workerAlive"]).upper()
    assert "NONE" not in str(state["lockState"])


@pytest.mark.parametrize("action", ["ScanTasks", "TryLockSuccess"])
def test_weak_fairness_is_not_enough_where_crashes_interfere(model: Scratch, action: str) -> None:
    """The lasso: workers crash and come back for ever, each time before they have a lock."""
    weaken(model, action)
    failed = failing(model)
    assert set(failed) == ENDING
    loop = loop_of(failed["TaskCompletion"])
    assert {"WorkerCrash", "WorkerRecover"} <= {step["action"] for step in loop}
    for step in loop:
        assert "EXECUTING" not in str(step["state_variables"]["workerState"])


def test_one_of_the_two_outcomes_of_an_execution_must_be_fair(model: Scratch) -> None:
    drop_fairness(model, "ExecuteTaskSuccess", "ExecuteTaskFailure")
    assert "TaskCompletion" in failing(model)


@pytest.mark.parametrize("dropped", [(), ("ExecuteTaskSuccess",), ("ExecuteTaskFailure",)])
def test_the_bound_hides_that_an_execution_needs_strong_fairness(
    claiming: Scratch, dropped: tuple[str, ...]
) -> None:
    """A worker that crashes in each execution takes a new lock each time, for ever."""
    weaken(claiming, "ExecuteTaskSuccess", "ExecuteTaskFailure")
    drop_fairness(claiming, *dropped)
    assert failing(claiming) == {}
    let_versions_begin_anew(claiming)
    failed = failing(claiming)
    assert set(failed) == {"TaskCompletion"}
    taken = {step["action"] for step in loop_of(failed["TaskCompletion"])}
    assert {"TryLockSuccess", "WorkerCrash", "SessionExpiry", "WorkerRecover"} <= taken


def test_starvation_is_about_execution_and_not_about_being_picked(claiming: Scratch) -> None:
    """A model in which t2 may be picked and is always refused: L3 must not hold of it."""
    claiming.configure({"Tasks": "{t1, t2}"})
    favoured = "CHOOSE u \\in Tasks : TRUE"
    unlocked = "        /\\ lockState[t] = Unlocked\n"
    claiming.replace(MODULE, unlocked, f"{unlocked}        /\\ t = {favoured}\n")
    done = '           \\/ taskStatus[t] # "INIT"\n'
    claiming.replace(MODULE, done, f"{done}           \\/ t # {favoured}\n")
    assert set(failing(claiming)) == ENDING
    executed = "\\E w \\in Workers : workerAlive[w] /\\ Executing(w, t)"
    claiming.replace(MODULE, executed, "\\E w \\in Workers : workerTask[w] = t")
    assert set(failing(claiming)) == {"TaskCompletion"}
