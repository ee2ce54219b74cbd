"""With --paranoid every state's answers are asked for again, not those of a sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.commands.explore import run
from conform.commands.explore_options import ExploreCommandOptions
from conform.domain.exploration import Engine
from conform.errors import ConformError
from conform.explore.safety import SafetySearch

COUNTER = """---- MODULE Counter ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 90
Small == x < 90
====
"""


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """Write a module of 90 states."""
    path = tmp_path / "Counter.tla"
    path.write_text(COUNTER, encoding="utf-8")
    path.with_suffix(".cfg").write_text("INIT Init\nNEXT Next\nINVARIANT Small\n")
    return path


@pytest.mark.parametrize(("paranoid", "asked"), [(True, 90), (False, 1)])
def test_answers_are_asked_for_again(
    module: Path, paranoid: bool, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    check = SafetySearch._check_answers

    def noted(search: SafetySearch, word: int) -> None:
        seen.append(word)
        check(search, word)

    monkeypatch.setattr(SafetySearch, "_check_answers", noted)
    report = run(ExploreCommandOptions(module, paranoid=paranoid))
    assert (report.distinct_states, len(seen)) == (90, asked)


def test_tlc_has_no_such_answers(module: Path) -> None:
    with pytest.raises(ConformError, match="--paranoid"):
        run(ExploreCommandOptions(module, paranoid=True, engine=Engine.TLC))
