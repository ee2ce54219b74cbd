"""Constructs that a document only names: no heading announces them, and no table declares them."""

from __future__ import annotations

import pytest

from conform.domain.spec import Property
from tests.unit.languages.markdown.pages import page

ACTION = "## Actions\n\n### Go(n)\n\n- Guard: `x = 0`\n- Effect: `x := 1`\n\n"
STATE = "## State\n\n| Variable | Initially |\n|---|---|\n| `theLeader` | 0 |\n\n"


def stated(text: str, heading: str = "Properties") -> list[Property]:
    return list(page(f"{STATE}{ACTION}## {heading}\n\n{text}\n").properties)


@pytest.mark.parametrize(
    "text",
    [
        "- **OneLeader** (safety): at most one node leads.",
        "- `OneLeader` (safety): at most one node leads.",
        "- **Safety (OneLeader)**: at most one node leads.",
        "**OneLeader** (S1). At most one node leads.",
        "- **S1** `OneLeader`: at most one node leads.",
        "- S1. OneLeader — at most one node leads.",
        "(S1) **OneLeader.** At most one node leads.",
        "S1 (OneLeader). At most one node leads.",
        "**S1 (OneLeader).** At most one node leads.",
        "### 1. OneLeader (safety)\n\nAt most one node leads.",
        "### Safety OneLeader\n\nAt most one node leads.",
    ],
)
def test_property_is_known_by_its_name_and_its_kind(text: str) -> None:
    (found,) = stated(text)
    assert (found.name, found.kind) == ("OneLeader", "Safety")


@pytest.mark.parametrize(
    "text",
    [
        "- **OneLeader**: at most one node leads.",
        "- **OneLeader:** at most one node leads.",
        "- **`OneLeader`** — at most one node leads.",
        "1. **OneLeader** - at most one node leads.",
        "**OneLeader.** At most one node leads.",
        "- *OneLeader*: at most one node leads.",
        "- OneLeader: at most one node leads.",
        "- **One leader** (`OneLeader`): at most one node leads.",
        "### OneLeader\n\nAt most one node leads.",
        "### One leader (`OneLeader`)\n\nAt most one node leads.",
        "```\nOneLeader == x = 1\n```",
    ],
)
def test_property_has_the_kind_of_its_section(text: str) -> None:
    (found,) = stated(text, "Safety Properties")
    assert (found.name, found.kind) == ("OneLeader", "Safety")


@pytest.mark.parametrize(
    ("second", "names"), [("NoTwo", ["OneLeader", "NoTwo"]), ("Durability", []), ("No two", [])]
)
def test_table_with_words_about_names_states_properties(second: str, names: list[str]) -> None:
    rows = f"| OneLeader | at most one |\n| {second} | `x = 1 ∨ x = 2` |\n"
    found = stated(f"| Invariant | Description |\n|---|---|\n{rows}")
    assert [each.name for each in found] == names
    assert [line.text for each in found for line in each.lines] == ["x = 1 ∨ x = 2"] * (
        len(names) // 2
    )


def test_title_in_words_behind_a_label_is_the_name() -> None:
    (found,) = stated("(S1) **At most one.** At most one node leads.")
    assert (found.label, found.name, found.kind) == ("S1", "At most one", "Safety")


def test_formula_behind_a_bare_name_is_its_statement() -> None:
    (found,) = stated("- **OneLeader** (safety): at most one: `x = 1 ∨ x = 2`.")
    assert [line.text for line in found.lines] == ["x = 1 ∨ x = 2"]


@pytest.mark.parametrize(
    "text",
    [
        "- **Note**: there is more to say.",
        "- **FizzBee**: checks the same.",
        "- Termination: it ends.",
        "OneLeader: a sentence about it that is no item.",
        "- `theLeader`: the variable that this is about.",
        "- `OneLeader`",
        "- **TLC** - the model checker.",
    ],
)
def test_what_is_no_name_of_a_property_states_none(text: str) -> None:
    assert stated(text) == []


def variables(text: str, heading: str = "State Variables") -> list[tuple[str, str]]:
    found = page(f"## {heading}\n\n{text}\n\n{ACTION}").variables
    return [(each.name, each.initial_line.text if each.initial_line else "") for each in found]


@pytest.mark.parametrize(
    "text",
    [
        "- `holder`: the node that leads, initially `NONE`\n- `role[n]`: its role, initially IDLE",
        "- **holder** (node): who leads. Initially `NONE`.\n- **role**: a map; IDLE at first.",
        "1. `holder` — who leads. Starts as `NONE`.\n2. `role` — the role. Starts as `IDLE`.",
        "**holder**: who leads. Initially `NONE`.\n\n**role**: its role. Initially `IDLE`.",
        "### `holder`\n\nWho leads. Initially `NONE`.\n\n### `role`\n\nInitially `IDLE`.",
        "- holder: who leads, initially NONE\n- role: its role, initially IDLE",
        "- `holder ∈ Nodes`, initially `NONE`\n- `role ∈ Roles`, initially `IDLE`",
        "1. `holder : Nodes`, initially `NONE`\n2. `role : N → {X, IDLE}`, initially all `IDLE`",
    ],
)
def test_variables_are_known_by_their_names(text: str) -> None:
    assert variables(text) == [("holder", "NONE"), ("role", "IDLE")]


@pytest.mark.parametrize(
    "text", ["- `a : 0..3`\n- `b ∈ {X, Y}`", "- a ∈ 0..3\n- b ∈ {X, Y}, the second"]
)
def test_type_in_a_declaration_is_whole(text: str) -> None:
    found = page(f"## State Variables\n\n{text}\n\n{ACTION}").variables
    assert [each.type_text for each in found] == ["0..3", "{X, Y}"]


def test_formula_may_stand_behind_a_name_in_parentheses() -> None:
    (found,) = page("## Properties\n\nS1 (OneLeader). `x = 1`.\n").properties
    assert (found.name, found.label, found.formal) == ("OneLeader", "S1", "x = 1")


def test_words_are_no_initial_values() -> None:
    text = "- `alive`: who is; initially all are\n- `pending`: who waits. Initially empty."
    assert variables(text) == [("alive", ""), ("pending", "")]


def test_variables_of_a_declaration_have_no_value() -> None:
    assert variables("```tla\nVARIABLES holder, role  \\* both\n```") == [
        ("holder", ""),
        ("role", ""),
    ]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("State", "Each entry has:\n\n- `offset`: where it is\n- `data`: what it holds"),
        ("Worker State Machine", "- `idle`: waits\n- `busy`: works"),
        ("State", "- `IDLE`: waits\n- `BUSY`: works"),
        ("State", "- `holder`: the only one that is named so"),
        ("State", "- note: plain words\n- hint: more of them"),
    ],
)
def test_what_else_is_listed_is_no_variable(heading: str, text: str) -> None:
    assert variables(text, heading) == []


@pytest.mark.parametrize(
    "text",
    [
        "- `Go(n)`: when `x = 0`, set `x := 1`\n- `Stop(n)`: when `x = 1`, set `x := 0`",
        "```\nGo(n):\n  guard: x = 0\n  effect: x := 1\n\n"
        "Stop(n):\n  guard: x = 1\n  effect: x := 0\n```",
        "### Go\n\nEnabled when `x = 0`. Sets `x` to `1`.\n\n"
        "### Stop\n\nEnabled when `x = 1`. Sets `x` to `0`.",
    ],
)
def test_actions_are_known_by_what_they_do(text: str) -> None:
    found = page(f"## Actions\n\n{text}\n").actions
    assert [(each.name, len(each.guard), len(each.effect)) for each in found] == [
        ("Go", 1, 1),
        ("Stop", 1, 1),
    ]


@pytest.mark.parametrize("first", ["x := 0", "  x := 0\n\n"])
def test_code_that_defines_something_else_besides_is_no_list_of_actions(first: str) -> None:
    text = f"```\n{first}\nGo(n):\n  guard: x = 0\n  effect: x := 1\n```"
    assert page(f"## Actions\n\n{text}\n").actions == ()


MAPPED = "| `theLeader` | {} |\n| `Go` | {} |\n"


@pytest.mark.parametrize("header", ["Name", "Spec concept", "Protocol element", "Abstraction"])
def test_table_of_names_in_code_is_a_mapping_whatever_its_header(header: str) -> None:
    head = f"{STATE}{ACTION}## Models\n\n| {header} | TLA+ |\n|---|---|\n"
    (table,) = page(head + MAPPED.format("`leader`", "`GoOn`")).mapping
    assert [row.subject.names for row in table.rows] == [("theLeader",), ("Go",)]
    assert page(head + MAPPED.format("PASS", "PASS")).mapping == ()


@pytest.mark.parametrize(
    ("cells", "verdicts"),
    [(("PASS", "Verified"), ["PASS", "Verified"]), (("PASS", "draft"), []), (("", ""), [])],
)
def test_column_status_has_verdicts_if_it_has_nothing_else(
    cells: tuple[str, str], verdicts: list[str]
) -> None:
    rows = "".join(f"| `Good{number}` | {cell} |\n" for number, cell in enumerate(cells))
    found = page(f"## Results\n\n| Property | Status |\n|---|---|\n{rows}").results
    assert [cell for each in found for _header, cell in each.verdicts] == verdicts


@pytest.mark.parametrize(
    "text",
    [
        "`WF_vars(Go(n)) ∧ SF_vars(Stop(n))`",
        "- **Go(n)** — WF\n- **Stop(n)** — SF",
        "- WF(Go(n))\n- SF(Stop(n))",
        "Weak: `Go`. Strong: `Stop`.",
    ],
)
def test_fairness_is_known_by_its_sign(text: str) -> None:
    other = ACTION.replace("Go(n)", "Stop(n)").removeprefix("## Actions\n\n")
    found = page(f"{STATE}{ACTION}{other}## Fairness\n\n{text}\n").fairness
    assert [(each.action, each.kind) for each in found] == [("Go", "weak"), ("Stop", "strong")]


@pytest.mark.parametrize(
    "text",
    [
        "Weak fairness is required for every transition except `Go`.",
        "All actions but `Go(n)` are weakly fair.",
        "- Weak fairness for all actions, except for Go",
    ],
)
def test_fairness_of_all_but_some_is_that_of_each(text: str) -> None:
    other = ACTION.replace("Go(n)", "Stop(n)").removeprefix("## Actions\n\n")
    found = page(f"{STATE}{ACTION}{other}## Fairness\n\n{text}\n").fairness
    assert sorted((each.action, each.kind) for each in found) == [("Go", "none"), ("Stop", "weak")]


def test_fairness_of_all_together_is_that_of_none_alone() -> None:
    assert page(f"{STATE}{ACTION}## Fairness\n\nAll actions are weakly fair.\n").fairness == ()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("`x ∈ {A, B}` ⟹ `y = 2`", "x ∈ {A, B} ⟹ y = 2"),
        ("`x = 1` implies `y`.", "x = 1 implies y"),
        ("for each writer, `s[w] = A` leads to `s[w] ∈ {B, C}`", "s[w] = A leads to s[w] ∈ {B, C}"),
        ("`x = 1` ⟹ all of `y` are 2", None),
        ("`x` and `y`", None),
        ("`x = 1` because of `y`", None),
    ],
)
def test_statement_of_code_with_signs_between_is_a_formula(cell: str, expected: str | None) -> None:
    table = "| ID | Property | Statement |\n|---|---|---|\n| S1 | `XThenY` | {} |\n"
    (found,) = page("## Properties\n\n" + table.format(cell)).properties
    stated = [(line.text, line.is_formal) for line in found.lines]
    assert stated == ([(expected, True)] if expected else [])
