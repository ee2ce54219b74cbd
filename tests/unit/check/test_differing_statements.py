"""Statements that differ in no reachable state, and only in values that are reached apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.commands.check import run
from conform.commands.check_options import CheckOptions

DOCUMENT = """# Pair

## State

| Variable | Type | Initial Value |
|---|---|---|
| `cell` | `[1..2 → 0..1]` | all `0` |

## Actions

### Action 1: Turn

**Guard**: the weather allows it

**Effect**: both cells are turned over

## Safety Properties

### S1: Same

**Formal**: `{}`
"""

MODULE = """---- MODULE Pair ----
EXTENDS Integers
VARIABLE cell
Init == cell = [i \\in 1..2 |-> 0]
Turn == cell' = [i \\in 1..2 |-> 1 - cell[i]]
Spec == Init /\\ [][Turn]_cell
Same == cell[1] = cell[2]
====
"""

PROJECT = """protocols:
  pair:
    spec: pair.md
    tlaplus: {module: Pair.tla, configs: {small: Pair.cfg}}
"""


@pytest.mark.parametrize(
    ("formal", "count"),
    [("cell[1] = cell[2]", 0), ("cell[1] ≤ cell[2]", 1), ("cell[2] = cell[1]", 0)],
)
def test_one_argument_of_a_function_is_changed_alone(
    tmp_path: Path, formal: str, count: int
) -> None:
    files = {"pair.md": DOCUMENT.format(formal), "Pair.tla": MODULE, "conform.yaml": PROJECT}
    files["Pair.cfg"] = "SPECIFICATION Spec\nINVARIANT Same\n"
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (report,) = run(CheckOptions(tmp_path / "conform.yaml", workers=1)).protocols
    assert [each.code for each in report.findings].count("CF260") == count
