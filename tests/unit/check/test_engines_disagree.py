"""CF311: the two engines are compared in all that both have decided."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from conform.check.cf311_engines_disagree import CODE, disagreements
from conform.domain.exploration import ExplorationReport, ExplorationStatus, PropertyOutcome
from conform.domain.model import PropertyKind
from conform.domain.report import Verdict
from conform.domain.trace import Trace, TraceStep
from conform.text import Span

SPAN = Span("M.tla", 1, 1, 1, 1)
PASSED = PropertyOutcome("Inv", PropertyKind.INVARIANT, Verdict.PASS)
CLEAN = ExplorationReport(
    "M.tla", "M.cfg", ExplorationStatus.NO_ERROR, 9, 6, 4, (PASSED,), None, (), "", (), 0.0, False
)


def violated(states: int) -> ExplorationReport:
    trace = Trace("Inv", tuple(TraceStep(n, None, (), (), ()) for n in range(1, states + 1)))
    row = replace(PASSED, verdict=Verdict.FAIL, trace=trace)
    return replace(CLEAN, status=ExplorationStatus.VIOLATION_FOUND, properties=(row,), trace=trace)


def found(
    ours: ExplorationReport, theirs: ExplorationReport, *, compare_depth: bool = True
) -> list[tuple[str, tuple[str, ...]]]:
    findings = list(disagreements(ours, theirs, SPAN, compare_depth=compare_depth))
    assert {finding.code for finding in findings} <= {"CF311"}
    return [(finding.message, finding.details) for finding in findings]


def test_equal_reports_are_no_finding() -> None:
    assert CODE.identifier == "CF311"
    assert found(CLEAN, CLEAN) == []
    assert found(violated(3), violated(3)) == []


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("states_generated", "states generated"),
        ("distinct_states", "distinct states"),
        ("depth", "depth"),
    ],
)
def test_counts_that_differ_are_found_with_both_numbers(field: str, word: str) -> None:
    ((message, details),) = found(CLEAN, replace(CLEAN, **{field: 1426}))
    assert message == f"the engines disagree in {word}"
    assert details == (f"embedded  {getattr(CLEAN, field)}", "TLC       1,426")


def test_depth_of_several_workers_is_not_compared() -> None:
    assert found(CLEAN, replace(CLEAN, depth=5), compare_depth=False) == []


def test_verdicts_that_differ_are_found() -> None:
    messages = [message for message, _ in found(CLEAN, violated(2))]
    assert messages == ["the engines disagree in status", "the engines disagree in invariant Inv"]


def test_shortest_traces_of_unequal_length_are_found() -> None:
    ((message, details),) = found(violated(2), violated(3))
    assert message == "the engines disagree in states in the trace of invariant Inv"
    assert details == ("embedded  2", "TLC       3")


def test_counts_are_not_compared_after_a_violation() -> None:
    assert found(violated(3), replace(violated(3), states_generated=1)) == []


def test_what_one_engine_left_undecided_is_no_contradiction() -> None:
    row = replace(PASSED, verdict=Verdict.INCOMPLETE)
    unfinished = replace(CLEAN, status=ExplorationStatus.INCOMPLETE, properties=(row,), depth=1)
    assert found(unfinished, violated(3)) == []
    assert found(CLEAN, unfinished) == []
