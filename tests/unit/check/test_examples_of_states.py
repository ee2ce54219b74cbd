"""Values that an example shows together, and whether a state of the model has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.check.test_sentences import BOOKING, JOURNAL, told

END = {BOOKING: "## 5. Parameters", JOURNAL: "## 6. Parameters"}


def shown(folder: Path, document: str, text: str, title: str = "Worked example") -> list[str]:
    """Return what is said of an example above the parameters of a document."""
    below = f"## Worked\n\n### {title}\n\n{text}\n\n{END[document]}"
    return [
        each.message
        for each in told(folder, (document, END[document], below))
        if each.code == "CF378"
    ]


STEPS = "| Step | `claims` | Seat state | agents |\n|---|---|---|---|\n| 0 | 0 | `OPEN` | — |\n"
PAGES = "| Step | `pageTable` | `nextPage` |\n|---|---|---|\n"


@pytest.mark.parametrize(
    ("document", "text"),
    [
        (
            BOOKING,
            "1. `claims = 1`, `agentState[a1] = HOLDING`\n2. `claims = 1`, seatState = BOOKED",
        ),
        (BOOKING, "If `seatState = HELD`, the agent would never see `claims = 0`."),
        (BOOKING, "1. `claims = 0` → 1, `seatState = HELD`\n2. `claims = claims + 1`"),
        (BOOKING, "With `claims = 5`: `seatState = HELD` and `claims = 0`."),
        (BOOKING, "It is `seatState = HELD`. Then `claims = 0`."),
        (BOOKING, STEPS + "| 1 | 1 | `HELD` | `a1` |"),
        (JOURNAL, PAGES + "| 1 | 2: (RAW, 2) | 3 |\n| 2 | 2: (RAW, 2), 3: (RAW, 1) | 4 |"),
        (JOURNAL, "With `LastPage = 9`: `pageTable[2] = (RAW, 2)` and `nextPage = 2`."),
    ],
)
def test_moment_that_some_state_has_is_no_finding(tmp_path: Path, document: str, text: str) -> None:
    assert shown(tmp_path, document, text) == []


@pytest.mark.parametrize(
    ("document", "text", "said"),
    [
        (BOOKING, "1. `claims = 0`, `seatState = HELD`", "`claims` 0 and `seatState` HELD"),
        (BOOKING, "It is `VOID`: seatState = VOID.", "`seatState` VOID"),
        (BOOKING, STEPS + "| 1 | 0 | `HELD` | `a1` |", "`claims` 0 and `seatState` HELD"),
        (
            BOOKING,
            "- `agentState[a1] = HOLDING`, `seatState = OPEN`",
            "`agentState[a1]` HOLDING and `seatState` OPEN",
        ),
        (
            JOURNAL,
            PAGES + "| 1 | 2: (RAW, 2) | 2 |",
            "`pageTable[2]` (RAW, 2) and `nextPage` 2",
        ),
    ],
)
def test_moment_that_no_state_has_is_found(
    tmp_path: Path, document: str, text: str, said: str
) -> None:
    (message,) = shown(tmp_path / "example", document, text)
    assert message.partition(" has ")[2] == said
    assert shown(tmp_path / "other", document, text, "Counterexample") == []
