"""Nothing checked is never a PASS; assumptions alone are something."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.commands.explore import run
from conform.commands.explore_options import ExploreCommandOptions
from conform.domain.exploration import ExplorationReport, ExplorationStatus
from conform.domain.report import Verdict

COUNTER = """---- MODULE Counter ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
Small == x < 3
====
"""

ASSUMED = """---- MODULE Assumed ----
EXTENDS Naturals
ASSUME 1 + 1 = {sum}
====
"""


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ("CHECK_DEADLOCK FALSE", Verdict.INCOMPLETE),
        ("INVARIANT Small\nCHECK_DEADLOCK FALSE", Verdict.PASS),
        ("", Verdict.PASS),  # deadlock is looked for
    ],
)
def test_model_without_anything_to_check_is_no_pass(
    tmp_path: Path, lines: str, verdict: Verdict
) -> None:
    report = _explored(tmp_path / "Counter.tla", COUNTER, f"INIT Init\nNEXT Next\n{lines}\n")
    assert (report.status, report.verdict) == (ExplorationStatus.NO_ERROR, verdict)
    assert report.distinct_states == 3


@pytest.mark.parametrize(("total", "verdict"), [(2, Verdict.PASS), (3, Verdict.ERROR)])
def test_assumptions_alone_decide_where_there_are_no_variables(
    tmp_path: Path, total: int, verdict: Verdict
) -> None:
    report = _explored(tmp_path / "Assumed.tla", ASSUMED.format(sum=total), "")
    assert report.verdict is verdict


def _explored(module: Path, text: str, configuration: str) -> ExplorationReport:
    module.write_text(text, encoding="utf-8")
    module.with_suffix(".cfg").write_text(configuration, encoding="utf-8")
    return run(ExploreCommandOptions(module))
