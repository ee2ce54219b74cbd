"""A replay that several processes share finds what one process finds, and counts the same."""

from __future__ import annotations

from typing import Any

import pytest

from conform.commands import shared_replay
from conform.explore.graph import StateGraph
from conform.explore.tree_parts import TreePart
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


def test_counts_are_those_of_one_process(both: Any) -> None:
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


def test_a_fault_that_another_process_meets_alone_is_told_too(
    project: Scratch, both: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(graph: StateGraph, _number: int, _count: int) -> TreePart:
        return TreePart(bytearray(graph.state_count), bytearray(graph.state_count))

    monkeypatch.setattr(shared_replay, "tree_part", nothing)  # in this process alone
    project.replace(f"{REFERENCE}/cursor.py", 'b"%d" % to', 'b"%d" % (to + 1)')
    alone, shared = both()
    assert alone.code == 1
    assert shared.findings == alone.findings
    assert replayed(shared) == replayed(alone)
