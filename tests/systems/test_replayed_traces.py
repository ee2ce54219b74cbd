"""Traces that an exploration writes, replayed against the reference implementation."""

from __future__ import annotations

import re

import pytest

from conform.traces.format import FORMATS
from tests.systems.scratch import CFG, MODULE, REFERENCE, TINY, Scratch

GOAL = "NotCompactedTwice"
"""An invariant that says the opposite of where a trace is to lead."""


@pytest.fixture
def recorded(project: Scratch) -> Scratch:
    """Give a project whose module says that what is good cannot be reached."""
    project.configure(TINY)
    project.replace(MODULE, "\n(* Safety *)\n", f"\n{GOAL} == compactionCursor < 4\n")
    project.replace(CFG, "    NoReaderError\n", f"    NoReaderError\n    {GOAL}\n")
    return project


def replay(*traces: str) -> tuple[str, ...]:
    return ("replay", *traces, "--implementation", "reference", "--format", "json")


def record(project: Scratch, form: str) -> str:
    """Write a trace to the goal in a format, and return its file."""
    name = f"goal.{form}"
    words = ("explore", MODULE, "--trace-format", form, "--trace-output", name)
    assert project.run(*words).code == 1
    return name


@pytest.mark.parametrize("form", [row.name for row in FORMATS])
def test_trace_of_the_model_replays_on_the_reference(recorded: Scratch, form: str) -> None:
    outcome = recorded.run(*replay(record(recorded, form)))
    assert outcome.code == 0, outcome.out
    (stage,) = outcome.report["protocols"][0]["stages"]
    steps = re.search(r"(\d+) steps taken as the model says", stage["summary"])
    assert steps
    assert int(steps[1]) > 10


def test_fault_in_the_implementation_is_found_with_its_step(recorded: Scratch) -> None:
    trace = record(recorded, "itf")
    old = "self._log.cursor.advance(self.current_range.end + 1)"
    recorded.replace(f"{REFERENCE}/compactor.py", old, old.replace(" + 1", ""))
    outcome = recorded.command(*replay(trace))
    assert outcome.code == 1
    (finding,) = outcome.errors()
    assert finding["code"] == "CF501"
    assert "after CompactUpdateCursor" in finding["message"]
    assert finding["details"][:2] == [
        "compactionCursor  expected  3",
        "                  found     2",
    ]


def test_trace_that_the_model_does_not_have_is_found(recorded: Scratch) -> None:
    trace = record(recorded, "tlc-text")
    recorded.replace(trace, "sequenceCounter = 3", "sequenceCounter = 2")
    outcome = recorded.run(*replay(trace))
    assert outcome.code == 1
    assert "CF506" in {found["code"] for found in outcome.errors()}
    assert "sequenceCounter" in str(outcome.found("CF506"))


@pytest.mark.parametrize("text", ["", "\n"])
def test_file_without_a_trace_does_not_pass(project: Scratch, text: str) -> None:
    project.write("empty.txt", text)
    outcome = project.command(*replay("empty.txt"))
    assert outcome.code == 1
    finding = outcome.found("CF505")
    assert (finding["path"], finding["line"]) == ("empty.txt", 1)
    assert outcome.report["verdict"] == "FAIL"


def test_file_in_no_known_format_is_located(project: Scratch) -> None:
    project.write("words.txt", "no trace\n")
    outcome = project.run(*replay("words.txt"))
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("words.txt:1:1: error: not a trace in a known format")


def test_missing_trace_file_is_named(project: Scratch) -> None:
    outcome = project.run(*replay("gone.txt"))
    assert (outcome.code, outcome.out) == (2, "")
    assert "gone.txt: no such file" in outcome.err


def test_unknown_implementation_is_refused_with_the_nearest(project: Scratch) -> None:
    project.write("empty.txt", "")
    outcome = project.run("replay", "empty.txt", "--implementation", "referense")
    assert outcome.code == 2
    assert "did you mean reference?" in outcome.err
