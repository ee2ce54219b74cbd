"""`--profile` counts what was evaluated, tells what it read, and changes no verdict."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from conform.commands.explore import run
from conform.commands.explore_options import ExploreCommandOptions
from conform.domain.exploration import Engine, ExplorationReport, ProfileRow
from conform.errors import ConformError
from conform.explore import turns
from conform.registry import exploration_writer
from conform.report.options import Detail, WriteOptions

COUNTERS = """---- MODULE Counters ----
EXTENDS Naturals
VARIABLES x, f
Init == x = 0 /\\ f = [i \\in {1, 2, 3} |-> 0]
Count == x' = (x + 1) % 40 /\\ UNCHANGED f
Turn(i) == f' = [f EXCEPT ![i] = (@ + 1) % 7] /\\ UNCHANGED x
Never == x > 40 /\\ x' = 0 /\\ UNCHANGED f
Next == Count \\/ Never \\/ \\E i \\in {1, 2, 3} : Turn(i)
Spec == Init /\\ [][Next]_<<x, f>>
Small == x < 40
Turned == \\A i \\in {1, 2} : f[i] < 7
Slow == [][x' <= x + 1]_x
====
"""


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """Write a module of 13,720 states."""
    path = tmp_path / "Counters.tla"
    path.write_text(COUNTERS, encoding="utf-8")
    words = "SPECIFICATION Spec\nINVARIANTS Small Turned\nPROPERTY Slow\n"
    path.with_suffix(".cfg").write_text(words)
    return path


def rows_of(report: ExplorationReport) -> dict[str, ProfileRow]:
    assert report.profile is not None
    return {row.label: row for row in report.profile.rows}


def test_each_formula_is_counted_once_for_what_it_depends_on(module: Path) -> None:
    report = run(ExploreCommandOptions(module, profile=True))
    plain = run(ExploreCommandOptions(module))
    assert replace(report, seconds=0.0, profile=None) == replace(plain, seconds=0.0)
    rows = rows_of(report)
    assert rows["Turn(3)"].reads == ("f[3]",)
    assert rows["Turned"].reads == ("f[1]", "f[2]")
    assert rows["Slow"].reads == ("x",)
    assert (rows["Count"].asked, rows["Small"].asked) == (13_720, 13_720)
    assert rows["Turn(3)"].asked == 13_720
    assert 40 <= rows["Count"].evaluations < 200
    assert rows["Never"].evaluations >= 40, "asked, though never taken"
    assert all(row.seconds > 0 for row in rows.values())
    assert report.profile is not None
    assert "in columns" in report.profile.remarks[0]


def test_without_columns_variables_are_told(module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "is_possible", lambda _model, _identity: False)
    report = run(ExploreCommandOptions(module, profile=True, max_states=500))
    rows = rows_of(report)
    assert rows["Turn(3)"].reads == ("f",)
    assert rows["Turn(3)"].evaluations > rows["Count"].evaluations
    assert report.profile is not None
    assert report.profile.remarks == ("All states were expanded one by one.",)


def test_reports_show_it(module: Path) -> None:
    report = run(ExploreCommandOptions(module, profile=True))
    text = exploration_writer("text")(report, WriteOptions(Detail.NORMAL, None))
    head = next(line for line in text.splitlines() if "remembered" in line)
    assert head.split() == ["formula", "kind", "evaluated", "remembered", "ms", "reads"]
    data = json.loads(exploration_writer("json")(report, WriteOptions(Detail.NORMAL, None)))
    (told,) = (row for row in data["profile"]["rows"] if row["formula"] == "Turn(3)")
    assert (told["kind"], told["reads"]) == ("action", ["f[3]"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"engine": Engine.TLC}, "--profile"),
        ({"paranoid": True}, "a profile of a run that checks every answer"),
    ],
)
def test_what_a_profile_cannot_be_of(
    module: Path, options: dict[str, object], message: str
) -> None:
    with pytest.raises(ConformError, match=message):
        run(ExploreCommandOptions(module, profile=True, **options))  # type: ignore[arg-type]
