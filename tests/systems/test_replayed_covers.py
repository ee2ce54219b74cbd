"""What a check replays of a state graph, by its size or as asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conform.commands.stages import covering
from conform.explore import edge_classes
from conform.explore.edge_classes import Sampling
from tests.systems.scratch import (
    DENSE,
    LEADERLESS_LOG,
    REFERENCE,
    TASK_CLAIMING,
    TINY,
    Outcome,
    Protocol,
    Scratch,
    copy_project,
)


def summary(outcome: Outcome) -> str:
    """Return what the stage of the reference says."""
    (protocol,) = outcome.report["protocols"]
    stage = next(each for each in protocol["stages"] if each["name"] == "replay, reference")
    text: str = stage["summary"]
    return text


def taken(outcome: Outcome) -> tuple[int, int]:
    """Return how many steps were taken, and of how many transitions."""
    found = re.search(r"covered: ([\d,]+)(?: of ([\d,]+))? steps taken", summary(outcome))
    assert found
    steps = int(found[1].replace(",", ""))
    return steps, int(found[2].replace(",", "")) if found[2] else steps


def disabled(outcome: Outcome) -> int:
    """Return how many disabled steps were declined."""
    found = re.search(r", ([\d,]+) disabled ones declined", summary(outcome))
    return int(found[1].replace(",", "")) if found else 0


LARGE = [
    (LEADERLESS_LOG, {"MaxOffset": "4", "CompactRange2End": "4", "MaxBatch": "1"}, 44_800),
    (TASK_CLAIMING, {"Workers": "{w1, w2}"}, 39_416),
]
"""Protocols with constants, those they ship with but for some, and the number of transitions."""


@pytest.mark.parametrize(("protocol", "constants", "count"), LARGE, ids=["log", "claiming"])
def test_every_transition_of_a_large_graph_is_taken_if_asked_for(
    protocol: Protocol,
    constants: dict[str, str],
    count: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    copy_project(tmp_path, protocol)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(covering, "MAX_EDGES", 1)
    project = Scratch(tmp_path, capsys, protocol)
    project.configure(constants)
    outcome = project.check("--cover", "transitions", "--no-cache", "--workers", "2")
    assert outcome.code == 0
    text = f"every one of the transitions covered: {count:,} steps taken,"
    assert summary(outcome).startswith(text)


def test_a_small_graph_is_replayed_whole(project: Scratch) -> None:
    project.configure(TINY)
    steps, transitions = taken(project.check("--no-cache"))
    assert steps == transitions


def test_of_a_large_graph_classes_are_replayed(
    project: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.configure(DENSE)
    monkeypatch.setattr(covering, "MAX_EDGES", 1)
    monkeypatch.setattr(edge_classes, "Sampling", lambda: Sampling(of_an_instance=0))
    outcome = project.check("--no-cache")
    steps, transitions = taken(outcome)
    assert outcome.code == 0
    assert "states and classes of transitions" in summary(outcome)
    assert 1 < steps < transitions
    assert disabled(outcome) > 0


def test_in_each_state_of_a_large_graph_a_disabled_step_is_asked_for(
    project: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.configure(DENSE)
    monkeypatch.setattr(covering, "PROBES_IN_ALL", 1)
    outcome = project.check("--no-cache")
    states = project.explore().report["distinct_states"]
    assert f", {states:,} disabled ones declined" in summary(outcome)


def test_of_a_still_larger_graph_outcomes_are_replayed(
    project: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.configure(DENSE)
    monkeypatch.setattr(covering, "MAX_EDGES", 1)
    monkeypatch.setattr(covering, "MAX_STATES", 1)
    outcome = project.check("--no-cache")
    assert outcome.code == 0
    assert summary(outcome).startswith("every one of the outcomes of action instances covered:")


def test_a_fault_is_found_by_classes_of_transitions(project: Scratch) -> None:
    project.configure(TINY)
    project.replace(f"{REFERENCE}/cursor.py", 'b"%d" % to', 'b"%d" % (to + 1)')
    outcome = project.check("--no-cache", "--cover", "classes")
    assert outcome.code == 1
    assert outcome.errors()[0]["code"] == "CF501"


def test_a_lost_guard_is_found_by_classes_of_transitions(project: Scratch) -> None:
    project.configure(TINY)
    project.replace(f"{REFERENCE}/sequencer.py", "if head.state is LogState.FENCED:", "if False:")
    outcome = project.check("--no-cache", "--cover", "classes")
    assert outcome.code == 1
    assert outcome.errors()[0]["code"] == "CF503"


def test_reports_are_kept_for_each_cover(project: Scratch) -> None:
    project.configure(TINY)
    words = ("check", "--format", "json", "--cover")
    whole, some = (project.command(*words, kind) for kind in ("transitions", "instances"))
    assert taken(whole)[0] > taken(some)[0]
