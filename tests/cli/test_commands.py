"""Words become options, reports become output and an exit code."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from conform.cli.frame import run
from conform.cli.progress import describe, progress_line
from conform.commands import check, explore, generate, replay
from conform.commands.allowance import Allowance
from conform.commands.explore_options import ExploreCommandOptions
from conform.domain.exploration import Engine, ExplorationReport
from conform.domain.report import ProtocolReport, Report, Stage, Verdict
from conform.explore.progress import Progress
from tests.unit.report.samples import CLEAN, EMPTY, FAILING, PASSING, VACUOUS, VIOLATED

FREE = Allowance(breaks_off=True)
"""What a run of the command line may take where its words bound nothing."""

INCOMPLETE = Report(
    "check", (ProtocolReport("log", (Stage("a", Verdict.INCOMPLETE, "", 0),), (), (), ()),), 0
)
ERROR = Report(
    "check", (ProtocolReport("log", (Stage("a", Verdict.ERROR, "", 0),), (), (), ()),), 0
)


class Body:
    """Stands in for a command's `run`: remembers its options and gives a report."""

    def __init__(self, report: Report | ExplorationReport) -> None:
        self._report = report
        self.options: Any = None

    def __call__(self, options: Any, progress: object = None) -> Report | ExplorationReport:
        self.options = options
        return self._report


def body_of(
    monkeypatch: pytest.MonkeyPatch, module: object, report: Report | ExplorationReport
) -> Body:
    body = Body(report)
    monkeypatch.setattr(module, "run", body)
    return body


@pytest.mark.parametrize(
    ("report", "code"),
    [(PASSING, 0), (FAILING, 1), (ERROR, 2), (INCOMPLETE, 3), (EMPTY, 3)],
)
@pytest.mark.parametrize("form", ["text", "json", "junit"])
def test_verdict_is_the_exit_code_in_every_format(
    report: Report,
    code: int,
    form: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    body_of(monkeypatch, check, report)
    assert run(["check", "--format", form]) == code
    out, err = capsys.readouterr()
    assert out
    assert err == ""


@pytest.mark.parametrize(("report", "code"), [(CLEAN, 0), (VIOLATED, 1), (VACUOUS, 3)])
def test_exploration_has_the_exit_code_of_its_verdict(
    report: ExplorationReport, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    body_of(monkeypatch, explore, report)
    assert run(["explore", "M.tla", "-q"]) == code


def test_words_of_check_become_options(monkeypatch: pytest.MonkeyPatch) -> None:
    body = body_of(monkeypatch, check, PASSING)
    run(["check"])
    assert body.options == check.CheckOptions(allowance=FREE, cache=True)
    words = (
        "check a b --config x.yaml --model-config medium --timeout 1.5 --max-states 10 "
        "--max-memory 2GB --no-cache"
    )
    run(words.split())
    assert body.options == check.CheckOptions(
        Path("x.yaml"), ("a", "b"), "medium", Allowance(1.5, 2**31, breaks_off=True), 10
    )


def test_words_of_explore_become_options(monkeypatch: pytest.MonkeyPatch) -> None:
    body = body_of(monkeypatch, explore, CLEAN)
    run(["explore", "M.tla"])
    assert body.options == ExploreCommandOptions(Path("M.tla"), allowance=FREE)
    words = (
        "explore M.tla -c M.cfg --timeout 2 --max-memory 5m --max-states 3 --max-depth 4 "
        "--no-deadlock --no-liveness --continue --trace-format itf --trace-output t.json"
    )
    run(words.split())
    assert body.options == ExploreCommandOptions(
        Path("M.tla"),
        Path("M.cfg"),
        Allowance(2.0, 5 * 2**20, breaks_off=True),
        3,
        4,
        check_deadlock=False,
        check_liveness=False,
        stop_at_first=False,
        trace_format="itf",
        trace_output=Path("t.json"),
    )


@pytest.mark.parametrize("word", ["0", "-1", "5X", "1.5GB", "GB", ""])
def test_what_is_no_size_is_refused(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explore", "M.tla", "--max-memory", word]) == 2
    assert "is no size" in capsys.readouterr().err


def test_engine_is_the_embedded_one_unless_said(monkeypatch: pytest.MonkeyPatch) -> None:
    body = body_of(monkeypatch, explore, CLEAN)
    run(["explore", "M.tla"])
    assert body.options.engine is Engine.EMBEDDED
    run(["explore", "M.tla", "--engine", "both", "--workers", "2"])
    assert (body.options.engine, body.options.workers) == (Engine.BOTH, 2)


def test_workers_are_no_use_to_a_simulation_of_our_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explore", "M.tla", "--simulate", "--workers", "2"]) == 2
    assert "a simulation cannot honour --workers" in capsys.readouterr().err


def test_words_of_generate_become_options(monkeypatch: pytest.MonkeyPatch) -> None:
    body = body_of(monkeypatch, generate, PASSING)
    run(["generate", "log", "--check"])
    assert body.options == generate.GenerateOptions(None, ("log",), True)


def test_words_of_replay_become_options(monkeypatch: pytest.MonkeyPatch) -> None:
    body = body_of(monkeypatch, replay, PASSING)
    run(["replay", "a.json", "b.txt", "--implementation", "reference", "--protocol", "log"])
    traces = (Path("a.json"), Path("b.txt"))
    assert body.options == replay.ReplayOptions(traces, "reference", "log", None)


def test_report_goes_to_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    body_of(monkeypatch, check, FAILING)
    path = tmp_path / "report.json"
    assert run(["check", "--format", "json", "-o", str(path)]) == 1
    assert json.loads(path.read_text(encoding="utf-8"))["verdict"] == "FAIL"
    assert capsys.readouterr().out == ""


def test_dash_is_stdout(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    body_of(monkeypatch, check, PASSING)
    assert run(["check", "-o", "-"]) == 0
    assert capsys.readouterr().out.endswith("no findings\n")


def test_file_that_cannot_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    body_of(monkeypatch, check, PASSING)
    assert run(["check", "-o", str(tmp_path / "nowhere" / "r.txt")]) == 2
    assert "cannot be written: there is no folder" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--output", "--trace-output"])
def test_file_that_cannot_be_written_is_said_before_the_work(
    option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    body = body_of(monkeypatch, explore, VIOLATED)
    assert run(["explore", "M.tla", option, str(tmp_path)]) == 2
    assert "a folder, and no file" in capsys.readouterr().err
    monkeypatch.setattr("os.access", lambda *_: False)
    assert run(["explore", "M.tla", option, str(tmp_path / "r.json")]) == 2
    assert "permission denied" in capsys.readouterr().err
    assert body.options is None


def test_a_pipe_in_the_place_of_a_module_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "Pipe.tla")
    (tmp_path / "Pipe.cfg").write_text("", encoding="utf-8")
    assert run(["explore", str(tmp_path / "Pipe.tla")]) == 2
    assert "a pipe, and no file" in capsys.readouterr().err


def test_file_gets_no_colours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body_of(monkeypatch, check, FAILING)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    path = tmp_path / "report.txt"
    run(["check", "-o", str(path)])
    assert "\x1b" not in path.read_text(encoding="utf-8")


def test_init_and_its_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 2
    assert "no protocol found" in capsys.readouterr().err
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "lamp.md").touch()
    assert run(["init"]) == 0
    assert capsys.readouterr().out.startswith("wrote conform.yaml\n  lamp: specs/lamp.md")
    assert run(["init"]) == 2
    assert "already exists" in capsys.readouterr().err


def test_explain_lists_and_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "--list"]) == 0
    assert run(["explain", "nonsense"]) == 2
    assert "there is no finding code nonsense" in capsys.readouterr().err


def test_progress_is_not_shown_without_a_terminal() -> None:
    with progress_line(quiet=False) as progress:
        assert progress is None


def test_progress_is_one_line_that_goes_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    snapshot = Progress(1200, 300, 7, 40, 0.5, 2400.0)
    with progress_line(quiet=False) as progress:
        assert progress
        progress(snapshot)
    assert describe(snapshot) in capsys.readouterr().err
    expected = "1,200 states generated, 300 distinct, depth 7, 40 queued, 2,400/s"
    assert describe(snapshot) == expected
    with progress_line(quiet=True) as quiet:
        assert quiet is None


def test_module_in_a_file_of_another_name_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    module = tmp_path / "Other.tla"
    module.write_text("---- MODULE Counter ----\nASSUME TRUE\n====\n", encoding="utf-8")
    module.with_suffix(".cfg").write_text("", encoding="utf-8")
    assert run(["explore", str(module)]) == 2
    assert "Other.tla:1:13: error: the file of module `Other` holds" in capsys.readouterr().err
