"""One small document in many forms of writing: each of them is executed, to the same states."""

from __future__ import annotations

import re

import pytest

from conform.languages.markdown.clause_kinds import introduced_kind
from tests.unit.languages.markdown.formal.texts import counts, read

PAGE = """\
# Lease

## Parameters

| Parameter | Small |
|---|---|
| `Nodes` | `{n1, n2}` |
| `Last` | 2 |

## State Variables

| Variable | Type | Initial Value |
|---|---|---|
| `holder` | `Nodes ∪ {NONE}` | `NONE` |
| `mine` | `[Nodes → 0..Last]` | `[n ∈ Nodes ↦ 0]` |
| `grants` | `0..Last` | `0` |

## Actions

`n` ranges over `Nodes`.

### Action 1: Acquire(n)

**Guard**

- `Let next = grants + 1`
- `holder = NONE`
- `next ≤ Last`

**Effect**

- `holder := n`
- `grants := next`
- `mine[n] := next`

Somebody else may be waiting. If so, nothing is said of it.

### Action 2: Return(n)

**Guard**

- `holder = n`

**Effect**

- `holder := NONE`

## Properties

### Safety S1: OneAtMost

**Formal**: `grants ≤ Last`

**Expected Verdict**: PASS
"""

UNCHANGED = "**Effect:** `holder := NONE`. `grants` and `mine` are unchanged."
STEPS = "1. Check that `holder` is `n`; otherwise stop.\n2. Set `holder` to `NONE`."
COMMENTS = "```\\n// guard\\nholder = n\\n\\n// effect\\nholder := NONE\\n```"
LEAVING = "```\nReturn(n):\n  if holder != n: return\n  holder = NONE\n```"
BELOW = "```\nif holder == n:\n  holder = NONE\n```"

FORMS: list[tuple[str, str]] = [
    (r"(?m)^- `(.*)`$", r"- \1"),
    (r"(?m)^- `", "1. `"),
    (r"(?m)^\*\*(Guard|Effect)\*\*$", r"#### \1"),
    (r"\*\*Effect\*\*", "**State update**:"),
    (r"\*\*Effect\*\*", "**Changes**:"),
    (r"### Action (\d): (.*)", r"### \1. `\2`"),
    (r"### Action (\d): (.*)", r"### \2"),
    (r"(?s)### Safety S1: (\w+)\n\n\*\*Formal\*\*: (`.*?`)", r"- **\1** (safety): so few. \2"),
    (r"\| Parameter \|", "| Constant |"),
    (r"(?m)^- `(\w+)(\[n\])? := (.*)`$", r"- `\1\2' = \3`"),
    (r"(- `holder := NONE`)", r"\1\n- `grants` and `mine` are unchanged"),
    (r"(- `holder := NONE`)", r"\1\n- grants, mine stay the same"),
    (r"(?s)\*\*Effect\*\*\n\n- `holder := NONE`", UNCHANGED),
    (r"(?s)\*\*Guard\*\*\n\n- `holder = n`\n.*- `holder := NONE`", STEPS),
    (r"(?s)\*\*Guard\*\*\n\n- `holder = n`\n.*- `holder := NONE`", COMMENTS),
    (r"(?s)\*\*Guard\*\*\n\n- `holder = n`\n.*- `holder := NONE`", LEAVING),
    (r"(?s)\*\*Guard\*\*\n\n- `holder = n`\n.*- `holder := NONE`", BELOW),
]


def test_document_is_executed() -> None:
    assert counts(PAGE) == (13, 13, 5)


@pytest.mark.parametrize(("old", "new"), FORMS, ids=str)
def test_other_form_says_the_same(old: str, new: str) -> None:
    text, changed = re.subn(old, new, PAGE)
    assert changed
    assert len(read(text).properties) == 1
    assert counts(text) == counts(PAGE)


@pytest.mark.parametrize(
    "sentence",
    [
        "A node may never take this step if all of these hold:",
        "A node may take this step if any of these hold:",
        "A node may not take it if these hold:",
        "The action has the following preconditions:",
        "It then performs the following checks:",
        "This does not change the following:",
        "The action makes one of the following cases:",
    ],
)
def test_sentence_that_means_something_else_opens_no_clause(sentence: str) -> None:
    assert introduced_kind(sentence) is None


def test_line_without_code_that_uses_a_later_name_is_in_words() -> None:
    lines = "- `Let next = grants + 1`\n- `holder = NONE`\n- `next ≤ Last`\n"
    assert lines in PAGE
    document = read(
        PAGE.replace(lines, "- holder = NONE\n- next ≤ Last\n- Let next = grants + 1\n")
    )
    assert [line.text for line in document.actions[0].prose] == ["next ≤ Last"]
    assert document.findings == ()


def test_variables_that_are_the_same_may_be_equal_to_each_other() -> None:
    text = PAGE.replace(
        "- `holder := NONE`", "- `holder := NONE`\n- `grants` and `mine` are the same"
    )
    assert [line.text for line in read(text).actions[1].prose] == ["grants and mine are the same"]


def test_case_with_a_number_is_an_outcome() -> None:
    cases = PAGE.replace(
        "### Action 1: Acquire(n)", "### Action 1: Ask(n)\n\n#### Case 1a: Acquire(n)"
    )
    assert counts(cases) == counts(PAGE)
    assert [each.name for each in read(cases).actions] == ["Acquire", "Return"]


def test_step_that_is_not_understood_leaves_its_action_in_words() -> None:
    text = re.sub(FORMS[-2][0], "1. Look whether `holder = n`.\n2. Set `holder` to `NONE`.", PAGE)
    assert [line.text for line in read(text).actions[1].prose] == ["Look whether holder = n."]


def test_what_is_said_to_stay_must_not_change() -> None:
    text = PAGE.replace("- `mine[n] := next`", "- `mine[n] := next`\n- `mine` does not change")
    assert [each.code for each in read(text).findings] == ["CF114"]


@pytest.mark.parametrize(
    "line", ["  notify(n)", "  while holder == n:", "  if grants > 0: holder = NONE"]
)
def test_program_that_does_something_else_is_not_executed(line: str) -> None:
    program = LEAVING.replace("  holder = NONE", f"  holder = NONE\n{line}")
    text = re.sub(FORMS[-2][0], program, PAGE)
    assert program in text
    assert not read(text).is_executable
