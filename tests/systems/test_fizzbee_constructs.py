"""Each construct of FizzBee in a model of a few lines: states and verdict, or where it is refused.

`fizzbee_constructs.txt` has a line before each model, `=== name: 3 PASS`, with the number of states
worked out by hand or by another program, and `?` where only the order of a search explains it.
`refused 4:9` is the line and column that the message names.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.domain.exploration import ExplorationStatus
from conform.errors import EvaluationError, InputError, UnsupportedError
from conform.explore.options import ExploreOptions
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from conform.languages.fizzbee.model import build_model
from conform.languages.fizzbee.specification import specification_of
from conform.text import Source

TABLE = Path(__file__).with_name("fizzbee_constructs.txt").read_text(encoding="utf-8")
MODELS = [part.partition("\n") for part in TABLE.split("=== ")[1:]]

VERDICTS = {ExplorationStatus.NO_ERROR: "PASS", ExplorationStatus.VIOLATION_FOUND: "FAIL"}


def _outcome(text: str) -> str:
    """Return what a model gives, in the words of the table."""
    try:
        result = explore(
            build_model(specification_of(Source("construct.fizz", text))),
            ExploreOptions(self_check=1),
        )
    except (EvaluationError, InputError, UnsupportedError) as refused:
        assert refused.span is not None and refused.excerpt, refused.message
        return f"refused {refused.span.line}:{refused.span.column}"
    return f"{result.distinct_states} {_verdict(result)}"


def _verdict(result: ExplorationResult) -> str:
    if result.deadlock is not None:
        return "DEADLOCK"
    return VERDICTS.get(result.status, str(result.status))


@pytest.mark.parametrize(
    ("head", "text"),
    [pytest.param(head, text, id=head.partition(":")[0]) for head, _, text in MODELS],
)
def test_a_construct_does_what_it_should(head: str, text: str) -> None:
    expected = head.partition(": ")[2]
    outcome = _outcome(text)
    if expected.startswith("?"):
        outcome = f"? {outcome.rpartition(' ')[2]}"
    assert outcome == expected


def test_there_are_constructs() -> None:
    names = [head.partition(":")[0] for head, _, _ in MODELS]
    assert len(names) == len(set(names)) > 150
