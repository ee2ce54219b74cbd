"""A repository whose authors label transitions, and say guards and effects in tables and sentences.

Its files are in tests/fixtures/harbour; its document is executed. Each test plants one discrepancy.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conform.commands.check import run
from conform.commands.check_options import CheckOptions
from conform.domain.report import ProtocolReport, Verdict

FIXTURE = Path(__file__).parents[2] / "fixtures" / "harbour"
DOCUMENT = "harbour.md"
README = "README.md"
MODULE = "tlaplus/Harbour.tla"
FIZZ = "fizzbee/Harbour.fizz"


def checked(folder: Path, *changes: tuple[str, str, str]) -> ProtocolReport:
    """Return the report on a changed copy of the repository."""
    root = folder / "harbour"
    shutil.copytree(FIXTURE, root)
    for name, old, new in changes:
        text = (root / name).read_text(encoding="utf-8")
        assert old in text, (name, old)
        (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    (report,) = run(CheckOptions(root / "conform.yaml", workers=1)).protocols
    return report


def test_consistent_repository_passes_and_its_document_runs(tmp_path: Path) -> None:
    report = checked(tmp_path)
    assert (report.verdict, report.findings) == (Verdict.PASS, ())
    assert "verdicts, document (small)" in {stage.name for stage in report.stages}


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        pytest.param(DOCUMENT, "`visits := next`; ", "", "CF322", id="effect behind a let"),
        pytest.param(
            DOCUMENT, "| What, failure | `ship[s] := AWAY` |",
            "| What, failure | `ship[s] := MOORED` |", "CF322", id="outcome in a row",
        ),
        pytest.param(
            DOCUMENT, "and `visits < MaxVisits` |\n| What | `ship", "|\n| What | `ship", "CF321",
            id="guard in a row",
        ),
        pytest.param(
            DOCUMENT, "`ship[s] = MOORED` and `harbour = SHUT`", "`ship[s] = MOORED`", "CF321",
            id="guard in a sentence",
        ),
        pytest.param(DOCUMENT, "requires crane = LIFTING\n", "", "CF321", id="line that requires"),
        pytest.param(
            DOCUMENT, "         visits  := 0\n", "", "CF322", id="line that is aligned below then"
        ),
        pytest.param(
            DOCUMENT, "Sets `crane` to `LIFTING`", "Sets `crane` to `AWAY`", "CF322",
            id="numbered sentence",
        ),
        pytest.param(
            DOCUMENT, "every `r` from `FirstRope` to", "every `r` from `LastRope` to", "CF322",
            id="range in words",
        ),
        pytest.param(DOCUMENT, "\\{MOORED, AWAY\\}", "\\{MOORED\\}", "CF301", id="LaTeX"),
        pytest.param(DOCUMENT, "`crane ≠ AWAY`", "`crane ≠ LIFTING`", "CF301", id="formal column"),
        pytest.param(DOCUMENT, "1 … 2 |", "1 … 3 |", "CF211", id="two values of a row"),
        pytest.param(README, "| 1 / 2 |", "| 1 / 3 |", "CF211", id="two values with a slash"),
        pytest.param(README, "| Harbour | `Ships` | 2 |", "| Harbour | `Ships` | 3 |", "CF211",
                     id="number of elements"),
        pytest.param(DOCUMENT, "is `OPEN` at first", "is `SHUT` at first", "CF320",
                     id="first value of a variable in prose"),
        pytest.param(DOCUMENT, "It starts at 0.", "It starts at 1.", "CF320", id="starts at"),
        pytest.param(
            DOCUMENT, "| 4.1 | T3, T3b | `Leave(s)`, `Wreck(s)` | `Leave`, `Wreck` |\n", "",
            "CF201", id="row of labels",
        ),
        pytest.param(DOCUMENT, "| ShipsMoorOrLeave | Liveness | holds | n/a |",
                     "| ShipsMoorOrLeave | Liveness | holds | holds |", "CF222", id="n/a"),
        pytest.param(DOCUMENT, "| ShipsMoorOrLeave | Liveness | holds | n/a |",
                     "| ShipsMoorOrLeave | Liveness | holds | \u2705 |", "CF222", id="check mark"),
        pytest.param(DOCUMENT, "IDLE --Lift--> LIFTING", "IDLE --Lift--> AWAY", "CF245",
                     id="drawing of one of two variables"),
        pytest.param(DOCUMENT, "Fail` | weak", "Fail` | strong", "CF226", id="label and name"),
        pytest.param(DOCUMENT, "T4 to T8 | none", "T4 to T8 | weak", "CF226", id="range of labels"),
        pytest.param(DOCUMENT, "4.1 | T3, T3b", "4.1 | T3, T3d", "CF208", id="no such label"),
        pytest.param(MODULE, "    /\\ crane = \"LIFTING\"\n", "", "CF321", id="guard of TLA+"),
        pytest.param(FIZZ, "atomic action Reopen", "atomic action OpenAgain", "CF202",
                     id="name under same names"),
    ],
)  # fmt: skip
def test_planted_discrepancy_is_found(
    tmp_path: Path, name: str, old: str, new: str, code: str
) -> None:
    report = checked(tmp_path, (name, old, new))
    assert code in {found.code for found in report.findings}
