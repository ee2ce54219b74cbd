"""States seen before are known again, and nothing else passes for them."""

from __future__ import annotations

import pytest

from conform.domain.values import Value, sequence
from conform.replay import observed
from conform.replay.observed import ObservedStates

VALUES: tuple[Value, ...] = (1, sequence([1, 2]))
STATE = {"count": 1, "log": (1, 2)}

OTHERS = (
    {"count": True, "log": (1, 2)},
    {"count": 1, "log": (True, 2)},
    {"count": 1.0, "log": (1, 2)},
    {"count": 1, "log": (1, 2, 3)},
    {"count": 1},
    {"count": 1, "log": (1, 2), "more": 0},
    {"amount": 1, "log": (1, 2)},
)


@pytest.mark.parametrize("other", OTHERS, ids=repr)
def test_a_state_that_agreed_vouches_for_no_other(other: dict[str, object]) -> None:
    states = ObservedStates(("count", "log"))
    expected = states.expected(VALUES)
    for _ in range(2):
        assert states.agrees(STATE, expected)
        assert not states.agrees(other, expected)


def test_a_state_that_agreed_with_one_is_compared_with_another() -> None:
    states = ObservedStates(("count", "log"))
    first, second = states.expected(VALUES), states.expected((2, sequence([1, 2])))
    for _ in range(2):
        assert states.agrees(STATE, first)
        assert not states.agrees(STATE, second)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observed, "MAX_REMEMBERED", 3)
    states = ObservedStates(("n",))
    for number in range(20):
        assert states.agrees({"n": number}, states.expected((number,)))
    assert len(states._values) <= 3
