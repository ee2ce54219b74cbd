"""The blocks of early FizzBee mean what the forms that took their place mean."""

from __future__ import annotations

from conform.domain.report import Verdict
from conform.languages.fizzbee.printing import print_module
from conform.languages.fizzbee.reading import parse_module
from conform.text import Source
from tests.unit.languages.fizzbee.fizz_models import judged, values

CLOCK = """
    invariants:
        always 0 <= hour and hour < LIMIT
        always eventually hour == 2
        eventually always hour == 2
    init:
        hour = 0
        seen = []
        for h in range(2):
            seen.append(h)
    atomic fair action Tick:
        hour = (hour + 1) % 3
"""


def test_an_init_block_gives_the_initial_state() -> None:
    text = "    LIMIT = 3" + CLOCK
    assert values(text, "hour") == {"0", "1", "2"}
    assert values(text, "seen") == {"<<0, 1>>"}


def test_each_line_of_invariants_is_a_property() -> None:
    result = judged("    LIMIT = 3" + CLOCK)
    assert result.verdicts() == {
        "invariant_1": Verdict.PASS,
        "invariant_2": Verdict.PASS,
        "invariant_3": Verdict.FAIL,
    }


def test_an_invariant_that_does_not_hold_is_found() -> None:
    result = judged("    LIMIT = 2" + CLOCK)
    assert result.verdicts()["invariant_1"] is Verdict.FAIL
    (row,) = (each for each in result.properties if each.name == "invariant_1")
    assert row.span is not None and (row.span.line, row.span.column) == (3, 5)


def test_old_forms_are_printed_as_those_that_took_their_place() -> None:
    old = parse_module(Source("a.fizz", "init:\n  x = f(1)\ninvariants:\n  always x < 3\n"))
    new = "action Init:\n    x = f(1)\n\nalways assertion invariant_1:\n    return x < 3\n"
    assert print_module(old) == new
