"""Both protocols in FizzBee: the states of their documents, every verdict, and faults that show."""

from __future__ import annotations

import re

import pytest

from conform.domain.report import Verdict
from conform.explore.options import ExploreOptions
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from conform.languages.fizzbee.model import build_model
from conform.languages.fizzbee.specification import specification_of
from conform.text import Source
from tests.docs.console import ROOT

LOG = (ROOT / "fizzbee" / "LeaderlessLog.fizz").read_text(encoding="utf-8")
CLAIMING = (ROOT / "fizzbee" / "TaskClaiming.fizz").read_text(encoding="utf-8")

TINY_LOG = {
    "MaxOffset": "2",
    "CompactRangeEnd": "1",
    "CompactRange2Start": "2",
    "CompactRange2End": "2",
    "MaxBatch": "1",
}
"""The parameters with which section 8 of the document determined what depends on fairness."""

TINY_CLAIMING = {"Workers": '["w1", "w2"]', "Tasks": '["t1", "t2"]', "MaxLockVersion": "3"}


def with_constants(text: str, constants: dict[str, str]) -> str:
    for name, value in constants.items():
        text, count = re.subn(rf"(?m)^{name} = .*$", f"{name} = {value}", text)
        assert count == 1
    return text


def without_third_worker(text: str) -> str:
    return re.sub(r"always eventually assertion CrashRecoveryW3:\n.*\n", "", text)


def explored(text: str) -> ExplorationResult:
    model = build_model(specification_of(Source("model.fizz", text)))
    return explore(model, ExploreOptions(stop_at_first=False))


def failing(text: str) -> set[str]:
    return {each.name for each in explored(text).properties if each.verdict is Verdict.FAIL}


def test_the_leaderless_log_is_that_of_its_document() -> None:
    result = explored(LOG)
    assert (result.distinct_states, result.depth) == (66_770, 33)
    assert {each.verdict for each in result.properties} == {Verdict.PASS}
    assert len(result.properties) == 16


def test_task_claiming_with_two_workers_is_that_of_its_document() -> None:
    two = without_third_worker(with_constants(CLAIMING, {"Workers": '["w1", "w2"]'}))
    result = explored(two)
    assert (result.distinct_states, result.depth) == (12_380, 25)
    assert {each.verdict for each in result.properties} == {Verdict.PASS}
    assert len(result.properties) == 11


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ("    require not Straddles(logIndex, last + 1)\n", "", set()),
        ("fair<strong>", "fair<weak>", {"AppendProgressW1", "AppendProgressW2"}),
        (
            "atomic fair<weak> action WALWriteSuccess",
            "atomic action WALWriteSuccess",
            {"AppendProgressW1", "AppendProgressW2"},
        ),
        (
            "atomic fair<weak> action CompactUpdateCursor",
            "atomic action CompactUpdateCursor",
            {"CompactionCompletes"},
        ),
        (' or logState != "OPEN":', ":", {"FencedRejectsAppends"}),
    ],
    ids=["end boundary", "weak", "WAL write", "cursor", "fence"],
)
def test_a_fault_in_the_leaderless_log_shows(before: str, after: str, names: set[str]) -> None:
    tiny = with_constants(LOG, TINY_LOG)
    assert before in tiny
    found = failing(tiny.replace(before, after))
    assert names <= found if names else found == set()


def test_the_tiny_leaderless_log_holds() -> None:
    assert failing(with_constants(LOG, TINY_LOG)) == set()


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        (
            "atomic fair<weak> action SessionExpiry",
            "atomic action SessionExpiry",
            {"CrashRecoveryW1", "CrashRecoveryW2", "TaskCompletion"},
        ),
        (
            "atomic fair<strong> action ScanTasks",
            "atomic fair<weak> action ScanTasks",
            {"TaskCompletion", "NoStarvationT1", "NoStarvationT2"},
        ),
        ("    require not HoldsAnyLock(lockState, w)\n", "", {"LockConsistency"}),
        (
            '    return lockState[t] == Unlocked() and taskStatus[t] == "INIT"',
            '    return taskStatus[t] == "INIT"',
            {"MutualExclusion"},
        ),
    ],
    ids=["expiry", "scan", "recovery", "lock"],
)
def test_a_fault_in_task_claiming_shows(before: str, after: str, names: set[str]) -> None:
    tiny = without_third_worker(with_constants(CLAIMING, TINY_CLAIMING))
    assert before in tiny
    assert names <= failing(tiny.replace(before, after))


def test_tiny_task_claiming_holds() -> None:
    tiny = without_third_worker(with_constants(CLAIMING, TINY_CLAIMING))
    assert failing(tiny) == set()
