"""Sentences added to the document of a small protocol: true of its model, false, or hedged."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from conform.check.models.explored import Explored
from conform.check.sentences.asking import contradicted_sentences
from conform.commands.artefacts import read_artefacts
from conform.commands.stages.mapping import context_of
from conform.config import load_project
from conform.domain.finding import Finding
from tests.unit.check.journal import FIXTURE, Change, changed_project, explored

BOOKING = "2-seat-booking-protocol.md"
JOURNAL = "1-page-journal-protocol.md"
BELOW = "| `claims` | `0..3` | `0` | how often the seat was claimed |\n"

FALSE = [
    # who changes a variable
    ("Only `Hold` changes `seatState`.", "CF367", "Only `Hold` changes `seatState"),
    ("`seatState` is only written by `Hold` and `Book`.", "CF367", "seatState` is only written by"),
    ("`claims` changes only in `Leave`.", "CF367", "claims` changes only in `Leave"),
    ("No action other than `Hold` sets `agentState`.", "CF367", "No action other than `Hold`"),
    ("`Hold` is the only action that writes `agentState`.", "CF367", "Hold` is the only action"),
    ("Nothing but Actions 1 and 2 changes `seatState`.", "CF367", "Nothing but Actions 1 and 2"),
    ("`Book` leaves `seatState` unchanged.", "CF367", "Book` leaves `seatState` unchanged"),
    ("`Hold` does not change `claims`.", "CF367", "Hold` does not change `claims"),
    ("`seatState` is not changed by `Leave`.", "CF367", "seatState` is not changed by `Leave"),
    ("`Book` changes only `seatState`.", "CF367", "Book` changes only `seatState"),
    ("`Leave` resets `claims`.", "CF367", "Leave` resets `claims"),
    ("`claims` is incremented by `Hold` and `Book`.", "CF367", "claims` is incremented by"),
    ("`claims` never changes.", "CF367", "claims` never changes"),
    # from one value to another
    ("`Hold` moves the seat from `OPEN` to `BOOKED`.", "CF368", "Hold` moves the seat from"),
    ("The seat goes from `BOOKED` to `OPEN`.", "CF368", "goes from `BOOKED` to `OPEN"),
    ("The seat never goes from `HELD` to `OPEN`.", "CF368", "never goes from `HELD` to `OPEN"),
    ("`Leave` sets `seatState` to `BOOKED`.", "CF368", "Leave` sets `seatState` to `BOOKED"),
    ("`IDLE` is entered only by `Leave`.", "CF368", "IDLE` is entered only by `Leave"),
    ("`Book` leads to `HELD`.", "CF368", "Book` leads to `HELD"),
    ("`HELD` is a final state.", "CF368", "HELD` is a final state"),
    ("Once the seat is `HELD`, it stays so.", "CF368", "Once the seat is `HELD`, it stays so"),
    ("Nothing leaves `HOLDING`.", "CF368", "Nothing leaves `HOLDING"),
    # when an action is taken
    ("`Book` is only enabled in `IDLE`.", "CF369", "Book` is only enabled in `IDLE"),
    ("`Leave` requires `agentState[a] = IDLE`.", "CF369", "Leave` requires `agentState[a] = IDLE"),
    ("`Hold` is disabled while the seat is `OPEN`.", "CF369", "Hold` is disabled while the seat"),
    ("While the seat is `HELD`, `Hold` is enabled.", "CF369", "While the seat is `HELD`, `Hold`"),
    ("`Leave` never happens.", "CF369", "Leave` never happens"),
    ("Agents never hold.", "CF369", "Agents never hold"),
    # bounds, beginnings, and what only grows
    ("`claims` never exceeds 2.", "CF373", "claims` never exceeds 2"),
    ("`claims` is at least 1.", "CF373", "claims` is at least 1"),
    ("`claims` stays below 3.", "CF373", "claims` stays below 3"),
    ("`claims` starts at 1.", "CF373", "claims` starts at 1"),
    ("Initially, `seatState` is `HELD`.", "CF373", "Initially, `seatState` is `HELD"),
    ("`claims` never increases.", "CF373", "claims` never increases"),
    ("`seatState` is never `BOOKED`.", "CF373", "seatState` is never `BOOKED"),
    ("A held seat never becomes open.", "CF368", "held seat never becomes open"),
    ("The seat goes from held to void.", "CF368", "goes from held to void"),
    ("`Leave` precedes `Hold`.", "CF369", "Leave` precedes `Hold"),
    ("`Book` happens only after `Leave`.", "CF369", "Book` happens only after `Leave"),
    ("`Hold` never happens before `Leave`.", "CF369", "Hold` never happens before `Leave"),
    ("A seat is never booked.", "CF369", "A seat is never booked"),
    ("Agents never hold between steps.", "CF369", "Agents never hold"),
    ("A seat in `HELD` never returns to `OPEN`.", "CF368", "HELD` never returns to `OPEN"),
    ("`OPEN` is entered only from `BOOKED`.", "CF368", "OPEN` is entered only from `BOOKED"),
    ("`HELD` leads only to `BOOKED`.", "CF368", "HELD` leads only to `BOOKED"),
    ("Every path to `BOOKED` passes `VOID`.", "CF368", "Every path to `BOOKED` passes `VOID"),
    ("`HELD` is only reachable from `BOOKED`.", "CF368", "HELD` is only reachable from `BOOKED"),
    ("A seat can only reach `OPEN` from `BOOKED`.", "CF368", "can only reach `OPEN` from `BOO"),
    ("`BOOKED` can only be entered from `OPEN`.", "CF368", "BOOKED` can only be entered"),
    ("`HELD` is left only for `BOOKED`.", "CF368", "HELD` is left only for `BOOKED"),
    ("Once `HELD`, a seat never returns to `OPEN`.", "CF368", "Once `HELD`, a seat never"),
    ("`Book` never directly follows `Hold`.", "CF368", "Book` never directly follows `Hold"),
    ("`Hold` never follows `Leave` directly.", "CF368", "Hold` never follows `Leave` dir"),
    ("`Book` is always preceded by `Leave`.", "CF368", "Book` is always preceded by `Lea"),
    ("`Leave` must happen before `Hold`.", "CF368", "Leave` must happen before `Hold"),
    ("Once `Leave` has happened, `Book` is never taken.", "CF368", "Once `Leave` has happened"),
    ("`Hold` sets `claims` to 7.", "CF368", "Hold` sets `claims` to 7"),
    # what stays or holds beside something else
    ("While the seat is `OPEN`, `claims` does not change.", "CF376", "While the seat is `OPEN"),
    ("Whenever `seatState = HELD`, `claims` is 1.", "CF376", "Whenever `seatState = HELD"),
    ("Whenever the seat is `OPEN`, `claims = 0`.", "CF376", "Whenever the seat is `OPEN"),
    ("`Hold` increments `claims` by 2.", "CF376", "Hold` increments `claims` by 2"),
    ("`Hold` adds two to `claims`.", "CF376", "Hold` adds two to `claims"),
    ("Claims survive a hold.", "CF376", "Claims survive a hold"),
    # one step or several
    ("`Hold` and `Book` happen in one atomic step.", "CF374", "Hold` and `Book` happen in one"),
    ("`Book` happens in two steps.", "CF374", "Book` happens in two steps"),
]

TRUE = [
    "Only `Hold`, `Book` and `Leave` change `seatState`.",
    "Only `Hold` increments `claims`.",
    "`claims` is changed by `Hold` alone.",
    "`Book` and `Leave` leave `claims` unchanged.",
    "`Hold` changes `seatState`, `agentState` and `claims`, and nothing else.",
    "`Leave` returns the agent to `IDLE`.",
    "`Leave` takes the seat from `HELD` to `OPEN`.",
    "The seat goes from `OPEN` to `BOOKED` in two steps.",
    "`BOOKED` is final.",
    "`HELD` is entered only by `Hold`.",
    "`Book` is only enabled in `HOLDING`.",
    "`Hold` is blocked while the seat is `BOOKED`.",
    "`Leave` requires `agentState[a] = HOLDING`.",
    "`claims` never exceeds 3 and never decreases.",
    "`claims` starts at 0.",
    "`seatState` is never `VOID`.",
    "At most one agent is `HOLDING`.",
    "A booked seat never becomes open.",
    "`OPEN` is entered only from `HELD`.",
    "`HELD` leads only to `OPEN` or `BOOKED`.",
    "Every path to `BOOKED` passes `HELD`.",
    "Every way from `OPEN` to `BOOKED` goes through `HELD`.",
    "`HELD` is only reachable from `OPEN`.",
    "`BOOKED` is only reachable from `OPEN`.",
    "`HELD` is left only for `OPEN` and `BOOKED`.",
    "Once `BOOKED`, a seat never returns to `OPEN`.",
    "`Hold` never directly follows `Book`.",
    "`Book` is always preceded by `Hold`.",
    "`Hold` must happen before `Leave`.",
    "Once `Book` has happened, `Hold` is never taken.",
    "`Hold` sets `claims` to 3.",
    "While the seat is `BOOKED`, `claims` does not change.",
    "While the agent is `HOLDING`, the seat is `HELD`.",
    "`Hold` increments `claims` by one.",
    "Claims survive a leave.",
    "The seat goes from open to held by `Hold`.",
    "`Hold` precedes `Book`.",
    "`Leave` happens only after `Hold`.",
    "A seat is never cleaned.",
    "An agent keeps its seat until it leaves.",
    "`Hold` is one atomic step.",
    "Agents never pay.",
]

HEDGED = [
    "The seat was booked by another agent, so `Hold` does not fire.",
    "Three claims were made, so that `Hold` is never taken.",
    "While the seat is `BOOKED`, `claims` never changes and `seatState` is constant.",
    "`claims` never exceeds 2 while the seat is `VOID`.",
    "Before `Book`, `Hold` changes only `seatState`.",
    "After `Leave`, the seat never goes from `HELD` to `OPEN`.",
    "If `Hold` were split, only `Leave` would change `seatState`.",
    "An implementation in which only `Hold` changes `seatState` is wrong.",
    "Without the guard `claims` never exceeds 2.",
    "In an earlier version `HELD` was final, and `Book` led to `HELD`.",
    "Unlike here, in other protocols `claims` never changes.",
    "Usually `Book` is always preceded by `Leave`.",
    "`Book` never follows `Hold`, or so it seems.",
    "If agents stop, every path to `BOOKED` passes `VOID`.",
    "Real stores let `Hold` and `Book` happen in one atomic step.",
    "Should `claims` start at 1?",
    "`claims` never exceeds 2 * 3.",
    "`Hold` changes only `seatState` of the seat's own copy.",
]


WINDOW = "`RAW` and `SEALED` entries may overlap between Action {} and Action {}."
LEFT = "A crash between Action 5 and Action 6 leaves superseded `{}` entries behind."


@cache
def models() -> dict[str, Explored]:
    """Return the models of the project, which no test here changes, by protocol."""
    entries = load_project(FIXTURE / "conform.yaml").protocols
    return {entry.name: explored(read_artefacts(entry))[0] for entry in entries}


def told(folder: Path, *changes: Change) -> list[Finding]:
    """Return what is found in the sentences of the changed documents."""
    project = load_project(changed_project(folder, *changes))
    found: dict[Finding, None] = {}
    for entry in project.protocols:
        context = context_of(project, read_artefacts(entry))
        found.update(dict.fromkeys(contradicted_sentences(context, models()[entry.name])))
    return list(found)


def codes(folder: Path, *changes: Change) -> list[str]:
    """Return the codes of the same."""
    return [each.code for each in told(folder, *changes)]


def added(folder: Path, sentence: str) -> list[Finding]:
    """Return what is found after a paragraph is added."""
    return told(folder, (BOOKING, BELOW, f"{BELOW}\n{sentence}\n"))


@pytest.mark.parametrize(("sentence", "code", "place"), FALSE)
def test_sentence_that_the_model_contradicts_is_found(
    tmp_path: Path, sentence: str, code: str, place: str
) -> None:
    (found,) = added(tmp_path, sentence)
    assert found.code == code and found.span is not None
    start = f"{BELOW}\n{sentence}\n".splitlines()[2][found.span.column - 1 :]
    assert start.startswith(place)


@pytest.mark.parametrize("sentence", [*TRUE, *HEDGED])
def test_sentence_that_is_true_or_no_claim_is_left_alone(tmp_path: Path, sentence: str) -> None:
    assert added(tmp_path, sentence) == []


def test_step_that_contradicts_is_told(tmp_path: Path) -> None:
    (finding,) = added(tmp_path, "`Book` leaves `seatState` unchanged.")
    assert finding.message == "`Book` does change `seatState`"
    assert finding.details == (
        "the model: tlaplus/SeatBooking.tla",
        'after 1 step, Book(a1) takes seatState from "HELD" to "BOOKED"',
    )


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Two separate steps: the seat is taken, then counted.", ["CF374"]),
        ("One atomic step.", []),
        ("This action changes only `seatState`.", ["CF367"]),
        ("This action changes `seatState` and more.", []),
        ("Implementations take two separate steps.", []),
    ],
)
def test_section_of_an_action_is_about_it(tmp_path: Path, sentence: str, found: list[str]) -> None:
    title = "### Action 1: Hold(a)\n"
    change = (BOOKING, title, f"{title}\n{sentence}\n")
    assert codes(tmp_path, change) == found


@pytest.mark.parametrize(
    ("remark", "found"),
    [
        ("never decreases", []),
        ("never increases", ["CF373"]),
        ("is only changed by `Hold`", []),
        ("is only changed by `Leave`", ["CF367"]),
    ],
)
def test_row_of_a_variable_is_about_it(tmp_path: Path, remark: str, found: list[str]) -> None:
    change = (BOOKING, "how often the seat was claimed", remark)
    assert codes(tmp_path, change) == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (WINDOW.format(5, 6), []),
        (WINDOW.format(6, 7), ["CF368"]),
        (WINDOW.format(4, 5), ["CF368"]),
        (LEFT.format("RAW"), []),
        (LEFT.format("SEALED"), ["CF368"]),
        ("`SealBegin` fires as soon as one page of the range is covered by an entry.", ["CF369"]),
        ("`SealBegin` fires once every page of the range is covered by an entry.", []),
        ("A client keeps its pages until it finishes.", []),
        ("`clientPages` never decreases.", ["CF373"]),
        ("The sealer keeps the journal until it merges.", ["CF367"]),
    ],
)
def test_sentence_about_two_actions_or_what_is_kept(
    tmp_path: Path, sentence: str, found: list[str]
) -> None:
    change = (JOURNAL, "`journalState` is initially", f"{sentence} `journalState` is initially")
    assert codes(tmp_path, change) == found


COUNTED = "- increment `claims`\n"


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("`seatState := HELD` once `claims` is at least 1", []),
        ("`seatState := HELD` once `claims` exceeds 3", ["CF375"]),
        ("`seatState := HELD` once `claims` reaches 2", ["CF375"]),
        ("`seatState := HELD`, perhaps once `claims` pleases", []),
        ("once `claims` exceeds 3, `seatState := HELD`", ["CF375"]),
    ],
)
def test_condition_of_an_effect_is_held_against_steps(
    tmp_path: Path, condition: str, found: list[str]
) -> None:
    change = (BOOKING, COUNTED, f"{COUNTED}- {condition}\n")
    assert codes(tmp_path, change) == found


FAIR = """\
| Action | Fairness | Why |
|---|---|---|
| `{}` | Weak | once enabled, it stays so |

## 3. Helpers
"""


@pytest.mark.parametrize(("action", "found"), [("Merge", []), ("Commit", ["CF369"])])
def test_action_that_stays_enabled_is_asked(tmp_path: Path, action: str, found: list[str]) -> None:
    assert codes(tmp_path, (JOURNAL, "## 3. Helpers\n", FAIR.format(action))) == found


@pytest.mark.parametrize("words", ["it is not true that", "weak fairness needs that"])
def test_denied_or_required_steadiness_is_no_claim(tmp_path: Path, words: str) -> None:
    row = FAIR.format("Commit").replace("once enabled", f"{words} once enabled")
    assert codes(tmp_path, (JOURNAL, "## 3. Helpers\n", row)) == []


def test_guard_that_asks_for_all_of_some_is_not_held_against_one(tmp_path: Path) -> None:
    sentence = "`SealBegin` fires as soon as one page of the range is covered by an entry."
    guard = "is covered by an entry of kind RAW"
    assert (
        codes(
            tmp_path,
            (JOURNAL, "`journalState` is initially", f"{sentence} `journalState` is initially"),
            (JOURNAL, guard, guard.replace("an entry", "some entry")),
        )
        == []
    )


@pytest.mark.parametrize(("title", "found"), [("Worked examples", []), ("More", ["CF373"])])
def test_example_is_about_one_run(tmp_path: Path, title: str, found: list[str]) -> None:
    section = f"## {title}\n\n`claims` starts at 1.\n\n## 3. Actions\n"
    assert codes(tmp_path, (BOOKING, "## 3. Actions\n", section)) == found
