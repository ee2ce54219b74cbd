"""A repository whose document lists its actions in a table, half in words: what is no finding.

Helpers are named and not defined, one branch of a FizzBee action is an action of the module, and
what the rows have in common is said below the table.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.commands.check import run as check
from conform.commands.check_options import CheckOptions
from conform.domain.finding import Finding
from tests.unit.check.journal import Change

DOCUMENT, MODULE, FIZZ, README = "gates.md", "Gates.tla", "Gates.fizz", "README.md"

TEXTS = {
    "conform.yaml": """\
protocols:
  gates:
    spec: gates.md
    tlaplus: {module: Gates.tla, configs: {small: Gates.cfg}}
    fizzbee: {module: Gates.fizz}
""",
    DOCUMENT: """\
# Gates

## State Variables

| Variable | Type | Initial Value |
|---|---|---|
| `lockHeld` | `BOOLEAN` | `FALSE` |
| `guestGate` | `{1, 2}` | `1` |
| `guestAt` | `0..3` | `0` |

### Helpers

- `FirstGate`, `LastGate`: the gates of the present round.

## Actions

| # | Action | Guard | Effect |
|---|---|---|---|
| 1 | `Enter` | it is unlocked, `guestAt = 0` | take the lock; `guestAt := FirstGate` |
| 2 | `Walk` | `g < LastGate` | `guestAt := guestAt + 1` |
| 3 | `Leave` | `guestAt = 3` | `guestAt := 0`, `guestGate := 2`, and release the lock |

In all rows, `g = guestAt`, and nobody walks before he is in (`lockHeld`).

## Properties

| ID | Name | Kind | Statement | Expected |
|---|---|---|---|---|
| S1 | `Inside` | Safety | `lockHeld ∨ guestAt = 0` | PASS |
""",
    README: """\
# Gates

| Property | Type | Expected |
|---|---|---|
| `Inside` | Safety | PASS |

| Spec Section | TLA+ Construct | FizzBee Construct |
|---|---|---|
| State: `lockHeld` | `VARIABLE lockHeld` | `lockHeld` |
| State: `guestGate` | `VARIABLE guestGate` | `guestGate` |
| State: `guestAt` | `VARIABLE guestAt` | `guestAt` |
| Action 1: `Enter` | `Enter` | `action Enter` |
| Action 2: `Walk` | `Walk` | `action Walk` |
| Action 3: `Leave` | `Leave` | `action Leave` |
| Safety S1 | `Inside` | `always assertion Inside` |
""",
    MODULE: """\
---- MODULE Gates ----
EXTENDS Integers
VARIABLES lockHeld, guestGate, guestAt
vars == <<lockHeld, guestGate, guestAt>>
FirstGate == IF guestGate = 1 THEN 1 ELSE 2
LastGate == IF guestGate = 1 THEN 3 ELSE 3
Init == lockHeld = FALSE /\\ guestGate = 1 /\\ guestAt = 0
Enter == ~lockHeld /\\ guestAt = 0
    /\\ lockHeld' = TRUE /\\ guestAt' = FirstGate /\\ UNCHANGED guestGate
Walk == lockHeld /\\ guestAt < LastGate
    /\\ guestAt' = guestAt + 1 /\\ UNCHANGED <<lockHeld, guestGate>>
Leave == guestAt = 3 /\\ guestAt' = 0 /\\ lockHeld' = FALSE /\\ guestGate' = 2
Next == Enter \\/ Walk \\/ Leave
Spec == Init /\\ [][Next]_vars
Inside == lockHeld \\/ guestAt = 0
====
""",
    "Gates.cfg": "SPECIFICATION Spec\nINVARIANT Inside\n",
    FIZZ: """\
atomic action Init:
    lockHeld = False
    guestGate = 1
    guestAt = 0

atomic action Enter:
    require not lockHeld and guestAt == 0
    lockHeld = True
    guestAt = 1 if guestGate == 1 else 2

atomic action Walk:
    require lockHeld and guestAt < 3
    guestAt = guestAt + 1

atomic action Leave:
    require guestAt == 3
    guestAt = 0
    lockHeld = False
    guestGate = 2

always assertion Inside:
    return lockHeld or guestAt == 0
""",
}


def found(folder: Path, *changes: Change) -> list[Finding]:
    """Return the findings of a whole check of a changed copy, that of what is executed apart."""
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, old, new in changes:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text, (name, old)
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    (report,) = check(CheckOptions(folder / "conform.yaml", workers=1)).protocols
    return [finding for finding in report.findings if finding.code != "CF340"]


def told(folder: Path, *changes: Change) -> list[tuple[str, str]]:
    """Return code and message of each."""
    return [(finding.code, finding.message) for finding in found(folder, *changes)]


def test_nothing_is_found_in_what_agrees(tmp_path: Path) -> None:
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            (DOCUMENT, "it is unlocked, `guestAt = 0` | take the lock; ", "`guestAt = 0` | "),
            "the model's `Enter` changes `lockHeld`",
        ),
        (
            (DOCUMENT, "and release the lock", "and go"),
            "the model's `Leave` changes `lockHeld`",
        ),
        (
            (
                DOCUMENT,
                "\nIn all rows, `g = guestAt`, and nobody walks before he is in (`lockHeld`)",
                "",
            ),
            "the model's `Walk` depends on `lockHeld`",
        ),
        (
            (DOCUMENT, "`guestAt := FirstGate`", "`guestAt := 1`"),
            "the model's `Enter` depends on `guestGate`",
        ),
    ],
)
def test_variable_that_no_word_and_no_helper_speaks_of_is_found(
    tmp_path: Path, change: Change, message: str
) -> None:
    # What is said below the table counts for all its rows.
    below = () if "In all rows" in change[1] else ((DOCUMENT, " (`lockHeld`)", ""),)
    said = told(tmp_path, change, *below)
    assert any(text.startswith(message) for code, text in said if code in ("CF241", "CF242")), said


SPLIT = (
    (MODULE, "Leave == guestAt = 3 /\\", "Leave == guestAt = 3 /\\ guestGate = 1 /\\"),
    (
        MODULE,
        "Next == Enter \\/ Walk \\/ Leave",
        "Close == guestAt = 3 /\\ guestGate = 2 /\\ guestAt' = 0 /\\ lockHeld' = FALSE\n"
        "    /\\ UNCHANGED guestGate\n"
        "Next == Enter \\/ Walk \\/ Leave \\/ Close",
    ),
)


def test_branch_that_is_an_action_of_the_other_model_is_one_finding(tmp_path: Path) -> None:
    (finding,) = [each for each in found(tmp_path, *SPLIT) if each.code != "CF247"]
    assert finding.code == "CF204"
    assert "action `Close` of Gates.tla is named by no row" in finding.message
    assert (
        "CF325 Gates.tla:13:1: action `Close` of TLA+ has no counterpart of its own in FizzBee, "
        "where `Leave` takes its steps, and no row says so"
    ) in finding.details[-1]


def test_branch_that_does_something_else_is_found_with_both_actions(tmp_path: Path) -> None:
    other = (
        FIZZ,
        "    guestAt = 0\n    lockHeld = F",
        "    guestAt = guestGate - 1\n    lockHeld = F",
    )
    codes = {finding.code for finding in found(tmp_path, *SPLIT, other)}
    assert {"CF204", "CF321", "CF325"} <= codes


def test_action_that_does_more_than_the_branch_is_not_said_to_be_it(tmp_path: Path) -> None:
    """One of its steps is the other model's `Leave`, and one is nobody's."""
    more = (
        MODULE,
        "guestAt' = 0 /\\ lockHeld' = FALSE\n",
        "guestAt' \\in {0, 2} /\\ lockHeld' = FALSE\n",
    )
    several = found(tmp_path, *SPLIT, more)
    assert any(each.code == "CF325" for each in several)
    told_of = " ".join(text for each in several for text in (each.message, *each.details))
    assert "`Leave` takes its steps" not in told_of


def test_property_without_a_result_is_told_once(tmp_path: Path) -> None:
    row = "| S1 | `Inside` | Safety | `lockHeld ∨ guestAt = 0` | PASS |\n"
    silent = (
        row.replace("| PASS |", "| |") + "| S2 | `Low` | Safety | `guestAt = 2 ⇒ lockHeld` | |\n"
    )
    changes = (
        (DOCUMENT, row, silent),
        (README, "| Safety S1 |", "| Safety S2 | `Low` | `always assertion Low` |\n| Safety S1 |"),
        (MODULE, "Inside ==", "Low == guestAt = 2 => lockHeld\nInside =="),
        ("Gates.cfg", "INVARIANT Inside", "INVARIANT Inside Low"),
        (
            FIZZ,
            "always assertion Inside",
            "always assertion Low:\n    return guestAt != 2 or lockHeld\n\nalways assertion Inside",
        ),
    )
    (finding,) = found(tmp_path, *changes)
    assert (finding.code, "`Low`" in finding.message) == ("CF220", True)
    assert "CF309" in finding.details[-1]


def test_invariant_that_its_types_imply_is_told_once_for_both_models(tmp_path: Path) -> None:
    implied = (
        (DOCUMENT, "`lockHeld ∨ guestAt = 0`", "`guestAt ≤ 3`"),
        (MODULE, "Inside == lockHeld \\/ guestAt = 0", "Inside == guestAt <= 3"),
        (FIZZ, "return lockHeld or guestAt == 0", "return guestAt <= 3"),
    )
    (finding,) = found(tmp_path, *implied)
    assert (finding.code, str(finding.span)) == ("CF364", "Gates.tla:15:1")
    assert "CF364 Gates.fizz:21:1" in finding.details[-1]
