"""The README.md beside conform.yaml: its tables about a protocol count without being named."""

from __future__ import annotations

from pathlib import Path

from conform.check.rules import MAPPING_RULES, apply
from conform.commands.artefacts import Artefacts, read_artefacts
from conform.commands.stages.mapping import context_of
from conform.config import load_project
from tests.unit.check.journal import Change, changed_project

UNNAMED: Change = ("conform.yaml", "    mapping: [README.md]\n", "")
"""The entry of the first protocol without the README; made twice, of both."""

WRONG_NAME: Change = ("README.md", "| `Commit(c)` |", "| `Comit(c)` |")


def _read(project_file: Path) -> list[tuple[Artefacts, list[str]]]:
    project = load_project(project_file)
    read = []
    for entry in project.protocols:
        artefacts = read_artefacts(entry)
        assert not artefacts.unread
        found = apply(MAPPING_RULES, context_of(project, artefacts))
        shown = [f"{each.code} {each.span} {each.message}" for each in found]
        read.append((artefacts, sorted(shown)))
    return read


def test_an_unnamed_readme_is_held_against_the_protocols_as_a_named_one_is(tmp_path: Path) -> None:
    named = _read(changed_project(tmp_path / "named", WRONG_NAME))
    unnamed = _read(changed_project(tmp_path / "unnamed", WRONG_NAME, UNNAMED, UNNAMED))
    assert any("CF202 README.md:56" in line for line in unnamed[0][1])
    assert [found for _, found in unnamed] == [found for _, found in named]


def test_generated_files_depend_on_a_readme_only_if_it_is_named(tmp_path: Path) -> None:
    named = _read(changed_project(tmp_path / "named"))
    unnamed = _read(changed_project(tmp_path / "unnamed", UNNAMED, UNNAMED))
    for (with_it, _), (without, _) in zip(named, unnamed, strict=True):
        assert "README.md" in [source.path for source in with_it.machine_sources]
        assert "README.md" not in [source.path for source in without.machine_sources]


def test_a_readme_without_tables_about_the_protocol_is_no_further_document(tmp_path: Path) -> None:
    project_file = changed_project(tmp_path, UNNAMED, UNNAMED)
    (project_file.parent / "README.md").write_text(
        "# Tools\n\n| Parameter | Default |\n|---|---|\n| `--depth` | 3 |\n| `Speed` | 4 |\n",
        encoding="utf-8",
    )
    project = load_project(project_file)
    for entry in project.protocols:
        context = context_of(project, read_artefacts(entry))
        assert [each.path for each in context.documents] == [entry.spec.shown]


def test_what_is_wrong_in_mapping_rows_is_told_of_each_and_the_other_rows_stay(
    tmp_path: Path,
) -> None:
    changes = (
        ("README.md", "| `Commit(c)` |", "| `Commit(c |"),
        ("README.md", "| `Finish(c)` |", "| `Finish(c)` | more |"),
    )
    project = load_project(changed_project(tmp_path, *changes))
    artefacts = read_artefacts(project.protocols[0])
    places = [(error.span.path, error.span.line) for error in artefacts.unread if error.span]
    assert places == [("README.md", 56), ("README.md", 57)]
    rows = [
        name
        for table in artefacts.document.mapping
        for row in table.rows
        for name in row.subject.names
    ]
    assert "Begin" in rows and "Toggle" in rows
    assert "Commit" not in rows and "Finish" not in rows
