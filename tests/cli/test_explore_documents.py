"""`conform explore` on spec documents: verdicts, a column of constants, what stops it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conform.cli.frame import run
from tests.unit.languages.markdown.formal.texts import TUTORIAL

PARAMETERS = """
## Parameters

| Parameter | Small | Large |
|---|---|---|
| `Hours` | 1 | 2 |
"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "lamp.md"
    path.write_text(TUTORIAL.replace("minutes := 3", "minutes := Hours") + PARAMETERS, "utf-8")
    return Path("lamp.md")


def explored(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run(["explore", *words])
    caught = capsys.readouterr()
    return code, caught.out, caught.err


def test_document_is_explored_with_its_first_column(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = explored(capsys, str(page), "--format", "json")
    report = json.loads(out)
    assert (code, report["status"], report["distinct_states"]) == (0, "NO_ERROR", 3)
    assert report["properties"] == {"NeverDarkWithTime": "PASS", "GoesOut": "PASS"}


def test_column_is_named_as_a_configuration(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = explored(capsys, str(page), "-c", "large", "--format", "json")
    assert (code, json.loads(out)["distinct_states"]) == (0, 4)
    code, _, err = explored(capsys, str(page), "-c", "larg")
    assert code == 2
    assert "lamp.md:51:4" in err and "did you mean large?" in err


def test_violation_is_shown_with_its_trace(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page.write_text(
        page.read_text("utf-8").replace("lamp = ON ∧ minutes = 0", "lamp = ON"), "utf-8"
    )
    code, out, _ = explored(capsys, str(page), "--format", "json")
    report = json.loads(out)
    assert (code, report["status"]) == (1, "VIOLATION_FOUND")
    assert [step["action"] for step in report["error_trace"]][1:] == ["Press", "GoOut"]


def test_document_with_prose_is_incomplete(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = page.read_text("utf-8").replace("**Guard**: `lamp = OFF`", "**Guard**: it is dark")
    page.write_text(text, "utf-8")
    code, _, err = explored(capsys, str(page))
    assert code == 3
    assert "action Press: 1 line is prose" in err


def test_property_in_prose_makes_the_run_incomplete(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = page.read_text("utf-8").replace("**Formal**: `lamp = ON ~> lamp = OFF`", "It goes out.")
    page.write_text(text, "utf-8")
    code, out, _ = explored(capsys, str(page), "--format", "json")
    assert (code, json.loads(out)["properties"]["GoesOut"]) == (3, "INCOMPLETE")
