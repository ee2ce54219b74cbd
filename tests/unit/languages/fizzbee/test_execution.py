"""What a step is: yield points, choices, disabling, threads. Counts are worked out by hand."""

from __future__ import annotations

import pytest

from conform.domain.exploration import ExplorationStatus
from conform.languages.fizzbee.execution import performing
from tests.unit.languages.fizzbee.fizz_models import count, explored, judged, values

INIT = "atomic action Init:\n    x = 0\n    y = 0\n"


def test_an_atomic_action_is_one_step() -> None:
    assert count(INIT + "atomic action A:\n    x = 1\n    y = 1\n") == 2


def test_a_serial_action_can_be_interrupted_between_statements() -> None:
    # Before, between (x = 1, the thread waits at y = 1), after; a crash between: x = 1 and no
    # thread, from where another thread gives: x = 1, y = 0 with a thread at y = 1 again, which is
    # known. Two threads at once: both between; one between with y = 1 already.
    text = INIT + "action A:\n    x = 1\n    y = 1\n"
    alone = "---\noptions:\n  max_actions: 1\n  crash_on_yield: false\n---\n" + text
    assert count(alone) == 3


def test_serial_is_what_an_action_is_without_a_flow() -> None:
    written = "---\noptions:\n  max_actions: 2\n---\n" + INIT
    body = "    x = 1\n    y = 1\n"
    assert count(written + "action A:\n" + body) == count(written + "serial action A:\n" + body)
    assert count(written + "action A:\n" + body) > count(written + "atomic action A:\n" + body)


def test_a_thread_that_vanishes_leaves_what_it_did() -> None:
    text = INIT + "action A:\n    x = 1\n    y = 1\n"
    once = "---\noptions:\n  max_actions: 1\n---\n" + text
    # The three states without crashes, and x = 1 without a thread.
    assert count(once) == 4


def test_an_action_that_is_called_says_what_it_is() -> None:
    text = INIT + "atomic action A:\n    x = 1\natomic action B:\n    A()\n"
    assert "A is an action, which nothing calls" in explored(text).message
    role = (
        "role R:\n    action Init:\n        self.v = 0\n    atomic action A:\n        self.v = 1\n"
        "    atomic action B:\n        self.A()\naction Init:\n    r = R()\n"
    )
    assert "R.A is an action, which nothing calls" in explored(role).message


def test_a_requirement_before_anything_else_does_not_end_a_step() -> None:
    text = "---\noptions:\n  max_actions: 1\n  crash_on_yield: false\n---\n" + INIT
    assert count(text + "action A:\n    require x == 0\n    x = 1\n    y = 1\n") == 3


def test_an_untaken_if_before_anything_else_does_not_end_a_step() -> None:
    text = "---\noptions:\n  max_actions: 1\n  crash_on_yield: false\n---\n" + INIT
    assert count(text + "action A:\n    if x == 7:\n        y = 2\n    x = 1\n    y = 1\n") == 3


def test_what_only_tests_is_no_step() -> None:
    for body in (
        "if x == 7:\n        x = 1",
        "for i in [1, 2]:\n        if i > 2:\n            x = 1",
        "any i in [1, 2]:\n        if i > 2:\n            x = 1",
        "return",
    ):
        result = judged(INIT + f"atomic action A:\n    {body}\n")
        assert result.deadlock is not None, body
        assert result.states_generated == 1, body


@pytest.mark.parametrize("body", ["x = x", "z = 1", "pass", "print(x)", "z = oneof [1, 2]"])
def test_what_runs_is_a_step_even_if_it_changes_nothing(body: str) -> None:
    result = judged(INIT + f"atomic action A:\n    {body}\n")
    assert result.status is ExplorationStatus.INCOMPLETE or result.deadlock is None
    assert result.deadlock is None
    assert result.distinct_states == 1
    assert result.states_generated > 1


def test_a_false_requirement_discards_what_was_done() -> None:
    assert count(INIT + "atomic action A:\n    x = 1\n    require y == 1\n") == 1


def test_a_choice_from_nothing_disables_an_assignment() -> None:
    assert count(INIT + "atomic action A:\n    x = 1\n    z = oneof []\n") == 1


def test_a_choice_block_from_nothing_is_skipped() -> None:
    text = INIT + "atomic action A:\n    oneof z in []:\n        x = 1\n    y = 1\n"
    assert values(text, "y") == {"0", "1"}
    assert values(text, "x") == {"0"}


def test_a_choice_assignment_takes_candidates_that_meet_its_condition() -> None:
    text = INIT + "atomic action A:\n    x = oneof [1, 2, 3] if x > 1\n"
    assert values(text, "x") == {"0", "2", "3"}


def test_a_choice_assignment_without_a_fit_candidate_disables() -> None:
    assert count(INIT + "atomic action A:\n    x = oneof [1, 2] if x > 5\n") == 1


def test_a_choice_in_init_gives_several_initial_states() -> None:
    assert count("atomic action Init:\n    x = oneof [1, 2, 3]\n") == 3


def test_names_first_assigned_inside_a_block_of_init_are_no_state() -> None:
    text = """
        atomic action Init:
            x = 0
            if x == 0:
                hidden = 1
            for i in [1, 2]:
                x = i
        atomic action A:
            x = hidden
        """
    result = explored(text)
    assert "undefined: hidden" in result.message
    assert result.distinct_states == 1


def test_a_local_variable_is_seen_after_the_block_that_set_it() -> None:
    text = INIT + "atomic action A:\n    if x == 0:\n        z = 5\n    x = z\n"
    result = explored(text)
    assert "undefined: z" in result.message  # the second step finds x == 5 and sets no z
    assert result.distinct_states == 2


def test_the_variable_of_a_loop_hides_a_state_variable() -> None:
    text = INIT + "atomic action A:\n    for x in [7]:\n        pass\n    y = x\n    x = 9\n"
    assert values(text, "x") == {"0"}
    assert values(text, "y") == {"0", "7"}


def test_the_variable_of_a_choice_block_hides_a_state_variable() -> None:
    text = INIT + "atomic action A:\n    any x in [7, 8]:\n        y = x\n"
    assert values(text, "x") == {"0"}
    assert values(text, "y") == {"0", "7", "8"}


def test_assigning_to_a_constant_does_nothing() -> None:
    text = "N = 3\n" + INIT + "atomic action A:\n    N = 5\n    x = N\n"
    assert values(text, "x") == {"0", "3"}


def test_changing_a_constant_in_place_is_an_error() -> None:
    result = explored("L = [1]\n" + INIT + "atomic action A:\n    L.append(2)\n    x = 1\n")
    assert "frozen list" in result.message
    assert result.failure is not None
    assert str(result.failure.error.span) == "spec.fizz:6:5"


def test_oneof_runs_exactly_one_statement() -> None:
    text = INIT + "atomic action A:\n    oneof:\n        x = 1\n        y = 1\n"
    # From (0, 0) to (1, 0) or (0, 1), from these to (1, 1).
    assert count(text) == 4
    once = "---\noptions:\n  max_actions: 1\n---\n" + text
    assert count(once) == 3


def test_parallel_runs_its_statements_in_any_order() -> None:
    head = "---\noptions:\n  max_actions: 1\n  crash_on_yield: false\n---\n" + INIT
    # Neither, one of the two with the thread waiting, both.
    assert count(head + "parallel action A:\n    x = 1\n    y = 1\n") == 4


def test_parallel_for_takes_elements_in_any_order() -> None:
    head = "---\noptions:\n  max_actions: 1\n  crash_on_yield: false\n---\n"
    init = "atomic action Init:\n    seen = []\n"
    text = head + init + "action A:\n    parallel for i in [1, 2]:\n        seen.append(i)\n"
    assert values(text, "seen") == {"<<>>", "<<1>>", "<<2>>", "<<1, 2>>", "<<2, 1>>"}


def test_serial_for_can_be_interrupted_after_each_round() -> None:
    head = "---\noptions:\n  max_actions: 1\n  crash_on_yield: false\n---\n" + INIT
    # x = 0 before, after the first and the second round with the thread, after the third without.
    assert count(head + "action A:\n    for i in [1, 2, 3]:\n        x += 1\n") == 4
    assert count(head + "action A:\n    atomic for i in [1, 2, 3]:\n        x += 1\n") == 2


def test_an_atomic_block_in_a_serial_action_is_one_step() -> None:
    head = "---\noptions:\n  max_actions: 1\n  crash_on_yield: false\n---\n" + INIT
    body = "action A:\n    atomic:\n        x = 1\n        y = 1\n    x = 2\n"
    assert count(head + body) == 3


def test_a_while_loop_asks_its_condition_in_each_round() -> None:
    text = INIT + "atomic action A:\n    while x < 3:\n        x += 1\n"
    assert values(text, "x") == {"0", "3"}


def test_break_and_continue() -> None:
    text = INIT + (
        "atomic action A:\n"
        "    for i in range(10):\n"
        "        if i == 1:\n"
        "            continue\n"
        "        if i == 4:\n"
        "            break\n"
        "        x += i\n"
        "    require y == 0\n"
        "    y = 1\n"
    )
    assert values(text, "x") == {"0", "5"}


def test_an_endless_loop_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(performing, "MAX_STATEMENTS", 10_000)
    result = explored(INIT + "atomic action A:\n    while True:\n        pass\n")
    assert "does not come to its end" in result.message


def test_a_returned_value_is_part_of_the_state_until_the_next_step() -> None:
    # The initial state without and with what A returned.
    assert count(INIT + "atomic action A:\n    return 3\n") == 2
    both = INIT + "atomic action A:\n    return 3\natomic action B:\n    x = 1\n"
    # x = 0 or 1, with and without A's value.
    assert count(both) == 4


def test_at_most_so_many_threads_live_as_the_options_allow() -> None:
    text = INIT + "action A:\n    x = x + 1\n    y = y + 1\n"
    head = "---\noptions:\n  max_actions: 3\n  max_concurrent_actions: {}\n---\n"
    one, two = (count(head.format(number) + text) for number in (1, 2))
    assert one < two


def test_a_thread_waits_where_a_requirement_is_not_met() -> None:
    text = (
        "---\noptions:\n  crash_on_yield: false\n---\n"
        + INIT
        + "action A:\n    require x == 0\n    x = 1\n    require y == 1\n    x = 2\n"
        + "atomic action B:\n    require x == 1\n    y = 1\n"
    )
    assert values(text, "x") == {"0", "1", "2"}
    stuck = text.replace("    y = 1\n", "    y = 2\n")
    assert values(stuck, "x") == {"0", "1"}


def test_a_func_returns_a_value_to_its_caller() -> None:
    text = INIT + (
        "atomic func Next(n):\n    return n + 1\n"
        "atomic action A:\n    require x < 2\n    x = Next(x)\n"
    )
    assert values(text, "x") == {"0", "1", "2"}


def test_a_func_sees_the_state_but_not_the_variables_of_its_caller() -> None:
    text = INIT + "atomic func F():\n    return z\natomic action A:\n    z = 1\n    x = F()\n"
    assert "undefined: z" in explored(text).message
    text = INIT + "atomic func F():\n    return y + 4\natomic action A:\n    x = F()\n"
    assert values(text, "x") == {"0", "4"}


def test_choices_inside_a_func_go_each_way() -> None:
    text = INIT + (
        "atomic func Toss():\n    oneof:\n        return 1\n        return 2\n"
        "atomic action A:\n    x = Toss()\n"
    )
    assert values(text, "x") == {"0", "1", "2"}


def test_fizzbee_calls_no_func_from_an_action_that_is_not_atomic() -> None:
    text = INIT + "func F():\n    return 1\naction A:\n    x = F()\n    y = 1\n"
    assert "FizzBee calls no func from a serial action" in explored(text).message


def test_the_bound_on_actions_cuts_and_says_so() -> None:
    result = judged("atomic action Init:\n    x = 0\natomic action A:\n    x += 1\n")
    assert result.distinct_states == 101
    assert result.status is ExplorationStatus.NO_ERROR
    assert result.deadlock is None
    assert [bound.name for bound in result.cut_by] == ["max_actions"]
    assert result.message == "no error found within max_actions 100"


def test_a_bound_that_nothing_reaches_is_not_told() -> None:
    text = "---\noptions:\n  max_actions: 3\n---\n" + INIT + "atomic action A:\n    x = 1 - x\n"
    result = judged(text)
    assert result.cut_by == ()
    assert result.message == "no error found"


def test_bounds_of_one_action_count_its_steps_alone() -> None:
    text = (
        "---\naction_options:\n  A:\n    max_actions: 2\n---\n"
        + INIT
        + "atomic action A:\n    x += 1\natomic action B:\n    y = 1 - y\n"
    )
    result = judged(text)
    assert values(text, "x") == {"0", "1", "2"}
    assert [bound.name for bound in result.cut_by] == ["max_actions of A"]


def test_going_on_is_free_of_the_bound() -> None:
    head = "---\noptions:\n  max_actions: 1\n  crash_on_yield: false\n---\n"
    text = head + INIT + "action A:\n    x = 1\n    x = 2\n    x = 3\n"
    assert values(text, "x") == {"0", "1", "2", "3"}


def test_a_crash_is_no_way_out_of_a_deadlock() -> None:
    text = INIT + "action A:\n    require x == 0\n    x = 1\n    require y == 1\n    x = 2\n"
    result = judged(text)
    assert result.deadlock is not None
    assert len(result.deadlock.steps) == 2


def test_two_references_to_one_object_stay_one_object() -> None:
    text = """
        atomic action Init:
            a = [1]
            b = a
        atomic action Change:
            require len(a) < 2
            a.append(2)
        """
    assert values(text, "b") == {"<<1>>", "<<1, 2>>"}


def test_equal_objects_are_not_one_object() -> None:
    text = """
        atomic action Init:
            a = [1]
            b = [1]
        atomic action Change:
            require len(a) < 2
            a.append(2)
        """
    assert values(text, "b") == {"<<1>>"}


def test_values_of_different_types_are_different_states() -> None:
    # FizzBee writes its states as JSON and takes some of these for one.
    text = INIT + (
        "atomic action A:\n"
        "    x = oneof [1, True, (1, 2), '1', None, 0, False, struct(a=1), record(a=1)]\n"
    )
    assert count(text) == 9
    text = INIT + (
        "atomic action A:\n    x = [1, 2]\n"
        "atomic action B:\n    x = (1, 2)\n"
        "atomic action C:\n    x = {1: 1, 2: 2}\n"
        "atomic action D:\n    x = set([1, 2])\n"
        "atomic action E:\n    x = {}\n"
        "atomic action F:\n    x = []\n"
    )
    assert count(text) == 7


def test_options_of_one_action_bound_its_threads_alone() -> None:
    text = INIT + "action A:\n    x = x + 1\n    y = y + 1\n"
    head = "---\noptions:\n  max_actions: 2\n{}---\n"
    limit = "action_options:\n  A:\n    max_concurrent_actions: 1\n"
    one = head.format("  max_concurrent_actions: 1\n")
    assert count(head.format(limit) + text) == count(one + text) < count(head.format("") + text)


def test_options_of_one_action_keep_its_threads_from_vanishing() -> None:
    text = INIT + "action A:\n    x = 1\n    y = 1\n"
    head = "---\noptions:\n  max_actions: 1\n{}---\n"
    keep = "action_options:\n  A:\n    crash_on_yield: false\n"
    assert count(head.format("") + text) == 4
    assert count(head.format(keep) + text) == 3


def test_a_set_of_both_one_and_true_is_an_error() -> None:
    text = INIT + "atomic action A:\n    x = set([1])\n    x.add(True)\n"
    assert "a set of both 1 and True" in explored(text).message


def test_a_lambda_in_an_action_sees_what_the_action_sees() -> None:
    text = INIT + (
        "atomic action A:\n    k = 2\n    x = sorted([1, 2, 3], key=lambda v: (v + y) % k)[0]\n"
    )
    assert values(text, "x") == {"0", "2"}


STRAIGHT = [
    "for i in range(4):\n{}        if i == 2:\n            continue\n        x += i\n",
    "for i in range(4):\n{}        if i == 2:\n            break\n        x += i\n",
    "for i in range(4):\n{}        if i == y:\n            return\n        x += i\n",
    "for i in range(3):\n{}        require x < 4\n        x += 1\n",
    "for i in range(3):\n{}        for j in range(3):\n            if j == i:\n"
    "                break\n            x += j\n    y = 1\n",
    "while x < 3:\n{}        x += 1\n        if x == 2:\n            continue\n        y += 1\n",
    "while True:\n{}        x += 1\n        if x > 2:\n            break\n",
    "if x == 0:\n{}        y += 1\n    elif y == 1:\n        x = 0\n    else:\n        x = 2\n",
]
"""Bodies of actions that make no choice, with room for one that decides nothing."""


@pytest.mark.parametrize("body", STRAIGHT)
def test_code_without_choices_does_what_it_does_with_one(body: str) -> None:
    """With a choice of one value it is run statement by statement."""
    head = "---\noptions:\n  max_actions: 3\n---\n" + INIT + "atomic action A:\n    "
    plain, choosing = head + body.format(""), head + body.format("        k = oneof [0]\n")
    assert count(plain) == count(choosing)
    for name in ("x", "y"):
        assert values(plain, name) == values(choosing, name)


@pytest.mark.parametrize("body", STRAIGHT[:5])
def test_an_atomic_loop_of_a_serial_action_is_one_statement(body: str) -> None:
    head = "---\noptions:\n  max_actions: 3\n---\n" + INIT + "action A:\n    y += 0\n    atomic "
    plain, choosing = head + body.format(""), head + body.format("        k = oneof [0]\n")
    for name in ("x", "y"):
        assert values(plain, name) == values(choosing, name)
