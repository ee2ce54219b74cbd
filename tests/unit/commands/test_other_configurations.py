"""What only a configuration beside the one in use checks is checked under that one."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from conform.commands.check import run
from conform.commands.check_options import CheckOptions
from conform.commands.stages import other_configurations
from conform.domain.report import ProtocolReport, Verdict
from tests.unit.check.lamps import CONFIGURATION, DOCUMENT, MODULE

SAFETY = CONFIGURATION.replace("PROPERTY GoesOut\n", "")
LIVENESS = CONFIGURATION.replace("INVARIANT TypeOK\n", "").replace("Max = 3", "Max = 2")
LARGE = SAFETY.replace("Max = 3", "Max = 7")
UNFAIR = MODULE.replace(" /\\ WF_vars(SwitchOff)", "")
STATED = "The liveness configuration (`Lamp-liveness.cfg`) has {} distinct states.\n"


def checked(
    root: Path,
    *,
    module: str = MODULE,
    liveness: str = LIVENESS,
    stated: str = STATED.format(5),
    options: CheckOptions | None = None,
) -> ProtocolReport:
    files = {
        "lamp.md": DOCUMENT.replace("## Mapping\n", f"{stated}\n## Mapping\n"),
        "Lamp.tla": module,
        "Lamp.cfg": SAFETY,
        "Lamp-large.cfg": LARGE,
        "Lamp-liveness.cfg": liveness,
        "conform.yaml": "protocols:\n  lamp:\n    spec: lamp.md\n    tlaplus:\n"
        "      module: Lamp.tla\n      configs: {small: Lamp.cfg, large: Lamp-large.cfg,"
        " liveness: Lamp-liveness.cfg}\n",
    }
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    given = options or CheckOptions()
    (report,) = run(replace(given, project_file=root / "conform.yaml", workers=1)).protocols
    return report


def about_liveness(report: ProtocolReport) -> list[str]:
    return [each.code for each in report.findings if "iveness" in each.message]


def test_property_is_checked_under_the_configuration_that_lists_it(tmp_path: Path) -> None:
    report = checked(tmp_path)
    stages = {stage.name: stage for stage in report.stages}
    assert stages["verdicts, TLA+ (liveness)"].verdict is Verdict.PASS
    assert "verdicts, TLA+ (large)" not in stages, "it checks nothing that the small one does not"
    (row,) = [each for each in report.properties if each.name == "GoesOut"]
    assert (row.verdict, row.artefact) == (Verdict.PASS, "TLA+ (liveness)")
    (score,) = [each for each in report.scorecard if each.name == "GoesOut"]
    assert dict(score.cells)["TLA+"] == "PASS"
    assert not {"CF205", "CF215"} & {each.code for each in report.findings}
    assert not about_liveness(report)


def test_verdict_and_counts_of_that_configuration_are_held_against_the_document(
    tmp_path: Path,
) -> None:
    report = checked(tmp_path, module=UNFAIR, stated=STATED.format(77))
    (verdict,) = [each for each in report.findings if each.code == "CF301"]
    assert "GoesOut" in verdict.message
    (count,) = [each for each in report.findings if each.code == "CF350"]
    assert "Lamp-liveness.cfg" in count.message
    stages = {stage.name: stage for stage in report.stages}
    assert stages["verdicts, TLA+ (liveness)"].verdict is Verdict.FAIL


def test_action_that_such_a_configuration_never_enables_is_no_finding(tmp_path: Path) -> None:
    idle = MODULE.replace("SwitchOff ==", "SwitchOff == Max > 0 /\\")
    still = LIVENESS.replace("Max = 2", "Max = 0")
    report = checked(tmp_path, module=idle.replace("\\in 1..9", "\\in 0..9"), liveness=still)
    stages = {stage.name: stage for stage in report.stages}
    assert "1 distinct states" in stages["verdicts, TLA+ (liveness)"].summary
    assert "CF302" not in {each.code for each in report.findings}


def test_configuration_that_cannot_be_read_is_a_finding_beside_the_rest(tmp_path: Path) -> None:
    report = checked(tmp_path, liveness=LIVENESS.replace("CONSTANT Max = 2\n", ""))
    stages = {stage.name: stage for stage in report.stages}
    assert stages["verdicts, TLA+ (liveness)"].verdict is Verdict.ERROR
    assert stages["verdicts, TLA+ (small)"].verdict is Verdict.PASS
    assert "CF103" in {each.code for each in report.findings}


def test_configuration_too_large_to_explore_is_incomplete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(other_configurations, "bound_of_others", lambda _asked, _counts: 2)
    report = checked(tmp_path)
    stages = {stage.name: stage for stage in report.stages}
    assert stages["verdicts, TLA+ (liveness)"].verdict is Verdict.INCOMPLETE
    assert report.verdict is not Verdict.PASS


def test_configuration_that_is_asked_for_is_looked_at_alone(tmp_path: Path) -> None:
    report = checked(tmp_path, options=CheckOptions(model_config="large"))
    (stage,) = [each for each in report.stages if each.name == "verdicts, TLA+ (liveness)"]
    assert stage.verdict is Verdict.INCOMPLETE, "what nobody looked at does not pass"
    (told,) = [each for each in report.findings if each.code == "CF310"]
    assert "`liveness`" in told.message
    assert not [each for each in report.properties if each.name == "GoesOut"]
    (score,) = [each for each in report.scorecard if each.name == "GoesOut"]
    assert dict(score.cells)["TLA+"] == "not checked"
