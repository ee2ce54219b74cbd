"""`conform check --engine tlc|both`: TLC's verdicts in the same report, all of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conform.cli.frame import run
from conform.commands.tlc_verdicts import without_properties
from conform.languages.tlaplus.configuration import parse_configuration
from conform.text import Source
from conform.tlc.installing import find_jar
from tests.oracle.stand_in import FIXTURES, Tools

Check = Callable[..., dict[str, Any]]

DOCUMENT = """# Flip

### Safety S1: Small

**Expected Verdict**: {expected}

### Safety S2: Bounded

**Expected Verdict**: PASS
"""

PROJECT = """protocols:
  flip:
    spec: flip.md
    tlaplus: {module: Flip.tla, configs: {only: Flip.cfg}}
"""


@pytest.fixture
def check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Check:
    """Give a run of `conform check` on a project of one module; it returns the report."""
    monkeypatch.chdir(tmp_path)
    text = (FIXTURES / "Flip.tla").read_text(encoding="utf-8")
    (tmp_path / "Flip.tla").write_text(text, encoding="utf-8")
    (tmp_path / "conform.yaml").write_text(PROJECT, encoding="utf-8")

    def checked(*words: str, configuration: str, expected: str = "PASS") -> dict[str, Any]:
        (tmp_path / "flip.md").write_text(DOCUMENT.format(expected=expected), encoding="utf-8")
        (tmp_path / "Flip.cfg").write_text(configuration, encoding="utf-8")
        run(["check", "--format", "json", *words])
        out, err = capsys.readouterr()
        assert not err
        report: dict[str, Any] = json.loads(out)["protocols"][0]
        return report

    return checked


CONFIGURATION = "INIT Init\nNEXT Next\nINVARIANTS Small\n  Bounded\n"


def codes(report: dict[str, Any]) -> list[str]:
    found = [finding["code"] for finding in report["findings"]]
    return [code for code in found if code.startswith("CF3")]


def verdicts(report: dict[str, Any]) -> dict[str, str]:
    return {row["name"]: row["verdict"] for row in report["properties"]}


def provide_three_runs(tools: Tools) -> None:
    """Let TLC find what the configuration and its words still let it find."""
    tools.provide_tlc("success", 0)
    shown = {name: FIXTURES / f"{name}.txt" for name in ("invariant", "deadlock", "success")}
    tools.provide(
        "java",
        'case "$1" in -version) exit 0;; esac\n'
        'for word; do test "$before" = -config && config=$word; before=$word; done\n'
        f'if grep -q Small "$config"; then cat {shown["invariant"]}; exit 12; fi\n'
        f'case " $* " in *" -deadlock "*) cat {shown["success"]}; exit 0;; esac\n'
        f"cat {shown['deadlock']}; exit 11",
    )


def test_tlc_runs_until_it_has_decided_all(tools: Tools, check: Check) -> None:
    provide_three_runs(tools)
    report = check("--engine", "tlc", configuration=CONFIGURATION)
    assert verdicts(report) == {"Small": "FAIL", "Bounded": "PASS"}
    assert codes(report) == ["CF304", "CF301"]
    small = next(row for row in report["properties"] if row["name"] == "Small")
    steps = small["trace"]["steps"]
    assert [step["parameters"] for step in steps] == [None, {"k": 1}, {"k": 2}]
    stage = next(one for one in report["stages"] if one["name"].startswith("verdicts"))
    assert stage["summary"] == "6 distinct states, 9 generated, depth 4, by TLC"


def test_violation_that_is_expected_is_none(tools: Tools, check: Check) -> None:
    provide_three_runs(tools)
    report = check("--engine", "tlc", configuration=CONFIGURATION, expected="FAIL")
    assert codes(report) == ["CF304"]


def test_engines_that_agree_say_what_one_says(tools: Tools, check: Check) -> None:
    provide_three_runs(tools)
    alone = check(configuration=CONFIGURATION)
    both = check("--engine", "both", configuration=CONFIGURATION)
    assert codes(both) == codes(alone) == ["CF304", "CF301"]
    assert verdicts(both) == verdicts(alone)


def test_engines_that_disagree_are_found(tools: Tools, check: Check) -> None:
    tools.provide_tlc("success", 0)
    report = check("--engine", "both", configuration=CONFIGURATION)
    disagreeing = [one for one in report["findings"] if one["code"] == "CF311"]
    said = [one["message"] for one in disagreeing]
    assert said == [
        "the engines disagree in status",
        "the engines disagree in invariant Small",
    ]
    assert report["verdict"] == "FAIL"


def test_what_tlc_cannot_evaluate_is_an_error(tools: Tools, check: Check) -> None:
    tools.provide_tlc("java-exception", 75)
    report = check("--engine", "tlc", configuration=CONFIGURATION)
    assert report["verdict"] == "ERROR"
    assert "CF306" in codes(report)


def test_tlc_that_did_not_finish_decides_nothing(tools: Tools, check: Check) -> None:
    tools.provide_tlc("success", 0)
    tools.provide("java", "sleep 60")
    for engine in ("tlc", "both"):
        report = check("--engine", engine, "--timeout", "1", configuration=CONFIGURATION)
        assert report["verdict"] in ("INCOMPLETE", "FAIL")
        assert {"CF303", "CF310"} & set(codes(report)), engine


def test_missing_engine_is_said_before_anything_is_done(
    tools: Tools, check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    tools.hide()
    assert run(["check", "--engine", "tlc"]) == 2
    assert "TLC is not installed" in capsys.readouterr().err
    tools.provide_tlc("success", 0)
    (Path(str(find_jar())).parent / "java").unlink()
    assert run(["check", "--engine", "tlc"]) == 2
    assert "there is no `java` on the PATH" in capsys.readouterr().err


def test_names_are_taken_out_of_a_configuration_where_they_stand() -> None:
    text = "INVARIANTS A B\n  C A \\* A\nPROPERTY P Q\nCONSTANT A = A\n"
    configuration = parse_configuration(Source("M.cfg", text))
    left = without_properties(text, configuration, {"A", "Q"})
    assert left == "INVARIANTS   B\n  C   \\* A\nPROPERTY P  \nCONSTANT A = A\n"


@pytest.mark.usefixtures("jar")
def test_tlc_itself_decides_all(check: Check) -> None:
    alone = check(configuration=CONFIGURATION)
    for engine in ("tlc", "both"):
        report = check("--engine", engine, configuration=CONFIGURATION)
        assert verdicts(report) == verdicts(alone) == {"Small": "FAIL", "Bounded": "PASS"}
        assert codes(report) == codes(alone)


@pytest.mark.usefixtures("jar")
def test_tlc_reads_a_configuration_from_another_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configuration = tmp_path / "elsewhere.cfg"
    configuration.write_text("INIT Init\nNEXT Next\nINVARIANT Small\n", encoding="utf-8")
    words = ["explore", str(FIXTURES / "Flip.tla"), "-c", str(configuration), "--engine", "tlc"]
    assert run(words) == 1
    assert "Inc(k |-> 2)" in capsys.readouterr().out


@pytest.mark.usefixtures("jar")
def test_tlc_simulates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configuration = tmp_path / "elsewhere.cfg"
    text = "INIT Init\nNEXT Next\nINVARIANT {}\nCHECK_DEADLOCK FALSE\n"
    simulate = ["--engine", "tlc", "--simulate", "--traces", "20", "--depth", "9", "--seed", "4"]
    for invariant, code in (("Bounded", 3), ("Small", 1)):
        configuration.write_text(text.format(invariant), encoding="utf-8")
        words = ["explore", str(FIXTURES / "Flip.tla"), "-c", str(configuration), *simulate]
        assert run([*words, "--format", "json"]) == code
        report = json.loads(capsys.readouterr().out)
        assert report["simulation"]["seed"] == 4
        assert "(seed 4)" in report["message"]
