"""Each common mistake is placed, told and advised on as its table says."""

from __future__ import annotations

import pytest

from conform.errors import ConformError
from tests.unit.languages.fizzbee.mistakes import MISTAKES, Mistake
from tests.unit.languages.fizzbee.sketches import module


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_is_explained(mistake: Mistake) -> None:
    with pytest.raises(ConformError) as caught:
        module(mistake.text + "\n")
    error = caught.value
    assert error.span is not None
    found = (f"{error.span.line}:{error.span.column}", error.message, error.hint, type(error))
    assert found == (mistake.place, mistake.message, mistake.hint, mistake.error)


def test_every_mistake_has_a_name_of_its_own() -> None:
    assert len({mistake.name for mistake in MISTAKES}) == len(MISTAKES)
