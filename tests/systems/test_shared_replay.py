"""A replay that several processes share finds what one process finds, and counts the same."""

from __future__ import annotations

from concurrent.futures import wait
from typing import Any

import pytest

from conform.commands import protocol_check, shared_replay
from conform.commands.protocol_check import ProtocolCheck
from conform.commands.reading_pool import ReadingPool
from conform.commands.tickets import NEVER
from tests.systems.scratch import DENSE, REFERENCE, Outcome, Scratch


def replayed(outcome: Outcome) -> Any:
    """Return the verdict and the summary of the stage, and the scorecard."""
    (protocol,) = outcome.report["protocols"]
    stage = next(each for each in protocol["stages"] if each["name"] == "replay, reference")
    return stage["verdict"], stage["summary"], protocol["scorecard"]


@pytest.fixture
def both(project: Scratch, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a function that checks the project twice, with a replay in one process and in two."""
    project.configure(DENSE)

    def checked() -> tuple[Outcome, Outcome]:
        alone = project.check("--no-cache")
        monkeypatch.setattr(shared_replay, "WORTH_A_PROCESS", 1)
        return alone, project.check("--no-cache", "--workers", "2")

    return checked


@pytest.fixture
def all_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process come too late for each part."""
    monkeypatch.setattr(ReadingPool, "draw", lambda _pool, _counter: NEVER)


def test_counts_are_those_of_one_process(both: Any) -> None:
    alone, shared = both()
    assert alone.code == 0
    assert replayed(shared) == replayed(alone)


@pytest.mark.usefixtures("all_elsewhere")
def test_counts_are_those_of_one_process_where_another_does_all(both: Any) -> None:
    alone, shared = both()
    assert alone.code == 0
    assert replayed(shared) == replayed(alone)


def test_a_fault_is_told_as_by_one_process(project: Scratch, both: Any) -> None:
    project.replace(f"{REFERENCE}/cursor.py", 'b"%d" % to', 'b"%d" % (to + 1)')
    alone, shared = both()
    assert alone.code == 1
    assert alone.errors()[0]["code"] == "CF501"
    assert shared.findings == alone.findings
    assert replayed(shared) == replayed(alone)


@pytest.mark.usefixtures("all_elsewhere")
def test_a_fault_that_another_process_meets_alone_is_told_too(project: Scratch, both: Any) -> None:
    project.replace(f"{REFERENCE}/cursor.py", 'b"%d" % to', 'b"%d" % (to + 1)')
    alone, shared = both()
    assert alone.code == 1
    assert shared.findings == alone.findings
    assert replayed(shared) == replayed(alone)


def test_readings_that_are_ready_are_compared_between_the_parts_of_a_replay(
    project: Scratch, both: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone, _ = both()
    order = []
    draw, take_parts, compare = (
        ReadingPool.draw,
        shared_replay._take_parts,
        ProtocolCheck._compare_readings,
    )

    def patient(pool: ReadingPool, counter: int) -> int:
        wait(each.future for key, each in pool._begun.items() if "replay" not in key)
        return draw(pool, counter)

    def noted(*arguments: Any) -> float:
        order.append("parts")
        spent = take_parts(*arguments)
        order.append("end of parts")
        return spent

    def compared(check: ProtocolCheck, *arguments: Any) -> None:
        order.append("comparison")
        compare(check, *arguments)

    monkeypatch.setattr(protocol_check, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(ReadingPool, "draw", patient)
    monkeypatch.setattr(shared_replay, "_take_parts", noted)
    monkeypatch.setattr(ProtocolCheck, "_compare_readings", compared)
    shared = project.check("--no-cache", "--workers", "2")
    assert order == ["parts", "comparison", "end of parts"]
    assert replayed(shared) == replayed(alone)
    names = [
        [stage["name"] for stage in each.report["protocols"][0]["stages"]]
        for each in (alone, shared)
    ]
    assert names[0] == names[1]


def test_models_that_nobody_has_begun_are_explored_before_a_replay(
    project: Scratch, both: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone, _ = both()
    order = []
    take_parts, explored = shared_replay._take_parts, ProtocolCheck._explored

    def noted(*arguments: Any) -> float:
        order.append("replay")
        return take_parts(*arguments)

    def exploring(check: ProtocolCheck, artefact: Any, *arguments: Any) -> Any:
        order.append(artefact.name)
        return explored(check, artefact, *arguments)

    monkeypatch.setattr(protocol_check, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(shared_replay, "_take_parts", noted)
    monkeypatch.setattr(ProtocolCheck, "_explored", exploring)
    shared = project.check("--no-cache", "--workers", "2")
    assert order == ["TLA+", "document", "replay"]  # a process takes a second to start
    assert replayed(shared) == replayed(alone)
