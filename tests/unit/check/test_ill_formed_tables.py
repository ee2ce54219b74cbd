"""Tables that are not well formed: told where it is, and the rest is read all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.check.cf201_unmapped_construct import unmapped_constructs
from conform.commands.artefacts import read_artefacts
from conform.commands.stages.mapping import context_of
from conform.config import load_project
from tests.unit.check.journal import Change, changed_project, found_in

README = "README.md"
JOURNAL = "1-page-journal-protocol.md"
BOOKING = "2-seat-booking-protocol.md"

VARIABLES = "| Variable | Type | Initial Value | Description |"
PARAMETERS = "| Parameter | Small | Description |\n|---|---|---|"

PLANTED: list[tuple[Change, str, str]] = [
    (
        (JOURNAL, "TRIMMING}` | `IDLE` | the sealer's next step |", "TRIMMING}` |"),
        "CF104",
        f"{JOURNAL}: {{IDLE, MERGING, TRIMMING}}",
    ),
    (
        (BOOKING, VARIABLES, VARIABLES.replace("Initial Value", "Type")),
        "CF106",
        f"{BOOKING}: Type",
    ),
    (
        (BOOKING, PARAMETERS, PARAMETERS.removesuffix("---|")),
        "CF105",
        f"{BOOKING}: |---|---|",
    ),
]


@pytest.mark.parametrize(("change", "code", "place"), PLANTED)
def test_ill_formed_table_is_found_in_its_place(
    tmp_path: Path, change: Change, code: str, place: str
) -> None:
    found = found_in(changed_project(tmp_path, change))
    assert (code, place) in {(finding.code, under[: len(place)]) for finding, under in found}


def test_cell_for_notes_may_be_left_out(tmp_path: Path) -> None:
    change = (BOOKING, "| `{a1, a2}` | agents |", "| `{a1, a2}` |")
    assert found_in(changed_project(tmp_path, change)) == []


ROW_TOO_LONG = (BOOKING, "| `claims` | `0..3` |", "| `claims` | `0..3` | more | and more |")


def unread_of(project_file: Path) -> dict[str, list[str]]:
    project = load_project(project_file)
    return {
        entry.name: [f"{error.span}: {error.message}" for error in read_artefacts(entry).unread]
        for entry in project.protocols
    }


def test_row_of_any_table_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    project_file = changed_project(tmp_path, ROW_TOO_LONG)
    unread = unread_of(project_file)
    assert unread["journal"] == []
    assert [BOOKING in told and "has 6 cells" in told for told in unread["booking"]] == [True]
    booking = load_project(project_file).protocols[1]
    names = [variable.name for variable in read_artefacts(booking).document.variables]
    assert names == ["seatState", "agentState"]


def test_header_that_lacks_a_column_is_told_once(tmp_path: Path) -> None:
    change = (
        BOOKING,
        "| Variable | Type | Initial Value | Description |\n|---|---|---|---|",
        "| Variable | Type | Initial Value |\n|---|---|---|",
    )
    assert [len(told) for told in unread_of(changed_project(tmp_path, change)).values()] == [0, 1]


def test_broken_row_of_a_shared_page_concerns_the_protocol_that_it_is_about(
    tmp_path: Path,
) -> None:
    parameters = (
        "\n## Parameters\n\n| Parameter | Small | Description |\n|---|---|---|\n"
        "| `Agents` | `{a1, a2}` | agents | {a3} |\n"
    )
    change = (
        README,
        "## Mapping: Seat Booking",
        f"{parameters.strip()}\n\n## Mapping: Seat Booking",
    )
    unread = unread_of(changed_project(tmp_path, change))
    assert [README in told for told in unread["booking"]] == [True]
    assert unread["journal"] == []


def test_construct_in_a_row_that_was_lost_is_not_said_to_have_none(tmp_path: Path) -> None:
    change = (
        README,
        "| Action 3: `Leave` | `Leave(a)` |",
        "| Action 3: `Leave` | `Leave(a)` | x |",
    )
    project_file = changed_project(tmp_path, change)
    project = load_project(project_file)
    booking = read_artefacts(project.protocols[1])
    assert [README in str(error.span) for error in booking.unread] == [True]
    assert list(unmapped_constructs(context_of(project, booking))) == []
