"""Transitions with labels of their own, said in tables of rows, in code, and in sentences."""

from __future__ import annotations

import pytest

from conform.domain.spec import ConstructKind, SameNames, Spec
from tests.unit.languages.markdown.pages import page

SENTENCES = "## Actions\n\n### A1. Open(d)\n\n{words}\n"


def lines_of(spec: Spec) -> tuple[list[str], list[str]]:
    (action,) = spec.actions
    return [line.text for line in action.guard], [line.text for line in action.effect]


@pytest.mark.parametrize(
    ("title", "number", "name", "parameters"),
    [
        ("### A1. Open(d)", "A1", "Open", ("d",)),
        ("### T2b `Open`", "T2b", "Open", ()),
        ("### R-3: OpenWide", "R-3", "OpenWide", ()),
    ],
)
def test_label_and_name_head_an_action(
    title: str, number: str, name: str, parameters: tuple[str, ...]
) -> None:
    (action,) = page(f"## Actions\n\n{title}\n\n- **Effect**: `door := OPEN`\n").actions
    assert (action.number, action.name, action.parameters) == (number, name, parameters)


def test_label_before_an_english_word_heads_no_action() -> None:
    assert page("## Actions\n\n### A1. Introduction\n\nWords about actions.\n").actions == ()


@pytest.mark.parametrize(
    ("words", "guard", "effect"),
    [
        ("It is taken when `d = 1` and `e = 2`. It sets `d := 2`.", ["d = 1", "e = 2"], ["d := 2"]),
        ("When `d = 1`, `d := 2`.", ["d = 1"], ["d := 2"]),
        (
            "1. Requires that `d = 1`.\n2. Sets `d` to `2` and `e` to `3`.",
            ["d = 1"],
            ["d to 2", "e to 3"],
        ),
        ("When `d = 1`, increment `e`, set `d` to 2.", ["d = 1"], ["increment e, set d to 2"]),
        (
            "Whenever `d = 1` and `e = 2`, `d` becomes `2`.",
            ["d = 1", "e = 2"],
            ["d becomes 2"],
        ),
        ("If `d = 1`, then `d` is set to `2`.", ["d = 1"], ["d is set to 2"]),
        ("It happens when `d = 1`. `d` becomes `2`.", ["d = 1"], ["d becomes 2"]),
        ("A writer may do this when `d = 1`. Then `d := 2`.", ["d = 1"], ["d := 2"]),
        ("A writer may do nothing when `d = 1`.", [], []),
        ("Precondition: `d = 1`. Postcondition: `d' = 2`.", ["d = 1."], ["d' = 2."]),
        ("As long as `d = 1` holds, set `d := 2`.", ["d = 1"], ["d := 2"]),
        ("`d = 1` \N{RIGHTWARDS ARROW} `d := 2`", ["d = 1"], ["d := 2"]),
        ("Provided that `d = 1` and changes `d` to `2`.", ["d = 1"], ["changes d to 2"]),
        (
            "When `d = 1`. The key of `e` is removed, as all know.",
            ["d = 1"],
            ["The key of e is removed, as all know"],
        ),
        ("Note that `e` is removed in the end.", [], []),
        ("Only words.", [], []),
    ],
)
def test_sentences_give_guard_and_effect(words: str, guard: list[str], effect: list[str]) -> None:
    assert lines_of(page(SENTENCES.format(words=words))) == (guard, effect)


def test_sentences_beside_a_labelled_clause_are_words() -> None:
    words = "It is taken when `e = 2`.\n\n- **Guard**: `d = 1`\n- **Effect**: `d := 2`"
    assert lines_of(page(SENTENCES.format(words=words))) == (["d = 1"], ["d := 2"])


def test_bold_title_of_two_outcomes_is_the_action_of_both() -> None:
    spec = page(
        "## Transitions\n\n**T2 `SendOk(w)`, `SendFail(w)`** \N{EM DASH} it ends.\n\n"
        "| | |\n|---|---|\n| When | `s = 1` |\n| What, success | `s := 2` |\n"
        "| What, failure | `s := 3` |\n"
    )
    (action,) = spec.actions
    assert (action.number, action.name) == ("T2", "Send")
    assert [
        (each.name, [line.text for line in each.guard], [line.text for line in each.effect])
        for each in action.outcomes
    ] == [("SendOk", ["s = 1"], ["s := 2"]), ("SendFail", ["s = 1"], ["s := 3"])]


@pytest.mark.parametrize(
    "words",
    [
        "*Pre*: `d = 1`\n*Post*: `d := 2`",
        "**Enabled:** `d = 1`\n\n**Update:** `d := 2`",
        "- **Given** `d = 1`\n- **Then** `d := 2`",
        "```\nawait d = 1\nd := 2\n```",
        "```\nwhen d = 1:\n    d := 2\n```",
        "It requires `d = 1`; it sets `d := 2`.",
    ],
)
def test_other_words_for_guard_and_effect(words: str) -> None:
    assert lines_of(page(SENTENCES.format(words=words))) == (["d = 1"], ["d := 2"])


@pytest.mark.parametrize("title", ["[A1] Open(d)", "(iv) Open(d)"])
def test_label_in_brackets_is_none_of_the_name(title: str) -> None:
    (action,) = page(f"## Actions\n\n### {title}\n\n- **Effect**: `door := OPEN`\n").actions
    assert action.name == "Open"


def test_item_has_its_clauses_in_items_below_it() -> None:
    text = "## Actions\n\n- **Open(d)**\n  - guard: `d = 1`\n  - effect: `d := 2`\n\nMore.\n"
    assert lines_of(page(text)) == (["d = 1"], ["d := 2"])


def test_bold_name_without_guard_or_effect_is_no_title() -> None:
    assert page("## Transitions\n\n**T2 `Send(w)`** is described below.\n").actions == ()


def test_bold_title_outside_of_actions_is_no_action() -> None:
    text = "## Background\n\n**T2 `Send(w)`**: when `s = 1`, `s := 2`.\n"
    assert page(text).actions == ()


def test_code_that_requires_and_then_does() -> None:
    code = "```\nrequires d = 1\nrequires e = 1\nthen     d := 2\n         e := 3\n```"
    assert lines_of(page(SENTENCES.format(words=code))) == (
        ["d = 1", "e = 1"],
        ["d := 2", "e := 3"],
    )


MAPPED = (
    "## Variables\n\n| Variable | Initial |\n|---|---|\n| `x` | 0 |\n| `y` | 0 |\n\n"
    "## Actions\n\n### T1. Go(w)\n\n- **Effect**: `x := 1`\n\n### T2. Stay(w)\n\n"
    "- **Effect**: `x := 1`\n\n### T2b. Rest(w)\n\n- **Effect**: `x := 1`\n\n"
    "## Invariants\n\n**S1 Small.** `x < 2`\n\n**S2 Little.** `y < 2`\n\n"
    "## Where\n\n| Section | Here | TLA+ |\n|---|---|---|\n"
)


def subject_of(row: str) -> list[tuple[ConstructKind, tuple[str, ...], tuple[str, ...], str]]:
    (table,) = page(f"{MAPPED}| 3 | T1 | `Go` |\n| 3 | T2 | `Stay` |\n{row}\n").mapping
    subjects = [each.subject for each in table.rows[2:]]
    return [(each.kind, each.names, each.numbers, each.label) for each in subjects]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| 3 | T1, T2b | `Both` |", [(ConstructKind.ACTION, (), ("T1", "T2b"), "")]),
        (
            "| 3 | T1, T2b | `Go`, `Rest` |",
            [(ConstructKind.ACTION, (), ("T1",), ""), (ConstructKind.ACTION, (), ("T2b",), "")],
        ),
        (
            "| 3 | T1 \u2026 T2b | same names |",
            [(ConstructKind.ACTION, (), ("T1", "T2", "T2b"), "")],
        ),
        (
            "| 2 | all state variables | same names |",
            [(ConstructKind.VARIABLE, ("x",), (), ""), (ConstructKind.VARIABLE, ("y",), (), "")],
        ),
        (
            "| 2 | `x`, `y` | `x1`, `y1` |",
            [(ConstructKind.VARIABLE, ("x",), (), ""), (ConstructKind.VARIABLE, ("y",), (), "")],
        ),
        (
            "| 5 | S1 \N{EN DASH} S2 | by name |",
            [(ConstructKind.PROPERTY, (), (), "S1"), (ConstructKind.PROPERTY, (), (), "S2")],
        ),
        (
            "| 5 | S1, S2 | by name |",
            [(ConstructKind.PROPERTY, (), (), "S1"), (ConstructKind.PROPERTY, (), (), "S2")],
        ),
        ("| 2 | is free | `IsFree(t)` |", [(ConstructKind.HELPER, (), (), "")]),
    ],
)
def test_rows_of_labels_and_groups(
    row: str, expected: list[tuple[ConstructKind, tuple[str, ...], tuple[str, ...], str]]
) -> None:
    assert subject_of(row) == expected


def test_by_name_is_the_same_name() -> None:
    (table,) = page(f"{MAPPED}| 3 | T1 | `Go` |\n| 5 | S1 | by name |\n").mapping
    assert isinstance(table.rows[1].cells[0].references[0], SameNames)


def test_index_of_sections_is_no_mapping_table() -> None:
    index = (
        "## Where to find what\n\n| Spec | TLA+ |\n|---|---|\n| State (section 3) | `VARIABLES` |\n"
        "| Reads (section 5) | `ReadEntry` |\n| Fairness (section 7) | `Fairness` |\n"
    )
    assert page(index).mapping == ()


def test_sentences_in_a_table_of_properties_are_no_verdicts() -> None:
    table = (
        "## Properties\n\n| | Property | In so many words | Formally |\n|---|---|---|---|\n"
        "| S1 | Alone | No two workers hold one task. | `x < 2` |\n"
    )
    (found,) = page(table).properties
    assert (found.name, found.label, found.expected) == ("Alone", "S1", None)


def test_label_with_a_dot_behind_the_name_heads_a_property() -> None:
    (found,) = page("## Invariants\n\n**S2 Little.** The value is small.\n\n`y < 2`\n").properties
    assert (found.label, found.name) == ("S2", "Little")


def test_variables_told_in_sentences_are_declared() -> None:
    text = (
        "## State\n\n`next` is the offset that comes next. It starts at 1.\n\n"
        "`gate` is `OPEN` at first.\n\n`OPEN` is the state of a gate that lets through.\n"
    )
    found = [(each.name, each.initial_text) for each in page(text).variables]
    assert found == [("next", "1"), ("gate", "OPEN")]


def test_one_paragraph_about_a_name_declares_no_variable() -> None:
    assert page("## State\n\n`next` is a word.\n").variables == ()
