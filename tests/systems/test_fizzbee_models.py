"""Small FizzBee models of every kind, with the number of states and the verdict worked out by hand.

The first line of each says them: `# 16 PASS: why`; `?` where a search ends at a violation after a
number of states that only its order explains.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.domain.exploration import ExplorationStatus
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.languages.fizzbee.model import build_model
from conform.languages.fizzbee.specification import specification_of
from conform.text import Source

MODELS = sorted((Path(__file__).parent / "fizzbee").glob("*.fizz"))


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_model_has_the_states_and_the_verdict_that_it_should(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    expected = text.splitlines()[0].partition(":")[0].removeprefix("# ")
    model = build_model(specification_of(Source(path.name, text)))
    result = explore(model, ExploreOptions(self_check=1))
    word = "FAIL" if result.status is ExplorationStatus.VIOLATION_FOUND else str(result.status)
    if result.status is ExplorationStatus.NO_ERROR:
        word = "PASS"
    if result.deadlock is not None:
        word = "DEADLOCK"
    count = "?" if expected.startswith("?") else result.distinct_states
    assert f"{count} {word}" == expected, result.message


def test_there_are_models() -> None:
    assert len(MODELS) > 25
