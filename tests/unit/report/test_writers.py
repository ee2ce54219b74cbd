"""Every writer over every sample: recorded outputs, and what must hold whatever the report."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from conform.domain.report import Verdict
from conform.registry import (
    EXPLORATION_WRITERS,
    REPORT_WRITERS,
    exploration_writer,
    report_writer,
)
from conform.report.options import Detail, WriteOptions
from tests.conftest import Golden
from tests.unit.report.samples import EXPLORATIONS, REPORTS

ENDINGS = {"text": "txt", "json": "json", "junit": "xml"}
DETAILS = list(Detail)


def schema(name: str) -> dict[str, Any]:
    text = (files("conform.report") / "schema" / name).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.mark.parametrize("form", REPORT_WRITERS)
@pytest.mark.parametrize("name", REPORTS)
def test_report_is_written_as_recorded(name: str, form: str, golden: Golden) -> None:
    text = report_writer(form)(REPORTS[name], WriteOptions())
    golden(f"report/{name}.{ENDINGS[form]}", text)


@pytest.mark.parametrize("form", EXPLORATION_WRITERS)
@pytest.mark.parametrize("name", EXPLORATIONS)
def test_exploration_is_written_as_recorded(name: str, form: str, golden: Golden) -> None:
    text = exploration_writer(form)(EXPLORATIONS[name], WriteOptions())
    golden(f"report/explore-{name}.{ENDINGS[form]}", text)


@pytest.mark.parametrize("detail", [Detail.QUIET, Detail.VERBOSE])
def test_text_has_as_much_as_asked_for(detail: Detail, golden: Golden) -> None:
    name = detail.name.lower()
    options = WriteOptions(detail)
    golden(f"report/failing-{name}.txt", report_writer("text")(REPORTS["failing"], options))
    violated = exploration_writer("text")(EXPLORATIONS["violated"], options)
    golden(f"report/explore-violated-{name}.txt", violated)


@pytest.mark.parametrize("name", REPORTS)
def test_last_line_of_text_is_the_verdict(name: str) -> None:
    for detail in DETAILS:
        text = report_writer("text")(REPORTS[name], WriteOptions(detail))
        assert text.endswith("\n")
        assert text.splitlines()[-1].startswith(REPORTS[name].verdict)


@pytest.mark.parametrize("name", REPORTS)
def test_seconds_are_shown_only_when_asked_for(name: str) -> None:
    text = report_writer("text")(REPORTS[name], WriteOptions())
    assert not re.search(r"\d s\b", text)


@pytest.mark.parametrize("width", [None, 60])
def test_text_lets_no_control_character_through(width: int | None) -> None:
    text = report_writer("text")(REPORTS["hostile"], WriteOptions(width=width))
    without_style = re.sub(r"\x1b\[[0-9;]*m", "", text) if width else text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", without_style)
    assert "\\x1b[31m" in text


def test_terminal_gets_colours_and_fitted_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    text = report_writer("text")(REPORTS["failing"], WriteOptions(width=60))
    assert "\x1b[" in text
    assert "State 2: <StartAppend(w |-> w1)> with count |-> 2" in text


def test_terminal_without_colours_shows_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    text = report_writer("text")(REPORTS["failing"], WriteOptions(width=200))
    words = re.sub(r"\x1b\[[0-9;]*m", "", text).split()
    assert words == report_writer("text")(REPORTS["failing"], WriteOptions()).split()


@pytest.mark.parametrize("name", REPORTS)
def test_json_report_is_valid_under_its_schema(name: str) -> None:
    data = json.loads(report_writer("json")(REPORTS[name], WriteOptions()))
    jsonschema.validate(data, schema("report.schema.json"))


@pytest.mark.parametrize("name", EXPLORATIONS)
def test_json_exploration_is_valid_under_its_schema(name: str) -> None:
    data = json.loads(exploration_writer("json")(EXPLORATIONS[name], WriteOptions()))
    jsonschema.validate(data, schema("exploration.schema.json"))


@pytest.mark.parametrize("name", ["report.schema.json", "exploration.schema.json"])
def test_schema_is_one_and_closed(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"verdict": "PASS"}, schema(name))


@pytest.mark.parametrize("form", ["json", "junit"])
def test_machines_get_everything_whatever_the_detail(form: str) -> None:
    texts = {report_writer(form)(REPORTS["failing"], WriteOptions(detail)) for detail in DETAILS}
    assert len(texts) == 1


@pytest.mark.parametrize("name", REPORTS)
def test_junit_counts_agree_with_its_cases(name: str) -> None:
    root = ET.fromstring(report_writer("junit")(REPORTS[name], WriteOptions()))
    suites = root.findall("testsuite")
    assert suites
    for suite in suites:
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("errors", "")) == len(suite.findall("testcase/error"))


@pytest.mark.parametrize("name", REPORTS)
def test_junit_passes_only_what_passes(name: str) -> None:
    root = ET.fromstring(report_writer("junit")(REPORTS[name], WriteOptions()))
    problems = [*root.iter("failure"), *root.iter("error")]
    assert bool(problems) == (REPORTS[name].verdict is not Verdict.PASS)


def test_junit_says_of_what_was_not_looked_at_that_it_is_incomplete() -> None:
    root = ET.fromstring(report_writer("junit")(REPORTS["failing"], WriteOptions()))
    types = {
        case.get("name"): problem.get("type")
        for case in root.iter("testcase")
        for problem in case.iter("error")
    }
    assert types["Order (fizzbee)"] == "incomplete"
    assert types["helper Covers"] == "incomplete"


def test_junit_failure_carries_message_and_place() -> None:
    root = ET.fromstring(report_writer("junit")(REPORTS["failing"], WriteOptions()))
    failure = next(each for each in root.iter("failure") if each.get("type") == "CF203")
    assert (failure.get("message") or "").startswith("specs/log.md:12:5: error CF203 action")
    assert "module:   writerState[w] = DONE" in (failure.text or "")
