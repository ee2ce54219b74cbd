"""Glosses behind formulas are left out, and adjectives stand for variables of booleans."""

from __future__ import annotations

import pytest

from tests.unit.languages.markdown.formal.texts import findings, model, read

PAGE = """\
# Clients

## Constants

| Constant | Small |
|---|---|
| `Clients` | `{c1}` |

## State Variables

| Variable | Type | Initial Value |
|---|---|---|
| `clientUp` | `Clients → BOOLEAN` | all `TRUE` |
| `count` | `0..3` | `2` |

## Actions

In all actions `c ∈ Clients`.

### Action 1: Act(c)

GUARD

**Effect:** EFFECT
"""


def is_taken(guard: str, effect: str = "`count := 3`") -> bool | None:
    """Say whether the initial state has a step; None where a line is prose."""
    text = PAGE.replace("GUARD", guard).replace("EFFECT", effect)
    if any(action.prose for action in read(text).actions):
        return None
    assert findings(text) == []
    found = model(text)
    (initial,) = found.initial_states()
    return any(True for _step in found.successors(found.instances[0], initial))


@pytest.mark.parametrize(
    ("guard", "expected"),
    [
        ("**Guard:** `count = 2` (the client has not failed)", True),
        ("**Guard:** `count = 1` (the client has not failed)", False),
        ("**Guard:**\n- `count = 1` (set by `Act`)", False),
        ("**Guard:**\n- `count < 2 (before the increment)`", False),
        ("**Guard:**\n```\ncount < 3   (before the increment)\n```", True),
        ("**Guard:** `count = 2` (alive), `clientUp[c]` (it runs), `count < 2` (few)", False),
        ("**Guard:**\n- `count = 1` (the first) or `count = 2` (the second)", True),
        ("**Guard:**\n- `count = 1` (the first) or `count = 3` (the last)", False),
        ("**Guard:**\n- `count = 1`, since only the second is taken", False),
        ("**Guard:** `count = 1` (only if it runs)", None),
        ("**Guard:**\n- `count = 1`, because it counts, unless it has failed", None),
        ("**Guard:** `count = 1` (not checked by a reader)", None),
        ("**Guard:** `count = 1` (this is not required of others)", None),
        ("**Guard:** `count = 1` (and `clientUp[c]`)", None),
        ("**Guard:** `count = 1` (for `c = c1`)", None),
        ("**Guard:**\n- `count = 1 (or more than that)`", None),
    ],
)
def test_gloss_is_left_out_unless_it_takes_something_back(
    guard: str, expected: bool | None
) -> None:
    assert is_taken(guard) is expected


@pytest.mark.parametrize(
    ("guard", "expected"),
    [
        ("`c` is up", True),
        ("`c` is not up", False),
        ("`c` is down", False),
        ("`c` is no longer down", True),
        ("client `c` is still up", True),
        ("the client is down", False),
        ("`c` is up, `count = 1`", False),
        ("`c` is up and `count = 2`", True),
        ("`c` is ready", None),
        ("worker `c` is quite up", None),
        ("the worker is up", None),
        ("`c` is down and counts nothing at all (`count = 2`)", None),
    ],
)
def test_adjective_stands_for_the_variable_that_ends_in_it(
    guard: str, expected: bool | None
) -> None:
    assert is_taken(f"**Guard:** {guard}") is expected


def test_adjective_of_two_variables_stands_for_neither() -> None:
    other = PAGE.replace("| `count`", "| `linkUp` | `Clients → BOOLEAN` | all `TRUE` |\n| `count`")
    text = other.replace("GUARD", "**Guard:** `c` is up").replace("EFFECT", "`count := 3`")
    (action,) = read(text).actions
    assert [line.text for line in action.prose] == ["c is up"]


def test_what_becomes_so_is_assigned() -> None:
    text = PAGE.replace("GUARD", "**Guard:** `c` is up").replace("EFFECT", "the client goes down")
    found = model(text)
    (initial,) = found.initial_states()
    (step,) = found.successors(found.instances[0], initial)
    assert step.state != initial
    assert not list(found.successors(found.instances[0], step.state))
