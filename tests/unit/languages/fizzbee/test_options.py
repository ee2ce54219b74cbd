"""Options are read with their places, and front matter goes over the file beside the spec."""

from __future__ import annotations

import pytest

from conform.errors import InputError
from conform.languages.fizzbee.options import ActionOptions, Options, read_options
from conform.text import Source


def front(text: str) -> Options:
    return read_options(None, Source("a.fizz", text))


def test_without_options_the_defaults_of_fizzbee_hold() -> None:
    options = read_options(None, None)
    assert options == front("") == front("# nothing\n")
    assert (options.max_actions, options.max_concurrent_actions) == (100, 2)
    assert options.crash_on_yield and options.deadlock_detection and options.is_liveness_strict


def test_both_spellings_of_a_key_are_read() -> None:
    snake = "options:\n  max_actions: 7\n  crash_on_yield: false\ndeadlock_detection: no\n"
    camel = "options: {maxActions: 7, crashOnYield: False}\ndeadlockDetection: false\n"
    assert front(snake) == front(camel)
    assert front(snake) == Options(
        max_actions=7, max_concurrent_actions=2, crash_on_yield=False, deadlock_detection=False
    )


def test_one_action_bounds_the_threads_too() -> None:
    assert front("options:\n  max_actions: 1\n").max_concurrent_actions == 1


def test_zero_says_nothing() -> None:
    assert front("options: {max_actions: 0, max_concurrent_actions: 0}") == Options()


def test_front_matter_goes_over_the_file() -> None:
    beside = Source(
        "fizz.yaml",
        "options: {max_actions: 5, max_concurrent_actions: 1}\n"
        "action_options:\n  A: {max_actions: 1}\n  R.B: {max_actions: 2}\n",
    )
    over = Source(
        "a.fizz", "options: {max_actions: 9}\nactionOptions:\n  A: {maxConcurrentActions: 3}\n"
    )
    options = read_options(beside, over)
    assert (options.max_actions, options.max_concurrent_actions) == (9, 1)
    assert options.actions == {
        "A": ActionOptions(max_concurrent_actions=3),
        "R.B": ActionOptions(max_actions=2),
    }


@pytest.mark.parametrize(
    ("text", "is_strict"),
    [
        ("liveness: strict", True),
        ("liveness: true", True),
        ("liveness: Strict/BFS", True),
        ("liveness: nondeterministic", False),
        ("liveness: off", False),
    ],
)
def test_the_way_of_liveness_is_known(text: str, is_strict: bool) -> None:
    assert front(text).is_liveness_strict is is_strict


def test_what_is_asked_and_not_done_is_told() -> None:
    assert front("continue_on_invariant_failures: true").unheeded == (
        "continue_on_invariant_failures",
    )
    assert front("continue_on_invariant_failures: false").unheeded == ()


def test_keys_that_are_like_no_other_are_passed_over_and_told() -> None:
    found = front("title: Two-phase commit\nauthor: [a, b]\noptions: {max_actions: 3}")
    assert (found.unheeded, found.max_actions) == (("title", "author"), 3)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("options:\n  max_acton: 3", "2:3", "unknown key max_acton"),
        ("option: {}", "1:1", "unknown key option"),
        ("max_actions: 3", "1:1", "unknown key max_actions"),
        ("options:\n  max_actions: many", "2:16", "expected a number"),
        ("options:\n  max_actions: -1", "2:16", "expected a number"),
        ("options:\n  max_actions: 1.5", "2:16", "expected a number"),
        ("options:\n  crash_on_yield: 1", "2:19", "expected true or false"),
        ("options: [1]", "1:10", "expected the bounds of an exploration, found a list"),
        ("options:\n  max_actions: 1\n  maxActions: 2", "3:3", "max_actions is given twice"),
        ("liveness: [strict]", "1:11", "expected a word"),
        ("options: *x", "1:10", "aliases (*x) are not read here"),
        ("action_options:\n  A:\n    fair: true", "3:5", "unknown key fair"),
        ("- a", "1:1", "expected the options, found a list"),
        ("options: {", "1:11", "not YAML"),
    ],
)
def test_what_is_no_option_is_refused_at_its_place(text: str, place: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        front(text)
    assert caught.value.span is not None
    assert f"{caught.value.span.line}:{caught.value.span.column}" == place
    assert caught.value.message.startswith(message)
