"""The adapter of Task Claiming: the spec's state read off the fleet, its actions asked of it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.task_claiming import Adapter, create
from tests.reference.task_claiming_promises import (
    executing,
    gives_up_only_after,
    has_consistent_locks,
    has_mutual_exclusion,
    has_no_double_execution,
    has_no_orphan_execution,
    is_well_typed,
)
from tests.reference.walk import State, Step

SMALL: Mapping[str, object] = {
    "Workers": frozenset({"w1", "w2", "w3"}),
    "Tasks": frozenset({"t1", "t2"}),
    "MaxFailures": 2,
    "MaxLockVersion": 5,
}
UNLOCKED = {"holder": "NONE", "version": 0}


@pytest.fixture
def adapter() -> Adapter:
    return create(SMALL)


def take(adapter: Adapter, w: str, *actions: str, t: str = "t1") -> None:
    """Let a worker take steps that must be possible."""
    for action in actions:
        parameters = {"w": w, "t": t} if action == "ScanTasks" else {"w": w}
        assert adapter.perform(action, parameters), action


def state_of(adapter: Adapter) -> State:
    """Return the adapter's state, to be looked into."""
    return adapter.state()


def test_the_initial_state_is_the_specs(adapter: Adapter) -> None:
    workers = ("w1", "w2", "w3")
    assert adapter.state() == {
        "taskStatus": {"t1": "INIT", "t2": "INIT"},
        "lockState": {"t1": UNLOCKED, "t2": UNLOCKED},
        "workerAlive": dict.fromkeys(workers, True),
        "workerState": dict.fromkeys(workers, "IDLE"),
        "workerTask": dict.fromkeys(workers, "NONE"),
        "taskFailCount": {"t1": 0, "t2": 0},
        "lockVersion": 1,
    }


def test_a_task_is_seen_step_by_step(adapter: Adapter) -> None:
    initial = state_of(adapter)
    take(adapter, "w2", "ScanTasks")
    state = state_of(adapter)
    assert (state["workerState"]["w2"], state["workerTask"]["w2"]) == ("SCANNING", "t1")
    take(adapter, "w2", "TryLockSuccess")
    state = state_of(adapter)
    assert state["workerState"]["w2"] == "EXECUTING"
    assert state["lockState"] == {"t1": {"holder": "w2", "version": 1}, "t2": UNLOCKED}
    assert state["lockVersion"] == 2
    take(adapter, "w2", "ExecuteTaskSuccess")
    state = state_of(adapter)
    assert state["workerState"]["w2"] == "UNLOCKING"
    assert state["taskStatus"] == {"t1": "COMMITTED", "t2": "INIT"}
    take(adapter, "w2", "UnlockTask")
    done = {**initial, "taskStatus": {"t1": "COMMITTED", "t2": "INIT"}, "lockVersion": 2}
    assert adapter.state() == done


def test_locks_are_numbered_in_the_order_of_their_taking(adapter: Adapter) -> None:
    for w, t in (("w1", "t1"), ("w3", "t2")):
        take(adapter, w, "ScanTasks", "TryLockSuccess", t=t)
    assert state_of(adapter)["lockState"] == {
        "t1": {"holder": "w1", "version": 1},
        "t2": {"holder": "w3", "version": 2},
    }


def test_a_task_fails_when_asked_to_and_is_given_up_in_the_end(adapter: Adapter) -> None:
    again = ("ScanTasks", "TryLockSuccess", "ExecuteTaskFailure", "UnlockTask")
    take(adapter, "w1", *again)
    assert state_of(adapter)["taskStatus"]["t1"] == "INIT"
    take(adapter, "w2", *again)
    state = state_of(adapter)
    assert (state["taskStatus"]["t1"], state["taskFailCount"]["t1"]) == ("DLQ", 2)
    assert not adapter.perform("ScanTasks", {"w": "w1", "t": "t1"})


@pytest.mark.parametrize(
    ("before", "possible"),
    [
        ((), "TryLockSuccess"),
        ((("w2", "ScanTasks"), ("w2", "TryLockSuccess")), "TryLockFail"),
        (
            (
                ("w2", "ScanTasks"),
                ("w2", "TryLockSuccess"),
                ("w2", "ExecuteTaskSuccess"),
                ("w2", "UnlockTask"),
            ),
            "TryLockFail",
        ),
    ],
)
def test_only_the_outcome_that_the_worker_meets_is_taken(
    adapter: Adapter, before: tuple[tuple[str, str], ...], possible: str
) -> None:
    take(adapter, "w1", "ScanTasks")
    for w, action in before:
        take(adapter, w, action)
    present = state_of(adapter)
    (impossible,) = {"TryLockSuccess", "TryLockFail"} - {possible}
    assert not adapter.perform(impossible, {"w": "w1"})
    assert adapter.state() == present
    assert adapter.perform(possible, {"w": "w1"})
    assert adapter.state() != present


def test_a_crashed_worker_keeps_what_it_had_until_its_session_ends(adapter: Adapter) -> None:
    take(adapter, "w1", "ScanTasks", "TryLockSuccess")
    before = state_of(adapter)
    take(adapter, "w1", "WorkerCrash")
    alive = {"w1": False, "w2": True, "w3": True}
    assert adapter.state() == {**before, "workerAlive": alive}
    for action in ("ExecuteTaskSuccess", "UnlockTask", "WorkerCrash", "WorkerRecover"):
        assert not adapter.perform(action, {"w": "w1"})
    assert adapter.state() == {**before, "workerAlive": alive}
    take(adapter, "w1", "SessionExpiry")
    state = state_of(adapter)
    assert state["lockState"]["t1"] == UNLOCKED
    assert (state["workerState"]["w1"], state["workerTask"]["w1"]) == ("IDLE", "NONE")
    assert state["workerAlive"] == alive
    take(adapter, "w1", "WorkerRecover", "ScanTasks")


def test_sessions_end_one_by_one_in_any_order(adapter: Adapter) -> None:
    for w, t in (("w1", "t1"), ("w2", "t2")):
        take(adapter, w, "ScanTasks", "TryLockSuccess", t=t)
    for w in ("w1", "w2"):
        take(adapter, w, "WorkerCrash")
    take(adapter, "w2", "SessionExpiry")
    assert state_of(adapter)["lockState"]["t1"]["holder"] == "w1"
    take(adapter, "w1", "SessionExpiry")
    assert state_of(adapter)["lockState"] == {"t1": UNLOCKED, "t2": UNLOCKED}


def test_a_session_without_a_lock_ends_unseen(adapter: Adapter) -> None:
    take(adapter, "w1", "ScanTasks", "WorkerCrash")
    assert state_of(adapter)["workerTask"]["w1"] == "t1"
    assert not adapter.perform("SessionExpiry", {"w": "w1"})
    assert state_of(adapter)["workerTask"]["w1"] == "t1"
    take(adapter, "w1", "WorkerRecover")
    assert state_of(adapter)["workerTask"]["w1"] == "NONE"


def test_the_session_of_a_worker_that_runs_does_not_end(adapter: Adapter) -> None:
    take(adapter, "w1", "ScanTasks", "TryLockSuccess")
    assert not adapter.perform("SessionExpiry", {"w": "w1"})
    assert not adapter.perform("WorkerRecover", {"w": "w1"})
    take(adapter, "w1", "ExecuteTaskSuccess", "UnlockTask")


def test_a_fork_goes_its_own_way(adapter: Adapter) -> None:
    take(adapter, "w1", "ScanTasks", "TryLockSuccess")
    before = state_of(adapter)
    fork = adapter.fork()
    take(fork, "w1", "ExecuteTaskFailure", "WorkerCrash", "SessionExpiry", "WorkerRecover")
    assert adapter.state() == before
    take(adapter, "w1", "ExecuteTaskSuccess")
    assert state_of(fork)["taskStatus"]["t1"] == "INIT"


def test_unknown_names_are_lookup_errors(adapter: Adapter) -> None:
    with pytest.raises(LookupError, match="did you mean 'UnlockTask'"):
        adapter.perform("UnlockTasks", {"w": "w1"})
    with pytest.raises(LookupError, match="there is no worker w9"):
        adapter.perform("WorkerCrash", {"w": "w9"})
    with pytest.raises(LookupError, match="there is no task t9"):
        adapter.perform("ScanTasks", {"w": "w1", "t": "t9"})


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("Workers", "w1", TypeError),
        ("Tasks", 2, TypeError),
        ("MaxFailures", True, TypeError),
        ("MaxFailures", None, LookupError),
    ],
)
def test_constants_that_make_no_system_are_refused(
    name: str, value: object, error: type[Exception]
) -> None:
    constants = {**SMALL, name: value}
    if value is None:
        del constants[name]
    with pytest.raises(error, match=name):
        create(constants)


STEPS = st.one_of(
    st.tuples(
        st.just("ScanTasks"),
        st.fixed_dictionaries(
            {"w": st.sampled_from(["w1", "w2", "w3"]), "t": st.sampled_from(["t1", "t2"])}
        ),
    ),
    st.tuples(
        st.sampled_from(
            [
                "TryLockSuccess",
                "TryLockFail",
                "ExecuteTaskSuccess",
                "ExecuteTaskFailure",
                "UnlockTask",
                "WorkerCrash",
                "SessionExpiry",
                "WorkerRecover",
            ]
        ),
        st.fixed_dictionaries({"w": st.sampled_from(["w1", "w2", "w3"])}),
    ),
)
"""Any step, possible or not."""


@settings(deadline=None)
@given(st.lists(STEPS, max_size=60))
def test_whatever_happens_is_safe_and_can_be_brought_to_an_end(steps: list[Step]) -> None:
    adapter = create(SMALL)
    for action, parameters in steps:
        before = state_of(adapter)
        if not adapter.perform(action, parameters):
            assert adapter.state() == before
        assert_safe(state_of(adapter), before)
    bring_to_an_end(adapter)
    state = state_of(adapter)
    assert set(state["taskStatus"].values()) <= {"COMMITTED", "DLQ"}
    assert state["lockState"] == {"t1": UNLOCKED, "t2": UNLOCKED}


@settings(deadline=None)
@given(st.lists(STEPS, max_size=30))
def test_what_was_seen_before_is_not_shown_for_what_is(steps: list[Step]) -> None:
    watched, unwatched = create(SMALL), create(SMALL)
    for action, parameters in steps:
        watched.state()
        assert watched.perform(action, parameters) is unwatched.perform(action, parameters)
        assert watched.state() == unwatched.fork().state()


@settings(deadline=None)
@given(st.lists(st.tuples(STEPS, st.booleans()), max_size=30))
def test_neither_of_two_forks_sees_what_the_other_does(steps: list[tuple[Step, bool]]) -> None:
    adapter = create(SMALL)
    for (action, parameters), goes_on_as_fork in steps:
        before = state_of(adapter)
        fork = adapter.fork()
        one, other = (fork, adapter) if goes_on_as_fork else (adapter, fork)
        taken = one.perform(action, parameters)
        assert other.state() == before
        assert other.perform(action, parameters) is taken
        assert other.state() == one.state()
        adapter = one


def assert_safe(state: State, before: State) -> None:
    """Assert what the spec promises of a state, and what is true of it and of the step to it."""
    assert is_well_typed(state, SMALL)
    assert has_mutual_exclusion(state)
    assert has_no_double_execution(state)
    assert gives_up_only_after(2, state)
    assert has_consistent_locks(state)
    assert has_no_orphan_execution(state)
    for t, status in state["taskStatus"].items():
        assert before["taskStatus"][t] in ("INIT", status)
        holder = state["lockState"][t]["holder"]
        assert executing(state, t) in ([], [holder])
        assert holder == "NONE" or state["workerTask"][holder] == t


def bring_to_an_end(adapter: Adapter) -> None:
    """Let every worker live, and finish what it has in hand; then one of them does the rest."""
    for w in ("w1", "w2", "w3"):
        for action in ("SessionExpiry", "WorkerRecover"):
            adapter.perform(action, {"w": w})
        for action in ("TryLockSuccess", "TryLockFail", "ExecuteTaskSuccess", "UnlockTask"):
            adapter.perform(action, {"w": w})
    for t in ("t1", "t2"):
        adapter.perform("ScanTasks", {"w": "w1", "t": t})
        for action in ("TryLockSuccess", "ExecuteTaskSuccess", "UnlockTask"):
            adapter.perform(action, {"w": "w1"})
