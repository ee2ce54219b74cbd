"""Documents that say step, when and then, list their parameters, and speak of fairness."""

from __future__ import annotations

import pytest

from conform.domain.spec import ConstructKind
from tests.unit.languages.markdown.pages import page

STEP = "## Steps\n\n### Step 3: Go(w)\n\n- **When** `x = 1`\n- **Then** `x := 2`, `y := 1`\n\n"


def test_step_with_when_and_then_is_an_action() -> None:
    (action,) = page(STEP).actions
    assert (action.name, action.parameters, action.number) == ("Go", ("w",), "3")
    assert [line.text for line in action.guard] == ["x = 1"]
    assert [line.text for line in action.effect] == ["x := 2", "y := 1"]


@pytest.mark.parametrize("word", ["Rule", "Event", "Operation", "Command", "Step"])
def test_other_words_for_an_action_need_its_clauses(word: str) -> None:
    title = f"## Behaviour\n\n### {word} 1: Go\n\n"
    assert [each.name for each in page(f"{title}When: `x = 1`\n\nThen: `x := 2`\n").actions] == [
        "Go"
    ]
    assert page(f"{title}It goes.\n").actions == ()


def test_steps_of_an_instruction_are_no_actions() -> None:
    assert page("## Next steps\n\n### Step 1: Install the tools\n\nRun `make`.\n").actions == ()


def test_column_called_when_is_no_guard() -> None:
    table = "## Faults\n\n| Action | When | Note |\n|---|---|---|\n| Retry | timeout | x |\n"
    assert page(table).actions == ()


def test_disjunction_of_codes_stays_one_line() -> None:
    text = STEP.replace("`x = 1`", "`x = 1` and `y = 2` or `y = 3`")
    (action,) = page(text).actions
    assert [line.text for line in action.guard] == ["x = 1 and y = 2 or y = 3"]


def test_mapping_rows_about_steps_name_them() -> None:
    table = (
        "## Mapping\n\n| Document | Module `Go` | `go.fizz` |\n|---|---|---|\n"
        "| step 3 Go | `Go(w)` | `action Go` |\n| P1 | `Ends` | n/a |\n"
    )
    (mapping,) = page(STEP + table).mapping
    subjects = [row.subject for row in mapping.rows]
    assert [(each.kind, each.numbers, each.label) for each in subjects] == [
        (ConstructKind.ACTION, ("3",), ""),
        (ConstructKind.PROPERTY, (), "P1"),
    ]


LISTED = """\
## Parameters

- `Nodes` - the set of nodes. Default: 2 nodes, `{n1, n2}`.
- `MaxEpoch` - the last epoch. Default: 3, large: 5.
- `Seed`: any number, 7 by default
"""


def test_constants_are_declared_by_a_list() -> None:
    found = page(LISTED)
    assert [constant.name for constant in found.constants] == ["Nodes", "MaxEpoch", "Seed"]
    assert [(row.name, row.values) for row in found.parameters] == [
        ("Nodes", (("Default", "{n1, n2}"),)),
        ("MaxEpoch", (("Default", "3"), ("large", "5"))),
    ]


def test_constants_are_declared_by_sentences() -> None:
    text = "`Nodes` is the set of nodes. `MaxEpoch` bounds the epochs (default: 3). `NONE` waits."
    found = page(f"## Constants\n\n{text}\n")
    assert [(each.name, each.description) for each in found.constants] == [
        ("Nodes", "is the set of nodes."),
        ("MaxEpoch", "bounds the epochs (default: 3). NONE waits."),
    ]
    assert [(row.name, row.values) for row in found.parameters] == [
        ("MaxEpoch", (("default", "3"),))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- `Nodes = {n1, n2}`\n- `MaxEpoch = 3`: the last epoch\n",
        "```\nCONSTANTS\n    Nodes = {n1, n2}\n    MaxEpoch = 3  \\* the last epoch\n```\n",
        "```\nCONST Nodes = {n1, n2}   // all of them\nCONST MaxEpoch = 3\n```\n",
    ],
)
def test_constants_are_declared_with_their_values(text: str) -> None:
    found = page(f"## Constants\n\n{text}")
    assert [constant.name for constant in found.constants] == ["Nodes", "MaxEpoch"]
    assert [values for row in found.parameters for _name, values in row.values] == ["{n1, n2}", "3"]


def test_column_of_constraints_in_a_table_of_constants_is_no_constraint_of_states() -> None:
    table = "| Constant | Constraint |\n|---|---|\n| `Max` | non-empty |\n"
    assert page(f"## Constants\n\n{table}").constraints == ()


def test_table_goes_before_a_list_of_constants() -> None:
    table = "\n| Constant | Meaning |\n|---|---|\n| `Max` | the most |\n"
    assert [constant.name for constant in page(LISTED + table).constants] == ["Max"]


def test_options_of_a_configuration_are_no_constants() -> None:
    assert page("## Configuration\n\n- `verbose`: say more. Default: 1\n").constants == ()


OTHERS = ["C strong", "A weak", "B weak"]
STRONG = ["A strong", "B strong"]
TICKED = "| Action | WF | SF |\n|---|---|---|\n| A | \u2713 | |\n| B | | \u2713 |\n| C | | |"


ABC = "## Steps\n\n" + "".join(
    STEP.replace("Go(w)", f"{name}(w)").partition("\n\n")[2] for name in "ABC"
)


def fairness(text: str) -> list[tuple[str, str]]:
    found = page(f"{ABC}## Fairness\n\n{text}\n").fairness
    return [(each.action, each.kind) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Weak fairness of A and `B(w)`; C is not fair.", ["A weak", "B weak", "C none"]),
        ("Weak fairness on A, strong on B and C.", ["A weak", "B strong", "C strong"]),
        ("Strong fairness is assumed for A, B, and C.", ["A strong", "B strong", "C strong"]),
        ("Weak fairness of A, none on the others.", ["A weak"]),
        ("A is strongly fair, since B takes it away.", ["A strong"]),
        ("Weak fairness on A is not enough: B is between.", []),
        ("With weak fairness of A alone, nothing ends.", []),
        ("If A were strongly fair, B would starve.", []),
        ("Fairness is what B needs.", []),
        ("No fairness on A. All other actions are weakly fair.", ["A none", "B weak", "C weak"]),
        ("Strong fairness of C, weak fairness of all other actions.", OTHERS),
        (TICKED, ["A weak", "B strong", "C none"]),
        ("A is not only weakly but strongly fair.", ["A strong"]),
        ("Rather than weak, strong fairness of A. B is not weakly but strongly fair.", STRONG),
        ("Nothing stronger than weak fairness is assumed for A.", ["A weak"]),
        ("- Weak fairness of A; strong fairness of B", ["A weak", "B strong"]),
        ("- A: weak fairness is not sufficient, strong is assumed", ["A strong"]),
        ("Stronger than weak fairness:\n\n- A\n- B", STRONG),
        ("Weak fairness isn't enough for these:\n\n- A\n- B", []),
        ("| Action | Fairness |\n|---|---|\n| A | not weak but strong |", ["A strong"]),
    ],
)
def test_sentences_state_fairness(text: str, expected: list[str]) -> None:
    assert [f"{name} {kind}" for name, kind in fairness(text)] == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("`WF_vars(Next)`", "weak"),
        ("Strong fairness on `Next`, as a whole.", "strong"),
        ("Weak fairness of the whole next-state relation is assumed.", "weak"),
        ("| Action | Fairness |\n|---|---|\n| `Next` | Weak |", "weak"),
        ("None.\n\n## Formula\n\n```\nSpec == Init /\\ [][Next]_v /\\ SF_v(Next)\n```", "strong"),
        ("`WF_vars(Next)` alone would not do.", ""),
        ("Without weak fairness of the next-state relation nothing happens.", ""),
    ],
)
def test_fairness_of_all_actions_together_is_of_each_jointly(text: str, kind: str) -> None:
    read = page(ABC + f"## Fairness\n\n{text}\n").fairness
    expected = [(name, kind, True) for name in "ABC"] if kind else []
    assert [(each.action, each.kind, each.is_joint) for each in read] == expected


def test_sentences_state_fairness_by_the_numbers_of_actions() -> None:
    text = "Weak fairness on actions 3 and 9; none for the rest."
    assert fairness(text) == [("A", "weak")]
    assert fairness("If there were weak fairness on action 3, all would end.") == []
