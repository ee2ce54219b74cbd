"""What documents say of the options of FizzBee's search, and fizz.yaml beside the front matter."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from conform.check.cf274_stated_option import misstated_options
from conform.check.columns import Role
from conform.check.context import Binding
from conform.domain.finding import Finding
from conform.languages.fizzbee.cf273_overridden_option import overridden_options
from conform.languages.fizzbee.specification import read_specification
from conform.text import Span
from tests.unit.check.relay import DOCUMENT, FIZZ, README, relay

SETTINGS = {
    "max_actions": Binding("30", Span("fizzbee/fizz.yaml", 2, 16, 2, 17)),
    "max_concurrent_actions": Binding("2", Span(FIZZ, 1, 1, 1, 1)),
    "crash_on_yield": Binding("true", Span(FIZZ, 1, 1, 1, 1)),
    "deadlock_detection": Binding("false", Span("fizzbee/fizz.yaml", 3, 21, 3, 25)),
    "liveness": Binding("strict", Span(FIZZ, 1, 1, 1, 1)),
}


def found(path: str, text: str) -> list[Finding]:
    """Return the findings where a text is put below the last line of a file."""
    repository = relay()
    last = repository.texts[path].rstrip("\n").splitlines()[-1]
    context = repository.edited(path, last, f"{last}\n\n{text}\n").context_with_pages()
    fizzbee = replace(context.formal[Role.FIZZBEE], settings=SETTINGS)
    formal = {**context.formal, Role.FIZZBEE: fizzbee}
    return list(misstated_options(replace(context, formal=formal)))


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        (
            DOCUMENT,
            "FizzBee runs with `max_actions: 40`.",
            "`max_actions` is 40 here, and 30 in the search",
        ),
        (
            README,
            "Run FizzBee on all specs with `max_actions: 40`.",
            "`max_actions` is 40 here, and 30 in the search",
        ),
        (
            README,
            "The search is bounded by `max_actions: 40` in `fizzbee/fizz.yaml`.",
            "`max_actions` is 40 here, and 30 in the search",
        ),
        (
            DOCUMENT,
            "Here `max_concurrent_actions` is 3.",
            "`max_concurrent_actions` is 3 here, and 2 in the search",
        ),
        (
            DOCUMENT,
            "| Option | Value |\n|---|---|\n| `max_actions` | 25 |",
            "`max_actions` is 25 here, and 30 in the search",
        ),
        (
            DOCUMENT,
            "```yaml\noptions:\n  crash_on_yield: false\n```",
            "`crash_on_yield` is false here, and true in the search",
        ),
        (
            DOCUMENT,
            "Deadlock detection is enabled in FizzBee.",
            "`deadlock_detection` is true here, and false in the search",
        ),
        (
            README,
            "`Relay.fizz` is searched with maxActions = 31.",
            "`max_actions` is 31 here, and 30 in the search",
        ),
        (
            FIZZ,
            "# the search has max_actions 12",
            "`max_actions` is 12 here, and 30 in the search",
        ),
    ],
)
def test_option_that_a_text_states_otherwise_is_found(path: str, text: str, message: str) -> None:
    (finding,) = found(path, text)
    assert (finding.code, finding.message) == ("CF274", message)
    assert finding.span is not None and finding.span.path == path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (DOCUMENT, "FizzBee runs with `max_actions: 30`, and `liveness: strict`."),
        (DOCUMENT, "Raise `max_actions` to 60 for more. It is 30 here."),
        (DOCUMENT, "The default of `max_actions` is 100."),
        (DOCUMENT, "Deadlock detection is enabled in TLC and disabled in FizzBee."),
        (DOCUMENT, "Deadlock detection is disabled in FizzBee."),
        (DOCUMENT, "| Kind | Number |\n|---|---|\n| Liveness | 3 |"),
        (DOCUMENT, "```yaml\naction_options:\n  Send:\n    max_actions: 1\n```"),
        (README, "Run FizzBee on all specs with `max_actions: 30`, `crash_on_yield: false`."),
        (README, "The other protocol has `max_actions: 40`."),
        (FIZZ, "# max_actions: 12"),
    ],
)
def test_text_that_states_no_other_option_is_no_finding(path: str, text: str) -> None:
    assert not found(path, text)


SPEC = "---\ndeadlock_detection: false\noptions:\n  max_actions: 8\n---\naction Init:\n    x = 0\n"
BESIDE = "options:\n  maxActions: 40\n  crash_on_yield: false\ndeadlockDetection: false\n"


def test_option_that_the_front_matter_overrides_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "Spec.fizz").write_text(SPEC)
    (tmp_path / "fizz.yaml").write_text(BESIDE)
    specification = read_specification(tmp_path / "Spec.fizz", "models/Spec.fizz")
    (finding,) = overridden_options(specification)
    assert (finding.code, str(finding.span)) == ("CF273", "models/Spec.fizz:4:16")
    assert finding.message == (
        "`max_actions` is 8 here, and 40 in models/fizz.yaml: this one holds"
    )
    assert specification.options.max_actions == 8


def test_options_that_several_specifications_share_may_be_overridden(tmp_path: Path) -> None:
    (tmp_path / "Spec.fizz").write_text(SPEC)
    (tmp_path / "Other.fizz").write_text("action Init:\n    x = 0\n")
    (tmp_path / "fizz.yaml").write_text(BESIDE)
    assert not list(overridden_options(read_specification(tmp_path / "Spec.fizz")))


def test_bounds_of_actions_are_compared_action_by_action(tmp_path: Path) -> None:
    front = "action_options:\n  A: {max_actions: 1}\n  B: {max_actions: 0}\n"
    (tmp_path / "Spec.fizz").write_text(f"---\n{front}---\naction Init:\n    x = 0\n")
    beside = "actionOptions:\n  A: {maxActions: 2}\n  B: {maxActions: 2}\n"
    (tmp_path / "fizz.yaml").write_text(beside)
    (finding,) = overridden_options(read_specification(tmp_path / "Spec.fizz"))
    assert finding.message.startswith("`A.max_actions` is 1 here, and 2 in ")
