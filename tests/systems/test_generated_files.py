"""Generated files in a copy of the project: an edit by hand is found, and never overwritten."""

from __future__ import annotations

from tests.systems.scratch import DENSE, GENERATED, MODULE, Scratch


def test_hand_edit_is_found_and_kept_until_its_author_gives_it_up(project: Scratch) -> None:
    project.configure(DENSE)
    project.name_generated_files()
    written = project.run("generate")
    assert written.code == 0, written.err
    assert project.run("generate", "--check", "-q").code == 0
    assert project.check().errors() == []

    edited = f"{GENERATED}/machine.py"
    project.write(edited, project.read(edited) + "\n# a note to myself\n")
    stale = project.run("generate", "--check", "--format", "json")
    checked = project.check()
    for outcome in (stale, checked):
        assert outcome.code == 1
        (finding,) = outcome.errors()
        assert finding["code"] == "CF403"
        assert finding["path"] == edited
    refused = project.run("generate")
    assert refused.code == 1
    assert project.read(edited).endswith("# a note to myself\n")
    (project.folder / edited).unlink()
    assert project.run("generate").code == 0
    assert project.run("generate", "--check").code == 0


def test_missing_generated_file_is_found(project: Scratch) -> None:
    project.configure(DENSE)
    project.name_generated_files()
    project.run("generate")
    (project.folder / GENERATED / "machine.py").unlink()
    outcome = project.check()
    assert outcome.code == 1
    (finding,) = outcome.errors()
    assert finding["code"] == "CF401"
    assert "machine.py" in finding["message"]


def test_file_that_the_model_has_outgrown_is_stale(project: Scratch) -> None:
    project.configure(DENSE)
    project.name_generated_files()
    project.run("generate")
    project.replace(MODULE, "count \\in 1..MaxBatch", "count \\in 1..(MaxBatch - 1)")
    outcome = project.run("generate", "--check", "--format", "json")
    assert outcome.code == 1
    assert {found["code"] for found in outcome.errors()} == {"CF402"}


def test_file_of_somebody_else_in_the_folder_is_found(project: Scratch) -> None:
    project.configure(DENSE)
    project.name_generated_files()
    project.run("generate")
    project.write(f"{GENERATED}/mine.py", "x = 1\n")
    outcome = project.run("generate", "--check", "--format", "json")
    assert outcome.code == 1
    (finding,) = outcome.errors()
    assert finding["code"] == "CF405"
    assert finding["path"] == f"{GENERATED}/mine.py"
    assert project.read(f"{GENERATED}/mine.py") == "x = 1\n"


def test_part_that_is_not_generated_makes_the_answer_incomplete(project: Scratch) -> None:
    project.configure(DENSE)
    project.name_generated_files()
    for path in (project.folder / GENERATED).iterdir():
        path.unlink()
    old = '    /\\ logState\' = "FENCED"\n'
    new = '    /\\ (logState\' = "FENCED" \\/ logState\' = "OPEN")\n'
    project.replace(MODULE, old, new)
    outcome = project.run("generate", "--format", "json")
    assert outcome.code == 3
    finding = outcome.found("CF404")
    assert "FenceLog" in finding["message"]
    assert (finding["path"], finding["severity"]) == (MODULE, "incomplete")
