"""A project of several documents and two models: each planted discrepancy is found in its place."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.unit.check.journal import Change, changed_project, found_in

README = "README.md"
PATTERN = "0-shared-store-pattern.md"
JOURNAL = "1-page-journal-protocol.md"
BOOKING = "2-seat-booking-protocol.md"
MODULE = "tlaplus/PageJournal.tla"
SEATS = "tlaplus/SeatBooking.tla"
DOCUMENTS = (README, PATTERN, JOURNAL, BOOKING)

Found = tuple[str, str]
"""The code of a finding, and the text that it points at."""

PLANTED: list[tuple[Change, str, str]] = [
    # links, files, commands
    ((README, "(examples/page-store/SPEC.md)", "(examples/SPEC.md)"), "CF230", f"{README}: SPEC"),
    ((README, "(#model-checking)", "(#checking)"), "CF230", f"{README}: below"),
    ((JOURNAL, "md#1-primitives", "md#primitives"), "CF230", f"{JOURNAL}: shared-store pattern"),
    (
        (README, "`tlaplus/PageJournal.tla` is", "`tlaplus/Journal.tla` is"),
        "CF231",
        f"{README}: tlaplus/Journal.tla",
    ),
    ((README, "SeatBooking.fizz\n", "Seats.fizz\n"), "CF231", f"{README}: Seats.fizz"),
    (
        (README, "-config PageJournal.cfg", "-config PageJournal-small.cfg"),
        "CF232",
        f"{README}: PageJournal-small.cfg",
    ),
    ((README, "cd tlaplus", "cd tlaplus-models"), "CF232", f"{README}: tlaplus-models"),
    ((README, "`make tools`", "`make tool`"), "CF232", f"{README}: tool"),
    # numbers of sections, actions and properties
    ((JOURNAL, "see section 5", "see section 9"), "CF233", f"{JOURNAL}: 9"),
    ((JOURNAL, "actions 1 and 2", "actions 1 and 12"), "CF233", f"{JOURNAL}: 12"),
    ((JOURNAL, "section 5 and S2", "section 5 and S4"), "CF233", f"{JOURNAL}: S4"),
    ((PATTERN, "Section 1 says", "Section 4 says"), "CF233", f"{PATTERN}: 4"),
    (
        ("examples/page-store/SPEC.md", "(section 2 says", "(section 2.1 says"),
        "CF233",
        "examples/page-store/SPEC.md: 2.1",
    ),
    ((JOURNAL, "## 6. Parameters", "## 7. Parameters"), "CF234", f"{JOURNAL}: 7"),
    # numbers of things
    ((JOURNAL, "has six state", "has seven state"), "CF235", f"{JOURNAL}: seven"),
    ((PATTERN, "are five primitives", "are four primitives"), "CF235", f"{PATTERN}: four"),
    (
        (PATTERN, "There are five primitives.", "The pattern assumes six primitives."),
        "CF235",
        f"{PATTERN}: six",
    ),
    (
        (
            PATTERN,
            "There are five primitives.",
            "The pattern relies on the following six primitives.",
        ),
        "CF235",
        f"{PATTERN}: six",
    ),
    (
        (
            PATTERN,
            "There are five primitives.",
            "A store MUST provide the following six primitives, each of them atomic.",
        ),
        "CF235",
        f"{PATTERN}: six",
    ),
    (
        (PATTERN, "There are five primitives.", "These are the six abstract primitives."),
        "CF235",
        f"{PATTERN}: six",
    ),
    ((BOOKING, "following two steps", "following three steps"), "CF235", f"{BOOKING}: three"),
    ((README, "has 20+ lines", "has 1,000+ lines"), "CF235", f"{README}: 1,000+ lines"),
    ((README, "and `SealEnd=3`", "and `SealEnd=4`"), "CF236", f"{README}: SealEnd=4"),
    # names and values
    ((BOOKING, "used: `Claim`", "used: `Grab`, `Claim`"), "CF237", f"{BOOKING}: Grab"),
    (
        (PATTERN, "`Claim`, `Swap`, `Fetch` |", "`Claim`, `Bump`, `Swap`, `Fetch` |"),
        "CF237",
        f"{PATTERN}: Bump",
    ),
    (
        (JOURNAL, "- `clientPages[c] := 0`", "- `clientPages[c] := 0` as `clientPage` says"),
        "CF238",
        f"{JOURNAL}: clientPage",
    ),
    (
        (JOURNAL, "`□[nextPage' ≥ nextPage]_vars`", "`nextPage ≥ 1`"),
        "CF240",
        f"{JOURNAL}: Safety S2: Ordered",
    ),
    (
        (JOURNAL, "∈ {IDLE, MERGING, TRIMMING}`", "∈ {IDLE, MERGING, TRIMMING, DONE}`"),
        "CF243",
        f"{JOURNAL}: Invariant: TypeOK",
    ),
    ((JOURNAL, "`sealerState := MERGING`", "`sealerState := MERGE`"), "CF244", f"{JOURNAL}: MERGE"),
    (
        (README, "| Action 7: `Toggle` | `Toggle` |", "| Action 7: `Toggle` | — (not modelled) |"),
        "CF246",
        f"{README}: Every action in the spec has its construct in the TLA+",
    ),
    (
        (MODULE, '{"OPEN", "CLOSED"}', '{"OPEN", "CLOSED", "BUSY"}'),
        "CF243",
        f"{MODULE}: journalState",
    ),
    (
        (
            PATTERN,
            "| Seat Booking | `Claim`, `Swap`,",
            "| [It](2-seat-booking-protocol.md) | `Claim`,",
        ),
        "CF237",
        f"{BOOKING}: Swap",
    ),
    (
        (PATTERN, "| `Claim`, `Swap`, `Fetch` |", "| `Claim`, `Swap`, `Fetch`, `Bump` |"),
        "CF237",
        f"{PATTERN}: Bump",
    ),
    # text against model
    (
        (MODULE, "Covers(p, SealEnd) => p <= SealEnd", "Covers(p, SealStart) => p >= SealStart"),
        "CF360",
        f"{README}: [1,2],[3,4]",
    ),
    (
        (BOOKING, "; no action leads to `VOID`, which is kept for cancellations", ""),
        "CF361",
        f"{BOOKING}: seatState",
    ),
    (
        (MODULE, 'IF journalState = "OPEN" THEN "CLOSED" ELSE "OPEN"', "journalState"),
        "CF363",
        f"{MODULE}: Toggle ==",
    ),
    (
        (BOOKING, ": it says no more than its type", ""),
        "CF364",
        f"{SEATS}: ClaimsPositive == claims >= 0",
    ),
    ((BOOKING, " Vacuous as long as no seat is void.", ""), "CF365", f"{SEATS}: "),
    ((BOOKING, "as long as no seat is void.", "as long as S2 holds."), "CF365", f"{BOOKING}: S2"),
    (
        (
            JOURNAL,
            "- `clientState[c] := IDLE`\n- `clientPages",
            "- `nextPage := 1`\n- `clientPages",
        ),
        "CF241",
        f"{JOURNAL}: `nextPage := 1`",
    ),
    ((BOOKING, "- increment `claims`\n", ""), "CF241", f"{BOOKING}: Action 1: Hold(a)"),
    (
        (
            BOOKING,
            "- `agentState[a] := HOLDING`\n- increment `claims`\n",
            "- `agentState[a] := IF claims < 9 THEN HOLDING ELSE IDLE`\n",
        ),
        "CF241",
        f"{BOOKING}: Action 1: Hold(a)",
    ),
    (
        (
            MODULE,
            'Begin(c) ==\n    /\\ clientState[c] = "IDLE"\n    /\\ journalState = "OPEN"',
            'Begin(c) ==\n    /\\ clientState[c] = "IDLE"',
        ),
        "CF242",
        f"{JOURNAL}: `journalState = OPEN`",
    ),
    (
        (SEATS, "Leave(a) ==\n", "Leave(a) ==\n    /\\ claims < 9\n"),
        "CF242",
        f"{BOOKING}: Action 3: Leave(a)",
    ),
    (
        (JOURNAL, "IDLE → WRITING → DONE → IDLE", "IDLE → DONE → WRITING → IDLE"),
        "CF245",
        f"{JOURNAL}: IDLE → DONE → WRITING → IDLE",
    ),
    (
        (JOURNAL, "`journalState` is initially", "`TRIMMING` is set by Action 4. It is initially"),
        "CF366",
        f"{JOURNAL}: TRIMMING` is set by Action 4",
    ),
    (
        (JOURNAL, "`journalState` is initially", "HELD: `MERGING` is entered by `Trim`. Initially"),
        "CF366",
        f"{JOURNAL}: MERGING` is entered by `Trim",
    ),
    (
        (JOURNAL, "IDLE → WRITING → DONE → IDLE", "IDLE ──Begin──▶ DONE ──Finish(c)──▶ IDLE"),
        "CF245",
        f"{JOURNAL}: IDLE ──Begin──▶ DONE ──Finish(c)──▶ IDLE",
    ),
    (
        (JOURNAL, "## 3. Helpers", "- `WRITING → IDLE` (Commit)\n\n## 3. Helpers"),
        "CF245",
        f"{JOURNAL}: WRITING → IDLE",
    ),
    (
        (JOURNAL, "## 3. Helpers", "```\n  Idle --> Done: Begin\n```\n\n## 3. Helpers"),
        "CF245",
        f"{JOURNAL}: Idle --> Done",
    ),
    (
        (JOURNAL, "## 3. Helpers", "```\n  IDLE -->|Commit| WRITING\n```\n\n## 3. Helpers"),
        "CF245",
        f"{JOURNAL}: IDLE -->|Commit| WRITING",
    ),
    (
        (JOURNAL, "## 3. Helpers", "```\n│ IDLE │ ─────▶ │ DONE │\n```\n\n## 3. Helpers"),
        "CF245",
        f"{JOURNAL}: IDLE │ ─────▶ │ DONE",
    ),
]

STATES = "| From | Event | To |\n|---|---|---|\n" + (
    "| `IDLE` | Begin | `WRITING` |\n| WRITING | Commit | {} |\n| any | Finish | IDLE |\n"
)


def test_a_constant_that_nothing_uses_is_found(tmp_path: Path) -> None:
    declared = (MODULE, "MaxPages\nVARIABLES", "MaxPages, Spare\nVARIABLES")
    bound = [
        (f"tlaplus/PageJournal{name}.cfg", "CONSTANTS\n", "CONSTANTS\n    Spare = 1\n")
        for name in ("", "-medium")
    ]
    found = found_in(changed_project(tmp_path, declared, *bound))
    assert [(finding.code, under) for finding, under in found] == [("CF239", f"{MODULE}: Spare")]


@pytest.mark.parametrize(
    "said",
    [
        "`TRIMMING` is set by Action 5",
        "`MERGING` is entered by `SealBegin`",
        "`WRITING` is set by Actions 1 and 2",
        "`IDLE` is set by Action 3",
        "`FREE` is written by `Trim`",
    ],
)
def test_value_that_an_action_sets_is_no_finding(tmp_path: Path, said: str) -> None:
    change = (JOURNAL, "`journalState` is initially", f"{said}. `journalState` is initially")
    assert found_in(changed_project(tmp_path, change)) == []


def test_property_that_shares_a_variable_may_be_why_another_is_vacuous(tmp_path: Path) -> None:
    change = (BOOKING, "as long as no seat is void.", "because `TypeOK` holds.")
    assert found_in(changed_project(tmp_path, change)) == []


VOID_ENDS = 'VoidEnds == seatState = "VOID" ~> seatState = "OPEN"'


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("L1 is vacuously true.", 1),
        ("`VoidEnds` is likewise vacuous here.", 1),
        ("L1 is vacuous if nobody claims.", 0),
        ("L1 would be vacuous.", 0),
    ],
)
def test_property_that_is_called_vacuous_and_is_not_is_found(
    tmp_path: Path, said: str, count: int
) -> None:
    held = (SEATS, VOID_ENDS, "VoidEnds == claims = 0 ~> claims \\in 0..3")
    words = (BOOKING, "Vacuous as long as no seat is void.", said)
    found = found_in(changed_project(tmp_path, held, words))
    assert [each.code for each, _under in found].count("CF365") == count


def test_the_project_as_it_is_gives_no_finding(tmp_path: Path) -> None:
    assert found_in(changed_project(tmp_path)) == []


@cache
def batches() -> tuple[tuple[Change, ...], ...]:
    """Return the planted changes, at most one of each document in a batch; others alone."""
    together: list[dict[str, Change]] = []
    alone = []
    for change, _code, _place in PLANTED:
        path = change[0]
        if path not in DOCUMENTS:
            alone.append((change,))
            continue
        batch = next((each for each in together if path not in each), None)
        if batch is None:
            together.append(batch := {})
        batch[path] = change
    return (*(tuple(batch.values()) for batch in together), *alone)


@pytest.fixture(scope="module")
def found_with(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Change], set[Found]]:
    """Return what gives the findings of the batch of a change: code and the text pointed at."""

    @cache
    def of_batch(batch: tuple[Change, ...]) -> set[Found]:
        project = changed_project(tmp_path_factory.mktemp("batch"), *batch)
        return {(finding.code, under) for finding, under in found_in(project)}

    return lambda change: of_batch(next(each for each in batches() if change in each))


@pytest.mark.parametrize(
    ("change", "code", "place"), PLANTED, ids=[f"{row[1]}-{row[0][2][:20]}" for row in PLANTED]
)
def test_what_is_planted_is_found_in_its_place(
    found_with: Callable[[Change], set[Found]], change: Change, code: str, place: str
) -> None:
    assert (code, place) in {(told, under[: len(place)]) for told, under in found_with(change)}


def test_drawn_arrows_that_are_taken_are_no_finding(tmp_path: Path) -> None:
    drawing = "IDLE ──Begin──▶ WRITING ──Commit(c)──▶ DONE ──▶ IDLE"
    table = (JOURNAL, "## 3. Helpers", f"{STATES.format('`DONE`')}\n## 3. Helpers")
    project = changed_project(tmp_path, (JOURNAL, "IDLE → WRITING → DONE → IDLE", drawing), table)
    assert found_in(project) == []


def test_row_of_a_table_of_all_actions_is_about_what_its_action_changes(tmp_path: Path) -> None:
    rows = STATES.format("`DONE`") + "| `MERGING` | Merge | {} |\n"
    for state, expected in (("`TRIMMING`", []), ("`IDLE`", ["CF245"])):
        table = (JOURNAL, "## 3. Helpers", f"{rows.format(state)}\n## 3. Helpers")
        found = found_in(changed_project(tmp_path / state.strip("`"), table))
        assert [each.code for each, _under in found] == expected


def test_row_of_a_table_of_states_that_its_action_does_not_do_is_found(tmp_path: Path) -> None:
    table = (JOURNAL, "## 3. Helpers", f"{STATES.format('`IDLE`')}\n## 3. Helpers")
    (found, *others) = found_in(changed_project(tmp_path, table))
    assert not others
    message = (
        "no step of `Commit` in tlaplus/PageJournal.tla takes `clientState` from WRITING to IDLE"
    )
    assert found[0].message == message
