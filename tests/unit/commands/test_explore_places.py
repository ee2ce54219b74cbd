"""What has no value, and what is false of the constants, is said with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.commands.explore import run
from conform.commands.explore_options import ExploreCommandOptions, SimulationWords
from conform.domain.exploration import ExplorationReport
from conform.domain.report import Verdict
from conform.errors import InputError

MODULE = """---- MODULE Broken ----
EXTENDS Naturals, Sequences
ASSUME Sane == {assumed}
VARIABLE x
Init == x = {initial}
Next == x' = {following}
Inv == {invariant}
====
"""

SOUND = {"assumed": "TRUE", "initial": "0", "following": "x", "invariant": "x = 0"}


def explored(folder: Path, simulation: SimulationWords | None, **parts: str) -> ExplorationReport:
    module = folder / "Broken.tla"
    module.write_text(MODULE.format(**{**SOUND, **parts}), encoding="utf-8")
    text = "INIT Init\nNEXT Next\nINVARIANT Inv\n"
    module.with_suffix(".cfg").write_text(text, encoding="utf-8")
    return run(ExploreCommandOptions(module, simulation=simulation))


@pytest.mark.parametrize("simulation", [None, SimulationWords(behaviours=3, seed=1)])
@pytest.mark.parametrize(
    ("part", "text", "code", "line"),
    [
        ("assumed", "1 = 2", "CF307", 3),
        ("assumed", "Head(<<>>) = 1", "CF306", 3),
        ("initial", "Head(<<>>)", "CF306", 5),
        ("following", "Head(<<>>)", "CF306", 6),
        ("invariant", "Head(<<>>) = 0", "CF306", 7),
    ],
)
def test_trouble_is_located(
    tmp_path: Path,
    simulation: SimulationWords | None,
    part: str,
    text: str,
    code: str,
    line: int,
) -> None:
    report = explored(tmp_path, simulation, **{part: text})
    assert report.verdict is Verdict.ERROR
    (finding,) = report.findings
    assert finding.code == code
    assert finding.span
    assert finding.span.line == line
    assert "^" in finding.excerpt


def test_sound_module_has_no_finding(tmp_path: Path) -> None:
    assert explored(tmp_path, None).findings == ()


def test_module_with_a_name_too_long_for_a_file_is_one_that_is_missing(tmp_path: Path) -> None:
    module = tmp_path / "Broken.tla"
    module.write_text(f"---- MODULE Broken ----\nEXTENDS {'N' * 400}\n====\n", encoding="utf-8")
    module.with_suffix(".cfg").write_text("", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        run(ExploreCommandOptions(module))
    assert caught.value.span
    assert caught.value.span.line == 2
