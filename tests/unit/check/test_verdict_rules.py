"""The rules over what an exploration gave: each finds what was planted, and nothing else."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from conform.check.cf310_not_looked_at import not_looked_at
from conform.check.rules import READING_RULES, apply
from conform.domain.finding import Finding, Severity
from conform.domain.report import Verdict
from conform.languages.tlaplus.cf101_undeclared_assignment import undeclared_assignments
from conform.text import Span
from tests.unit.check.lamps import DOCUMENT, Lamp, shown


def only(lamp: Lamp, code: str) -> Finding:
    """Return the one finding of an exploration, and assert its code."""
    (finding,) = lamp.explored().findings
    assert finding.code == code
    return finding


def place(lamp: Lamp, finding: Finding) -> str:
    return shown(lamp.context(), finding)


def test_nothing_is_found_where_verdicts_are_as_expected() -> None:
    exploration = Lamp().explored()
    assert exploration.findings == ()
    assert apply(READING_RULES, Lamp().context()) == []
    assert exploration.verdict is Verdict.PASS
    assert exploration.summary == "7 distinct states, 9 generated, depth 5"


# ----------------------------------------------------------------------------------------- CF101


def assignments(lamp: Lamp) -> list[Finding]:
    artefact = lamp.artefact()
    return undeclared_assignments(artefact.specification, artefact.configuration)


@pytest.mark.parametrize(("name", "hint"), [("Maxx", "did you mean `Max`?"), ("w1", "remove")])
def test_assignment_to_an_undeclared_name_is_a_warning(name: str, hint: str) -> None:
    lamp = Lamp().edited("CONSTANT Max = 3\n", f"CONSTANTS\n  Max = 3\n  {name} = {name}\n")
    (finding,) = assignments(lamp)
    assert (finding.code, finding.severity) == ("CF101", Severity.WARNING)
    assert f"`{name}`" in finding.message
    assert hint in finding.hint
    assert place(lamp, finding) == f"tlaplus/Lamp.cfg:  {name} = {name}"


def test_assignment_to_a_variable_is_a_warning() -> None:
    lamp = Lamp().edited("CONSTANT Max = 3\n", "CONSTANTS\n  Max = 3\n  turns = 3\n")
    (finding,) = assignments(lamp)
    assert finding.message == "the configuration assigns to `turns`, which is a variable"


def test_assignment_to_a_definition_is_declared() -> None:
    assert assignments(Lamp()) == []
    lamp = Lamp().edited("CONSTANT Max = 3\n", "CONSTANTS\n  Max = 3\n  GoesOut <- TypeOK\n")
    assert assignments(lamp) == []


# ----------------------------------------------------------------------------------------- CF107


@pytest.mark.parametrize(
    ("lines", "lost", "below"),
    [("Max = 2\n  Max = 3", "Max = 2", 1), ("Max <- Three\n  Max = 3", "Max = 3", -1)],
)
def test_an_assignment_that_another_overrules_is_a_warning(
    lines: str, lost: str, below: int
) -> None:
    lamp = Lamp().edited("CONSTANT Max = 3\n", f"CONSTANTS\n  {lines}\n")
    lamp = lamp.edited("====", "Three == 3\n====") if "Three" in lines else lamp
    artefact = lamp.artefact()
    (finding,) = artefact.warnings()
    assert (finding.code, finding.severity) == ("CF107", Severity.WARNING)
    assert place(lamp, finding) == f"tlaplus/Lamp.cfg:  {lost}"
    assert finding.span is not None
    assert f"line {finding.span.line + below} counts" in finding.hint


def test_an_assignment_that_is_repeated_is_overruled_by_nothing() -> None:
    lamp = Lamp().edited("CONSTANT Max = 3\n", "CONSTANTS\n  Max = 3\n  Max = 3\n")
    assert lamp.artefact().warnings() == []


# ----------------------------------------------------------------------------------------- CF301


def test_violated_property_is_found_at_its_section() -> None:
    lamp = Lamp().edited("turns \\in 0..Max", "turns \\in 0..2")
    finding = only(lamp, "CF301")
    expected = "invariant `TypeOK`: expected PASS, but tlaplus/Lamp.tla gives FAIL"
    assert finding.message == expected
    assert place(lamp, finding) == "specs/lamp.md:### Invariant: TypeOK"
    assert finding.details[-1] == "the trace has 4 states and is shown with the property"


def test_property_that_holds_against_expectation_is_found() -> None:
    verdict = "**Expected Verdict**: PASS"
    head, _, tail = DOCUMENT.rpartition(verdict)
    lamp = replace(Lamp(), document=f"{head}**Expected Verdict**: FAIL{tail}")
    finding = only(lamp, "CF301")
    assert finding.message == "liveness `GoesOut`: expected FAIL, but tlaplus/Lamp.tla gives PASS"
    assert finding.hint == ""


def test_property_that_fails_as_expected_is_not_found() -> None:
    head, _, tail = DOCUMENT.rpartition("**Expected Verdict**: PASS")
    lamp = replace(Lamp(), document=f"{head}**Expected Verdict**: FAIL{tail}")
    assert lamp.edited(" /\\ WF_vars(SwitchOff)", "").explored().findings == ()


# ------------------------------------------------------------------------ CF302, CF304, CF308


def test_action_that_is_never_enabled_is_found() -> None:
    lamp = Lamp().edited("SwitchOff == isOn", "SwitchOff == turns > 9 /\\ isOn")
    lamp = lamp.edited("PROPERTY GoesOut\n", "")
    finding = only(lamp, "CF302")
    assert finding.message == (
        "action `SwitchOff` is enabled in no reachable state of tlaplus/Lamp.cfg"
    )
    assert place(lamp, finding).startswith("tlaplus/Lamp.tla:SwitchOff ==")


def test_action_with_one_enabled_instance_is_not_found() -> None:
    assert Lamp().edited("Max = 3", "Max = 1").explored().findings == ()


def test_deadlock_is_found_with_its_trace() -> None:
    lamp = Lamp().edited("CHECK_DEADLOCK FALSE\n", "")
    finding = only(lamp, "CF304")
    assert finding.message == "deadlock after 4 steps: no action is enabled"
    assert finding.details[0] == "State 1: <initial state>"
    assert len([line for line in finding.details if line.startswith("State ")]) == 5


def test_configuration_without_a_property_is_found() -> None:
    lamp = Lamp().edited("PROPERTY GoesOut\n", "").edited("INVARIANT TypeOK\n", "")
    finding = only(lamp, "CF308")
    assert finding.message == "tlaplus/Lamp.cfg lists no invariant and no property"


def test_model_without_an_initial_state_is_found() -> None:
    lamp = Lamp().edited("Init == isOn = FALSE", "Init == isOn = FALSE /\\ isOn")
    messages = {finding.message for finding in lamp.explored().findings if finding.code == "CF308"}
    assert messages == {"no state satisfies Init and the constraints"}


# ------------------------------------------------------------------------ CF303, CF305, CF310


def test_limit_leaves_properties_undecided() -> None:
    exploration = Lamp().explored(max_states=3)
    codes = [finding.code for finding in exploration.findings]
    assert codes == ["CF305", "CF303", "CF303"]
    assert {finding.severity for finding in exploration.findings} == {Severity.INCOMPLETE}
    assert exploration.verdict is Verdict.INCOMPLETE
    assert "the limit of 3 distinct states" in exploration.findings[1].message


def test_limit_that_is_not_reached_changes_nothing() -> None:
    assert Lamp().explored(max_states=1000).findings == ()


def test_action_that_was_not_come_to_is_not_called_never_enabled() -> None:
    codes = {finding.code for finding in Lamp().explored(max_states=1).findings}
    assert "CF302" not in codes


def test_artefact_that_is_not_looked_at_is_incomplete() -> None:
    span = Span("conform.yaml", 3, 5, 3, 9)
    finding = not_looked_at("FizzBee module x.fizz", span, "excerpt", "wait")
    assert (finding.code, finding.severity) == ("CF310", Severity.INCOMPLETE)
    assert finding.message == "FizzBee module x.fizz was not looked at"
    assert (finding.span, finding.excerpt, finding.hint) == (span, "excerpt", "wait")


# ------------------------------------------------------------------------ CF306, CF307, CF309


def test_action_without_a_value_is_found_with_its_trace() -> None:
    lamp = Lamp().edited("SwitchOff == isOn", "SwitchOff == (turns # 3 \\/ isOn[1]) /\\ isOn")
    exploration = lamp.explored()
    found = [finding for finding in exploration.findings if finding.code == "CF306"]
    assert len(found) == 1
    assert place(lamp, found[0]).startswith("tlaplus/Lamp.tla:SwitchOff ==")
    assert found[0].details
    assert exploration.verdict is Verdict.ERROR


def test_each_property_without_a_value_is_found_once() -> None:
    lamp = Lamp().edited("isOn \\in BOOLEAN", "isOn[1] \\in BOOLEAN")
    lamp = lamp.edited("GoesOut == isOn ~>", "GoesOut == turns[2] ~>")
    exploration = lamp.explored()
    assert [finding.code for finding in exploration.findings] == ["CF306", "CF306"]
    assert exploration.verdict is Verdict.ERROR


def test_false_assumption_is_found_at_its_place() -> None:
    lamp = Lamp().edited("Max = 3", "Max = 0")
    exploration = lamp.explored()
    finding = next(found for found in exploration.findings if found.code == "CF307")
    assert "CF308" not in {found.code for found in exploration.findings}
    expected = "assumption Bounded is false with the constants of tlaplus/Lamp.cfg"
    assert finding.message == expected
    assert place(lamp, finding) == "tlaplus/Lamp.tla:ASSUME Bounded == Max \\in 1..9"
    assert exploration.verdict is Verdict.ERROR


@pytest.mark.parametrize("said", ["", "**Expected Verdict**: —\n\n"])
def test_property_without_an_expected_verdict_is_a_warning(said: str) -> None:
    head, _, tail = DOCUMENT.rpartition("**Expected Verdict**: PASS\n\n")
    lamp = replace(Lamp(), document=f"{head}{said}{tail}")
    (finding,) = apply(READING_RULES, lamp.context())
    assert finding.code == "CF309"
    assert finding.severity is Severity.WARNING
    assert finding.message == "the document does not say which verdict it expects of `GoesOut`"
    assert place(lamp, finding) == "specs/lamp.md:### Liveness L1: GoesOut"


def test_document_without_any_expected_verdict_is_one_warning() -> None:
    document = DOCUMENT.replace("**Expected Verdict**: PASS\n", "")
    lamp = replace(Lamp(), document=document)
    (finding,) = apply(READING_RULES, lamp.context())
    assert finding.code == "CF309"
    assert finding.details == ("these are `TypeOK`, `GoesOut`",)
    assert place(lamp, finding) == "specs/lamp.md:### Invariant: TypeOK"


def test_expected_verdict_that_is_none_is_a_warning() -> None:
    head, _, tail = DOCUMENT.rpartition("**Expected Verdict**: PASS")
    lamp = replace(Lamp(), document=f"{head}**Expected Verdict**: TBD{tail}")
    (finding,) = apply(READING_RULES, lamp.context())
    assert finding.code == "CF309"
    assert finding.message.endswith("`GoesOut`: 'TBD' is neither PASS nor FAIL")
