"""A protocol is not checked again while nothing has changed that its report rests on."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from msgspec.structs import replace

from conform.cache import fingerprint as fingerprints
from conform.cache.store import FOLDER
from conform.cli.frame import run
from conform.commands.check_options import CheckOptions
from conform.commands.kept_reports import KeptReports
from conform.config import load_project
from conform.domain.exploration import Engine
from tests.unit.cache.lamp import write_project

Check = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the project after a check, with the report kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", True)
        folder = write_project(tmp_path_factory.mktemp("checked"))
        patch.chdir(folder)
        assert run(["generate", "-q"]) == 0
        assert run(["check", "-q"]) == 1
        _forget_circuit()
    yield folder


@pytest.fixture
def project(checked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a copy of the checked project, which is the working directory."""
    folder = tmp_path / "project"
    shutil.copytree(checked, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield folder
    _forget_circuit()


def _forget_circuit() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "circuit"]:
        del sys.modules[name]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Give a run of `conform check`; it returns the report on the first protocol."""

    def checked(*words: str) -> dict[str, Any]:
        _forget_circuit()
        capsys.readouterr()
        run(["check", "--format", "json", *words])
        out, err = capsys.readouterr()
        assert not err
        report: dict[str, Any] = json.loads(out)["protocols"][0]
        return report

    return checked


def _without_times(report: dict[str, Any]) -> dict[str, Any]:
    stages = [{**stage, "duration_ms": 0} for stage in report["stages"]]
    return {**report, "stages": stages, "from_cache": None}


def test_an_unchanged_protocol_gets_the_report_of_the_earlier_run(
    project: Path, check: Check
) -> None:
    kept, anew = check(), check("--no-cache")
    assert kept["from_cache"]
    assert not anew["from_cache"]
    assert _without_times(kept) == _without_times(anew)


def test_nothing_is_checked_where_every_report_is_kept(
    project: Path, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conform.registry.PROTOCOL_CHECKER", "conform.nothing:of_this_name")
    assert check()["from_cache"]


APPENDED = (
    "specs/lamp.md",
    "specs/mapping.md",
    "specs/history.md",
    "README.md",
    "Makefile",
    "tlaplus/Lamp.tla",
    "tlaplus/LampState.tla",
    "tlaplus/Lamp.cfg",
    "fizzbee/Lamp.fizz",
    "generated/lamp/machine.py",
    "circuit/__init__.py",
    "circuit/lamp.py",
    "circuit/wiring.py",
    "circuit/beginning.txt",
)


@pytest.mark.parametrize("path", APPENDED)
def test_a_changed_file_is_noticed(project: Path, check: Check, path: str) -> None:
    with (project / path).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert not check()["from_cache"]


@pytest.mark.parametrize("path", APPENDED)
def test_a_file_written_again_with_the_same_bytes_is_no_change(
    project: Path, check: Check, path: str
) -> None:
    (project / path).write_bytes((project / path).read_bytes())
    assert check()["from_cache"]


@pytest.mark.parametrize(
    "path", ["fizzbee/fizz.yaml", "tlaplus/Sequences.tla", "circuit/extra.py", "generated/lamp/x"]
)
def test_a_new_file_is_noticed(project: Path, check: Check, path: str) -> None:
    (project / path).write_text("", encoding="utf-8")
    assert not check()["from_cache"]


@pytest.mark.parametrize("path", ["README.md", "generated/lamp/machine.py", "specs/history.md"])
def test_a_removed_file_is_noticed(project: Path, check: Check, path: str) -> None:
    (project / path).unlink()
    assert not check()["from_cache"]


def test_a_changed_entry_is_noticed(project: Path, check: Check) -> None:
    text = (project / "conform.yaml").read_text(encoding="utf-8")
    (project / "conform.yaml").write_text(text.replace("default:", "small:"), encoding="utf-8")
    assert not check()["from_cache"]


@pytest.mark.parametrize("words", [("--max-states", "100"), ("--model-config", "default")])
def test_other_options_are_another_question(
    project: Path, check: Check, words: tuple[str, ...]
) -> None:
    assert not check(*words)["from_cache"]
    assert check(*words)["from_cache"]
    assert check()["from_cache"]


@pytest.mark.parametrize(
    "words", [("--timeout", "100"), ("--workers", "1"), ("--max-memory", "9GB")]
)
def test_what_changes_no_verdict_is_the_same_question(
    project: Path, check: Check, words: tuple[str, ...]
) -> None:
    assert check(*words)["from_cache"]


def test_another_version_of_the_tool_checks_again(
    project: Path, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprints, "__version__", "another")
    assert not check()["from_cache"]
    assert check()["from_cache"]


def test_a_changed_file_of_the_tool_checks_again(
    project: Path, check: Check, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tool = tmp_path / "tool"
    tool.mkdir()
    (tool / "rule.py").write_text("one", encoding="utf-8")
    monkeypatch.setattr(fingerprints, "_TOOL", tool)
    check()
    assert check()["from_cache"]
    (tool / "rule.py").write_text("two", encoding="utf-8")
    assert not check()["from_cache"]


def test_another_version_of_a_package_checks_again(
    project: Path, check: Check, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "numpy-99.0.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    assert not check()["from_cache"]


@pytest.mark.parametrize("damage", ["cut", "changed", "emptied", "no JSON", "other shape"])
def test_a_damaged_file_is_as_good_as_none(project: Path, check: Check, damage: str) -> None:
    (path,) = (project / FOLDER).glob("*.json")
    data = path.read_bytes()
    path.write_bytes(_damaged(data, damage))
    assert not check()["from_cache"]
    assert check()["from_cache"]


def _damaged(data: bytes, damage: str) -> bytes:
    match damage:
        case "cut":
            return data[:-10]
        case "changed":
            return data.replace(b'"FAIL"', b'"PASS"')
        case "emptied":
            return b""
        case "no JSON":
            return _digested(b"{")
    return _digested(b'{"fingerprint": "", "sightings": [1], "report": {}}')


def _digested(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest().encode() + b"\n" + text


def test_what_is_not_whole_is_not_kept(project: Path, check: Check) -> None:
    assert check("--max-states", "1")["verdict"] != "PASS"
    assert not check("--max-states", "1")["from_cache"]


def test_a_file_changed_in_mid_check_leaves_nothing_kept(
    project: Path, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(project / FOLDER)
    keep = KeptReports.keep

    def edited(self: Any, entry: Any, report: Any) -> None:
        with (project / "tlaplus/Lamp.tla").open("a", encoding="utf-8") as file:
            file.write("\n")
        keep(self, entry, report)

    monkeypatch.setattr(KeptReports, "keep", edited)
    check()
    monkeypatch.undo()
    monkeypatch.chdir(project)
    assert not check()["from_cache"]


def test_no_cache_neither_reads_nor_writes(project: Path, check: Check) -> None:
    shutil.rmtree(project / ".conform")
    assert not check("--no-cache")["from_cache"]
    assert not (project / ".conform").exists()


def test_a_process_that_has_imported_code_of_the_project_keeps_nothing(
    project: Path, check: Check
) -> None:
    (project / "circuit/wiring.py").write_text("CONNECTED = 1 > 0\n", encoding="utf-8")
    check()
    shutil.rmtree(project / FOLDER)
    run(["check", "-q"])  # the circuit is not forgotten
    assert not (project / FOLDER).exists()


def test_a_program_inside_the_project_is_no_code_of_the_project(
    project: Path, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment may be in the project's folder; processes give the program a second name."""
    program = ModuleType("__main__")
    program.__file__ = str(project / ".venv" / "bin" / "conform")
    for name in ("__main__", "__mp_main__"):
        monkeypatch.setitem(sys.modules, name, program)
    shutil.rmtree(project / FOLDER)
    assert [check()["from_cache"] for _ in range(2)] == [False, True]


def test_other_engines_keep_nothing(project: Path) -> None:
    options = CheckOptions(cache=True)
    asked_of_tlc = replace(options, engine=Engine.TLC)
    assert KeptReports.of(load_project(), options).is_used
    assert not KeptReports.of(load_project(), asked_of_tlc).is_used


def test_a_folder_that_takes_no_files_keeps_nothing(project: Path, check: Check) -> None:
    shutil.rmtree(project / ".conform")
    (project / ".conform").write_text("a file in the way", encoding="utf-8")
    assert not check()["from_cache"]
    assert not check()["from_cache"]


def test_text_says_in_a_line_that_nothing_was_checked(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check"])
    out = capsys.readouterr().out
    assert out.splitlines()[:2] == [
        "lamp  FAIL",
        "nothing has changed since this was checked (--no-cache checks it again)",
    ]
    run(["check", "-q"])
    assert "nothing has changed" not in capsys.readouterr().out
