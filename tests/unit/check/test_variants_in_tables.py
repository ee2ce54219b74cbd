"""Cases behind actions in tables of transitions, and model values that are no parameters."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.commands.check import run
from conform.commands.check_options import CheckOptions
from conform.domain.finding import Finding

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


RESET = """
### Action 2: Reset

**Guard**: `state ∈ {DONE, LOST}`

**Effect**: `state := IDLE`
"""
RESETTING = MODULE.replace(
    "Next ==", 'Reset == state # "IDLE" /\\ state\' = "IDLE"\nNext == Reset \\/'
)


def findings(root: Path, document: str, module: str = MODULE, null: str = "Null") -> list[Finding]:
    files = {
        "ticket.md": document,
        "Ticket.tla": module,
        "Ticket.cfg": CONFIGURATION.format(null),
        "conform.yaml": "protocols:\n  ticket:\n    spec: ticket.md\n    tlaplus:\n"
        "      module: Ticket.tla\n      configs: {small: Ticket.cfg}\n",
    }
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    (report,) = run(CheckOptions(root / "conform.yaml", workers=1)).protocols
    return list(report.findings)


def codes(root: Path, event: str, null: str = "Null") -> list[str]:
    return [found.code for found in findings(root, DOCUMENT.format(event), null=null)]


@pytest.mark.parametrize(
    ("event", "count"),
    [("Assign (closed)", 0), ("Assign when it is closed", 0), ("AssignClosed", 0), ("Assign", 1)],
)
def test_case_behind_an_action_is_that_of_a_variant(tmp_path: Path, event: str, count: int) -> None:
    assert codes(tmp_path, event).count("CF245") == count


@pytest.mark.parametrize(("null", "count"), [("Null", 0), ("7", 1)])
def test_model_value_of_its_own_name_is_no_parameter(tmp_path: Path, null: str, count: int) -> None:
    assert codes(tmp_path, "AssignClosed", null).count("CF212") == count


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ("| DONE | Reset | IDLE |", ["from LOST to IDLE"]),
        ("| DONE | Reset | IDLE |\n| LOST | Reset | IDLE |", []),
        ("| DONE or LOST | Reset | IDLE |", []),
        ("| DONE, IDLE | Reset | IDLE |", ["from LOST to IDLE"]),
        ("| DONE | Reset | IDLE |\n| any | | |", []),
        ("| DONE | | IDLE |", []),
    ],
)
def test_transition_that_an_action_of_a_table_takes_has_its_row(
    tmp_path: Path, rows: str, missing: list[str]
) -> None:
    row = "| IDLE | AssignClosed | LOST |"
    document = DOCUMENT.format("AssignClosed").replace(row, f"{row}\n{rows}") + RESET
    found = [each for each in findings(tmp_path, document, RESETTING) if each.code == "CF285"]
    assert [each.message.partition("`state` ")[2].partition(",")[0] for each in found] == missing
    for each in found:
        assert each.span is not None
        assert document.splitlines()[each.span.line - 1] == rows.splitlines()[0]


def test_variable_of_a_named_type_may_be_what_the_model_makes_of_it(tmp_path: Path) -> None:
    document = DOCUMENT.format("AssignClosed").replace("{IDLE, DONE, LOST}", "State")
    row = "| IDLE | AssignClosed | LOST |"
    document = document.replace(row, f"{row}\n| DONE | Reset | IDLE |") + RESET
    assert [each.code for each in findings(tmp_path, document, RESETTING)].count("CF285") == 1


def test_short_table_of_transitions_may_leave_some_out(tmp_path: Path) -> None:
    document = DOCUMENT.format("AssignClosed").replace("| IDLE | Assign | DONE |\n", "") + RESET
    short = document.replace("| LOST |\n\n", "| LOST |\n| DONE | Reset | IDLE |\n\n")
    assert not [each for each in findings(tmp_path, short, RESETTING) if each.code == "CF285"]


@pytest.mark.parametrize(("both", "count"), [("`Assign`", 0), ("`AssignClosed`", 1)])
def test_rows_of_two_actions_that_the_model_has_as_one_leave_nothing_out(
    tmp_path: Path, both: str, count: int
) -> None:
    row = "| IDLE | AssignClosed | LOST |"
    document = DOCUMENT.format("AssignClosed").replace(
        row, f"{row[:-7]}DONE |\n| DONE | Reset | IDLE |"
    )
    mapping = "\n## Mapping\n\n| Spec | TLA+ |\n|---|---|\n| Action 1: Assign | `Assign` |\n"
    mapping += f"| Action 1b: AssignClosed | {both} |\n| Action 2: Reset | `Reset` |\n"
    one = RESETTING.replace('state\' = "DONE"', 'state\' \\in {"DONE", "LOST"}')
    one = one.replace('AssignClosed == state = "IDLE"', 'AssignClosed == state = "LOST"')
    found = findings(tmp_path, document + RESET + mapping, one)
    told = [each for each in found if each.code == "CF285" and "`Assign`" in each.message]
    assert len(told) == count


FIVE = ("Open", "Claim", "Pay", "Print", "Drop")
STATES = ("IDLE", "OPENED", "CLAIMED", "PAID", "PRINTED", "IDLE")


@pytest.mark.parametrize(
    ("left_out", "found"), [((), 0), (("Print",), 1), (("Print", "Drop"), 0), (("Open",), 1)]
)
def test_table_that_names_all_actions_but_one_lacks_that_one(
    tmp_path: Path, left_out: tuple[str, ...], found: int
) -> None:
    steps = list(zip(STATES, FIVE, STATES[1:], strict=False))
    rows = [f"| {a} | {by} | {b} |" for a, by, b in steps if by not in left_out]
    actions = [
        f"### Action {number}: {by}\n\n**Guard**: `state = {a}`\n\n**Effect**: `state := {b}`\n"
        for number, (a, by, b) in enumerate(steps, 1)
    ]
    table = "| From | Event | To |\n|---|---|---|\n" + "\n".join(rows)
    head = "# Ticket\n\n## State\n\n| Variable | Type | Initial Value |\n|---|---|---|\n"
    head += f"| `state` | `{{{', '.join(STATES[:-1])}}}` | `IDLE` |\n\n{table}\n\n## Actions\n\n"
    defined = [f'{by} == state = "{a}" /\\ state\' = "{b}"' for a, by, b in steps]
    module = MODULE.replace(MODULE.partition("Assign ==")[2].partition("Next ==")[0], "\n")
    module = module.replace("Assign ==", "\n".join(defined))
    module = module.replace("Assign \\/ AssignClosed", " \\/ ".join(FIVE))
    told = findings(tmp_path, head + "\n".join(actions), module)
    messages = [each.message for each in told if each.code == "CF285"]
    assert len(messages) == found
    assert all(message.startswith(f"`{left_out[0]}` changes `state`") for message in messages)


PAGES = """\
# Pages

## State

| Variable | Type | Initial Value |
|---|---|---|
| `pages` | `[1..4 → 0..2]` | all `0` |
| `nextPage` | `1..5` | `1` |
| `sealed` | `BOOLEAN` | `FALSE` |

With `MaxBatch=2` and `SealEnd=3`: writes of [1,2],[3,4] are longer than the range. The
`Seal` guard naturally handles this by only firing when all entries are fully contained in
the range.

## Parameters

| Parameter | Small |
|---|---|
| `MaxBatch` | 2 |
| `SealEnd` | 3 |
"""

PAGES_IN_FIZZBEE = """\
---
deadlock_detection: false
---
MAX_BATCH = 2
SEAL_END = 3

action Init:
    pages = {1: 0, 2: 0, 3: 0, 4: 0}
    nextPage = 1
    sealed = False

atomic action Write:
    oneof count in range(1, MAX_BATCH + 1):
        if nextPage + count <= 5:
            pages[nextPage + count - 1] = count
            nextPage = nextPage + count

atomic action Seal:
    least = LEAST
    if not sealed and nextPage > least:
        sealed = True

always assertion Small:
    return nextPage <= 5
"""


@pytest.mark.parametrize(("least", "found"), [("1", 1), ("5", 0)])
def test_example_is_held_against_a_model_that_gives_its_constants_itself(
    tmp_path: Path, least: str, found: int
) -> None:
    model = PAGES_IN_FIZZBEE.replace("LEAST", least)
    files = {
        "pages.md": PAGES,
        "Pages.fizz": model,
        "conform.yaml": "protocols:\n  pages:\n    spec: pages.md\n    fizzbee: "
        "{module: Pages.fizz}\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (report,) = run(CheckOptions(tmp_path / "conform.yaml", workers=1)).protocols
    assert [each.code for each in report.findings].count("CF360") == found
