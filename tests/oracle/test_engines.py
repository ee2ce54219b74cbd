"""`conform explore --engine tlc|both`: TLC's findings in the words of our model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conform.cli.frame import run
from conform.commands.allowance import Allowance
from conform.commands.explore import run as explore
from conform.commands.explore_options import ExploreCommandOptions
from conform.domain.exploration import Engine, ExplorationReport, ExplorationStatus
from conform.domain.report import Verdict
from tests.oracle.stand_in import FIXTURES, Tools


@pytest.fixture
def configuration(tmp_path: Path) -> Path:
    """Give the path of a configuration that the test is to write."""
    return tmp_path / "Flip.cfg"


def explored(configuration: Path, text: str, engine: Engine) -> ExplorationReport:
    configuration.write_text(text, encoding="utf-8")
    module = FIXTURES / "Flip.tla"
    return explore(ExploreCommandOptions(module, configuration, Allowance(60), engine=engine))


def test_trace_of_tlc_gets_its_parameters(tools: Tools, configuration: Path) -> None:
    tools.provide_tlc("invariant", 12)
    report = explored(configuration, "INIT Init\nNEXT Next\nINVARIANT Small\n", Engine.TLC)
    assert report.trace
    labels = [(step.action, step.parameters) for step in report.trace.steps]
    assert labels == [(None, None), ("Inc", (("k", 1),)), ("Inc", (("k", 2),))]
    (row,) = report.properties
    assert (row.name, row.verdict, row.trace) == ("Small", Verdict.FAIL, report.trace)


def test_violated_temporal_property_is_found_out(tools: Tools, configuration: Path) -> None:
    tools.provide_tlc("lasso", 13)
    report = explored(configuration, "SPECIFICATION Round\nPROPERTIES Later Far\n", Engine.TLC)
    verdicts = {row.name: row.verdict for row in report.properties}
    assert verdicts == {"Later": Verdict.INCOMPLETE, "Far": Verdict.FAIL}
    far = next(row for row in report.properties if row.name == "Far")
    assert far.trace
    assert far.trace.loop_to == 1
    assert far.closing_step
    assert far.closing_step.action == "Loop"
    assert report.message == "liveness Far is violated"


def test_state_that_is_half_assigned_is_shown(tools: Tools, configuration: Path) -> None:
    tools.provide_tlc("half-a-state", 75)
    report = explored(configuration, "INIT Init\nNEXT Half\n", Engine.TLC)
    assert report.status is ExplorationStatus.ERROR
    assert report.trace
    assert len(report.trace.steps) == 3
    assert report.trace.steps[1].parameters == (("k", 2),)


def test_both_agree(tools: Tools, configuration: Path) -> None:
    tools.provide_tlc("success", 0)
    text = "INIT Init\nNEXT Next\nINVARIANT Bounded\nCHECK_DEADLOCK FALSE\n"
    report = explored(configuration, text, Engine.BOTH)
    assert report.verdict is Verdict.PASS
    assert report.message == "no error found; TLC agrees"


def test_both_disagree(tools: Tools, configuration: Path) -> None:
    tools.provide_tlc("success", 0)
    report = explored(configuration, "INIT Init\nNEXT Next\n", Engine.BOTH)
    assert [finding.code for finding in report.findings] == ["CF311"]
    assert report.verdict is Verdict.FAIL
    assert report.message.startswith("the engines disagree; embedded: deadlock reached; TLC: no")


def test_tautology_leaves_the_violation_beside_it(tools: Tools, configuration: Path) -> None:
    tools.provide_tlc("tautology", 77)
    text = "SPECIFICATION Spec\nINVARIANT Small\nPROPERTY Nothing\n"
    for engine, verdicts in (
        (Engine.EMBEDDED, {"Small": Verdict.FAIL, "Nothing": Verdict.INCOMPLETE}),
        (Engine.TLC, {"Small": Verdict.INCOMPLETE, "Nothing": Verdict.INCOMPLETE}),
        (Engine.BOTH, {"Small": Verdict.FAIL, "Nothing": Verdict.INCOMPLETE}),
    ):
        report = explored(configuration, text, engine)
        assert {row.name: row.verdict for row in report.properties} == verdicts
        assert report.verdict is verdicts["Small"]
        assert not report.findings


def test_trace_that_is_none_of_the_model_is_a_disagreement(
    tools: Tools, configuration: Path
) -> None:
    tools.provide_tlc("invariant", 12)
    report = explored(configuration, "INIT Init\nNEXT Loop\nINVARIANT Small\n", Engine.TLC)
    assert [finding.code for finding in report.findings] == ["CF311"]


def test_module_that_only_tlc_can_read_is_checked_all_the_same(
    tools: Tools, tmp_path: Path, configuration: Path
) -> None:
    tools.provide_tlc("invariant", 12)
    text = (FIXTURES / "Flip.tla").read_text(encoding="utf-8")
    module = tmp_path / "Flip.tla"
    module.write_text(text.replace("Naturals,", "Naturals, ShiViz,"), encoding="utf-8")
    configuration.write_text("INIT Init\nNEXT Next\nINVARIANT Small\n", encoding="utf-8")
    report = explore(ExploreCommandOptions(module, configuration, engine=Engine.TLC))
    assert report.verdict is Verdict.FAIL
    assert "actions without parameters: module `ShiViz` is not evaluated yet" in report.message


@pytest.mark.parametrize(
    "words", ["--max-states 5", "--max-depth 5", "--cover-output x"], ids=str.split
)
def test_what_tlc_cannot_honour_is_refused(
    words: str, tools: Tools, capsys: pytest.CaptureFixture[str]
) -> None:
    module = str(FIXTURES / "Flip.tla")
    assert run(["explore", module, "--engine", "tlc", *words.split()]) == 2
    assert f"TLC cannot honour {words.split()[0]}" in capsys.readouterr().err


def test_workers_are_of_both_engines(
    configuration: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configuration.write_text("INIT Init\nNEXT Next\n", encoding="utf-8")
    words = ["explore", str(FIXTURES / "Flip.tla"), "-c", str(configuration)]
    alone = run(words), capsys.readouterr().out
    assert (run([*words, "--workers", "2"]), capsys.readouterr().out) == alone


def test_json_says_the_same_of_both_engines(
    tools: Tools, configuration: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tools.provide_tlc("invariant", 12)
    configuration.write_text("INIT Init\nNEXT Next\nINVARIANT Small\n", encoding="utf-8")
    said: list[dict[str, Any]] = []
    for engine in ("embedded", "tlc"):
        words = ["explore", str(FIXTURES / "Flip.tla"), "-c", str(configuration)]
        assert run([*words, "--engine", engine, "--format", "json"]) == 1
        said.append(json.loads(capsys.readouterr().out))
    for key in ("status", "verdict", "properties", "error_trace", "message", "depth"):
        assert said[0][key] == said[1][key], key
