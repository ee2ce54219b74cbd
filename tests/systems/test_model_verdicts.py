"""What `conform explore` says of the leaderless log's model: counts, and what liveness rests on."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.systems.scratch import CFG, DENSE, MODULE, Scratch


def test_small_configuration_has_the_counts_that_the_document_states(project: Scratch) -> None:
    """The numbers are those of TLC on the same module and configuration."""
    outcome = project.command("explore", MODULE, "-c", CFG, "--format", "json")
    report = outcome.report
    assert (outcome.code, outcome.err) == (0, "")
    assert report["status"] == "NO_ERROR"
    assert report["distinct_states"] == 66_770
    assert report["states_explored"] == 357_207
    assert report["depth"] == 33
    assert report["error_trace"] == []
    assert len(report["properties"]) == 14
    assert set(report["properties"].values()) == {"PASS"}


def failing(project: Scratch) -> dict[str, Any]:
    """Return the failing properties of the model with few constants; traces by name."""
    project.configure(DENSE)
    return project.explore("--continue").failed


def weaken(project: Scratch, *actions: str) -> None:
    for action in actions:
        project.replace(MODULE, f"SF_vars({action}(w))", f"WF_vars({action}(w))")


def drop_fairness(project: Scratch, action: str) -> None:
    pattern = rf"(?m)^ +/\\ [WS]F_vars\({action}(\(w\))?\)\n"
    text, count = re.subn(pattern, "", project.read(MODULE))
    assert count == 1
    project.write(MODULE, text)


def test_nothing_fails_with_the_fairness_of_the_document(project: Scratch) -> None:
    assert failing(project) == {}


def test_weak_fairness_of_all_three_outcomes_loses_append_progress(project: Scratch) -> None:
    """The lasso: the log is fenced and opened for ever, and each outcome disabled in turn."""
    weaken(project, "AssignOffset", "AssignOffsetFenced", "AssignOffsetExhausted")
    failed = failing(project)
    assert set(failed) == {"AppendProgress"}
    trace = failed["AppendProgress"]
    loop = trace["loop_to"]
    in_loop = [step for step in trace["steps"] if step["step"] >= loop]
    assert 1 < loop < trace["steps"][-1]["step"]
    for step in in_loop:
        assert step["state_variables"]["writerState"] == {"#map": [["w1", "ASSIGNING_OFFSET"]]}
    assert {step["state_variables"]["logState"] for step in in_loop} == {"OPEN", "FENCED"}


def test_weak_fairness_of_assign_offset_alone_loses_nothing(project: Scratch) -> None:
    weaken(project, "AssignOffset")
    assert failing(project) == {}


def test_nothing_depends_on_the_fairness_of_append_complete(project: Scratch) -> None:
    """L1 ends in DONE or FAILED, before AppendComplete; L2 is about the compactor alone.

    Measured with TLC as well: without the fairness of AppendComplete all properties hold.
    """
    drop_fairness(project, "AppendComplete")
    assert failing(project) == {}


def test_append_progress_depends_on_the_end_of_a_wal_write(project: Scratch) -> None:
    """The writer stays in WRITING_WAL; WALWriteFail is never promised."""
    drop_fairness(project, "WALWriteSuccess")
    failed = failing(project)
    assert set(failed) == {"AppendProgress"}
    last = failed["AppendProgress"]["steps"][-1]["state_variables"]
    assert last["writerState"] == {"#map": [["w1", "WRITING_WAL"]]}


@pytest.mark.parametrize(
    ("action", "state"),
    [
        ("CompactWriteCompactedIndex", "WRITING_COMPACTED_INDEX"),
        ("CompactDeleteOldEntries", "DELETING_OLD"),
        ("CompactUpdateCursor", "UPDATING_CURSOR"),
    ],
)
def test_compaction_completes_depends_on_each_step(
    project: Scratch, action: str, state: str
) -> None:
    """Actions 6, 7 and 8: the compactor stays before the step that nothing makes it take."""
    drop_fairness(project, action)
    failed = failing(project)
    assert set(failed) == {"CompactionCompletes"}
    trace = failed["CompactionCompletes"]
    assert trace["loop_to"] is not None
    assert trace["steps"][-1]["state_variables"]["compactorState"] == state
