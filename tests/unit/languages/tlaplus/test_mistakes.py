"""Each common mistake is placed, told and advised on as its table says."""

from __future__ import annotations

import pytest

from conform.errors import InputError
from conform.languages.tlaplus.advice_habits import EARLY, LATE
from conform.languages.tlaplus.advice_rules import RULES
from tests.unit.languages.tlaplus.mistakes import MISTAKES, Mistake
from tests.unit.languages.tlaplus.sketches import module


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_is_explained(mistake: Mistake) -> None:
    with pytest.raises(InputError) as caught:
        module(mistake.text)
    error = caught.value
    assert error.span is not None
    found = (f"{error.span.line}:{error.span.column}", error.message, error.hint)
    assert found == (mistake.place, mistake.message, mistake.hint)


def test_every_mistake_has_advice_and_a_name_of_its_own() -> None:
    assert all(mistake.hint for mistake in MISTAKES)
    assert len({mistake.name for mistake in MISTAKES}) == len(MISTAKES)


def test_every_rule_of_habits_is_asked() -> None:
    assert {*EARLY, *LATE} <= set(RULES)
