"""Assertions and what they are asked of: states, steps, fair behaviours."""

from __future__ import annotations

import pytest

from conform.domain.exploration import ExplorationStatus
from conform.domain.report import Verdict
from tests.unit.languages.fizzbee.fizz_models import judged, model_of, verdict

FLIP = "atomic action Init:\n    x = 0\n"
SWITCH = FLIP + "{} action A:\n    x = 1 - x\n"


def test_an_invariant_is_asked_of_the_initial_states() -> None:
    result = judged(FLIP + "atomic action A:\n    x = 1\nalways assertion P:\n    return x == 1\n")
    assert result.verdicts() == {"P": Verdict.FAIL}
    assert result.distinct_states == 1


def test_an_invariant_is_not_asked_between_choices() -> None:
    text = FLIP + (
        "atomic action A:\n    x = 7\n    y = oneof [1, 2]\n    x = 1\n"
        "always assertion P:\n    return x < 7\n"
    )
    assert verdict(text, "P") is Verdict.PASS


def test_an_assertion_that_returns_nothing_is_false() -> None:
    text = FLIP + "atomic action A:\n    x = 1\nalways assertion P:\n    y = x\n"
    assert verdict(text, "P") is Verdict.FAIL


def test_an_assertion_can_loop_call_and_have_variables() -> None:
    text = (
        "def double(n):\n    return 2 * n\n"
        + FLIP
        + "func Bound():\n    return 4\n"
        + "atomic action A:\n    require x < 2\n    x += 1\natomic action B:\n    x = x\n"
        + "always assertion P:\n    top = Bound()\n    for i in [1, 2]:\n"
        + "        if double(x) > top:\n            return False\n    return True\n"
    )
    assert verdict(text, "P") is Verdict.PASS


def test_an_assertion_changes_nothing() -> None:
    text = (
        "atomic action Init:\n    seen = [1]\natomic action A:\n    pass\n"
        "always assertion P:\n    seen.append(2)\n    return len(seen) == 2\n"
    )
    assert verdict(text, "P") is Verdict.PASS


def test_a_choice_in_an_assertion_is_an_error() -> None:
    text = FLIP + (
        "atomic action A:\n    x = 1\n"
        "always assertion P:\n    y = oneof [True, False]\n    return y\n"
    )
    assert verdict(text, "P") is Verdict.ERROR


def test_exists_needs_one_state() -> None:
    text = FLIP + "atomic action A:\n    x = 1 - x\nexists assertion P:\n    return x == {}\n"
    assert verdict(text.format(1), "P") is Verdict.PASS
    result = judged(text.format(2))
    assert result.verdicts() == {"P": Verdict.FAIL}
    assert result.properties[0].trace is None


def test_a_deadlock_is_told_before_what_must_exist() -> None:
    text = FLIP + "atomic action A:\n    require x < 2\n    x += 1\n"
    result = judged(text + "exists assertion P:\n    return x == 7\n")
    assert result.deadlock is not None
    assert result.verdicts() == {"P": Verdict.INCOMPLETE}


def test_a_violation_is_told_before_a_deadlock() -> None:
    text = FLIP + (
        "atomic action A:\n    require x < 1\n    x = 1\n"
        "atomic action B:\n    require x == 0\n    x = 5\n"
        "atomic action C:\n    require x == 5\n    x = 6\n"
        "always assertion P:\n    return x != 6\n"
    )
    result = judged(text)
    assert result.deadlock is None
    assert result.verdicts() == {"P": Verdict.FAIL}


def test_a_transition_assertion_sees_both_states() -> None:
    text = FLIP + "atomic action A:\n    x = {}\ntransition assertion P(b, a):\n"
    grows = text + "    return a.x >= b.x\n"
    assert verdict(grows.format("min(x + 1, 3)"), "P") is Verdict.PASS
    assert verdict(grows.format("1 - x"), "P") is Verdict.FAIL


def test_a_transition_assertion_calls_them_before_and_after() -> None:
    text = FLIP + (
        "atomic action A:\n    x = 1 - x\ntransition assertion P:\n    return after.x != before.x\n"
    )
    assert verdict(text, "P") is Verdict.PASS


def test_without_fairness_everything_may_stop() -> None:
    text = SWITCH.format("atomic") + "always eventually assertion P:\n    return x == 1\n"
    assert verdict(text, "P") is Verdict.FAIL


def test_a_fair_action_cannot_wait_for_ever() -> None:
    for words in ("atomic fair", "atomic fair<weak>", "atomic fair<strong>"):
        text = SWITCH.format(words) + "always eventually assertion P:\n    return x == 1\n"
        assert verdict(text, "P") is Verdict.PASS
        text = SWITCH.format(words) + "eventually always assertion P:\n    return x == 1\n"
        assert verdict(text, "P") is Verdict.FAIL


def test_eventually_always_holds_where_it_settles() -> None:
    text = FLIP + (
        "atomic fair action A:\n    require x < 3\n    x += 1\natomic action B:\n    x = x\n"
        "eventually always assertion P:\n    return x == 3\n"
    )
    assert verdict(text, "P") is Verdict.PASS


GATE = """
atomic action Init:
    gate = 0
    done = False
atomic fair action Swing:
    gate = 1 - gate
atomic {} action Pass:
    require gate == 1
    done = True
eventually always assertion Done:
    return done
"""


def test_weak_fairness_is_not_enough_where_an_action_is_enabled_off_and_on() -> None:
    assert verdict(GATE.format("fair"), "Done") is Verdict.FAIL
    assert verdict(GATE.format("fair<strong>"), "Done") is Verdict.PASS


def test_an_action_that_comes_back_is_taken_by_staying() -> None:
    # With x = 0 the toss may give 0 for ever: that takes the fair action again and again.
    text = FLIP + (
        "atomic fair<strong> action Toss:\n    x = oneof [0, 1]\n"
        "always eventually assertion P:\n    return x == 1\n"
    )
    assert verdict(text, "P") is Verdict.FAIL


def test_a_fair_choice_gives_each_value_its_turn() -> None:
    text = FLIP + (
        "atomic fair<strong> action Toss:\n    x = fair<strong> oneof [0, 1]\n"
        "always eventually assertion P:\n    return x == 1\n"
    )
    assert verdict(text, "P") is Verdict.PASS


def test_a_live_thread_goes_on() -> None:
    text = FLIP + (
        "action A:\n    require x == 0\n    x = 1\n    x = 2\n"
        "atomic fair action B:\n    require x == 2\n    x = 0\n"
        "always eventually assertion P:\n    return x != 1\n"
    )
    assert verdict("---\noptions:\n  crash_on_yield: false\n---\n" + text, "P") is Verdict.PASS


def test_behaviours_with_crashes_are_not_looked_at() -> None:
    text = FLIP + (
        "action A:\n    require x == 0\n    x = 1\n    x = 2\n"
        "atomic fair action B:\n    require x == 2\n    x = 0\n"
        "atomic fair action C:\n    x = x\n"
        "always eventually assertion P:\n    return x != 1\n"
    )
    assert verdict(text, "P") is Verdict.PASS


COUNTING = "atomic fair action A:\n    x += 1\n{} assertion P:\n    return {}\n"


@pytest.mark.parametrize("words", ["always eventually", "eventually always"])
def test_liveness_is_not_settled_where_it_fails_at_a_bound(words: str) -> None:
    """A behaviour that the bound ends is none of the model's."""
    result = judged(FLIP + COUNTING.format(words, "x < 100"))
    assert result.verdicts() == {"P": Verdict.INCOMPLETE}
    assert result.status is ExplorationStatus.INCOMPLETE


@pytest.mark.parametrize("words", ["always eventually", "eventually always"])
def test_liveness_that_holds_at_a_bound_has_the_verdict_of_fizzbee(words: str) -> None:
    result = judged(FLIP + COUNTING.format(words, "x >= 100"))
    assert result.verdicts() == {"P": Verdict.PASS}
    assert not result.properties[0].is_vacuous
    assert result.message == "no error found within max_actions 100"


def test_liveness_is_not_settled_where_a_bound_cut_one_action_off() -> None:
    head = "---\naction_options:\n  A:\n    max_actions: 2\n---\n"
    text = FLIP + "atomic fair action B:\n    x = -x\n" + COUNTING.format("always eventually", "x")
    assert judged(head + text).verdicts() == {"P": Verdict.INCOMPLETE}


def test_a_state_at_a_bound_that_only_a_crash_leads_to_is_left_out() -> None:
    text = """
    ---
    options: {max_actions: 2}
    ---
    action Init:
        x = 2
        y = 0
    fair action Move:
        x -= 1
        y += 1
    eventually always assertion Kept:
        return x + y == 2
    """
    assert verdict(text, "Kept") is Verdict.PASS


def test_a_lasso_inside_a_bound_is_a_violation() -> None:
    text = FLIP + (
        "atomic action A:\n    x += 1\nalways eventually assertion P:\n    return x == 50\n"
    )
    assert verdict(text, "P") is Verdict.FAIL


@pytest.mark.parametrize(
    ("way", "reason"),
    [
        ("nondeterministic", "liveness: nondeterministic is not treated; strict is"),
        ("off", "the option `liveness: off` switches its check off"),
    ],
)
def test_liveness_that_is_not_checked_says_why(way: str, reason: str) -> None:
    text = SWITCH.format("atomic fair") + "always eventually assertion P:\n    return x == 1\n"
    result = judged(f"---\nliveness: {way}\n---\n" + text)
    assert result.verdicts() == {"P": Verdict.INCOMPLETE}
    assert [each.reason for each in result.properties] == [reason]


def test_instances_are_actions_with_their_first_choices() -> None:
    model = model_of(
        """
        WRITERS = ["w1", "w2"]
        atomic action Init:
            state = {w: "IDLE" for w in WRITERS}
        atomic action Start:
            any w in WRITERS:
                any n in range(1, 3):
                    state[w] = n
        atomic action Stop:
            w = oneof state.keys()
            state[w] = "IDLE"
        """
    )
    named = [(one.action, one.parameters) for one in model.instances]
    assert named == [
        ("Start", (("w", "w1"), ("n", 1))),
        ("Start", (("w", "w1"), ("n", 2))),
        ("Start", (("w", "w2"), ("n", 1))),
        ("Start", (("w", "w2"), ("n", 2))),
        ("Stop", ()),
    ]
    state = next(model.initial_states())
    (first, second) = model.successors(model.instances[4], state)
    assert first.choices == (("w", "w1"),)
    assert second.choices == (("w", "w2"),)


def test_an_instance_of_a_serial_action_has_the_choice_of_its_first_step_alone() -> None:
    model = model_of(
        """
        action Init:
            x = 0
        serial action A:
            x = oneof [1, 2]
            x = oneof [3, 4]
        """
    )
    starts = [one.parameters for one in model.instances if one.action == "A"]
    assert starts == [(("x", 1),), (("x", 2),)]


FUNCTION_TOSS = """
atomic func Toss():
    face = {} oneof ["heads", "tails"]
    return face

atomic action Init:
    coin = "none"

atomic {} action Play:
    face = Toss()
    coin = face

always eventually assertion Heads:
    return coin == "heads"
"""


def test_a_fair_choice_inside_a_func_gives_each_value_its_turn() -> None:
    strong = "fair<strong>"
    assert verdict(FUNCTION_TOSS.format(strong, strong), "Heads") is Verdict.PASS
    assert verdict(FUNCTION_TOSS.format("", strong), "Heads") is Verdict.FAIL


STEADY = """
atomic action Init:
    coin = "none"
    turn = 0

atomic action Play:
    turn = 1 - turn
    coin = {} oneof ["heads", "tails"]

atomic fair action Turn:
    turn = 1 - turn

eventually always assertion Never:
    return coin != "heads"
"""


def test_an_unfair_action_makes_its_fair_choices_if_it_is_taken_for_ever() -> None:
    text = STEADY.replace("eventually always", "always eventually").replace(
        'coin != "heads"', 'coin != "tails"'
    )
    # It may stop being taken, with tails up: nothing makes it toss again.
    assert verdict(text.format("fair<strong>"), "Never") is Verdict.FAIL
    alone = text.replace("atomic fair action Turn:\n    turn = 1 - turn\n", "").replace(
        "atomic action Play", "atomic fair action Play"
    )
    # Taken for ever, but only strong fairness of the action and the choice gives heads its turn.
    assert verdict(alone.format("fair<strong>"), "Never") is Verdict.PASS
    assert verdict(alone.format(""), "Never") is Verdict.FAIL


@pytest.mark.parametrize(
    "use",
    ["seen = [2]", "seen.append(1)", "other = seen", "other = [seen]", "Change(seen)"],
)
def test_a_fair_choice_from_what_changes_is_not_treated(use: str) -> None:
    text = f"""
        def Change(seen):
            return seen

        atomic action Init:
            seen = [1]
            other = None
            x = 0
        atomic fair action A:
            x = fair oneof seen
        atomic action B:
            require other == None and len(seen) < 3
            {use}
            other = 1
        always eventually assertion P:
            return x == 1
        """
    result = judged(text)
    assert result.verdicts() == {"P": Verdict.INCOMPLETE}
    assert "is from what a state can change" in result.properties[0].reason


FILTERED = """
    ---
    deadlock_detection: false
    ---
    action Init:
        names = ["a", "b"]
        turns = {{"a": 0, "b": 0}}
        open = True

    atomic fair<strong> action Give:
        name = {fair} oneof [n for n in names if open]
        turns[name] = 1 - turns[name]

    atomic fair action Close:
        open = not open

    always eventually assertion BothServed:
        return turns["b"] == 1
"""


def test_a_fair_choice_from_a_filter_gives_each_value_its_turn() -> None:
    assert verdict(FILTERED.format(fair="fair<strong>"), "BothServed") is Verdict.PASS
    assert verdict(FILTERED.format(fair=""), "BothServed") is Verdict.FAIL
    # On offer off and on only: weak fairness of the choice is not enough.
    assert verdict(FILTERED.format(fair="fair"), "BothServed") is Verdict.FAIL


@pytest.mark.parametrize(("fair", "expected"), [("fair", Verdict.PASS), ("", Verdict.FAIL)])
def test_a_fair_choice_of_role_instances_gives_each_its_turn(fair: str, expected: Verdict) -> None:
    text = f"""
        role Server:
            action Init:
                self.on = False

        action Init:
            servers = []
            for i in range(2):
                s = Server()
                servers.append(s)

        atomic fair action Flip:
            s = {fair} oneof servers
            s.on = not s.on

        always eventually assertion LastOn:
            return servers[1].on
        """
    assert verdict(text, "LastOn") is expected


def test_an_assertion_about_what_comes_next_leaves_the_others_checked() -> None:
    text = """
        ---
        deadlock_detection: false
        ---
        action Init:
            x = 0

        atomic action Up:
            require x < 2
            x += 1

        always assertion CanGo:
            return x == 2 or len(next_states()) > 0

        always assertion Small:
            return x <= {most}
        """
    asked = judged(text.format(most=2))
    assert asked.verdicts() == {"CanGo": Verdict.INCOMPLETE, "Small": Verdict.PASS}
    assert asked.status is ExplorationStatus.INCOMPLETE
    (reason,) = (each.reason for each in asked.properties if each.name == "CanGo")
    assert reason == "next_states() in line 12 is not treated"
    assert verdict(text.format(most=1), "Small") is Verdict.FAIL


def test_a_function_of_the_same_name_is_asked() -> None:
    text = """
        def next_states():
            return [1]

        action Init:
            x = 0

        atomic action Stay:
            pass

        always assertion Some:
            return len(next_states()) == 1
        """
    assert verdict(text, "Some") is Verdict.PASS


@pytest.mark.parametrize("line", ["require x > 0", "y = oneof []", "y = oneof [x] if x > 0"])
def test_an_assertion_that_is_disabled_is_an_error_at_its_place(line: str) -> None:
    text = f"""
        action Init:
            x = 0

        atomic action Stay:
            pass

        always assertion P:
            {line}
            return True
        """
    result = judged(text)
    assert result.status is ExplorationStatus.ERROR and result.failure is not None
    error = result.failure.error
    assert "the assertion P comes to a `require` that fails" in error.message
    assert error.span is not None and error.span.line == 7


CALLING = """
    func Twice(v):
        y = v
        y = y * 2
        return y

    role Cell:
        action Init:
            self.v = 1
            w = Twice(self.v)
            self.v = w

    atomic action Init:
        n = 0
        cell = Cell()

    atomic action A:
        n = 1 - n

    always assertion P:
        d = Twice(n)
        return d == 2 * n and cell.v == 2
"""


def test_a_func_that_is_not_atomic_is_run_through_in_an_assertion_and_a_role_instance() -> None:
    assert verdict(CALLING, "P") is Verdict.PASS
    assert verdict(CALLING.replace("d == 2 * n", "d == n"), "P") is Verdict.FAIL


def test_a_func_that_only_assertions_call_makes_no_threads() -> None:
    assert "__threads__" not in [slot.variable for slot in model_of(CALLING).slots]
    called = CALLING.replace("n = 1 - n", "d = Twice(n)\n        n = 1 - n")
    assert "__threads__" in [slot.variable for slot in model_of(called).slots]
