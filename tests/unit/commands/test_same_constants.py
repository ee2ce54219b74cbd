"""A FizzBee specification with other constants than the module is compared under the module's."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.commands.check import run
from conform.commands.check_options import CheckOptions
from conform.commands.fizz_artefact import load_fizz_artefact
from conform.commands.same_constants import aligned
from conform.domain.report import ProtocolReport
from conform.domain.values import Bindings, ModelValue, SetValue

DOCUMENT = "# Counters\n\nEach client counts up to a limit.\n"
MODULE = """---- MODULE Counters ----
EXTENDS Integers
CONSTANTS Clients, MaxCount
VARIABLE count
Init == count = [c \\in Clients |-> 0]
Increase(c) == count[c] < MaxCount /\\ count' = [count EXCEPT ![c] = @ + 1]
Next == \\E c \\in Clients : Increase(c)
Spec == Init /\\ [][Next]_count
Bounded == \\A c \\in Clients : count[c] <= MaxCount
====
"""
CONFIGURATION = """SPECIFICATION Spec
CONSTANTS
    Clients = {c1, c2, c3}
    MaxCount = 3
INVARIANT Bounded
CHECK_DEADLOCK FALSE
"""
FIZZ = """---
deadlock_detection: false
options: {max_actions: 100, max_concurrent_actions: 1}
---
CLIENTS = ["c1", "c2"]  # those that count
MAX_COUNT = 2

action Init:
    count = {c: 0 for c in CLIENTS}

atomic action Increase:
    oneof c in CLIENTS:
        require count[c] < MAX_COUNT
        count[c] = count[c] + 1

always assertion Bounded:
    return all([count[c] <= MAX_COUNT for c in CLIENTS])
"""
PROJECT = """protocols:
  counters:
    spec: counters.md
    tlaplus: {module: Counters.tla, configs: {small: Counters.cfg}}
    fizzbee: {module: counters.fizz}
"""
THREE: Bindings = (
    ("Clients", SetValue([ModelValue("c1"), ModelValue("c2"), ModelValue("c3")])),
    ("MaxCount", 3),
)


def checked(root: Path, fizz: str, document: str = DOCUMENT) -> ProtocolReport:
    """Return the report on a project of the module and a specification."""
    texts = {"counters.md": document, "Counters.tla": MODULE, "Counters.cfg": CONFIGURATION}
    for name, text in {**texts, "counters.fizz": fizz, "conform.yaml": PROJECT}.items():
        (root / name).write_text(text, encoding="utf-8")
    (report,) = run(CheckOptions(root / "conform.yaml", workers=1)).protocols
    return report


def found(report: ProtocolReport, *beginnings: str) -> list[str]:
    return [f"{f.code} {f.message}" for f in report.findings if f.code.startswith(beginnings)]


def test_other_constants_are_told_and_the_graphs_compared_under_equal_ones(tmp_path: Path) -> None:
    report = checked(tmp_path, FIZZ)
    assert found(report, "CF32") == [
        "CF329" + ' `CLIENTS` is ["c1", "c2"] in FizzBee, and {c1, c2, c3} in TLA+',
        "CF329" + " `MAX_COUNT` is 2 in FizzBee, and 3 in TLA+",
    ]
    stages = {stage.name: stage.summary for stage in report.stages}
    assert stages["verdicts, FizzBee"].startswith("9 distinct states")
    assert stages["agreement, TLA+ with FizzBee"].startswith("equal: 64 states")
    assert stages["agreement, TLA+ with FizzBee"].endswith(
        "FizzBee with CLIENTS = {c1, c2, c3}, MAX_COUNT = 3, as TLA+ has it"
    )


def test_difference_of_the_models_is_found_under_other_constants(tmp_path: Path) -> None:
    report = checked(tmp_path, FIZZ.replace("count[c] < MAX_COUNT", "count[c] <= MAX_COUNT"))
    (difference,) = found(report, "CF321")
    assert difference.startswith("CF321 after 3 steps FizzBee can take Increase")


def test_constant_of_a_table_is_told_once(tmp_path: Path) -> None:
    rows = "| `Clients` | `{c1, c2, c3}` |\n| `MaxCount` | 3 |\n"
    table = f"\n## Parameters\n\n| Parameter | Small |\n|---|---|\n{rows}"
    report = checked(tmp_path, FIZZ, DOCUMENT + table)
    assert found(report, "CF329") == []
    assert len(found(report, "CF211")) == 2


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('CLIENTS = ["c1", "c2"]', 'CLIENTS = ["c1", "c2", "c3"]'),
        ('CLIENTS = ["c3"]', 'CLIENTS = ["c3", "c1", "c2"]'),
        ("CLIENTS = ('a', 'b')", 'CLIENTS = ("c1", "c2", "c3")'),
    ],
)
def test_names_are_written_as_the_specification_has_them(
    tmp_path: Path, line: str, expected: str
) -> None:
    path = tmp_path / "counters.fizz"
    path.write_text(FIZZ.replace('CLIENTS = ["c1", "c2"]', line), encoding="utf-8")
    same = aligned(load_fizz_artefact(path, "counters.fizz"), THREE)
    assert same is not None
    assert expected in same.artefact.specification.source.text
    assert [other.name for other in same.replaced] == ["CLIENTS", "MAX_COUNT"]


@pytest.mark.parametrize(
    "line",
    ["CLIENTS = [0, 1]", 'CLIENTS = ["a", "b", "c"]', 'CLIENTS = ["c" + str(i) for i in range(2)]'],
)
def test_what_cannot_be_written_or_is_as_many_is_left(tmp_path: Path, line: str) -> None:
    path = tmp_path / "counters.fizz"
    path.write_text(FIZZ.replace('CLIENTS = ["c1", "c2"]', line), encoding="utf-8")
    assert aligned(load_fizz_artefact(path, "counters.fizz"), THREE[:1]) is None
