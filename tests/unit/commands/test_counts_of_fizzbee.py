"""Counts that a document states of the FizzBee model are held against it by a check."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.commands.check import run
from conform.commands.check_options import CheckOptions

DOCUMENT = """# Protocol 1: Lamp

## State Variables

| Variable | Type | Initial Value |
|---|---|---|
| `level` | 0..3 | 0 |

## Results

The FizzBee model has {} distinct states.
"""

MODEL = """---
deadlock_detection: false
---

atomic action Init:
    level = 0

atomic action Brighten:
    if level < 3:
        level = level + 1
"""


@pytest.mark.parametrize(("stated", "found"), [(4, 0), (77, 1)])
def test_stated_count_is_held_against_the_model(tmp_path: Path, stated: int, found: int) -> None:
    files = {
        "lamp.md": DOCUMENT.format(stated),
        "Lamp.fizz": MODEL,
        "conform.yaml": "protocols:\n  lamp:\n    spec: lamp.md\n"
        "    fizzbee: {module: Lamp.fizz}\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    project_file = tmp_path / "conform.yaml"
    (report,) = run(CheckOptions(project_file=project_file, workers=1)).protocols
    assert [stage.summary[:18] for stage in report.stages if "FizzBee" in stage.name] == [
        "4 distinct states,"
    ]
    told = [each.message for each in report.findings if each.code == "CF350"]
    assert len(told) == found
    assert all("77" in each and "Lamp.fizz" in each for each in told)
