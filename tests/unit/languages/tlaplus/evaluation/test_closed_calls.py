"""Calls that depend on nothing are computed once, and each use has a set of its own."""

from __future__ import annotations

from typing import Any

import pytest

from conform.errors import EvaluationError
from conform.languages.tlaplus.evaluation import unions
from conform.languages.tlaplus.evaluation.closed_calls import is_quick
from conform.languages.tlaplus.evaluation.scope import Definition
from tests.unit.languages.tlaplus.evaluation.test_generated_code import (
    built,
    plain_steps,
    quick_steps,
)
from tests.unit.languages.tlaplus.modules import specification

PAIRS = "Pairs(k) == UNION {{n, n + 1} : n \\in 0..k}"
REPEATING = "Rep(n) == UNION {1..n, 2..3}"


@pytest.fixture
def united(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was united so far."""
    made: list[Any] = []
    union_of = unions.union_of

    def noted(sets: Any, span: Any) -> Any:
        made.append(sets)
        return union_of(sets, span)

    monkeypatch.setattr(unions, "union_of", noted)
    return made


def test_what_depends_on_nothing_is_computed_once(united: list[Any]) -> None:
    found = built("x \\in Pairs(2) /\\ x' = x /\\ y' = y + 1", PAIRS)
    for y in range(3):
        assert plain_steps(found, (0, y)) == [(0, y + 1)]
    assert len(united) == 1


def test_generated_code_computes_once_what_depends_on_nothing(united: list[Any]) -> None:
    found = built("x \\in Pairs(2) /\\ x' = x /\\ y' = y + 1", PAIRS)
    assert found.accelerator is not None
    steps = found.accelerator.successors(found.instances[0])
    for y in range(3):
        assert list(steps((0, y))) == [(0, y + 1)]
    assert len(united) == 1


def test_what_depends_on_the_state_is_computed_in_each(united: list[Any]) -> None:
    found = built("x + 2 \\in Pairs(y) /\\ x' = x /\\ y' = y + 1", PAIRS)
    assert [len(plain_steps(found, (0, y))) for y in (0, 1, 2)] == [0, 1, 1]
    assert len(united) == 3


@pytest.mark.parametrize("steps", [plain_steps, quick_steps])
def test_an_error_is_one_each_time(steps: Any) -> None:
    found = built("x' \\in Pairs({}) /\\ y' = y", PAIRS)
    for _ in range(2):
        with pytest.raises(EvaluationError):
            steps(found, (0, 0))


@pytest.mark.parametrize(
    "chosen",
    [
        "LET T == IF x = 0 THEN Rep(3) ELSE {} IN (\\E v \\in T : y' = v) /\\ Cardinality(T) = 3",
        "LET T == IF x = 0 THEN Fs(3) ELSE {} IN (\\E f \\in T : y' = f[1]) /\\ Cardinality(T) = 3",
        "LET T == IF x = 0 THEN Odd(3) ELSE {} IN (\\E v \\in T : y' = v) /\\ Cardinality(T) = 2",
    ],
)
def test_a_set_that_is_counted_at_one_use_repeats_at_the_next(chosen: str) -> None:
    """TLC 2.18 gives as many successors in the second state as in the first."""
    odd = "Odd(n) == {v \\in UNION {1..n, 2..3} : v # 2}"
    over = "Fs(n) == [1..1 -> Rep(n)]"
    found = built(f"x' = x /\\ {chosen}", f"{REPEATING}\n{odd}\n{over}")
    first, second = (plain_steps(found, (0, y)) for y in (0, 1))
    assert first == second
    assert len(first) > len(set(first))


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("Op(a, b) == IF a < b THEN b ELSE a + 1", True),
        ("Op(a, b) == {a, b}", False),
        ("Op(a, b) == a \\cup b", False),
        ("Op(a, b) == CHOOSE c \\in {a, b} : c >= a", False),
        ("RECURSIVE Op(_, _)\nOp(a, b) == IF a < b THEN Op(a + 1, b) ELSE a", False),
    ],
)
def test_what_is_quick_to_apply_is_not_looked_up(definition: str, *, expected: bool) -> None:
    found = specification(definition).scope.find("Op")
    assert isinstance(found, Definition)
    assert is_quick(found) is expected
