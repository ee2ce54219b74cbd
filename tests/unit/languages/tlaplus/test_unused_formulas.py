"""Formulas that nothing names again: properties that were written and are not checked."""

from __future__ import annotations

import pytest

from conform.languages.tlaplus.configuration import parse_configuration
from conform.languages.tlaplus.unused_formulas import unused_formulas
from conform.text import Source
from tests.unit.languages.tlaplus.modules import model

BODY = """CONSTANTS N
VARIABLES x, y
vars == <<x, y>>
Limit == x + N
Far(n) == n > Limit
Init == x = 0 /\\ y = 0
Step == x' = x + 1 /\\ x < N /\\ UNCHANGED y
Stray == y' = 1 /\\ UNCHANGED x
Next == Step
Spec == Init /\\ [][Next]_vars
Part == x >= 0
Small == Part /\\ x <= N
Bounded == \\A n \\in {x} : n <= N
Ends == x = 0 ~> x = N
Bound == x <= N
"""


def unused(configuration: str) -> tuple[str, ...]:
    read = parse_configuration(Source("M.cfg", configuration))
    return unused_formulas(model(BODY, configuration).specification, (read,))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", ("Stray", "Small", "Bounded", "Ends", "Bound")),
        ("INVARIANT Small Bounded", ("Stray", "Ends", "Bound")),
        ("INVARIANT Small Bounded PROPERTY Ends CONSTRAINT Bound", ("Stray",)),
    ],
)
def test_formulas_that_nothing_names_are_found(more: str, expected: tuple[str, ...]) -> None:
    assert unused(f"SPECIFICATION Spec CONSTANT N = 2 {more}") == expected
