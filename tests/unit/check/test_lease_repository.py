"""A repository of another style: steps, lists of parameters, a module for TLC, other folders.

Its files are in tests/fixtures/lease; each test plants one discrepancy, or none.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conform.check.rules import MAPPING_RULES, READING_RULES, apply
from conform.check.texts.words_for_actions import reworded
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


@pytest.mark.parametrize(("value", "codes"), [("nobody", []), ("NoOne", []), ("none", ["CF261"])])
def test_name_of_a_value_in_a_type_is_that_value(
    tmp_path: Path, value: str, codes: list[str]
) -> None:
    stated = (DOCUMENT, 'Nodes ∪ {"nobody"}', f'Nodes ∪ {{"{value}"}}')
    seen = [code for code, _place in checked(changed(tmp_path, NAMED, TYPED, stated))]
    assert [code for code in seen if code == "CF261"] == codes


LOSE = ("tla/LeaderLease.tla", "\\* Step 3\nLose", "\\* Step 4\nLose")
ROLE = '\\* "follower", "candidate", "leader"'


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ((DOCUMENT, "6 steps, 3 inv", "5 steps, 3 inv"), "CF235", f"{DOCUMENT}: 5"),
        ((DOCUMENT, "6 steps, 3 inv", "6 steps, 4 inv"), "CF235", f"{DOCUMENT}: 4"),
        (LOSE, "CF248", "tla/LeaderLease.tla: 4"),
        (
            ("tla/LeaderLease.tla", "Six steps (section 1.4)", "Five steps (section 1.4)"),
            "CF250",
            "tla/LeaderLease.tla: Five",
        ),
        (
            ("tla/LeaderLease.tla", "Six steps (section 1.4)", "Six steps (section 1.3)"),
            "CF263",
            "tla/LeaderLease.tla: 1.3",
        ),
        ((DOCUMENT, "it notices (step 6)", "it notices (step 5)"), "CF255", f"{DOCUMENT}: 5"),
        (
            ("tla/LeaderLease.tla", ROLE, '\\* "follower", "leader"'),
            "CF272",
            'tla/LeaderLease.tla: "follower", "leader"',
        ),
        (
            ("fizz/leader_lease.fizz", "# Protocol 1, Leader", "# Protocol 2, Leader"),
            "CF252",
            "fizz/leader_lease.fizz: 2",
        ),
        (
            ("fizz/leader_lease.fizz", "docs/01-leader-lease.md", "docs/02-other.md"),
            "CF252",
            "fizz/leader_lease.fizz: docs/02-other.md",
        ),
    ],
)
def test_what_is_said_of_steps_is_held_against_actions(
    tmp_path: Path, change: Change, code: str, place: str
) -> None:
    project_file = changed(tmp_path, change)
    (project_file.parent / "docs" / "02-other.md").write_text("# 2. Other\n", encoding="utf-8")
    seen = read(project_file)
    assert [each for each, _place in seen] == [code]
    assert next(found for _code, found in seen).startswith(place)


def test_title_with_another_number_is_told_once(tmp_path: Path) -> None:
    seen = read(changed(tmp_path, (DOCUMENT, "# 1. Leader Lease", "# 2. Leader Lease")))
    assert [place for code, place in seen if code == "CF234"] == [f"{DOCUMENT}: 1.1"]


def test_step_number_twice_is_told_by_one_rule(tmp_path: Path) -> None:
    seen = read(changed(tmp_path, (DOCUMENT, "### Step 6: NoticeLoss", "### Step 5: NoticeLoss")))
    assert [code for code, _place in seen if code in ("CF224", "CF234")] == ["CF224"]


def test_variants_of_actions_with_letters_for_numbers(tmp_path: Path) -> None:
    text = "### Step 5: Resign(n)\n\nThe leader gives the lease back.\n"
    lettered = (DOCUMENT, text, "### Step B: Resign(n)\n\n#### Give(n)\n")
    split = (DOCUMENT, "### Step 6: NoticeLoss(n)", "#### NoticeLoss(n)")
    said = (DOCUMENT, "The lease runs out.", "Action 2 has two variants.")
    seen = read(changed(tmp_path, lettered, split, said))
    assert ("CF264", f"{DOCUMENT}: 2") in seen


@pytest.mark.parametrize(
    "change",
    [
        (DOCUMENT, "candidate --> leader: Win", "follower --> leader: Win"),
        (DOCUMENT, "leader --> follower: Resign", "leader --> candidate: Resign"),
        (DOCUMENT, "candidate --> follower: Lose", "candidate --> leader: Lose"),
    ],
)
def test_transition_of_a_state_diagram_that_does_not_happen(tmp_path: Path, change: Change) -> None:
    assert [code for code, _place in checked(changed(tmp_path, change))] == ["CF245"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("as step 3 says", "as action 3 says"),
        ("Steps 1-3 and six steps", "Actions 1-3 and six actions"),
        ("in three steps: one, two", "in three steps: one, two"),
        ("a 3-step update, the next steps", "a 3-step update, the next steps"),
    ],
)
def test_words_for_actions_keep_the_places_of_the_text(text: str, expected: str) -> None:
    found = reworded(text, "step")
    assert found.text == expected
    for position in range(len(text)):
        if text[position] in "0123456789-,:":
            assert found.written(found.moved(position)) == position
            assert found.text[found.moved(position)] == text[position]


def test_remark_about_what_a_protocol_extends_may_name_another(tmp_path: Path) -> None:
    comment = "# Extends protocol 2 (docs/02-other.md)."
    change = (
        "fizz/leader_lease.fizz",
        "# Protocol 1, Leader Lease (docs/01-leader-lease.md)",
        comment,
    )
    project_file = changed(tmp_path, change)
    (project_file.parent / "docs" / "02-other.md").write_text("# 2. Other\n", encoding="utf-8")
    assert read(project_file) == []
