"""Limits hold inside an evaluation, and what is set for them is put back."""

from __future__ import annotations

import gc
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conform.commands.allowance import Allowance
from conform.commands.explore import run
from conform.commands.explore_options import ExploreCommandOptions
from conform.domain.exploration import ExplorationStatus
from conform.explore import limits
from conform.explore.limits import LimitReachedError, enforced, resident_memory
from conform.explore.options import ExploreOptions, Limit
from conform.explore.safety import SafetySearch
from conform.explore.search import explore
from tests.unit.explore.toys import Toy, Vars, counter


def for_ever() -> None:
    while True:
        pass


def test_endless_loop_is_broken_off() -> None:
    with pytest.raises(LimitReachedError) as caught, enforced(0.05, None):
        for_ever()
    assert caught.value.limit is Limit.TIMEOUT


def test_greedy_loop_is_broken_off() -> None:
    held: list[bytes] = []
    with pytest.raises(LimitReachedError) as caught, enforced(None, 2**20):
        while True:
            held.append(bytes(2**24))
    assert caught.value.limit is Limit.MEMORY
    assert len(held) * 2**24 < 2**30


def test_lack_of_memory_is_a_limit_even_where_none_was_given() -> None:
    with pytest.raises(LimitReachedError) as caught, enforced(None, None):
        raise MemoryError
    assert caught.value.limit is Limit.MEMORY


def test_what_was_set_is_put_back() -> None:
    before = signal.getsignal(signal.SIGALRM), resource.getrlimit(resource.RLIMIT_AS)
    with enforced(60, 2**40):
        assert signal.getsignal(signal.SIGALRM) is not before[0]
    assert (signal.getsignal(signal.SIGALRM), resource.getrlimit(resource.RLIMIT_AS)) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_an_alarm_within_another_leaves_it_set() -> None:
    with pytest.raises(LimitReachedError), enforced(0.3, None):
        with enforced(60, None):
            assert signal.getitimer(signal.ITIMER_REAL)[0] > 30
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 0.3
        for_ever()
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


@contextmanager
def collecting_slowly() -> Iterator[list[str]]:
    """Let each collection of garbage wait for the alarm."""
    seen: list[str] = []

    def wait(phase: str, _info: dict[str, int]) -> None:
        seen.append(phase)
        for _ in range(200_000):
            pass

    gc.callbacks.append(wait)
    try:
        yield seen
    finally:
        gc.callbacks.remove(wait)


def test_alarm_waits_until_the_garbage_is_collected() -> None:
    """What is raised in a callback of the collector is printed and lost; pytest would complain."""
    with collecting_slowly() as seen, pytest.raises(LimitReachedError), enforced(0.001, None):
        gc.collect()
        for_ever()
    assert seen


def test_process_holds_memory() -> None:
    held = resident_memory()
    assert held is not None
    assert 2**20 < held < 2**40


def test_endless_action_ends_a_search_incomplete() -> None:
    toy = counter(3)
    toy.action("Endless", lambda v: [] if v["x"] != 2 else _endless())
    result = explore(toy, ExploreOptions(timeout=0.1, breaks_off=True))
    assert (result.limit, result.distinct_states) == (Limit.TIMEOUT, 4)


def test_endless_assumption_ends_a_search_before_it_begins() -> None:
    toy = Toy(("x",), lambda: [{"x": 0}])
    toy.assumptions.append(toy.predicate("Endless", lambda v: bool(_endless())))
    result = explore(toy, ExploreOptions(timeout=0.1, breaks_off=True))
    assert (result.limit, result.states_generated) == (Limit.TIMEOUT, 0)


def test_endless_conclusion_leaves_liveness_undecided() -> None:
    toy = counter(3)
    toy.leads_to("Ends", lambda v: True, lambda v: bool(_endless()))
    result = explore(toy, ExploreOptions(timeout=0.1, breaks_off=True))
    assert result.limit is Limit.TIMEOUT
    (row,) = result.properties
    assert row.reason == "the time limit of 0.1 seconds was reached"


def test_time_that_was_spent_before_counts() -> None:
    result = explore(counter(3), ExploreOptions(timeout=5, spent=6))
    assert result.message == "the time limit of 5 seconds was reached"


def test_memory_is_watched_between_states() -> None:
    result = explore(counter(3), ExploreOptions(max_memory=1))
    assert result.limit is Limit.MEMORY
    assert result.message == "the limit of 1 bytes of memory was reached"


def _endless() -> list[Vars]:
    for_ever()
    return []


def test_an_alias_that_takes_too_long_is_not_shown(tmp_path: Path) -> None:
    """A violation was found long before the limit: it is shown with its variables."""
    module = tmp_path / "Slow.tla"
    module.write_text(
        "---- MODULE Slow ----\nEXTENDS Naturals, FiniteSets\nVARIABLE x\nInit == x = 0\n"
        "Next == x' = x + 1\nSmall == x < 2\n"
        "Shown == [y |-> \\A s \\in SUBSET (1..22) : Cardinality(s) >= 0]\n====\n"
    )
    module.with_suffix(".cfg").write_text("INIT Init\nNEXT Next\nINVARIANT Small\nALIAS Shown\n")
    options = ExploreCommandOptions(module, allowance=Allowance(0.3, breaks_off=True))
    report = run(options)
    assert report.status is ExplorationStatus.VIOLATION_FOUND
    assert report.trace is not None
    assert [dict(step.variables)["x"] for step in report.trace.steps] == [0, 1, 2]
    assert report.printed == ("ALIAS Shown is not shown: it would take too long",)


def test_without_a_bound_the_memory_of_the_machine_is_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "memory.max").write_text("1000\n")
    (tmp_path / "limit").write_text("max\n")
    bounds = (tmp_path / "memory.max", tmp_path / "limit", tmp_path / "none")
    monkeypatch.setattr(limits, "_GROUP_BOUNDS", bounds)
    assert limits.memory_to_use() == 900
    result = explore(counter(3), ExploreOptions())
    assert result.limit is Limit.MEMORY
    assert result.message == "the search needs more memory than the machine has"
    (tmp_path / "memory.max").unlink()
    assert (limits.memory_to_use() or 0) > 10**8


@pytest.mark.parametrize("keeps_graph", [False, True])
def test_steps_beyond_memory_leave_liveness_alone_undecided(
    keeps_graph: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def heed(search: SafetySearch) -> None:
        if search.edges is not None and len(search.space) > 5:
            raise LimitReachedError(Limit.MEMORY)

    monkeypatch.setattr(SafetySearch, "_heed_clock", heed)
    toy = counter(9)
    toy.invariant("Low", lambda v: v["x"] != 10)
    toy.invariant("Lower", lambda v: v["x"] != 8)
    toy.leads_to("Ends", lambda v: True, lambda v: v["x"] == 9)
    asked = ExploreOptions(
        keep_graph=keeps_graph, check_deadlock=False, max_memory=2**30, stop_at_first=False
    )

    def told(_v: Vars) -> bool:
        toy.run.show("once")
        return True

    toy.assumptions.append(toy.predicate("Told", told))
    result = explore(toy, asked)
    assert result.printed == ("once",)
    verdicts = {row.name: (row.verdict.value, row.reason) for row in result.properties}
    reached = "the limit of 1,024 MB of memory was reached"
    if keeps_graph:
        assert set(verdicts.values()) == {("INCOMPLETE", reached)}
        return
    assert verdicts["Low"] == ("PASS", "")
    assert verdicts["Lower"][0] == "FAIL"
    why = f"liveness needs the steps between all states: {reached}"
    assert verdicts["Ends"] == ("INCOMPLETE", why)
    assert (result.distinct_states, result.states_generated, result.depth) == (10, 10, 10)


def test_liveness_that_was_not_asked_for_is_incomplete() -> None:
    toy = counter(3)
    toy.invariant("Low", lambda v: v["x"] != 4)
    toy.leads_to("Ends", lambda v: True, lambda v: v["x"] == 3)
    result = explore(toy, ExploreOptions(check_deadlock=False, check_liveness=False))
    rows = [(row.verdict.value, row.reason) for row in result.properties]
    assert rows == [("PASS", ""), ("INCOMPLETE", "liveness was not asked for")]
    assert result.status is ExplorationStatus.INCOMPLETE
