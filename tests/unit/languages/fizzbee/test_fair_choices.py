"""What fairness asks of threads and of choices, as FizzBee's graph of forks has it."""

from __future__ import annotations

import pytest

from conform.domain.report import Verdict
from tests.unit.languages.fizzbee.fizz_models import verdict

HEAD = """
    ---
    deadlock_detection: false
    options:
      max_concurrent_actions: {threads}
      crash_on_yield: false
    ---
    action Init:
        x = 0
        y = 0
"""


def judged(actions: str, *, threads: int = 1) -> Verdict:
    """Return the verdict on the assertion Goal about x and y, that begin with 0."""
    return verdict(HEAD.format(threads=threads) + actions, "Goal")


def test_a_thread_that_can_go_on_again_and_again_does() -> None:
    waiting = """
    serial fair action Wait:
        require y == 0
        y = 1
        require x == 1
        y = 0
    atomic fair action Flip:
        x = 1 - x
    always eventually assertion Goal:
        return y == 0
    """
    assert judged(waiting, threads=2) is Verdict.PASS


def test_who_does_not_come_by_a_choice_owes_it_nothing() -> None:
    # The second statement, always open, takes the action without the choice.
    by_another_way = """
    oneof fair action Move:
        x = fair<strong> oneof [0, 1]
        y = 1
    always eventually assertion Goal:
        return x == 1
    """
    assert judged(by_another_way) is Verdict.FAIL


def test_a_weakly_fair_action_makes_its_strongly_fair_choices_whenever_it_is_taken() -> None:
    # Off and on, so that the action itself is not due; but taken by the thread that ends.
    now_and_then = """
    atomic fair<strong> action Open:
        require y == 0
        y = 1
    atomic fair action Toss:
        require y == 1
        y = 0
        x = {fair} oneof [0, 1]
    always eventually assertion Goal:
        return x == 1
    """
    assert judged(now_and_then.format(fair="fair<strong>")) is Verdict.PASS
    assert judged(now_and_then.format(fair="fair")) is Verdict.FAIL


@pytest.mark.parametrize("body", ["require y == 1", "require y == 1\n        pass"])
def test_an_action_that_must_be_taken_makes_its_choice_also_by_coming_back(body: str) -> None:
    gate = f"""
    atomic fair action Gate:
        y = 1 - y
    atomic fair<strong> action Toss:
        {body}
        x = fair<strong> oneof [0, 1]
    always eventually assertion Goal:
        return x == 1
    """
    assert judged(gate) is Verdict.PASS


@pytest.mark.parametrize(
    "toss",
    [
        "x = fair<strong> oneof [0, 1] if x == y",
        "pass\n        x = fair<strong> oneof [0, 1]\n        require x == y",
        "x = fair<strong> oneof [0, 1]\n        require x == y",
    ],
)
def test_a_value_is_due_only_where_the_action_is_taken_and_could_choose_it(toss: str) -> None:
    # Taken only while y = 0, where 1 is not to be had.
    text = f"""
    atomic fair action Flip:
        y = 1 - y
    atomic fair<strong> action Toss:
        {toss}
    always eventually assertion Goal:
        return x == 1
    """
    assert judged(text) is Verdict.FAIL


def test_a_step_that_another_action_can_take_need_not_have_passed_the_choice() -> None:
    text = """
    atomic action Toss:
        y = 1 - y
        x = fair<strong> oneof [0, 1]
    atomic fair action Flip:
        y = 1 - y
        x = 0
    always eventually assertion Goal:
        return x == 1
    """
    assert judged(text) is Verdict.FAIL


def test_one_choice_is_the_same_in_the_first_step_of_an_action_and_in_a_later_one() -> None:
    # With y = 2 each of the two gives 0 where it comes first, and so leaves x = 1 in the end.
    text = """
    parallel action Two:
        x = fair<strong> oneof [0, 1]
        x = fair<strong> oneof [0, 1] if x != y
    atomic fair<strong> action Once:
        require x != 1
        x = 1
        y = fair<strong> oneof [0, 1, 2]
    parallel fair action Clear:
        x = 0
        x = x
    always eventually assertion Goal:
        return y == 0
    """
    assert judged(text) is Verdict.FAIL


def test_a_second_choice_is_due_only_if_each_value_of_the_first_leads_to_it() -> None:
    # After a = 1, b = 1 is not to be had: x and y may be 0 and 0, 1 and 0 for ever.
    text = """
    atomic fair action Two:
        a = fair oneof [0, 1]
        b = fair oneof [0, 1]
        require a == 0 or b == {least}
        x = a
        y = b
    always eventually assertion Goal:
        return y == 1
    """
    assert judged(text.format(least="0")) is Verdict.FAIL
    assert judged(text.format(least="b")) is Verdict.PASS
