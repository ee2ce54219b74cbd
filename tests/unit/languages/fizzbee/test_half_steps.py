"""A transition assertion is asked about whole steps, and about their halves at choices."""

from __future__ import annotations

import pytest

from conform.domain.report import Verdict
from tests.unit.languages.fizzbee.fizz_models import verdict

HALF = """
    action Init:
        x = 0
        y = 0
    {action}
    transition assertion P(b, a):
        return {claim}
"""

EARLY = """atomic action A:
        k = oneof [1, 2]
        require x + k < 6
        x = x + k
"""
LATE = """atomic action A:
        require x < 2
        x = x + 1
        any k in [1, 1]:
            y = y + k
"""
WITHOUT = """atomic action A:
        require x < 2
        x = x + 1
        y = y + 1
"""
IN_A_CALL = """atomic func Chosen():
        k = oneof [1]
        return k
    atomic action A:
        require x < 2
        x = x + 1
        k = Chosen()
        y = y + k
"""
IN_A_BLOCK = """atomic action A:
        require x < 2
        x = x + 1
        oneof:
            y = y + 1
            y = x
"""
IN_A_LOOP = """atomic action A:
        require x < 2
        for i in range(2):
            oneof:
                x = x + 1
            y = x
"""


@pytest.mark.parametrize(
    ("action", "claim", "expected"),
    [
        (EARLY, "a.x > b.x", Verdict.FAIL),  # at the choice nothing has changed
        (EARLY, "a.x >= b.x", Verdict.PASS),
        (EARLY, "a.x - b.x <= 1", Verdict.FAIL),
        (WITHOUT, "a.x > b.x", Verdict.PASS),
        (WITHOUT, "a.x == a.y", Verdict.PASS),
        (LATE, "a.x == a.y", Verdict.FAIL),
        (LATE, "a.x > b.x or a.y > b.y", Verdict.PASS),
        (IN_A_CALL, "a.x == a.y", Verdict.FAIL),
        (IN_A_BLOCK, "a.x == a.y", Verdict.FAIL),
        (IN_A_BLOCK, "a.x > b.x or a.y > b.y", Verdict.PASS),
        (IN_A_LOOP, "a.x - b.x <= 2", Verdict.PASS),
        (IN_A_LOOP, "not (a.x == 1 and a.y == 1)", Verdict.FAIL),
    ],
)
def test_a_transition_assertion_sees_half_done_states_at_choices(
    action: str, claim: str, expected: Verdict
) -> None:
    deadlock = "    ---\n    deadlock_detection: false\n    ---"
    text = deadlock + HALF.format(action=action, claim=claim)
    assert verdict(text, "P") is expected


def test_half_done_states_include_the_fields_of_roles() -> None:
    text = """
        ---
        deadlock_detection: false
        ---
        role Node:
            action Init:
                self.low = 0
                self.high = 0
            atomic action Raise:
                require self.high < 2
                self.high += 1
                k = oneof ["fast", "slow"]
                self.low += 1
        action Init:
            node = Node()
        transition assertion {name}(b, a):
            return {claim}
    """
    level = text.format(name="Level", claim="a.node.low == a.node.high")
    assert verdict(level, "Level") is Verdict.FAIL
    grows = text.format(name="Grows", claim="a.node.low >= b.node.low")
    assert verdict(grows, "Grows") is Verdict.PASS


def test_two_names_for_one_object_at_a_choice_are_no_trouble() -> None:
    text = """
        ---
        deadlock_detection: false
        ---
        action Init:
            queue = [1, 2]
            kept = []
        atomic action Take:
            require len(queue) > 0
            kept = queue
            i = oneof [0, 1]
            queue = queue[1:]
            kept = []
        transition assertion P(b, a):
            return len(a.queue) <= len(b.queue)
    """
    assert verdict(text, "P") is Verdict.PASS
