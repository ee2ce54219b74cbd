"""Tables with an action in each row: none is left out, and none touches what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.check.cf224_numbering import misnumbered
from tests.unit.check.journal import Change, changed_project, found_in
from tests.unit.check.pages import written
from tests.unit.check.test_planted_claims import JOURNAL

Found = tuple[str, str]
"""A code, and what stands at its place."""

ROWS = {
    "1": ("Begin", "`clientState`, reads `journalState`"),
    "2": ("Commit", "`pageTable` and `nextPage`"),
    "3": ("Finish", "`clientState`"),
    "4": ("SealBegin", "`sealerState`"),
    "5": ("Merge", "`pageTable`, not `nextPage`"),
    "6": ("Trim", "`pageTable`"),
    "7": ("Toggle", "`journalState`"),
}


def planted(rows: dict[str, tuple[str, str]], header: str = "Touches") -> Change:
    table = f"| # | Action | {header} |\n|---|---|---|\n" + "".join(
        f"| {number} | `{name}` | {touched} |\n" for number, (name, touched) in rows.items()
    )
    return JOURNAL, "## 5. Properties", f"{table}\n## 5. Properties"


def found(root: Path, rows: dict[str, tuple[str, str]], header: str = "Touches") -> list[Found]:
    every = found_in(changed_project(root, planted(rows, header)))
    return [(finding.code, under) for finding, under in every]


def left_out(root: Path, rows: dict[str, tuple[str, str]]) -> list[str]:
    text = (changed_project(root, planted(rows)).parent / JOURNAL).read_text(encoding="utf-8")
    return [finding.message for finding in misnumbered(written(root, {JOURNAL: text}))]


def test_table_of_all_actions_is_no_finding(tmp_path: Path) -> None:
    assert left_out(tmp_path / "one", ROWS) == []
    assert found(tmp_path / "other", ROWS) == []


@pytest.mark.parametrize("left", ["4", "7"])
def test_action_without_a_row_is_found(tmp_path: Path, left: str) -> None:
    rows = {number: row for number, row in ROWS.items() if number != left}
    assert left_out(tmp_path, rows) == [
        f"the table has the actions by their numbers, and no row for {left} (`{ROWS[left][0]}`)"
    ]


def test_table_of_some_actions_has_no_row_too_few(tmp_path: Path) -> None:
    assert left_out(tmp_path, {number: ROWS[number] for number in "4567"}) == []


def test_numbers_that_are_not_those_of_the_actions_tell_nothing(tmp_path: Path) -> None:
    rows = {str(8 - int(number)): row for number, row in ROWS.items() if number != "7"}
    assert left_out(tmp_path, rows) == []


def test_variable_that_the_action_leaves_alone_is_found(tmp_path: Path) -> None:
    rows = {**ROWS, "7": ("Toggle", "`nextPage`")}
    assert found(tmp_path, rows) == [("CF283", f"{JOURNAL}: nextPage")]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("`pageTable`, `nextPage`, `clientState`", []),
        ("`pageTable`", ["`Commit` writes `nextPage` and `clientState` as well in the model"]),
        ("`pageTable` and the rest", []),
    ],
)
def test_variable_that_a_column_of_what_is_written_omits_is_found(
    tmp_path: Path, cell: str, told: list[str]
) -> None:
    rows = {
        "1": ("Begin", "`clientState`, `clientPages`"),
        "2": ("Commit", cell),
        "4": ("SealBegin", "`sealerState`"),
        "5": ("Merge", "`pageTable`, `sealerState`"),
        "7": ("Toggle", "`journalState`"),
    }
    every = found_in(changed_project(tmp_path, planted(rows, "Writes")))
    assert [finding.message for finding, _under in every] == told


@pytest.mark.parametrize("header", ["See also", "Beside", "Not for"])
def test_column_about_something_else_is_not_held_against_the_model(
    tmp_path: Path, header: str
) -> None:
    assert found(tmp_path, {**ROWS, "7": ("Toggle", "`nextPage`")}, header) == []
