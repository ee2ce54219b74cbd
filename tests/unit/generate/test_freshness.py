"""Generated files are told apart: fresh, missing, stale, edited, extra; and nothing is run over."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.commands.artefacts import load_artefacts
from conform.commands.check import run as check
from conform.commands.check_options import CheckOptions
from conform.commands.generate import GenerateOptions, compare_generated, run
from conform.config import load_project
from conform.domain.finding import Finding
from conform.domain.report import Report, Verdict
from conform.errors import InputError, UsageError
from conform.generate.freshness import standing_text

MODULE = """---- MODULE Counter ----
EXTENDS Integers
CONSTANT Top
VARIABLE x
Init == x = 0
Up == x < Top /\\ x' = x + 1
Down == x > 0 /\\ x' = x - 1
Next == Up \\/ Down
Spec == Init /\\ [][Next]_x
TypeOK == x \\in 0..Top
====
"""

DOCUMENT = """# Counter

## Actions

### Action 1: Up

**Guard**

- `x < Top`

**Effect**

- `x := x + 1`
"""

PROJECT = """protocols:
  counter:
    spec: specs/counter.md
    tlaplus: {module: Counter.tla, configs: {small: Counter.cfg}}
    generated: GENERATED
    implementations: {reference: {python: "code:create"}}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "counter.md").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "Counter.tla").write_text(MODULE, encoding="utf-8")
    text = "SPECIFICATION Spec CONSTANT Top = 2 INVARIANT TypeOK"
    (tmp_path / "Counter.cfg").write_text(text, encoding="utf-8")
    project = PROJECT.replace("GENERATED", "made/counter")
    (tmp_path / "conform.yaml").write_text(project, encoding="utf-8")
    return tmp_path


def generated(root: Path, *, only_check: bool = False) -> Report:
    return run(GenerateOptions(root / "conform.yaml", only_check=only_check))


def findings(report: Report) -> list[Finding]:
    return [finding for protocol in report.protocols for finding in protocol.findings]


def codes(report: Report) -> list[str]:
    return [finding.code for finding in findings(report)]


def test_written_files_are_fresh(root: Path) -> None:
    assert codes(generated(root, only_check=True)) == ["CF401", "CF401"]
    assert generated(root).verdict is Verdict.PASS
    report = generated(root, only_check=True)
    assert report.verdict is Verdict.PASS
    assert report.protocols[0].stages[0].summary == "machine.py, test_machine.py: fresh"


def test_check_writes_nothing(root: Path) -> None:
    assert generated(root, only_check=True).verdict is Verdict.FAIL
    assert not (root / "made").exists()


def test_second_run_leaves_the_files_alone(root: Path) -> None:
    generated(root)
    path = root / "made" / "counter" / "machine.py"
    before = path.stat().st_mtime_ns
    assert "nothing to write" in generated(root).protocols[0].stages[0].summary
    assert path.stat().st_mtime_ns == before


def test_changed_source_makes_the_files_stale_and_is_named(root: Path) -> None:
    generated(root)
    changed = MODULE.replace("x < Top", "x <= Top - 1")
    (root / "Counter.tla").write_text(changed, encoding="utf-8")
    report = generated(root, only_check=True)
    assert codes(report) == ["CF402", "CF402"]
    finding = findings(report)[0]
    assert finding.message == "made/counter/machine.py: stale since Counter.tla changed"
    assert finding.span is not None
    assert finding.span.line > 1
    assert any(line.startswith("+") for line in finding.details)
    assert generated(root).verdict is Verdict.PASS
    assert generated(root, only_check=True).verdict is Verdict.PASS


def test_changed_document_makes_the_files_stale(root: Path) -> None:
    generated(root)
    document = DOCUMENT.replace("# Counter", "# A counter", 1)
    (root / "specs" / "counter.md").write_text(document, encoding="utf-8")
    report = generated(root, only_check=True)
    assert {finding.message for finding in findings(report)} == {
        "made/counter/machine.py: stale since specs/counter.md changed",
        "made/counter/test_machine.py: stale since specs/counter.md changed",
    }


def test_edited_file_is_told_from_a_stale_one_and_not_overwritten(root: Path) -> None:
    generated(root)
    path = root / "made" / "counter" / "machine.py"
    edited = path.read_text(encoding="utf-8").replace("state.x >= ", "state.x > ")
    path.write_text(edited, encoding="utf-8")
    assert codes(generated(root, only_check=True)) == ["CF403"]
    assert codes(generated(root)) == ["CF403"]
    assert path.read_text(encoding="utf-8") == edited
    path.unlink()
    assert generated(root).verdict is Verdict.PASS


def test_foreign_file_in_the_way_is_not_overwritten(root: Path) -> None:
    path = root / "made" / "counter" / "machine.py"
    path.parent.mkdir(parents=True)
    path.write_text("mine = True\n", encoding="utf-8")
    report = generated(root)
    assert codes(report) == ["CF403"]
    assert "not written by conform" in findings(report)[0].message
    assert path.read_text(encoding="utf-8") == "mine = True\n"


def test_extra_file_is_reported(root: Path) -> None:
    generated(root)
    folder = root / "made" / "counter"
    (folder / "notes.txt").write_text("mine\n", encoding="utf-8")
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "machine.pyc").write_bytes(b"\0")
    old = (folder / "machine.py").read_text(encoding="utf-8")
    (folder / "old_machine.py").write_text(old, encoding="utf-8")
    report = generated(root, only_check=True)
    assert [finding.message for finding in findings(report)] == [
        "made/counter/notes.txt: was not written by conform",
        "made/counter/old_machine.py: is not generated any more",
    ]


def test_check_of_a_project_compares_the_same_files(root: Path) -> None:
    generated(root)
    project = load_project(root / "conform.yaml")
    artefacts = load_artefacts(project.protocols[0])
    assert compare_generated(project, artefacts) == ("machine.py, test_machine.py: fresh", ())


def test_part_without_translation_is_incomplete(root: Path) -> None:
    changed = MODULE.replace("Next == Up", "Odd == x' = 0 \\/ x' = 1\nNext == Odd \\/ Up")
    (root / "Counter.tla").write_text(changed, encoding="utf-8")
    report = generated(root)
    assert report.verdict is Verdict.INCOMPLETE
    finding = findings(report)[0]
    assert finding.code == "CF404"
    assert finding.message.startswith("action Odd is not generated:")
    assert finding.excerpt


def test_initial_states_that_are_open_make_nothing(root: Path) -> None:
    changed = MODULE.replace("Init == x = 0", "Init == x \\in 0..1")
    (root / "Counter.tla").write_text(changed, encoding="utf-8")
    report = generated(root)
    assert report.verdict is Verdict.INCOMPLETE
    assert codes(report) == ["CF404"]


def test_folder_that_cannot_be_imported_is_refused(root: Path) -> None:
    project = PROJECT.replace("GENERATED", "made/my-counter")
    (root / "conform.yaml").write_text(project, encoding="utf-8")
    with pytest.raises(InputError, match="cannot be imported"):
        generated(root)


def test_project_without_a_folder_is_refused(root: Path) -> None:
    project = PROJECT.replace("    generated: GENERATED\n", "")
    (root / "conform.yaml").write_text(project, encoding="utf-8")
    with pytest.raises(UsageError, match="no protocol has a folder"):
        generated(root)


def test_machine_that_was_edited_stands_for_itself_and_an_old_one_does_not(root: Path) -> None:
    path = root / "made" / "counter" / "machine.py"
    assert standing_text(path, "") is None
    generated(root)
    old = path.read_text(encoding="utf-8")
    assert standing_text(path, old) == old
    path.unlink()
    (root / "Counter.tla").write_text(f"{MODULE}\n", encoding="utf-8")
    generated(root)
    fresh = path.read_text(encoding="utf-8")
    path.write_text(old, encoding="utf-8")
    assert standing_text(path, fresh) is None
    path.write_text(f"{old}# mine\n", encoding="utf-8")
    assert standing_text(path, fresh) is not None


@pytest.mark.parametrize(
    ("new", "code", "message"),
    [
        ("state.x > self.constants.top", "CF321", "after 2 steps"),
        ("open(state.x)", "CF310", "the edited machine is not run: it holds the name `open`"),
    ],
)
def test_check_compares_an_edited_machine_as_it_stands(
    root: Path, new: str, code: str, message: str
) -> None:
    generated(root)
    path = root / "made" / "counter" / "machine.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("state.x >= self.constants.top", new), encoding="utf-8")
    found = findings(check(CheckOptions(root / "conform.yaml")))
    assert any(each.code == "CF403" for each in found)
    (finding,) = [each for each in found if each.code == code and message in each.message]
    assert "machine.py" in f"{finding.span} {finding.details}"


def test_machine_without_the_liveness_of_its_module_is_told(root: Path) -> None:
    path = root / "Counter.tla"
    live = MODULE.replace("[Next]_x", "[Next]_x /\\ WF_x(Up)").replace(
        "====", "Full == []<><<Up>>_x\n===="
    )
    path.write_text(live, encoding="utf-8")
    config = root / "Counter.cfg"
    config.write_text(config.read_text(encoding="utf-8") + " PROPERTY Full", encoding="utf-8")
    for report in (generated(root), check(CheckOptions(root / "conform.yaml"))):
        (found,) = [each for each in findings(report) if each.code == "CF406"]
        assert found.message.startswith("the generated machine does not state Full: ")
        assert found.span is not None and found.span.path == "Counter.tla"
    assert generated(root).verdict is Verdict.PASS
