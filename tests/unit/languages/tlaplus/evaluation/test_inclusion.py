"""Inclusion of explicit sets is decided at once only where trying each element says the same."""

from __future__ import annotations

import itertools

from conform.domain.values import ModelValue, SetValue, Value, sequence
from conform.errors import EvaluationError
from conform.languages.tlaplus.evaluation.recorded_sets import all_elements_in
from conform.languages.tlaplus.evaluation.results import is_member
from conform.text import Span

NOWHERE = Span("s", 1, 1, 1, 1)
VALUES: list[Value] = [
    0, 1, False, True, "a", ModelValue("m"), ModelValue("A_1"), ModelValue("B_1"),
    sequence((1,)), sequence((True,)), sequence((1, 2)), SetValue((1,)), SetValue(("a",)),
]  # fmt: skip
SETS = [SetValue(chosen) for size in (0, 1, 2) for chosen in itertools.combinations(VALUES, size)]


def tried(left: SetValue, right: SetValue) -> bool | None:
    """Return whether each element is in the other set, None where asking fails."""
    try:
        return all(is_member(each, right, NOWHERE) for each in left.ordered)
    except EvaluationError:
        return None


def test_what_is_known_at_once_is_what_trying_each_element_says() -> None:
    known = [(left, right, all_elements_in(left, right)) for left in SETS for right in SETS]
    for left, right, answer in known:
        if answer is not None:
            assert tried(left, right) is answer, (left, right)
    answers = [answer for _, _, answer in known]
    assert answers.count(True) > 200
    assert answers.count(False) > 100
