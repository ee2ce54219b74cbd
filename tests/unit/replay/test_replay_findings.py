"""Findings of replay that no divergence causes, and the pages of all."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import conform.replay
from conform.domain.difference import narrowed
from conform.domain.finding import Code, Severity
from conform.domain.values import Value, function, record, sequence
from conform.replay.cf505_no_trace import without_steps
from conform.replay.cf507_unexercised_action import unexercised
from conform.replay.divergence import comparison
from conform.replay.recorded import replay_traces
from tests.unit.replay.ledger import RUN, follow, replayer

PAGES = [m.name for m in pkgutil.iter_modules(conform.replay.__path__) if m.name.startswith("cf")]


@pytest.mark.parametrize("name", PAGES)
def test_page_has_its_sections(name: str) -> None:
    module = importlib.import_module(f"conform.replay.{name}")
    assert isinstance(module.CODE, Code)
    assert module.CODE.identifier.lower() == name.partition("_")[0]
    page = module.__doc__ or ""
    for section in ("\nWhat it means\n", "\nExample\n", "\nWhat to do\n"):
        assert section in page


def test_file_without_a_trace_is_a_finding_that_names_it() -> None:
    (finding,) = without_steps("traces/empty.txt", ())
    assert finding.code == "CF505"
    assert finding.severity is Severity.ERROR
    assert finding.message == "traces/empty.txt holds no trace: nothing was replayed"


def test_trace_without_a_step_is_a_finding() -> None:
    (finding,) = without_steps("run", [follow(), RUN])
    assert finding.message == "run has an initial state and no step: no action was replayed"


def test_action_that_no_step_takes_is_a_warning() -> None:
    result = replay_traces([follow(("Deposit", "w1", 1))], replayer())
    found = unexercised(["Deposit", "Withdraw", "Close"], result)
    assert [(finding.code, finding.message) for finding in found] == [
        ("CF507", "no replayed step exercises 2 of 3 actions: Withdraw, Close")
    ]
    assert {finding.severity for finding in found} == {Severity.WARNING}
    assert unexercised(["Deposit"], result) == ()


NARROWED: list[tuple[Value, Value, str]] = [
    (1, 2, "x"),
    (sequence([1, 2]), sequence([1, 3]), "x[2]"),
    (sequence([1, 2]), sequence([1, 2, 3]), "x"),
    (sequence([1, 2]), sequence([2, 1]), "x"),
    (function({0: 1, 1: record({"a": 1, "b": 2})}), function({0: 1, 1: record({"a": 1, "b": 3})}),
     "x[1].b"),
]  # fmt: skip


@pytest.mark.parametrize(("expected", "found", "place"), NARROWED)
def test_difference_is_narrowed_to_the_one_part(expected: Value, found: Value, place: str) -> None:
    assert narrowed("x", expected, found).place == place


def test_long_values_are_elided() -> None:
    lines = comparison((narrowed("x", 1, sequence(range(1000))),))
    assert lines[0] == "x  expected  1"
    assert lines[1].endswith("…")
    assert len(lines[1]) < 500
