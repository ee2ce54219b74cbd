"""Counts of whole FizzBee models that FizzBee itself gives as "Unique states"."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.domain.exploration import ExplorationStatus
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.languages.fizzbee.model import build_model
from conform.languages.fizzbee.specification import specification_of
from conform.text import Source

LOG = Path(__file__).with_name("leaderless_log.fizz")
CLAIMING = Path(__file__).with_name("task_claiming.fizz")

SMALL = ("MAX_OFFSET = 5", "RANGES = [(1, 3), (4, 5)]")
TINY = ("MAX_OFFSET = 3", "RANGES = [(1, 2), (3, 3)]")
WHOLE = "INSIDE = True"
AT_START = "INSIDE = False"


def _explored(*constants: str) -> tuple[int, ExplorationStatus]:
    text = LOG.read_text(encoding="utf-8")
    for line in constants:
        name = line.partition(" = ")[0]
        before = next(each for each in text.splitlines() if each.startswith(f"{name} = "))
        text = text.replace(before, line)
    model = build_model(specification_of(Source("leaderless_log.fizz", text)))
    result = explore(model, ExploreOptions())
    return result.distinct_states, result.status


@pytest.mark.parametrize(
    ("constants", "states"),
    [
        ((*TINY, AT_START), 23_858),  # counted by FizzBee
        ((*SMALL, WHOLE), 66_770),  # counted by TLC on the TLA+ model
        ((*SMALL, AT_START), 84_498),  # counted by TLC on a model without the guard's second half
    ],
)
def test_the_leaderless_log_has_as_many_states(constants: tuple[str, ...], states: int) -> None:
    assert _explored(*constants) == (states, ExplorationStatus.NO_ERROR)


def test_task_claiming_has_as_many_states() -> None:
    text = CLAIMING.read_text(encoding="utf-8")
    model = build_model(specification_of(Source("task_claiming.fizz", text)))
    result = explore(model, ExploreOptions())
    assert result.distinct_states == 900  # counted by FizzBee, cut by max_actions as here
    assert [bound.name for bound in result.cut_by] == ["max_actions"]
