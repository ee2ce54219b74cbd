"""Input that cannot be read is located (exit code 2); what was not looked at is said (3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.systems.scratch import CFG, DENSE, MODULE, REFERENCE, SPEC, Scratch

Plant = Callable[[Scratch], None]


def _not_utf8(project: Scratch) -> None:
    path = project.folder / SPEC
    path.write_bytes(path.read_bytes() + b"caf\xe9\n")


def _no_module(project: Scratch) -> None:
    (project.folder / MODULE).unlink()


def _no_adapter(project: Scratch) -> None:
    (project.folder / REFERENCE / "adapter.py").unlink()


UNREADABLE: dict[str, tuple[Plant, str, str, tuple[str, ...]]] = {
    "syntax error": (
        lambda project: project.replace(MODULE, "Init ==", "Init = "),
        MODULE,
        "Init = ",
        ("expected:",),
    ),
    "constant without a value": (
        lambda project: project.replace(CFG, "    MaxBatch           = 1\n", ""),
        MODULE,
        "    MaxBatch ",
        ("`MaxBatch` has no value", CFG),
    ),
    "missing module": (
        _no_module,
        "conform.yaml",
        f"module: {MODULE}",
        (f"{MODULE}: no such file",),
    ),
    "missing module of the implementation": (
        _no_adapter,
        f"{REFERENCE}/__init__.py",
        "import Adapter, create",
        ("No module named 'reference.leaderless_log.adapter'",),
    ),
}


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE)
def test_input_that_cannot_be_read_is_located(
    project: Scratch, case: tuple[Plant, str, str, tuple[str, ...]]
) -> None:
    plant, path, text, words = case
    project.configure(DENSE)
    plant(project)
    outcome = project.check()
    assert (outcome.code, outcome.err) == (2, "")
    assert outcome.report["verdict"] == "ERROR"
    finding = outcome.found("CF103")
    assert (finding["path"], finding["line"]) == (path, project.line_of(path, text))
    assert "^" in finding["excerpt"]
    for word in words:
        assert word in "\n".join([finding["message"], *finding["details"], finding["hint"]])


def test_project_file_that_cannot_be_read_is_located(project: Scratch) -> None:
    project.replace("conform.yaml", "tlaplus:", "tlapuls:")
    outcome = project.run("check")
    assert (outcome.code, outcome.out) == (2, "")
    line = project.line_of("conform.yaml", "tlapuls:")
    assert outcome.err.startswith(f"conform.yaml:{line}:5: error: unknown key tlapuls\n")
    assert "^^^^^^^" in outcome.err
    assert "did you mean tlaplus?" in outcome.err


def test_what_can_be_read_is_checked_beside_what_cannot(project: Scratch) -> None:
    project.configure(DENSE)
    _no_adapter(project)
    outcome = project.check()
    stages = {stage["name"]: stage["verdict"] for stage in outcome.report["protocols"][0]["stages"]}
    assert {name: verdict for name, verdict in stages.items() if verdict != "PASS"} == {
        "reading": "ERROR",
        "mapping": "FAIL",
        "replay, reference": "ERROR",
    }
    assert stages["verdicts, TLA+ (small)"] == "PASS"


def test_spec_that_is_not_utf8_is_located(project: Scratch) -> None:
    last = len(project.read(SPEC).splitlines())
    _not_utf8(project)
    outcome = project.command("check")
    assert (outcome.code, outcome.err) == (2, "")
    assert f"{SPEC}:{last + 1}:4: error CF103 not UTF-8: byte 0xE9" in outcome.out


@pytest.mark.parametrize("words", [("check",), ("check", "--config", "no.yaml")])
def test_missing_project_file_is_named(project: Scratch, words: tuple[str, ...]) -> None:
    (project.folder / "conform.yaml").unlink()
    outcome = project.run(*words)
    assert (outcome.code, outcome.out) == (2, "")
    assert "no such file" in outcome.err


def test_undeclared_assignment_is_only_warned_of(project: Scratch) -> None:
    project.configure(DENSE)
    project.replace(CFG, "CONSTANTS\n", "CONSTANTS\n    w1 = w1\n")
    outcome = project.check()
    assert (outcome.code, outcome.errors()) == (0, [])
    finding = outcome.found("CF101")
    assert finding["severity"] == "warning"
    assert "`w1`" in finding["message"]
    assert (finding["path"], finding["line"]) == (CFG, project.line_of(CFG, "w1 = w1"))


def test_formula_without_a_value_ends_the_check(project: Scratch) -> None:
    project.configure(DENSE)
    project.replace(MODULE, "sequenceCounter >= 1", "logIndex[0].msgCount >= 0", 1)
    outcome = project.check()
    assert outcome.code == 2
    assert outcome.report["verdict"] == "ERROR"
    finding = outcome.found("CF306")
    line = project.line_of(MODULE, "logIndex[0]")
    assert (finding["path"], finding["line"]) == (MODULE, line)


# --------------------------------------------------------------------------------------- INCOMPLETE


def test_limit_makes_the_check_incomplete(project: Scratch) -> None:
    outcome = project.check("--max-states", "1000")
    assert outcome.code == 3
    report = outcome.report
    assert report["verdict"] == "INCOMPLETE"
    assert outcome.found("CF305")["severity"] == "incomplete"
    stages = {stage["name"]: stage["verdict"] for stage in report["protocols"][0]["stages"]}
    assert stages["replay, reference"] == "INCOMPLETE"
    verdicts = {row["verdict"] for row in report["protocols"][0]["properties"]}
    assert verdicts == {"INCOMPLETE"}


def test_end_of_the_time_makes_the_check_incomplete(project: Scratch) -> None:
    """The medium configuration has 40 million states: no machine gets through it in time."""
    outcome = project.check("--timeout", "7", "--model-config", "medium")
    assert outcome.code == 3
    assert "time was up" in outcome.found("CF305")["message"]
    rows = outcome.report["protocols"][0]["properties"]
    assert {row["reason"] for row in rows} == {"the time limit of 7.0 seconds was reached"}


def test_end_of_the_time_while_reading_is_reported_too(project: Scratch) -> None:
    outcome = project.check("--timeout", "0.001")
    assert outcome.code == 3
    assert outcome.found("CF305")["message"].endswith("was reached while reading leaderless-log")
    assert outcome.report["protocols"][0]["properties"] == []


def test_limit_makes_an_exploration_incomplete(project: Scratch) -> None:
    outcome = project.explore("--max-states", "1000")
    assert outcome.code == 3
    assert outcome.report["status"] == "INCOMPLETE"
    assert outcome.report["distinct_states"] <= 1000


def test_missing_fizzbee_module_is_located_beside_the_rest(project: Scratch) -> None:
    project.configure(DENSE)
    entry = "    fizzbee: {module: fizzbee/LeaderlessLog.fizz}\n"
    project.replace("conform.yaml", "    tlaplus:\n", f"{entry}    tlaplus:\n")
    outcome = project.check()
    assert outcome.code == 2
    assert outcome.report["verdict"] == "ERROR"
    finding = outcome.found("CF103")
    assert finding["path"] == "conform.yaml"
    assert finding["line"] == project.line_of("conform.yaml", "fizzbee:")
    cells = outcome.report["protocols"][0]["scorecard"][0]["cells"]
    assert cells["FizzBee"] == "not checked"
