"""Models of documents: a page of the size of a tutorial's runs, and changed it runs differently."""

from __future__ import annotations

import pytest

from conform.domain.values import ModelValue, SetValue, format_value
from conform.errors import InputError, UnsupportedError
from conform.languages.markdown.formal.bindings import parameter_bindings
from conform.languages.markdown.formal.building_model import build_model
from conform.languages.markdown.formal.cf340_not_executed import not_executed
from tests.unit.languages.markdown.formal.texts import (
    TUTORIAL,
    counts,
    explored,
    findings,
    model,
    read,
    verdicts,
)


def changed(*pairs: tuple[str, str]) -> str:
    text = TUTORIAL
    for old, new in pairs:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def test_page_of_a_tutorial_runs() -> None:
    assert findings(TUTORIAL) == []
    assert counts(TUTORIAL) == (5, 6, 5)
    assert verdicts(TUTORIAL) == {"NeverDarkWithTime": "PASS", "GoesOut": "PASS"}


@pytest.mark.parametrize(
    ("change", "distinct", "failing"),
    [
        (("`lamp = ON`, `minutes > 0`", "`lamp = ON`, `minutes > 1`"), 4, "GoesOut"),
        (("`lamp = ON ∧ minutes = 0`", "`lamp = ON`"), 8, "NeverDarkWithTime"),
        (("`minutes := minutes - 1`", "`minutes := minutes`"), 2, "GoesOut"),
        (("`lamp := ON`, `minutes := 3`", "`lamp := ON`, `minutes := 2`"), 4, ""),
        (("| `minutes` | `0..3` | `0` |", "| `minutes` | `0..3` | `1` |"), 6, "NeverDarkWithTime"),
        (("| `Tick` | Weak |", "| `Tick` | None |"), 5, "GoesOut"),
        (("| `GoOut` | Weak |", "| `GoOut` | None |"), 5, "GoesOut"),
        (("| `GoOut` | Weak |", "| `GoOut` | Strong |"), 5, ""),
    ],
)
def test_change_of_a_line_changes_what_is_found(
    change: tuple[str, str], distinct: int, failing: str
) -> None:
    text = changed(change)
    found = explored(text)
    failed = [row.name for row in found.properties if row.verdict.value == "FAIL"]
    assert (found.distinct_states, failed) == (distinct, [failing] if failing else [])


def test_deadlock_is_found() -> None:
    text = changed(("**Guard**: `lamp = OFF`\n", "**Guard**: `lamp = OFF ∧ minutes = 9`\n"))
    assert "deadlock" in explored(text).message.lower()


@pytest.mark.parametrize(
    ("formal", "expected"),
    [
        ("□(minutes ≤ 3)", "PASS"),
        ("[](minutes <= 2)", "FAIL"),
        ("□[minutes' ≤ minutes ∨ lamp = OFF]_vars", "PASS"),
        ("□[minutes' ≤ minutes]_⟨minutes⟩", "FAIL"),
        ("□[minutes' ≤ minutes]_lamp", "FAIL"),
        ("minutes' ≠ minutes ∨ lamp' ≠ lamp", "PASS"),
        ("minutes' = minutes", "FAIL"),
        ("◇(lamp = ON)", "FAIL"),  # nothing presses it
        ("□◇(lamp = OFF)", "PASS"),
        ("[]<>(lamp = ON)", "FAIL"),
        ("◇□(minutes = 0)", "FAIL"),
        ("lamp = ON ~> minutes = 0", "PASS"),
        ("∀ n ∈ 1..3 : minutes = n ~> minutes = 0", "PASS"),
        ("∀ n ∈ 0..2 : minutes = n ~> minutes = n + 1", "FAIL"),
        ("□(lamp = ON ⇒ ◇(lamp = OFF))", "PASS"),
        ("lamp = ON leads to lamp = OFF", "PASS"),
        ("□(minutes = 3 ⇒ lamp = ON) ∧ (lamp = ON ~> lamp = OFF)", "PASS"),
        ("□(minutes = 3 ⇒ lamp = OFF) ∧ (lamp = ON ~> lamp = OFF)", "FAIL"),
        ("lamp = OFF ⇒ ENABLED Press", "PASS"),
        ("ENABLED Tick", "FAIL"),
        ("□◇⟨minutes' < minutes⟩_vars", "FAIL"),
        ("(□◇(lamp = ON)) ⇒ □◇⟨minutes' < minutes⟩_vars", "PASS"),
        ("∃ n ∈ 0..3 : minutes = n", "PASS"),
        ("minutes = 0 ∧ lamp = IF TRUE THEN OFF ELSE ON", "FAIL"),
    ],
)
def test_form_of_a_statement_decides_what_it_asks(formal: str, expected: str) -> None:
    text = changed(("**Formal**: `minutes > 0 ⇒ lamp = ON`", f"**Formal**: `{formal}`"))
    assert verdicts(text)["NeverDarkWithTime"] == expected


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("**Statement**: It goes out.", "it is prose alone"),
        ("**Formal**: `lamp = OFF`", "it is called liveness, and says nothing about time"),
        ("**Formal**: `lamp = ON ~>`", "its formal statement cannot be read"),
        ("**Formal**: `∀ x ∈ {} : x = 1 ~> x = 2`", "its quantifier runs over an empty set"),
        (
            "**Formal**: `∀ x ∈ 0..minutes : lamp = ON ~> x = 0`",
            "a quantifier over a temporal formula needs constant sets",
        ),
        ("**Formal**: `◇(minutes' = 3)`", "steps are spoken of where no temporal formula"),
    ],
)
def test_property_that_cannot_be_checked_is_not_passed_over(statement: str, reason: str) -> None:
    found = model(changed(("**Formal**: `lamp = ON ~> lamp = OFF`", statement)))
    (unchecked,) = found.unchecked
    assert unchecked.name == "GoesOut"
    assert unchecked.reason.startswith(reason)


def test_conjunct_of_an_invariant_need_have_no_value_where_one_before_is_false() -> None:
    formal = "**Formal**: `minutes < 3 ∧ ⟨1, 2, 3⟩[minutes + 1] > 0`"
    text = changed(("**Formal**: `minutes > 0 ⇒ lamp = ON`", formal))
    assert verdicts(text)["NeverDarkWithTime"] == "FAIL"


def test_definition_with_its_name_in_front_is_read() -> None:
    code = (
        "```tla\nNeverDarkWithTime ==\n    /\\ minutes > 0 => lamp = ON\n    /\\ minutes < 3\n```"
    )
    text = changed(("**Formal**: `minutes > 0 ⇒ lamp = ON`", code))
    assert verdicts(text)["NeverDarkWithTime"] == "FAIL"
    assert verdicts(text.replace("minutes < 3", "minutes < 4"))["NeverDarkWithTime"] == "PASS"


CONSTANTS = """# A counter

| Constant | Type |
|---|---|
| `Top` | natural number |
| `People` | finite set |

| Variable | Initial Value |
|---|---|
| `n` | `0` |
| `who` | `NOBODY` |

## Actions

### Action 1: Count(p ∈ People)

**Guard**: `n < Top`

**Effect**: `n := n + 1`, `who := p`

### Action 2: Again

**Guard**: `n = Top`

**Effect**: `n := 0`

## Parameters

| Constant | Small | Large |
|---|---|---|
| `Top` | 2 | 4 |
| `People` | `{p1, p2}` | `{p1, p2, ROOT}` |
"""


def test_constants_have_the_values_of_a_column() -> None:
    document = read(CONSTANTS)
    small = parameter_bindings(document)
    assert small == {"Top": 2, "People": SetValue([ModelValue("p1"), ModelValue("p2")])}
    large = parameter_bindings(document, "large")
    assert format_value(large["People"]) == '{p1, p2, "ROOT"}'
    assert len(build_model(document, large).instances) == 4


def test_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="no value in a column huge") as caught:
        parameter_bindings(read(CONSTANTS), "huge")
    assert caught.value.span is not None and caught.value.expected == "Small, Large"


def test_given_values_are_taken_and_others_passed_over() -> None:
    found = model(CONSTANTS, {"Top": 1, "People": SetValue([ModelValue("a")]), "Other": 1})
    assert len(found.instances) == 2
    assert dict(found.constants)["Top"] == 1


def test_constant_without_a_value_is_refused() -> None:
    with pytest.raises(InputError, match="no value is given for constant People"):
        model(CONSTANTS, {"Top": 1})


def test_cell_that_is_no_value_is_refused_with_its_place() -> None:
    with pytest.raises(InputError, match="the value of `Top`") as caught:
        parameter_bindings(read(CONSTANTS.replace("| 2 |", "| two or so |")))
    assert caught.value.span is not None and "`Top`" in caught.value.excerpt


def test_state_constraint_cuts_states_off() -> None:
    text = TUTORIAL + "\n## Parameters\n\n**Constraint**: `minutes ≠ 1`\n"
    assert counts(text) == (3, 4, 3)
    assert counts(text.replace("**Constraint**", "**State constraints**")) == (3, 4, 3)
    assert counts(text.replace("## Parameters", "## Remarks")) == (5, 6, 5)


def test_fairness_of_an_action_with_outcomes_is_that_of_its_outcomes() -> None:
    text = changed(
        (
            "### Action 3: GoOut\n\n",
            "### Action 3: GoOut\n\n#### Outcome 3a: GoOutSoon\n\n",
        )
    )
    assert [condition.action for condition in model(text).fairness] == ["Tick", "GoOutSoon"]
    assert verdicts(text)["GoesOut"] == "PASS"
    asking = text.replace("minutes > 0 ⇒ lamp = ON", "ENABLED GoOut")
    assert verdicts(asking)["NeverDarkWithTime"] == "FAIL"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("**Guard**: `lamp = OFF`\n", "**Guard**: it is dark\n"), "action Press: 1 line is prose"),
        (("**Effect**: `lamp := OFF`\n", ""), "action GoOut: no effect is stated"),
        (("`0..3` | `0` |", "`0..3` | nothing |"), "the initial value of minutes is no formula"),
    ],
)
def test_document_with_a_gap_gives_no_model_and_says_why(
    change: tuple[str, str], reason: str
) -> None:
    document = read(changed(change))
    (finding,) = not_executed(document)
    assert (finding.code, finding.severity.value) == ("CF340", "incomplete")
    assert finding.details == (reason,)
    with pytest.raises(UnsupportedError, match=reason):
        build_model(document, {})


def test_executable_document_gives_no_finding_of_gaps() -> None:
    assert not_executed(read(TUTORIAL)) == []


def test_document_with_a_wrong_name_gives_no_model() -> None:
    document = read(changed(("**Guard**: `lamp = OFF`\n", "**Guard**: `lampe = OFF`\n")))
    with pytest.raises(UnsupportedError, match="CF111"):
        build_model(document, {})


def test_empty_document_gives_no_model() -> None:
    assert list(read("# Nothing\n").obstacles()) == [
        "it declares no state variable",
        "it has no action",
    ]


def test_types_list_values_that_are_not_in_capitals() -> None:
    text = TUTORIAL.replace("OFF", "Off").replace("ON", "On")
    assert findings(text) == []
    assert counts(text) == (5, 6, 5)
    wrong = text.replace("`lamp = Off`\n", "`lamp = Of`\n")
    assert [each[:5] for each in findings(wrong)] == ["CF111"]


def test_empty_values_are_values() -> None:
    first = "| `lamp` | `{OFF, ON}` | `OFF` |"
    rows = f"{first}\n| `seen` | | `{{}}` |\n| `log` | | `⟨⟩` |\n| `no` | | `NONE` |"
    text = changed((first, rows))
    (initial,) = model(text).initial_states()
    assert [format_value(each) for each in initial[1:4]] == ["{}", "<<>>", '"NONE"']


def test_pipe_in_a_table_is_no_border_of_a_cell() -> None:
    row = "| `lamp` | `{OFF, ON}` | `[x \\in {1} \\|-> OFF][1]` |"
    text = changed(("| `lamp` | `{OFF, ON}` | `OFF` |", row))
    assert counts(text) == (5, 6, 5)


_FAIRNESS_TABLE = "| Action | Fairness |\n|---|---|\n| `Tick` | Weak |\n| `GoOut` | Weak |\n"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (_FAIRNESS_TABLE, "PASS"),
        (_FAIRNESS_TABLE.replace("| Weak |", "| None |"), "FAIL"),
        (_FAIRNESS_TABLE.replace("Fairness |", "Kind |"), "INCOMPLETE"),
        ("Weak fairness of `Tick` and `GoOut`.", "PASS"),
        ("- **Weak**: `Tick`\n- **Weak**: whatever puts the lamp out", "INCOMPLETE"),
        ("Weak fairness is assumed for the clock and for going out.", "INCOMPLETE"),
        ("Every action that stays enabled is eventually taken.", "INCOMPLETE"),
        ("All steps of the lamp are weakly fair.", "INCOMPLETE"),
        ("```\nSpec ≜ Init ∧ □[Next]_vars ∧ WF_vars(Next)\n```", "PASS"),
        ("Weak fairness does not suffice for these:\n\n- `Tick`\n- `GoOut`", "INCOMPLETE"),
        ("More than weak fairness is needed for these:\n\n- `Tick`\n- `GoOut`", "PASS"),
        ("At least weak fairness of these; strong for one:\n\n- `Tick`\n- `GoOut`", "INCOMPLETE"),
        ("- `Tick`: weak fairness is not enough, so strong\n- `GoOut`: weak", "PASS"),
        ("```\nWF_vars(Tick) ∧ WF_vars(GoOut)\n```", "PASS"),
        ("- Strong fairness: `Tick`\n- Weak fairness: all others", "PASS"),
        ("- Strong fairness: `Tick`\n- No fairness: all others", "FAIL"),
        ("WF on all actions except `Press`.", "PASS"),
        ("All actions except `Press` and `Tick` have weak fairness.", "FAIL"),
        ("The following actions have weak fairness:\n\n- `Tick`: time\n- `GoOut`", "PASS"),
        ("**Weak**:\n- `Tick`: lets `GoOut` come\n\n**None**:\n- `Press`", "FAIL"),
        ("- `WF_vars(Tick)` and\n- `WF_vars(GoOut)`", "PASS"),
        (_FAIRNESS_TABLE.replace("`GoOut` |", "All other actions |"), "PASS"),
        (_FAIRNESS_TABLE.replace("| `GoOut` |", "| All except `GoOut` |"), "FAIL"),
        (_FAIRNESS_TABLE.replace("| `GoOut` |", "| All except `Press`, `Tick` |"), "PASS"),
        ("Weak fairness of all actions except failures.", "INCOMPLETE"),
        ("- Weak: `Tick`\n- Weak: all others except goings", "INCOMPLETE"),
        ("Weak fairness of all actions except `Press`, which a user takes.", "PASS"),
        ("The following actions are not weakly fair:\n\n- `Tick`\n- `GoOut`", "FAIL"),
        ("- `Tick` and `GoOut` are not weakly fair", "FAIL"),
        ("There is no weak fairness of `Tick` and `GoOut`.", "FAIL"),
        ("Weak fairness of `Tick`. `GoOut` is not weakly fair.", "FAIL"),
        ("- Neither weak nor strong fairness: `Tick`, `GoOut`", "FAIL"),
        ("`WF_vars(Tick)`. Without `WF_vars(GoOut)` it stays on.", "FAIL"),
        ("- `WF_vars(Tick)`\n- `WF_vars(GoOut)` is not assumed", "INCOMPLETE"),
        ("Nothing is fair here. With weak fairness on both, GoesOut would hold.", "FAIL"),
        ("Weak fairness: an action that stays enabled is taken. None is assumed.", "FAIL"),
        ("None.", "FAIL"),
    ],
)
def test_liveness_under_fairness_that_is_not_read_is_not_judged(told: str, expected: str) -> None:
    text = changed((_FAIRNESS_TABLE, told + "\n"))
    assert verdicts(text)["GoesOut"] == expected


def test_row_that_leaves_out_what_is_no_action_is_refused() -> None:
    row = "| All actions except failures | Weak |"
    with pytest.raises(InputError, match="cannot read the cell"):
        read(changed((_FAIRNESS_TABLE, f"| Action | Fairness |\n|---|---|\n{row}\n")))


def test_code_without_a_line_says_nothing() -> None:
    text = changed(("**Guard**: `lamp = OFF`\n", "```\n```\n\n**Guard**: `lamp = OFF`\n"))
    assert counts(text) == (5, 6, 5)


@pytest.mark.parametrize("value", ["A ~> B", "[]A", "ENABLED 3", "<>1"])
def test_parameter_that_speaks_of_behaviours_is_refused(value: str) -> None:
    table = f"\n## Parameters\n\n| Parameter | Small |\n|---|---|\n| `Most` | `{value}` |\n"
    with pytest.raises(InputError):
        parameter_bindings(read(TUTORIAL + table))
