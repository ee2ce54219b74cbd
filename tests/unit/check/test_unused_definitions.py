"""Operators and constants that nothing in the models uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.check.cf239_unused_constant import unused_constants
from conform.check.cf279_unused_operator import unused_operators
from conform.check.rules import Rule
from tests.unit.check.journal import Change, messages_of

RULES: tuple[Rule, ...] = (unused_constants, unused_operators)
JOURNAL = "1-page-journal-protocol.md"
MODULE = "tlaplus/PageJournal.tla"
FIZZ = "fizzbee/SeatBooking.fizz"
WITH_FIZZBEE = (
    "conform.yaml",
    "configs: {small: tlaplus/SeatBooking.cfg}}\n",
    "configs: {small: tlaplus/SeatBooking.cfg}}\n    fizzbee: {module: fizzbee/SeatBooking.fizz}\n",
)


def defined(text: str) -> Change:
    """Define something in the module of the journal."""
    return MODULE, "\nSealBegin ==", f"\n{text}\nSealBegin =="


HELPER = "## 4. Actions\n"
FIRST = defined("First == CHOOSE p \\in 1..LastPage : \\A q \\in 1..LastPage : p <= q")


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (defined("Other == pageTable = <<>> /\\ [][FALSE]_pageTable"),),
        (defined("pair == <<nextPage, journalState>>"),),
        (FIRST, (MODULE, 'sealerState = "IDLE"', 'sealerState = "IDLE" /\\ First = 1')),
        (
            FIRST,
            (
                JOURNAL,
                HELPER,
                f"### Helper: First\n\nThe first page. No action uses it.\n\n{HELPER}",
            ),
        ),
        (
            WITH_FIZZBEE,
            (FIZZ, "action Init:", 'FIRST = "OPEN"\n\naction Init:'),
            (FIZZ, '    seat = "OPEN"', "    seat = FIRST"),
        ),
    ],
    ids=range(6),
)
def test_what_is_used_or_told_is_no_finding(tmp_path: Path, changes: tuple[Change, ...]) -> None:
    assert messages_of(RULES, tmp_path, *changes) == []


def test_operator_that_nothing_uses_is_found(tmp_path: Path) -> None:
    (message,) = messages_of(RULES, tmp_path, FIRST)
    assert message == "CF279" + f" {MODULE}:43: nothing in {MODULE} uses `First`"


def test_its_own_definition_and_comments_are_no_use(tmp_path: Path) -> None:
    loop = defined(
        "\\* Loop is used by nobody\nRECURSIVE Loop(_)\nLoop(p) == IF p = 0 THEN 0 ELSE Loop(p - 1)"
    )
    (message,) = messages_of(RULES, tmp_path, loop)
    assert message.endswith("uses `Loop`")


def test_function_and_constant_of_fizzbee_that_nothing_uses_are_found(tmp_path: Path) -> None:
    spare = "MOST = 3  # MOST is the most\n\ndef half(n):\n    return n // 2\n\n"
    change = (FIZZ, "action Init:", f"{spare}action Init:")
    told = (
        "2-seat-booking-protocol.md",
        "Agents book one seat",
        "At most MOST. Agents book one seat",
    )
    constant, function = messages_of(RULES, tmp_path, WITH_FIZZBEE, change, told)
    assert constant.startswith("CF239") and constant.endswith("uses the constant `MOST`")
    assert function.startswith("CF279") and function.endswith(f"nothing in {FIZZ} uses `half`")


@pytest.mark.parametrize(
    ("head", "body", "count"),
    [
        ("most(n, m)", "return n if n > m else m", 0),
        ("most(n, m)", "return n  # and not m", 1),
        ("most(n, _m)", "return n", 0),
    ],
)
def test_parameter_that_its_function_never_uses_is_found(
    tmp_path: Path, head: str, body: str, count: int
) -> None:
    change = (FIZZ, "action Init:", f"def {head}:\n    {body}\n\naction Init:")
    used = (FIZZ, '    seat = "OPEN"', '    seat = "OPEN" if most(1, 2) > 0 else "BOOKED"')
    messages = messages_of(RULES, tmp_path, WITH_FIZZBEE, change, used)
    assert [each.endswith("`most` never uses its parameter `m`") for each in messages] == [
        True
    ] * count


def test_parameter_that_an_operator_of_the_module_never_uses_is_found(tmp_path: Path) -> None:
    messages = messages_of(RULES, tmp_path, defined("Within(p, q) == p <= LastPage"))
    (message,) = (each for each in messages if "parameter" in each)
    assert message.endswith("`Within` never uses its parameter `q`")
