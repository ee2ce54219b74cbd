"""The protocols' documents are executed: their states are those that they state themselves."""

from __future__ import annotations

import pytest

from conform.domain.model import PropertyKind
from conform.domain.values import ModelValue, SetValue, Value
from conform.explore.options import ExploreOptions
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from conform.languages.markdown.formal.bindings import parameter_bindings
from conform.languages.markdown.formal.building_model import build_model
from conform.languages.markdown.formal.document import FormalDocument
from conform.languages.markdown.formal.reading import read_formal
from conform.languages.markdown.reading import read_document
from conform.text import Source, read_source
from tests.docs.console import ROOT

LOG = "specs/1-leaderless-log-protocol.md"
TASKS = "specs/2-coordination-delegated-task-claiming.md"


def formal(path: str, *changes: tuple[str, str]) -> FormalDocument:
    """Return the formal part of a document, each of some texts in it replaced where it is once."""
    text = read_source(ROOT / path, shown_as=path).text
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    source = Source(path, text)
    return read_formal(read_document(source), {path: source})


def explored(document: FormalDocument, **values: Value) -> ExplorationResult:
    """Return what is found with the small parameters, some of them given other values."""
    bindings = {**parameter_bindings(document, "small"), **values}
    return explore(build_model(document, bindings), ExploreOptions(stop_at_first=False))


def failing(found: ExplorationResult) -> set[str]:
    assert all(row.verdict.value in ("PASS", "FAIL") for row in found.properties)
    return {row.name for row in found.properties if row.verdict.value == "FAIL"}


def counts(found: ExplorationResult) -> tuple[int, int, int]:
    return found.distinct_states, found.states_generated, found.depth


@pytest.mark.parametrize("path", [LOG, TASKS])
def test_document_is_executable_in_full(path: str) -> None:
    document = formal(path)
    assert list(document.obstacles()) == []
    assert document.findings == ()
    assert all(action.is_executable for action in document.actions)


def test_leaderless_log_has_the_states_that_it_states() -> None:
    found = explored(formal(LOG))
    assert counts(found) == (66_770, 357_207, 33)
    assert failing(found) == set()
    assert len({row.name for row in found.properties}) == 13


def members(*names: str) -> SetValue:
    return SetValue([ModelValue(name) for name in names])


def test_task_claiming_with_two_workers_has_the_states_that_it_states() -> None:
    found = explored(formal(TASKS), Workers=members("w1", "w2"))
    assert counts(found) == (12_380, 39_993, 25)
    assert failing(found) == set()
    assert len({row.name for row in found.properties}) == 9


def test_task_claiming_has_the_states_that_it_states() -> None:
    """Liveness is asked with two workers above: with three it takes most of the time."""
    document = formal(TASKS)
    model = build_model(document, parameter_bindings(document, "small"))
    found = explore(model, ExploreOptions(stop_at_first=False, check_liveness=False))
    assert counts(found) == (133_912, 649_681, 27)
    safety = [row for row in found.properties if row.kind is not PropertyKind.LIVENESS]
    assert {row.verdict.value for row in safety} == {"PASS"}
    assert len({row.name for row in safety}) == 6


FEW: dict[str, Value] = {
    "Writers": members("w1"),
    "MaxOffset": 2,
    "CompactRangeStart": 1,
    "CompactRangeEnd": 1,
    "CompactRange2Start": 2,
    "CompactRange2End": 2,
    "MaxBatch": 1,
}


@pytest.mark.parametrize(
    ("rows", "lost"),
    [
        ([], set()),
        ([("WALWriteSuccess(w)", "Weak")], {"AppendProgress"}),
        ([("CompactWriteCompactedIndex", "Weak")], {"CompactionCompletes"}),
        ([("CompactDeleteOldEntries", "Weak")], {"CompactionCompletes"}),
        ([("CompactUpdateCursor", "Weak")], {"CompactionCompletes"}),
        ([("AssignOffset(w)", "Strong"), ("AssignOffsetFenced(w)", "Strong")], {"AppendProgress"}),
        ([("AppendComplete(w)", "Weak")], set()),
        ([("ReadEntry(w, off)", "Weak")], set()),
    ],
)
def test_liveness_of_the_log_rests_on_its_fairness_table(
    rows: list[tuple[str, str]], lost: set[str]
) -> None:
    changes = [(f"| `{action}` | {kind} |", f"| `{action}` | None |") for action, kind in rows]
    assert failing(explored(formal(LOG, *changes), **FEW)) == lost


SMALLER: dict[str, Value] = {
    "Workers": members("w1", "w2"),
    "Tasks": members("t1"),
    "MaxLockVersion": 3,
}


@pytest.mark.parametrize(
    ("action", "kind", "lost"),
    [
        ("ScanTasks(w, t)", "Strong", {"TaskCompletion", "NoStarvation"}),
        ("TryLockSuccess(w)", "Strong", {"TaskCompletion", "NoStarvation"}),
        ("TryLockFail(w)", "Weak", set()),
        ("UnlockTask(w)", "Weak", {"TaskCompletion", "NoStarvation"}),
        ("SessionExpiry(w)", "Weak", {"TaskCompletion", "CrashRecovery", "NoStarvation"}),
        ("WorkerRecover(w)", "Weak", {"TaskCompletion", "NoStarvation"}),
    ],
)
def test_liveness_of_task_claiming_rests_on_its_fairness_table(
    action: str, kind: str, lost: set[str]
) -> None:
    change = (f"| `{action}` | {kind} |", f"| `{action}` | None |")
    assert failing(explored(formal(TASKS, change), **SMALLER)) == lost


@pytest.mark.parametrize(
    ("path", "change", "expected"),
    [
        (
            LOG,
            ("- `¬∃ o ∈ 1..MaxOffset : Covers(o, CurRangeEnd) ∧ Covers(o, CurRangeEnd + 1)`\n", ""),
            (84_498, 462_247, 33),
        ),
        (
            LOG,
            (
                "CurRangeStart..CurRangeEnd : HasCoveringWALEntry(off)",
                "CurRangeStart..CurRangeEnd : HasCoveringEntry(off)",
            ),
            (90_474, 544_111, 35),
        ),
    ],
)
def test_careless_reading_has_the_states_that_the_document_gives_for_it(
    path: str, change: tuple[str, str], expected: tuple[int, int, int]
) -> None:
    """The numbers of the document's table are those of TLC on a changed module."""
    assert counts(explored(formal(path, change))) == expected
