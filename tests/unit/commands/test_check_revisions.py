"""A FizzBee model that meets what it cannot do while it is explored, in a check of the protocol."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from conform.commands.check import run
from conform.commands.check_options import CheckOptions
from conform.commands.fizz_artefact import FizzArtefact, load_fizz_artefact
from conform.commands.model_artefact import revision_of
from conform.domain.report import ProtocolReport, Verdict
from conform.errors import UnsupportedError
from conform.explore.options import ExploreOptions
from conform.explore.search import explore

DOCUMENT = """# Lists

## State

| Variable | Type | Initial Value |
|---|---|---|
| `n` | Nat | `0` |

## Actions

### Action 1: Count

**Guard**

- `n < 70`

**Effect**

- `n := n + 1`
"""

LATE = """---
options:
    max_actions: 200
---
atomic action Init:
    n = 0
    a = [0]
    b = [1]
atomic action Count:
    require n < 70
    n += 1
atomic action Share:
    require n == 70 and a != b
    a = b
atomic action Push:
    require n == 70 and len(a) < 3
    a.append(2)
always assertion Single:
    return len(b) <= 1
"""
"""Two variables share an object after more states than are looked at beforehand."""


def checked(root: Path, fizz: str) -> ProtocolReport:
    (root / "lists.md").write_text(DOCUMENT, encoding="utf-8")
    (root / "lists.fizz").write_text(fizz, encoding="utf-8")
    project = "protocols:\n  lists: {spec: lists.md, fizzbee: {module: lists.fizz}}\n"
    (root / "conform.yaml").write_text(project, encoding="utf-8")
    (report,) = run(CheckOptions(root / "conform.yaml", workers=1)).protocols
    return report


def test_objects_that_come_to_be_shared_late_are_checked_as_one(tmp_path: Path) -> None:
    report = checked(tmp_path, LATE)
    stages = {stage.name: stage for stage in report.stages}
    assert "76 distinct states" in stages["verdicts, FizzBee"].summary
    (row,) = [each for each in report.properties if each.name == "Single"]
    assert row.verdict is Verdict.FAIL
    assert "agreement, document with FizzBee" in stages


def test_why_a_model_was_revised_comes_from_other_processes(tmp_path: Path) -> None:
    path = tmp_path / "lists.fizz"
    path.write_text(LATE, encoding="utf-8")
    artefact = load_fizz_artefact(path, "lists.fizz")
    with pytest.raises(UnsupportedError) as caught:
        explore(artefact.model, ExploreOptions())
    assert revision_of(artefact, pickle.loads(pickle.dumps(caught.value))) is not None
    assert revision_of(artefact, UnsupportedError("another")) is None


def test_what_cannot_be_explored_is_incomplete_and_the_rest_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FizzArtefact, "revised", lambda _artefact, _error: None)
    report = checked(tmp_path, LATE)
    stages = {stage.name: stage for stage in report.stages}
    assert stages["verdicts, FizzBee"].verdict is Verdict.INCOMPLETE
    assert stages["verdicts, document"].summary.startswith("71 distinct states")
    assert [each.code for each in report.findings if "one object" in each.message] == ["CF310"]
