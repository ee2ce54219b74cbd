"""The page of the notation shows what is so: its examples are evaluated."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from conform.domain.values import format_value
from tests.docs.console import ROOT
from tests.unit.languages.markdown.formal.texts import model, value

PAGE = (ROOT / "docs" / "reference" / "document-notation.md").read_text(encoding="utf-8")


def rows(last: str) -> Iterator[tuple[str, str]]:
    """Yield each example of the table whose last column is `last`, with what that cell says."""
    header = f"| Written | Also | {last} |\n|---|---|---|\n"
    table = PAGE[PAGE.index(header) + len(header) :].split("\n\n", 1)[0]
    for line in table.splitlines():
        *examples, shown = re.findall(r"`([^`]+)`", line.replace("\\|", "|")) + (
            ["nothing"] if line.endswith("| nothing |") else []
        )
        yield from ((example, shown) for example in examples)


FORMULAS, EFFECTS = list(rows("Value")), list(rows("Changes"))


def test_page_has_examples() -> None:
    assert len(FORMULAS) > 60
    assert len(EFFECTS) > 20


@pytest.mark.parametrize(("formula", "expected"), FORMULAS)
def test_formula_has_the_value_that_the_page_shows(formula: str, expected: str) -> None:
    assert value(formula) == expected


@pytest.mark.parametrize(("effect", "expected"), EFFECTS)
def test_effect_changes_what_the_page_shows(effect: str, expected: str) -> None:
    document = (
        "| Variable | Initial Value |\n|---|---|\n| `x` | `1` |\n| `y` | `2` |\n"
        "| `v` | `[i ∈ 1..2 ↦ 0]` |\n\n## Actions\n\n### Action 1: A\n\n"
        f"**Effect**\n\n- `{effect}`\n"
    )
    found = model(document)
    (initial,) = found.initial_states()
    (after,) = found.successors(found.instances[0], initial)
    names = [slot.variable for slot in found.slots]
    changed = [
        f"{name} = {format_value(new)}"
        for name, old, new in zip(names, initial, after.state, strict=True)
        if old != new
    ]
    assert "; ".join(changed) == ("" if expected == "nothing" else expected)
