"""Actions as algorithms in numbered steps, and as tables of values before and after."""

from __future__ import annotations

import pytest

from conform.domain.values import format_value
from tests.unit.languages.markdown.formal.texts import model, read

PAGE = """\
# Gate

## State Variables

| Variable | Type | Initial Value |
|---|---|---|
| `gate` | `{OPEN, SHUT}` | `OPEN` |
| `count` | `0..3` | `1` |
| `entry` | `[owner: {NONE, A}, size: 0..3]` | `[owner ↦ NONE, size ↦ 0]` |

## Actions

### Action 1: Act

"""
CHANGES = "| Variable | Before | After |\n|---|---|---|\n"


def step(body: str) -> str | None:
    """Return gate, count and owner after the step; "no step" without one, None for prose."""
    text = f"{PAGE}{body}\n"
    if not read(text).actions or any(action.prose for action in read(text).actions):
        return None
    found = model(text)
    (initial,) = found.initial_states()
    states = [each.state for each in found.successors(found.instances[0], initial)]
    return " ".join(map(format_value, states[0][:2])) if states else "no step"


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("Read `gate`; if it is `SHUT`, stop.|Set `count` to `2`.", '"OPEN" 2'),
        ("Read `gate`; if it is `OPEN`, stop.|Set `count` to `2`.", "no step"),
        ("Read `gate`. If it is not `OPEN`, abort.|Set `gate` to `SHUT`.", '"SHUT" 1'),
        ("If `gate = SHUT` or `count ≠ 1`, do nothing.|Increment `count`.", '"OPEN" 2'),
        ("Stop if `gate = SHUT`, `count = 2` or `count = 1`.|Increment `count`.", "no step"),
        ("Return unless `gate = OPEN`.|`gate := SHUT`.", '"SHUT" 1'),
        ("Return unless `gate = SHUT`.|`gate := OPEN`.", "no step"),
        ("Proceed only if `count = 1`.|`gate` becomes `SHUT`.", '"SHUT" 1'),
        ("**Check** that `count = 2`; return otherwise.|**Shut it:** `gate := SHUT`.", "no step"),
        ("Require `count = 1`.|Write `gate := SHUT`.|Done.", '"SHUT" 1'),
        ("Read `n = count + 1`.|If `n ≠ 2`, stop.|Set `count` to `n + 1`.", '"OPEN" 3'),
        # a step that is not understood, that follows another's effect, or that may mean either
        ("Require `count = 1`.|Ask whether it may.|Set `gate` to `SHUT`.", None),
        ("Require `count = 1`.|`gate := SHUT`.|If `count = 1`, stop.|`count := 2`.", None),
        ("Require `gate = OPEN`.|`count := count + 1`.|Set `gate` to `count`.", None),
        ("Require `gate = OPEN`.|`count = 2`.|Set `gate` to `SHUT`.", None),
        ("If it is `SHUT`, stop.|Set `count` to `2`.", None),
        ("Require `count = 1`.|Increment `count` to `3`.", None),
    ],
)
def test_steps_are_guard_and_effect_where_each_is_read(steps: str, expected: str | None) -> None:
    lines = (f"{at}. {text}" for at, text in enumerate(steps.split("|"), 1))
    assert step("\n".join(lines)) == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (f"{CHANGES}| `gate` | `OPEN` | `SHUT` |", '"SHUT" 1'),
        (f"{CHANGES}| `gate` | SHUT | OPEN |", "no step"),
        (f"{CHANGES}| `gate` | any | `SHUT` |\n| `count` | `count` | `count + 1` |", '"SHUT" 2'),
        (f"{CHANGES}| `gate` | `OPEN` | unchanged |\n| `count` | — | `2` |", '"OPEN" 2'),
        (f"{CHANGES}| `entry` | `owner = A` | — |\n| `count` | — | `2` |", "no step"),
        (f"{CHANGES}| `entry` | `owner = NONE` | — |\n| `count` | — | `2` |", '"OPEN" 2'),
        (
            "**Guard:** `gate = SHUT`\n\n| Variable | New value |\n|---|---|\n| `count` | 2 |",
            "no step",
        ),
        (
            "**Guard:** `gate = OPEN`\n\n| Variable | New value |\n|---|---|\n| `count` | 2 |",
            '"OPEN" 2',
        ),
        (f"{CHANGES}| `count` | 1 | 2 |", None),  # perhaps an example
        (f"{CHANGES}| `gate` | `OPEN` | the other one |", None),
        (f"{CHANGES}| the gate | `OPEN` | `SHUT` |\n| `count` | — | `2` |", None),
    ],
)
def test_values_before_and_after_are_guard_and_effect(table: str, expected: str | None) -> None:
    assert step(table) == expected


def test_steps_below_a_name_in_bold_are_those_of_an_outcome() -> None:
    steps = "1. Require `gate = OPEN`.\n2. Set `gate` to `SHUT`."
    other = "- **Guard:** `gate = SHUT`\n- **Effect:** `gate := OPEN`"
    text = f"{PAGE}**ShutIt()**\n\n{steps}\n\n**OpenIt()**\n\n{other}\n"
    assert [action.name for action in read(text).actions] == ["ShutIt", "OpenIt"]
