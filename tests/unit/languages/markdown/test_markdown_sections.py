"""Headings and clauses: every form that is tolerated gives the same construct."""

from __future__ import annotations

import pytest

from conform.domain.spec import Line, Property
from tests.unit.languages.markdown.pages import outline_of, page, place

GUARD = "\n\n**Guard**\n\n- `x = 1`\n\n"


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("### Action 1: StartAppend(w)", "1:StartAppend(w)"),
        ("### Action 1: `StartAppend(w)`", "1:StartAppend(w)"),
        ("### Action 1: **StartAppend(w)**", "1:StartAppend(w)"),
        ("### **Action 1: StartAppend(w)**", "1:StartAppend(w)"),
        ("### Action 1: `StartAppend`(w)", "1:StartAppend(w)"),
        ("# Action 1: StartAppend(w)", "1:StartAppend(w)"),
        ("###### Action 1. StartAppend(w)", "1:StartAppend(w)"),
        ("### Action 1 — StartAppend(w)", "1:StartAppend(w)"),
        ("### Action 1 StartAppend(w)", "1:StartAppend(w)"),
        ("### 6.1 Action 1: StartAppend(w)", "1:StartAppend(w)"),
        ("### 6.1. Action 1: StartAppend(w) ###", "1:StartAppend(w)"),
        ("### Action 3b: AssignOffsetFenced(w)", "3b:AssignOffsetFenced(w)"),
        ("### Action 12: ReadEntry(w, off)", "12:ReadEntry(w,off)"),
        ("### Action 5: CompactStart", "5:CompactStart()"),
        ("### Action 5: CompactStart (step one)", "5:CompactStart()"),
        ("### Action 5: CompactStart - the first step", "5:CompactStart()"),
        ("### Action: CompactStart", ":CompactStart()"),
        ("### Action 5: start to compact (`CompactStart`)", "5:CompactStart()"),
        ("### Action 5: start to compact", "5:start to compact()"),
        ("### 6.1 StartAppend(w)", ":StartAppend(w)"),
        ("### 6.1 `StartAppend`", ":StartAppend()"),
        ("### StartAppend", ":StartAppend()"),
        ("### start_append(w)", ":start_append(w)"),
        ("Action 1: StartAppend(w)\n---", "1:StartAppend(w)"),
    ],
)
def test_heading_announces_an_action(heading: str, expected: str) -> None:
    assert outline_of(page(f"## 6. Actions\n\n{heading}{GUARD}").actions) == [expected]


@pytest.mark.parametrize(
    "heading",
    ["### 6.1 Overview", "### Action summary", "### Actions 5-9: Compaction", "### Notes", "### "],
)
def test_heading_without_a_construct_is_no_action(heading: str) -> None:
    assert page(f"## 6. Actions\n\n{heading}\n\nSome words.\n").actions == ()


def test_bare_name_elsewhere_is_no_action() -> None:
    assert page("## News\n\n### Today\n\n**Update**: it rains.\n").actions == ()


def test_actions_lie_below_groups_and_outcomes_below_actions() -> None:
    spec = page(
        "## 6. Actions\n### Writer path\n#### Action 2: WALWrite(w)\n"
        "##### Outcome 2a: WALWriteSuccess(w)\n##### Outcome: WALWriteFail(w)\n"
        "##### `WALWriteLost(w)`\n##### Remarks\n### Reader path\n#### Action 3: Read\n"
    )
    assert outline_of(spec.actions) == [
        "2:WALWrite(w)",
        "  2a:WALWriteSuccess(w)",
        "  :WALWriteFail(w)",
        "  :WALWriteLost(w)",
        "3:Read()",
    ]


def test_action_of_the_same_level_is_no_outcome() -> None:
    spec = page("### Action 3: A\n### Action 3b: B\n")
    assert outline_of(spec.actions) == ["3:A()", "3b:B()"]


def test_sections_about_the_mapping_declare_nothing() -> None:
    spec = page("## Mapping\n### Actions\n#### Action 1: A\n### Helper: H\n### Safety S1: P\n")
    assert (spec.actions, spec.helpers, spec.properties) == ((), (), ())


@pytest.mark.parametrize(
    "clause",
    [
        "**Guard**\n\n- `x = 1`\n- `y = 2`",
        "**Guard**\n- `x = 1`\n- `y = 2`",
        "**Guard:**\n\n* `x = 1`\n* `y = 2`",
        "**Guard**:\n\n1. `x = 1`\n2. `y = 2`",
        "__Guards:__\n\n- `x = 1`\n\n- `y = 2`",
        "*Guard*:\n- `x = 1`\n- `y = 2`",
        "Guard:\n- `x = 1`\n- `y = 2`",
        "Guard\n\n- `x = 1`\n- `y = 2`",
        "**Precondition**: `x = 1`, `y = 2`",
        "**Preconditions** (all of): `x = 1` and `y = 2`",
        "**Precondition(s)**: `x = 1`; `y = 2`",
        "**Pre-condition:** `x = 1`;\n`y = 2`",
        "**Guard**: all of\n\n**Guard**:\n- `x = 1`\n- `y = 2`",
        "**Guard**: both of these:\n- `x = 1`\n- `y = 2`",
        "**Guard**\n\nBoth of these hold:\n\n- `x = 1`\n- `y = 2`",
        "**Guard**\n```tla\nx = 1\n\n  y = 2\n```",
        "**Guard**\n\n    x = 1\n    y = 2",
        "- **Guard**\n  - `x = 1`\n  - `y = 2`",
        "- **Guard**: `x = 1`<br>`y = 2`",
        "#### Guard\n\n- `x = 1`\n- `y = 2`",
        "#### Semantics\n\n**Guard**\n\n- `x = 1`\n- `y = 2`",
        "| Guard | Effect |\n|---|---|\n| `x = 1`<br/>`y = 2` | |",
        "| Guard |\n|---|\n| `x = 1` |\n| `y = 2` |",
        "| Part | Lines |\n|---|---|\n| **Guard** | `x = 1`; `y = 2` |",
        "> **Guard**\n> - `x = 1`\n> - `y = 2`",
    ],
)
def test_guard_is_read_in_every_form(clause: str) -> None:
    (action,) = page(f"### Action 1: A\n\nWords.\n\n{clause}\n\n**Note**: no\n- line\n").actions
    lines = [line for line in action.guard if line.text != "all of"]
    assert [(line.text, line.is_formal) for line in lines] == [("x = 1", True), ("y = 2", True)]


@pytest.mark.parametrize(
    ("bullet", "text", "is_formal"),
    [
        ("`x := 1`", "x := 1", True),
        ("`x := 1`.", "x := 1.", True),
        ("choose `c ∈ 1..N`", "choose c ∈ 1..N", True),
        ("Choose any `c` in `1..N`", "Choose any c in 1..N", True),
        ("Let `e == x + 1`", "Let e == x + 1", True),
        ("`x[o] := 1` for each `o ∈ S`", "x[o] := 1 for each o ∈ S", True),
        ("`x := 1`, and `y := 2`", "x := 1, and y := 2", True),
        ("**Let** `e`", "Let e", True),
        ("`a_b * c_d`", "a_b * c_d", True),
        ("`` a`b ``", "a`b", True),
        ("the log is `OPEN`", "the log is OPEN", False),
        ("`x` becomes one", "x becomes one", False),
        ("every offset is *fully* covered", "every offset is fully covered", False),
        ("x = 1 /\\ y = 2", "x = 1 /\\ y = 2", False),
        ("2 * x = y * 2", "2 * x = y * 2", False),
        ("see [the `x` text](a.md)", "see the x text", False),
        ("a\n  long line", "a long line", False),
        ("choose", "choose", False),
    ],
)
def test_bullet_is_a_line(bullet: str, text: str, is_formal: bool) -> None:
    (action,) = page(f"### Action 1: A\n\n**Effect**\n\n- {bullet}\n").actions
    assert [(line.text, line.is_formal) for line in action.effect] == [(text, is_formal)]


@pytest.mark.parametrize("nothing", ["—", "none", "None.", "-", "n/a"])
def test_dash_is_no_line(nothing: str) -> None:
    (action,) = page(f"### Action 1: A\n\n**Guard**: {nothing}\n").actions
    assert action.guard == ()


def test_spans_are_those_of_headings_bullets_and_code() -> None:
    (action,) = page(
        "### Action 1: `A(w)`\n\n**Guard**\n\n-   `x = 1`\n-\tlong\n    line\n\n"
        "**Effect**:  `y := 2`;  `z := 3`\n"
    ).actions
    assert place(action.span) == (1, 5, 1, 20)
    assert [place(line.span) for line in action.guard] == [(5, 5, 5, 11), (6, 9, 7, 8)]
    assert [place(line.span) for line in action.effect] == [(9, 14, 9, 21), (9, 25, 9, 32)]


def test_emphasis_inside_a_guard_opens_no_clause() -> None:
    (action,) = page(
        "### Action 1: A\n\n**Guard**\n\n- **always:** `x`\n- `y`\n\nText.\n\n- `z`\n"
    ).actions
    assert [line.text for line in action.guard] == ["always: x", "y"]


def test_text_after_the_bullets_ends_the_clause() -> None:
    (action,) = page(
        "### Action 1: A\n\n**Effect**\n\n- `x := 1`\n\nWhy so:\n\n- because\n\n```\ncode\n```\n"
    ).actions
    assert action.effect == (Line("x := 1", True, action.effect[0].span),)


@pytest.mark.parametrize(
    ("heading", "label", "kind"),
    [
        ("### Safety S1: NoLoss", "S1", "Safety"),
        ("### Safety S1: `NoLoss`", "S1", "Safety"),
        ("### 7.1 Safety S1: NoLoss", "S1", "Safety"),
        ("### Safety S1 — NoLoss (by construction)", "S1", "Safety"),
        ("### Safety: NoLoss", "", "Safety"),
        ("### Safety Property: NoLoss", "", "Safety"),
        ("### S1. NoLoss", "S1", "Safety"),
        ("### S1: **NoLoss**", "S1", "Safety"),
        ("### S1 NoLoss", "S1", "Safety"),
        ("### L2: NoLoss", "L2", "Liveness"),
        ("### Liveness L1: NoLoss", "L1", "Liveness"),
        ("### Invariant: NoLoss", "", "Invariant"),
        ("### Invariant 1: NoLoss", "1", "Invariant"),
        ("### Type Invariant: NoLoss", "", "Invariant"),
        ("### INV1: NoLoss", "INV1", "Invariant"),
        ("### Action Property S1: NoLoss", "S1", "Action"),
        ("### Property P1: NoLoss", "P1", "Safety"),
        ("### NoLoss", "", "Safety"),
        ("### 7.1 `NoLoss`", "", "Safety"),
    ],
)
def test_heading_announces_a_property(heading: str, label: str, kind: str) -> None:
    (found,) = page(f"## Safety\n\n{heading}\n\n**Statement**: nothing is lost.\n").properties
    assert (found.name, found.label, found.kind) == ("NoLoss", label, kind)


@pytest.mark.parametrize(
    "body",
    [
        "**Statement**: It *holds*,\nalways.\n\n**Formal**: `x = 1`\n\n**Expected Verdict**: PASS",
        "**Statement:** It holds,\nalways.\n**Formal:** `x = 1`\n**Expected:** PASS (surely)",
        "- **Statement**: It holds, always.\n- **Formal**: `x = 1`\n- **Expected Verdict**: `PASS`",
        "- Statement: It holds, always.\n- Formal: `x = 1`\n- Verdict: **PASS**",
        "**Statement**: It holds, always. **Formal**: `x = 1` **Expected verdict**: PASS.",
        "It holds, always.\n\n```tla\nx = 1\n```\n\n**Expected Verdict**: PASS",
        "**Statement**\n\nIt holds, always.\n\n**Formal**\n\n```\nx = 1\n```\n\nVerdict: PASS",
        "| Statement | Formal | Expected |\n|---|---|---|\n| It holds, always. | `x = 1` | PASS |",
    ],
)
def test_property_is_read_in_every_form(body: str) -> None:
    (found,) = page(f"### Safety S1: P\n\n{body}\n").properties
    (line,) = found.lines
    stated = ("It holds, always.", "x = 1", "PASS")
    assert found == Property("P", "S1", "Safety", *stated, found.span, (line,))
    assert (line.text, line.is_formal) == ("x = 1", True)


def test_property_that_says_little_has_empty_parts() -> None:
    (found,) = page("### Safety S1\n").properties
    assert (found.name, found.label, found.statement, found.formal) == ("S1", "S1", "", "")
    assert found.expected is None


@pytest.mark.parametrize(
    "text",
    [
        "### Helper: Covers(o, off)\n\n**Definition**: `o <= off`\n\nMore.\n",
        "### Helper: `Covers(o, off)`\n\n**Definition:**\n```\no <= off\n```\n",
        "## Helpers\n\n### Covers(o, off)\n\n```\no <= off\n```\n",
        "## 5. Helper operators\n\n### 5.1 `Covers(o, off)`\n\n`o <= off`\n",
        "## Helpers\n\n| Operator | Definition |\n|---|---|\n| `Covers(o, off)` | `o <= off` |\n",
    ],
)
def test_helper_is_read_in_every_form(text: str) -> None:
    (helper,) = page(text).helpers
    assert (helper.name, helper.parameters, helper.definition) == (
        "Covers",
        ("o", "off"),
        "o <= off",
    )


def test_code_of_a_definition_keeps_its_layout() -> None:
    (helper,) = page(
        "### Helper: H\n\n- **Definition**:\n  ```\n  /\\ a\n     \\/ b\n  ```\n"
    ).helpers
    assert helper.definition == "/\\ a\n   \\/ b"


def test_title_is_the_first_heading_of_the_top_level() -> None:
    assert page("## Early\n# The `Log`\n# Other\n").title == "The Log"
    assert page("## Only\n").title == "Only"
    assert page("text").title == ""
