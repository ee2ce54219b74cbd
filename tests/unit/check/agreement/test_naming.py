"""Constructs of two readings correspond by what the document's mapping tables say of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.check.agreement.agreeing import AgreementOutcome, agree
from conform.check.agreement.reading import Reading
from conform.check.columns import Role
from conform.check.context import Context, FormalArtefact
from conform.domain.report import Verdict
from conform.languages.markdown.reading import read_document
from conform.text import Source
from tests.unit.check.agreement.pairs import module_reading, only

MODULE = """\
---- MODULE M ----
EXTENDS Integers
CONSTANT People
VARIABLES place, count, log
vars == <<place, count, log>>
Init == place = [p \\in People |-> "HOME"] /\\ count = 0 /\\ log = [i \\in 0..1 |-> 0]
GoWell(p) == place[p] = "HOME" /\\ place' = [place EXCEPT ![p] = "AWAY"]
  /\\ UNCHANGED <<count, log>>
GoLost(p) == place[p] = "HOME" /\\ place' = [place EXCEPT ![p] = "LOST"]
  /\\ UNCHANGED <<count, log>>
Tick == count < 2 /\\ count' = count + 1 /\\ log' = [log EXCEPT ![0] = count'] /\\ UNCHANGED place
Next == (\\E p \\in People : GoWell(p) \\/ GoLost(p)) \\/ Tick
Spec == Init /\\ [][Next]_vars /\\ WF_vars(Tick)
Few == count <= 2
Ends == <>(count = 2)
====
"""

OTHER = """\
---- MODULE M ----
EXTENDS Integers, Sequences
CONSTANT People
VARIABLES where, ticks, log
vars == <<where, ticks, log>>
Init == where = [p \\in People |-> "HOME"] /\\ ticks = 0 /\\ log = <<0, 0>>
Go(p) == where[p] = "HOME"
  /\\ (where' = [where EXCEPT ![p] = "AWAY"] \\/ where' = [where EXCEPT ![p] = "LOST"])
  /\\ UNCHANGED <<ticks, log>>
Tock == ticks < 2 /\\ ticks' = ticks + 1 /\\ log' = [log EXCEPT ![1] = ticks'] /\\ UNCHANGED where
Next == (\\E p \\in People : Go(p)) \\/ Tock
Spec == Init /\\ [][Next]_vars /\\ WF_vars(Tock)
NotMany == ticks <= 2
Finishes == <>(ticks = 2)
====
"""

CONFIGURATION = """\
SPECIFICATION Spec
CONSTANT People = {a, b}
INVARIANT Few
PROPERTY Ends
"""

OTHER_CONFIGURATION = """\
SPECIFICATION Spec
CONSTANT People = {"a", "b"}
INVARIANT NotMany
PROPERTY Finishes
"""

DOCUMENT = """\
# Walk

## State Variables

| Variable | Type | Initial Value | Description |
|---|---|---|---|
| `place` | | `HOME` | where |
| `count` | | `0` | ticks |
| `log` | | `0` | what was noted |

## Actions

### Action 1: Go(p)

#### Outcome 1a: GoWell(p)

**Guard**

- `place[p] = HOME`

**Effect**

- `place[p] := AWAY`

#### Outcome 1b: GoLost(p)

**Guard**

- `place[p] = HOME`

**Effect**

- `place[p] := LOST`

### Action 2: Tick

**Guard**

- `count < 2`

**Effect**

- `count := count + 1`
- `log[0] := count + 1`

## Properties

### Invariant: Few

**Statement**: Few.

### Liveness L1: Ends

**Statement**: It ends.

## Mapping

| Spec Section | TLA+ Construct | FizzBee Construct |
|---|---|---|
| State: `place` | `VARIABLE place` | `where` |
| State: `count` | `VARIABLE count` | `ticks` |
| State: `log` | `VARIABLE log` | `log` (list) |

| Spec Section | TLA+ Construct | FizzBee Construct |
|---|---|---|
| Action 1: `Go` | `GoWell(p)` / `GoLost(p)` | `action Go` |
| Action 2: `Tick` | `Tick` | `action Tock` |
| Invariant: `Few` | `Few` | `always assertion NotMany` |
| Liveness L1 | `Ends` | `always eventually assertion Finishes` |
"""


def outcome_of(
    document: str = DOCUMENT,
    module: str = MODULE,
    other: str = OTHER,
    other_configuration: str = OTHER_CONFIGURATION,
    configuration: str = CONFIGURATION,
) -> tuple[AgreementOutcome, Reading, Reading]:
    """Return what comparing the two modules by the document's tables gives."""
    left = module_reading("TLA+", module, configuration)
    right = module_reading("FizzBee", other, other_configuration, role=Role.FIZZBEE)
    formal = {}
    for reading in (left, right):
        assert reading.spec is not None
        assert reading.role is not None
        formal[reading.role] = FormalArtefact(reading.spec, {}, "", "", {})
    source = Source("walk.md", document)
    context = Context(read_document(source), formal, (), Path("/nowhere"), {source.path: source})
    return agree([left, right], context), left, right


def replaced(text: str, old: str, new: str) -> str:
    """Return `text` with `old`, which must be there, replaced."""
    assert old in text, old
    return text.replace(old, new)


def test_tables_pair_variables_actions_and_properties() -> None:
    outcome, left, _right = outcome_of()
    assert (outcome.findings, outcome.verdict) == ((), Verdict.PASS)
    assert outcome.properties == 2
    assert left.graph is not None
    assert outcome.rows[0].states == left.graph.state_count == 27


def test_action_that_does_what_two_do_is_compared_with_both() -> None:
    fewer = replaced(OTHER, ' \\/ where\' = [where EXCEPT ![p] = "LOST"]', "")
    outcome, _left, _right = outcome_of(other=fewer)
    (finding,) = [each for each in outcome.findings if each.code in ("CF321", "CF322")]
    assert "GoLost" in finding.message


BESIDE = """\
### Action 1: GoWell(p)

**Guard**

- `place[p] = HOME`

**Effect**

- `place[p] := AWAY`

#### Action 1b: GoLost(p)
"""


def beside(cell: str) -> str:
    """Return the document with GoLost beside GoWell; `cell` names what FizzBee has for both."""
    start, end = DOCUMENT.index("### Action 1: Go(p)"), DOCUMENT.index("#### Outcome 1b")
    text = DOCUMENT[:start] + BESIDE + DOCUMENT[end:].partition("\n")[2]
    return replaced(text, "`Go` | `GoWell(p)` / `GoLost(p)` | `action Go` |", cell)


def test_action_alone_in_its_cell_stands_for_those_beside_the_one_of_its_name() -> None:
    same = OTHER.replace("Go(p)", "GoWell(p)")
    document = beside("`GoWell` | `GoWell(p)` / `GoLost(p)` | `action GoWell` |")
    outcome, _left, _right = outcome_of(document=document, other=same)
    assert outcome.findings == ()


def test_row_that_names_no_variant_leaves_it_without_counterpart_of_its_own() -> None:
    same = OTHER.replace("Go(p)", "GoWell(p)")
    document = beside("`GoWell` | `GoWell(p)` | `action GoWell` |")
    outcome, _left, _right = outcome_of(document=document, other=same)
    assert {(each.code, each.severity) for each in outcome.findings} == {("CF325", "warning")}
    assert "where `GoWell` takes its steps, and no row says so" in outcome.findings[0].message


def test_property_under_another_name_is_the_same() -> None:
    outcome, _left, _right = outcome_of(other=replaced(OTHER, "ticks <= 2", "ticks <= 1"))
    finding = only(outcome)
    assert finding.message == "property `Few`: PASS in TLA+, FAIL in FizzBee"


def test_fairness_is_named_by_the_documents_action() -> None:
    outcome, _left, _right = outcome_of(other=replaced(OTHER, " /\\ WF_vars(Tock)", ""))
    finding = only(outcome)
    assert finding.message == "property `Ends`: PASS in TLA+, FAIL in FizzBee"
    fairness = [line for line in finding.details if "weak" in line or "none" in line]
    assert fairness == ["fairness of Tick  TLA+     weak", "                  FizzBee  none"]


def test_property_of_another_kind_is_found() -> None:
    other = replaced(OTHER, "Finishes == <>(ticks = 2)", "Finishes == [](ticks <= 2)")
    outcome, _left, _right = outcome_of(other=other)
    finding = only(outcome)
    assert finding.code == "CF328"
    assert finding.details[0].startswith("TLA+     liveness, at TLA+/M.tla:")
    assert finding.details[1].startswith("FizzBee  invariant, at FizzBee/M.tla:")
    assert finding.span is not None
    assert finding.span.path == "FizzBee/M.tla"


@pytest.mark.parametrize(
    ("alias", "codes"), [("CountBounded", []), ("CountLimited", ["CF328", "CF260"])]
)
def test_name_in_the_notes_of_results_is_that_of_the_model(alias: str, codes: list[str]) -> None:
    kind = replaced(MODULE, "Few == count <= 2", "Few == [][count' >= count]_vars")
    module = replaced(kind, "Ends ==", "CountBounded == count <= 2\nEnds ==")
    checked = replaced(CONFIGURATION, "Few\nPROPERTY Ends", "CountBounded\nPROPERTY Ends Few")
    results = (
        "\n## Expected Results\n\n| Property | Type | TLA+ | FizzBee | Notes |\n"
        "|---|---|---|---|---|\n"
        f"| `Few` | Safety | PASS | PASS | `{alias}` in TLA+ |\n"
    )
    outcome, _left, _right = outcome_of(DOCUMENT + results, module, configuration=checked)
    assert [each.code for each in outcome.findings] == codes


def test_list_that_no_row_calls_one_is_not_matched() -> None:
    outcome, _left, _right = outcome_of(replaced(DOCUMENT, "`log` (list)", "`log`"))
    finding = only(outcome)
    assert finding.code == "CF326"
    assert "functions on 0..n-1 where the other has sequences" in finding.message


def test_element_of_a_list_that_differs_is_found() -> None:
    other = replaced(OTHER, "![1] = ticks'", "![2] = ticks'")
    finding = only(outcome_of(other=other)[0])
    assert finding.code == "CF322"
    assert "to `log` in TLA+ and FizzBee" in finding.message


def test_variable_with_a_dash_is_left_out_and_that_is_said() -> None:
    other = OTHER
    for old, new in (
        ("VARIABLES where, ticks, log", "VARIABLES where, ticks"),
        ("<<where, ticks, log>>", "<<where, ticks>>"),
        (" /\\ log = <<0, 0>>", ""),
        ("<<ticks, log>>", "ticks"),
        (" /\\ log' = [log EXCEPT ![1] = ticks']", ""),
    ):
        other = replaced(other, old, new)
    dash = replaced(DOCUMENT, "`log` (list)", "— (nothing is noted)")
    outcome, _left, _right = outcome_of(dash, other=other)
    assert (outcome.findings, outcome.verdict) == ((), Verdict.PASS)
    said = "without `log`, which FizzBee lacks by decision: nothing is noted"
    assert said in outcome.rows[0].summary
    undecided, _left, _right = outcome_of(other=other)
    assert [finding.code for finding in undecided.findings] == ["CF324"]
    assert undecided.verdict is Verdict.INCOMPLETE


def test_name_that_no_row_gives_has_no_counterpart() -> None:
    document = replaced(DOCUMENT, "| Action 2: `Tick` | `Tick` | `action Tock` |\n", "")
    outcome, _left, _right = outcome_of(document)
    assert [(f.code, f.severity) for f in outcome.findings] == [("CF325", "warning")] * 2
    assert {f.message.split("`")[1] for f in outcome.findings} == {"Tick", "Tock"}
