"""Numbers of some out of all, of all together, and of the states of what somebody is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.check.cf235_stated_number import wrong_numbers
from tests.unit.check.pages import written

DOCUMENT = """\
# Doors

{text}

## State Variables

| Variable | Type | Initial Value |
|---|---|---|
| `doorPhase` | `Doors → {{OPEN, SHUT, STUCK}}` | `SHUT` |

## Actions

### Action 1: Open(d)

**Guard:** `doorPhase[d] = SHUT` **Effect:** `doorPhase[d] := OPEN`

### Action 2: Close(d)

**Guard:** `doorPhase[d] = OPEN` **Effect:** `doorPhase[d] := SHUT`

### Action 3: Free(d)

**Guard:** `doorPhase[d] = STUCK` **Effect:** `doorPhase[d] := SHUT`

## Properties

| ID | Name | Kind | Statement | Expected |
|---|---|---|---|---|
| S1 | `Whole` | Safety | `TRUE` | PASS |
| S2 | `Apart` | Safety | `TRUE` | {apart} |
| L1 | `Shuts` | Liveness | `doorPhase[d] = OPEN ~> doorPhase[d] = SHUT` | PASS |

## Fairness

{fairness}
"""
FAIR = "- Weak: `Close(d)`, `Free(d)`\n- Strong: `Open(d)`"


def said(folder: Path, text: str, apart: str = "PASS", fairness: str = FAIR) -> list[str]:
    page = DOCUMENT.format(text=text, apart=apart, fairness=fairness)
    return [each.message for each in wrong_numbers(written(folder, {"doors.md": page}))]


@pytest.mark.parametrize(
    "text",
    [
        "Two of the three actions are weakly fair, and one is strongly fair.",
        "Three actions are fair: two weakly and one strongly.",
        "At least one of the actions is weakly fair. More than one action is strongly fair.",
        "All three properties hold. Three out of three properties hold.",
        "A door is in one of three phases. `doorPhase` is one of three values.",
        "A total of three actions change it. There are three actions in total.",
        "It has three properties: two safety and one liveness. One of these opens doors.",
        "It goes through three phases: `OPEN`, `SHUT` and `STUCK`.",
        "It goes through two phases: opening and closing, and being stuck.",
        "Two of them are kept: `OPEN` and `SHUT`.",
    ],
)
def test_numbers_that_are_right_are_no_finding(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Two of the four actions are weakly fair.", "the text says four actions"),
        ("One of the actions is weakly fair.", "the text says One weakly fair, and there are 2"),
        ("Three actions are fair: two weakly, two strongly.", "the text says two strongly fair"),
        ("Two of three properties hold.", "the text says that Two of three properties hold"),
        ("A door is in one of four phases.", "the text says four for `doorPhase`"),
        ("`doorPhase` has one of two values.", "the text says two for `doorPhase`"),
        ("A total of four actions change it.", "the text says four actions"),
        ("There are four actions in total.", "the text says four actions"),
        ("It has three properties: two safety and two liveness.", "the text says two liveness"),
        ("It has three properties. One of which are safety properties.", "the text says One saf"),
        ("It goes through two phases: `OPEN`, `SHUT`, and `STUCK`.", "the text announces two"),
        ("Three of these are kept: `OPEN`, `SHUT`.", "the text announces Three, and 2 follow"),
    ],
)
def test_number_that_is_wrong_is_found(tmp_path: Path, text: str, wrong: str) -> None:
    (message,) = said(tmp_path, text)
    assert message.startswith(wrong)


def test_share_is_left_where_a_property_fails_and_fairness_is_not_read(tmp_path: Path) -> None:
    assert said(tmp_path / "a", "Two of the three properties hold.", apart="FAIL") == []
    assert said(tmp_path / "b", "One of the actions is weakly fair.", fairness="`WF_v(Next)`") == []
