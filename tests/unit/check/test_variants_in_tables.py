"""Cases behind actions in tables of transitions, and model values that are no parameters."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.commands.check import run
from conform.commands.check_options import CheckOptions

DOCUMENT = """\
# Ticket

## State

| Variable | Type | Initial Value |
|---|---|---|
| `state` | `{{IDLE, DONE, LOST}}` | `IDLE` |

| From | Event | To |
|---|---|---|
| IDLE | Assign | DONE |
| IDLE | {} | LOST |

## Parameters

| Parameter | Small |
|---|---|
| `Max` | 3 |

## Actions

### Action 1: Assign

**Guard**: `state = IDLE`

**Effect**: `state := DONE`

### Action 1b: AssignClosed

**Guard**: `state = IDLE`

**Effect**: `state := LOST`
"""

MODULE = """\
---- MODULE Ticket ----
EXTENDS Integers
CONSTANTS Max, Null
VARIABLE state
Init == state = "IDLE" /\\ Max # Null
Assign == state = "IDLE" /\\ state' = "DONE"
AssignClosed == state = "IDLE" /\\ state' = "LOST"
Next == Assign \\/ AssignClosed
Spec == Init /\\ [][Next]_state
====
"""

CONFIGURATION = """\
SPECIFICATION Spec
CONSTANTS
    Max = 3
    Null = {}
CHECK_DEADLOCK FALSE
"""


def codes(root: Path, event: str, null: str = "Null") -> list[str]:
    files = {
        "ticket.md": DOCUMENT.format(event),
        "Ticket.tla": MODULE,
        "Ticket.cfg": CONFIGURATION.format(null),
        "conform.yaml": "protocols:\n  ticket:\n    spec: ticket.md\n    tlaplus:\n"
        "      module: Ticket.tla\n      configs: {small: Ticket.cfg}\n",
    }
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    (report,) = run(CheckOptions(root / "conform.yaml", workers=1)).protocols
    return [finding.code for finding in report.findings]


@pytest.mark.parametrize(
    ("event", "count"),
    [("Assign (closed)", 0), ("Assign when it is closed", 0), ("AssignClosed", 0), ("Assign", 1)],
)
def test_case_behind_an_action_is_that_of_a_variant(tmp_path: Path, event: str, count: int) -> None:
    assert codes(tmp_path, event).count("CF245") == count


@pytest.mark.parametrize(("null", "count"), [("Null", 0), ("7", 1)])
def test_model_value_of_its_own_name_is_no_parameter(tmp_path: Path, null: str, count: int) -> None:
    assert codes(tmp_path, "AssignClosed", null).count("CF212") == count
