"""Types of the document beside TypeOK, cells that leave actions out, commands of two modules."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from conform.check.cf243_two_enumerations import differing_enumerations
from conform.check.cf259_left_out import actions_left_out
from conform.check.cf261_types_differ import differing_types
from conform.check.cf262_foreign_configuration import foreign_configurations
from conform.check.models.explored import Explored
from conform.check.rules import Rule
from conform.check.texts.type_sets import parts_of_type
from conform.commands.artefacts import read_artefacts
from conform.commands.stages.mapping import context_of
from conform.config import load_project
from tests.unit.check.journal import FIXTURE, Change, changed_project, explored

README = "README.md"
JOURNAL = "1-page-journal-protocol.md"
MODULE = "tlaplus/PageJournal.tla"
COMMAND = "-config PageJournal.cfg PageJournal.tla"


WHOLE = "`[1..LastPage → [kind : {FREE, RAW, SEALED}, count : 0..LastPage]]`"
APART = "`[1..LastPage → {kind, count}]`, `kind ∈ {FREE, RAW, SEALED}`, `count ∈ 0..LastPage`"


def by_rule(rule: Rule, folder: Path, *changes: Change) -> list[tuple[str, str]]:
    project = load_project(changed_project(folder, *changes))
    contexts = [context_of(project, read_artefacts(entry)) for entry in project.protocols]
    found = [finding for context in contexts for finding in rule(context)]
    return [(finding.code, finding.message) for finding in found]


@cache
def unchanged_models() -> list[Explored]:
    """Explore the models of the fixture once: what changes here is what documents say."""
    return explored(read_artefacts(load_project(FIXTURE / "conform.yaml").protocols[0]))


def of_types(folder: Path, *changes: Change) -> list[tuple[str, tuple[str, ...]]]:
    project = load_project(changed_project(folder, *changes))
    context = context_of(project, read_artefacts(project.protocols[0]))
    found = [each for one in unchanged_models() for each in differing_types(context, one)]
    assert all(finding.code == "CF261" for finding in found)
    return [(finding.message, finding.details) for finding in found]


# ----------------------------------------------------------------------------------------- types


@pytest.mark.parametrize(
    ("old", "new", "variable", "details"),
    [
        ("| `1..LastPage + 1` | `1`", "| `1..LastPage` | `1`", "nextPage", ["only in"]),
        ("| `1..LastPage + 1` | `1`", "| `0..LastPage + 1` | `1`", "nextPage", ["only here: 0"]),
        ("[Clients → 0..MaxPages]", "[Clients → 1..MaxPages]", "clientPages", [": 0"]),
        ("count : 0..LastPage]]", "count : 0..MaxPages]]", "pageTable", ["only in"]),
        (WHOLE, APART.replace("0..LastPage", "0..MaxPages"), "pageTable", ["only in"]),
    ],
)
def test_type_that_is_not_the_models_is_found(
    tmp_path: Path, old: str, new: str, variable: str, details: list[str]
) -> None:
    ((message, shown),) = of_types(tmp_path, (JOURNAL, old, new))
    assert message == f"the type of `{variable}` is not that of {MODULE}"
    assert all(any(word in line for line in shown) for word in details)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| `1..LastPage + 1` | `1`", "| `1..(LastPage + 1)` | `1`"),
        ("| `1..LastPage + 1` | `1`", "| Positive integer | `1`"),
        ("| `1..LastPage + 1` | `1`", "| `Nat` | `1`"),
        ("`{OPEN, CLOSED}` | `OPEN`", '`{"CLOSED", "OPEN"}` | `OPEN`'),
        ("[Clients → 0..MaxPages]", "Clients -> 0..MaxPages"),
        ("[kind : {FREE, RAW, SEALED}, count", "[kind: {RAW, SEALED, FREE}, count"),
        (WHOLE, APART),
    ],
)
def test_type_in_other_words_is_no_finding(tmp_path: Path, old: str, new: str) -> None:
    assert of_types(tmp_path, (JOURNAL, old, new)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("`{OPEN, CLOSED}` | `OPEN`", "`{OPEN, SHUT, CLOSED}` | `OPEN`"),
        ("[Clients → {IDLE, WRITING, DONE}]", "[Clients → {IDLE, WRITING}]"),
    ],
)
def test_lists_of_names_are_told_once(tmp_path: Path, old: str, new: str) -> None:
    change = (JOURNAL, old, new)
    found = by_rule(differing_enumerations, tmp_path / "texts", change)
    assert {code for code, _ in found} == {"CF243"}
    assert of_types(tmp_path / "models", change) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[A -> 0..N]", ("A", "0..N")),
        ("`A → {X, Y}`", ("A", "{X, Y}")),
        ("[A -> [B -> C]]", ("A", "[B -> C]")),
        ("[x : [A -> B], a : 1..2]", ("1..2", "[A -> B]")),
        ("{x, y}", ("{x, y}",)),
        ("[A -> B] \\cup [C -> D]", ("[A -> B] \\cup [C -> D]",)),
        ("", ("",)),
    ],
)
def test_parts_of_a_type(text: str, parts: tuple[str, ...]) -> None:
    assert parts_of_type(text) == parts


# ------------------------------------------------------------------------------------------ rows


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("`SealBegin` through `Trim`", "`SealBegin` through `Merge`", ["Trim"]),
        ("`SealBegin` through `Trim`", "`Merge`", ["SealBegin", "Trim"]),
    ],
)
def test_action_that_its_row_covers_and_its_cell_leaves_out_is_found(
    tmp_path: Path, old: str, new: str, names: list[str]
) -> None:
    found = by_rule(actions_left_out, tmp_path, (README, old, new))
    said = "the row covers `{}`, which {} has, and this cell does not name it"
    assert found == [("CF259", said.format(name, MODULE)) for name in names]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("`SealBegin` through `Trim`", "`SealBegin` / `Merge` / `Trim`"),
        ("`SealBegin` through `Trim`", "Same action names"),
        ("`SealBegin` through `Trim`", "\N{EM DASH} (elsewhere)"),
        (
            "| Actions 4-6: Sealing | `SealBegin` through `Trim` |",
            "| Actions 4-6: Sealing | `SealBegin` / `Merge` |\n| Action 6: `Trim` | `Trim` |",
        ),
    ],
)
def test_cells_that_name_all_are_no_finding(tmp_path: Path, old: str, new: str) -> None:
    assert by_rule(actions_left_out, tmp_path, (README, old, new)) == []


# -------------------------------------------------------------------------------------- commands


def test_configuration_that_is_given_to_another_module_is_found(tmp_path: Path) -> None:
    wrong = (README, COMMAND, "-config PageJournal.cfg SeatBooking.tla")
    assert by_rule(foreign_configurations, tmp_path, wrong) == [
        (
            "CF262",
            "`PageJournal.cfg` is a configuration of PageJournal.tla, and is given to "
            "SeatBooking.tla",
        )
    ]


@pytest.mark.parametrize(
    "command",
    [
        COMMAND,
        "-config tlaplus/PageJournal.cfg tlaplus/PageJournal.tla",
        "-config Mine.cfg SeatBooking.tla",
        "-config PageJournal.cfg Missing.tla",
        "-config PageJournal.cfg PageJournal.tla && java -jar x.jar SeatBooking.tla",
    ],
)
def test_configuration_with_its_own_module_is_no_finding(tmp_path: Path, command: str) -> None:
    assert by_rule(foreign_configurations, tmp_path, (README, COMMAND, command)) == []


def test_module_that_extends_the_protocols_may_have_its_configuration(tmp_path: Path) -> None:
    extending = ("tlaplus/SeatBooking.tla", "EXTENDS", "\\* beside PageJournal\nEXTENDS")
    given = (README, COMMAND, "-config PageJournal.cfg SeatBooking.tla")
    assert by_rule(foreign_configurations, tmp_path, extending, given) == []
