"""Every way a run can end: its exit code, what is said on stderr, and never a traceback."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from conform import __version__
from conform.cli import group
from conform.cli.frame import run
from conform.cli.group import COMMANDS, Entry
from conform.errors import EvaluationError, InputError, UnsupportedError, UsageError
from conform.text import Span

Plant = Callable[[BaseException], None]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Plant:
    """Give a way to make `conform planted` raise."""

    def planted(error: BaseException) -> None:
        @click.command("planted")
        def command() -> int:
            raise error

        vars(sys.modules[__name__])["planted"] = command
        monkeypatch.setitem(group.COMMANDS, "planted", Entry(f"{__name__}:planted", ""))

    return planted


ENDS: list[tuple[BaseException, int, str]] = [
    (InputError("no such file", hint="check it"), 2, "conform: error: no such file\nhint: check"),
    (UsageError("contradiction"), 2, "conform: error: contradiction"),
    (EvaluationError("1 + TRUE has no value"), 2, "has no value"),
    (UnsupportedError("PlusCal"), 3, "conform: error: PlusCal"),
    (click.UsageError("no"), 2, "Error: no"),
    (click.ClickException("no"), 2, "Error: no"),
    (KeyboardInterrupt(), 3, "conform: interrupted"),
    (click.Abort(), 3, "conform: interrupted"),
    (MemoryError(), 3, "--max-states"),
    (ValueError("a\nb"), 70, "a defect of ours, not of your input: ValueError: a b"),
    (NotImplementedError(), 70, "NotImplementedError\nhint: run it again with -v"),
    (RecursionError("deep"), 70, "RecursionError: deep"),
    (SystemExit(0), 70, "SystemExit"),
    (OSError(errno.EIO, "no disk"), 70, "no disk"),
    (OSError(errno.ENOSPC, "disk full"), 3, "cannot be written: disk full\nhint: make room"),
    (
        OSError(errno.ENOSPC, "disk full", "a.json"),
        3,
        "error: a.json: cannot be written: disk full",
    ),
    (BrokenPipeError(), 3, ""),
]


@pytest.mark.parametrize(("error", "code", "said"), ENDS, ids=lambda each: type(each).__name__)
def test_error_ends_with_its_code_and_no_traceback(
    error: BaseException,
    code: int,
    said: str,
    plant: Plant,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("conform.cli.frame._drop_output", lambda: None)
    plant(error)
    assert run(["planted"]) == code
    out, err = capfd.readouterr()
    assert said in err
    assert out == ""
    assert "Traceback" not in err


def test_located_error_begins_with_its_place(
    plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    excerpt = "3 | x\n  | ^"
    plant(InputError("unknown key", span=Span("a.yaml", 3, 1, 3, 1), excerpt=excerpt))
    run(["planted"])
    assert capsys.readouterr().err == f"a.yaml:3:1: error: unknown key\n{excerpt}\n"


def test_message_cannot_drive_the_terminal(
    plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(InputError("unknown name \x1b[2J"))
    run(["planted"])
    assert capsys.readouterr().err == "conform: error: unknown name \\x1b[2J\n"


def test_traceback_of_a_defect_comes_with_v(
    plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(ValueError("broken"))
    assert run(["-v", "planted"]) == 70
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert err.rstrip().endswith("ValueError: broken")


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "Usage: conform" in capsys.readouterr().err


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_lists_every_command_and_every_code(
    flag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([flag]) == 0
    out = capsys.readouterr().out
    for name in COMMANDS:
        assert f"  {name} " in out
    for code in (0, 1, 2, 3, 70):
        assert f"\n    {code} " in out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"conform, version {__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    out = capsys.readouterr().out
    assert f"Usage: conform {name}" in out
    assert "Examples:" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chekc"], "Did you mean 'check'?"),
        (["zzz"], "No such command 'zzz'."),
        (["--nonsense"], "No such option"),
        (["check", "--nonsense"], "No such option"),
        (["check", "--format", "sarif"], "'sarif' is not one of 'text', 'json', 'junit'"),
        (["check", "-q", "-v"], "-q and -v exclude each other"),
        (["check", "--max-states", "0"], "--max-states"),
        (["check", "--timeout", "0"], "--timeout"),
        (["explore"], "Missing argument 'MODULE'"),
        (["explore", "M.tla", "M.cfg"], "(M.cfg). A configuration is named behind -c: -c M.cfg"),
        (["explore", "M.tla", "N.tla"], "unexpected extra argument (N.tla)"),
        (
            ["explore", f"{ROOT}/tlaplus/TaskClaiming.cfg"],
            "the module, and the configuration behind -c",
        ),
        (["explore", "."], ".: a folder, and no file\nhint: name a file in it"),
        (
            ["check", "--config", "medium"],
            "conform.yaml; a model's configuration has --model-config",
        ),
        (["explore", "M.tla", "--engine", "spin"], "'spin' is not one of"),
        (["replay", "t.json"], "Missing option '--implementation'"),
        (["replay", "--implementation", "x"], "Missing argument 'TRACE...'"),
        (["explain"], "Give either a CODE or --list"),
        (["explain", "CF101", "--list"], "Give either a CODE or --list"),
    ],
)
def test_wrong_words_are_usage_errors(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""


def conform(*words: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "toolkit"), "PYTHONUTF8": "0"}
    return subprocess.run(
        [sys.executable, "-P", "-m", "conform", *words],
        env={**environment, "PYTHONIOENCODING": "latin-1"},
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )


def test_reader_that_goes_away_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = conform("explain", "--list", stdout=write)
    finally:
        os.close(write)
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_report_that_does_not_fit_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        done = conform("explain", "--list", stdout=full.fileno())
    assert done.returncode == 3
    assert done.stderr.startswith(b"conform: error: cannot be written: No space left on device")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("closed", [1, 2])
def test_closed_stream_is_no_error(closed: int) -> None:
    done = in_shell(f"explain --list {closed}>&-")
    assert done.returncode == 0
    assert done.stderr == b""


def test_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    done = in_shell("check", f"cd {tmp_path}/gone && rmdir {tmp_path}/gone && ")
    assert done.returncode == 2
    assert done.stderr.startswith(b"conform: error: the current folder is no longer there")


def in_shell(words: str, before: str = "") -> subprocess.CompletedProcess[bytes]:
    """Run the tool in a shell, after other commands."""
    return subprocess.run(
        ["/bin/sh", "-c", f"{before}exec {sys.executable} -P -m conform {words}"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "toolkit")},
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_characters_that_the_terminal_lacks_are_escaped() -> None:
    done = conform("explain", "\u65e5\u672c")
    assert done.returncode == 2
    assert b"\\u65e5\\u672c" in done.stderr
    assert b"Traceback" not in done.stderr


def imported(call: str, condition: str) -> str:
    """Return the names of the modules with a condition on `n` that a process has after a call."""
    code = (
        f"import sys; from conform.cli.frame import run; run({call});"
        f"print([n for n in sys.modules if {condition}])"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT / "toolkit")},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.splitlines()[-1]


def test_help_imports_no_command() -> None:
    heavy = "n in ('rich', 'yaml', 'lark', 'jinja2', 'hypothesis')"
    assert imported("['--help']", f"{heavy} or n.startswith('conform.commands')") == "[]"


def test_small_model_needs_no_numpy(tmp_path: Path) -> None:
    module = tmp_path / "Small.tla"
    text = "---- MODULE Small ----\nVARIABLE x\nInit == x = 0\nNext == x' = x\n====\n"
    module.write_text(text, encoding="utf-8")
    module.with_suffix(".cfg").write_text("INIT Init\nNEXT Next\n", encoding="utf-8")
    assert imported(f"['explore', {str(module)!r}]", "n == 'numpy'") == "[]"


@pytest.mark.parametrize(("source", "needed"), [("notes.txt", "False"), ("lib.rs", "True")])
def test_parsers_of_sources_are_imported_for_sources(
    tmp_path: Path, source: str, needed: str
) -> None:
    (tmp_path / "SPEC.md").write_text("# Parcels\n\nThe door is shut.\n", encoding="utf-8")
    project = tmp_path / "conform.yaml"
    project.write_text("protocols: {parcels: {spec: SPEC.md}}\n", encoding="utf-8")
    (tmp_path / source).write_text("enum Door { Open, Shut }\n", encoding="utf-8")
    found = imported(
        f"['check', '--no-cache', '--config', {str(project)!r}]", "n.startswith('tree_sitter')"
    )
    assert str(found != "[]") == needed


def test_shell_completion_offers_commands() -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "toolkit"),
        "_CONFORM_COMPLETE": "bash_complete",
        "COMP_WORDS": "conform ex",
        "COMP_CWORD": "1",
    }
    done = subprocess.run(
        [sys.executable, "-P", "-m", "conform"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.splitlines() == ["plain,explore", "plain,explain"]
