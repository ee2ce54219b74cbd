"""A repository of another style: steps, lists of parameters, a module for TLC, other folders.

Its files are in tests/fixtures/lease; each test plants one discrepancy, or none.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conform.check.rules import MAPPING_RULES, READING_RULES, apply
from conform.commands.artefacts import read_artefacts
from conform.commands.check import run as check
from conform.commands.check_options import CheckOptions
from conform.commands.init import run
from conform.commands.stages.mapping import context_of
from conform.config import load_project
from conform.domain.finding import Finding
from tests.unit.check.journal import Change

FIXTURE = Path(__file__).parents[2] / "fixtures" / "lease"
DOCUMENT = "docs/01-leader-lease.md"
FOR_TLC = "tla/MCLeaderLease.tla"
CONFIGURATION = "tla/MCLeaderLease.cfg"
README = "README.md"


def changed(folder: Path, *changes: Change) -> Path:
    """Return the project file of a changed copy of the repository."""
    root = folder / "lease"
    shutil.copytree(FIXTURE, root)
    for name, old, new in changes:
        text = (root / name).read_text(encoding="utf-8")
        assert old in text, (name, old)
        (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return root / "conform.yaml"


def read(project_file: Path) -> list[tuple[str, str]]:
    """Return what the rules over texts find: code, and the text that it points at."""
    project = load_project(project_file)
    context = context_of(project, read_artefacts(project.protocols[0]))
    findings = [*apply(READING_RULES, context), *apply(MAPPING_RULES, context)]
    return [(finding.code, under(project_file.parent, finding)) for finding in findings]


def checked(project_file: Path) -> list[tuple[str, str]]:
    """Return the same of the whole check, the models explored and compared."""
    (report,) = check(CheckOptions(project_file, workers=1)).protocols
    return [(finding.code, under(project_file.parent, finding)) for finding in report.findings]


def under(root: Path, finding: Finding) -> str:
    assert finding.span is not None
    line = (
        (root / finding.span.path).read_text(encoding="utf-8").splitlines()[finding.span.line - 1]
    )
    return f"{finding.span.path}: {line[finding.span.column - 1 : finding.span.end_column]}"


def test_consistent_repository_of_another_style_has_no_findings(tmp_path: Path) -> None:
    assert checked(changed(tmp_path)) == []


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ((FOR_TLC, "MCMaxEpoch == 2", "MCMaxEpoch == 3"), "CF211", f"{DOCUMENT}: MaxEpoch"),
        ((FOR_TLC, "MCNodes == {n1, n2}", "MCNodes == {n1}"), "CF211", f"{DOCUMENT}: Nodes"),
        (
            (DOCUMENT, "strong fairness of Win", "weak fairness of Win"),
            "CF226",
            f"{DOCUMENT}: Win",
        ),
        ((DOCUMENT, "- `MaxEpoch` -", "- `LastEpoch` -"), "CF212", f"{DOCUMENT}: LastEpoch"),
        ((README, "| step 3 Lose |", "| step 4 Lose |"), "CF225", f"{README}: step 4 Lose"),
    ],
)
def test_discrepancy_is_found(tmp_path: Path, change: Change, code: str, place: str) -> None:
    assert (code, place) in read(changed(tmp_path, change))


def test_replaced_operator_that_is_no_constant_is_a_setting(tmp_path: Path) -> None:
    module = (FOR_TLC, "MCMaxEpoch ==", "MCNat == 0..3\nMCMaxEpoch ==")
    configuration = (CONFIGURATION, "    n1 = n1\n", "    n1 = n1\n    Nat <- MCNat\n")
    assert ("CF214", f"{CONFIGURATION}: Nat <- MCNat") in read(
        changed(tmp_path, module, configuration)
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("36 distinct states for protocol 1 and 90 states for protocol 2.", []),
        ("90 states for protocol 2.", []),
        ("36 states in protocol 1.", []),
        ("30 states in protocol 1.", ["CF350"]),
        ("36 distinct states.", []),
    ],
)
def test_count_belongs_to_the_protocol_that_it_names(
    tmp_path: Path, text: str, codes: list[str]
) -> None:
    change = (README, "36 distinct states for protocol 1.", text)
    assert [code for code, _place in checked(changed(tmp_path, change))] == codes


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("All five properties hold, TypeInvariant included.", []),
        ("All five properties hold.", ["CF235"]),
        ("The rest is [protocol 1](01-leader-lease.md).", []),
        ("The rest is [protocol 2](01-leader-lease.md).", ["CF253"]),
    ],
)
def test_numbers_of_properties_and_links(tmp_path: Path, line: str, codes: list[str]) -> None:
    change = (DOCUMENT, "## 1.6 Example\n", f"## 1.6 Example\n\n{line}\n")
    assert [code for code, _place in read(changed(tmp_path, change))] == codes


def test_init_writes_the_project_file_of_this_repository(tmp_path: Path) -> None:
    project_file = changed(tmp_path)
    project_file.unlink()
    run(project_file.parent)
    (lease,) = load_project(project_file).protocols
    assert (lease.name, lease.spec.shown) == ("leader-lease", DOCUMENT)
    assert lease.tlaplus and lease.tlaplus.module.shown == FOR_TLC
    assert [file.shown for _name, file in lease.tlaplus.configurations] == [CONFIGURATION]
    assert lease.fizzbee and lease.fizzbee.module.shown == "fizz/leader_lease.fizz"


NAMED = ("tla/LeaderLease.tla", "EXTENDS Naturals\n", 'EXTENDS Naturals\n\nNoOne == "nobody"\n')
TYPED = ("tla/LeaderLease.tla", 'Nodes \\cup {"nobody"}', "Nodes \\cup {NoOne}")


@pytest.mark.parametrize(("value", "codes"), [("nobody", []), ("none", ["CF261"])])
def test_name_of_a_value_in_a_type_is_that_value(
    tmp_path: Path, value: str, codes: list[str]
) -> None:
    stated = (DOCUMENT, 'Nodes ∪ {"nobody"}', f'Nodes ∪ {{"{value}"}}')
    seen = [code for code, _place in checked(changed(tmp_path, NAMED, TYPED, stated))]
    assert [code for code in seen if code == "CF261"] == codes
