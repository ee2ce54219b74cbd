"""A document is asked for deadlocks where the configuration of its module asks for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.commands.artefacts import read_artefacts
from conform.config import load_project

SPEC = """\
## State

| Variable | Type | Initial |
|---|---|---|
| `x` | `0..1` | `0` |

## Actions

### Action 1: Go

**Guard**: `x = 0`

**Effect**: `x := 1`
"""
MODULE = """\
---- MODULE Go ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Go == x = 0 /\\ x' = 1
====
"""
PROJECT = (
    "protocols:\n  go:\n    spec: go.md\n    tlaplus: {module: Go.tla, configs: {small: Go.cfg}}\n"
)


@pytest.mark.parametrize(("line", "expected"), [("", True), ("CHECK_DEADLOCK FALSE\n", False)])
def test_document_is_explored_as_the_configuration_says(
    tmp_path: Path, line: str, expected: bool
) -> None:
    texts = {"go.md": SPEC, "Go.tla": MODULE, "Go.cfg": f"INIT Init\nNEXT Go\n{line}"}
    for name, text in {**texts, "conform.yaml": PROJECT}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (entry,) = load_project(tmp_path / "conform.yaml").protocols
    executed = read_artefacts(entry).executed
    assert executed is not None
    assert executed.model.checks_deadlock is expected
