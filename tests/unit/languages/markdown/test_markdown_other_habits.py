"""Habits of other authors: headers, words for verdicts, bare values, numbers without full stops."""

from __future__ import annotations

import pytest

from conform.check.texts.numbering import sections_of
from conform.domain.spec import Property
from conform.languages.markdown.prose import read_prose
from conform.text import Source
from tests.unit.languages.markdown.pages import page

ACTIONS = "## Actions\n\n### Action 1: Go(w)\n\n**Guard**: `x = 1`\n\n**Effect**: `x := 2`\n\n"
ROWS = "| State: `x` | `VARIABLE x` | `x = 1` |\n| Action 1: `Go` | `Go(w)` | `action Go` |\n"
FILES = "| [go.md](go.md) | `Go.tla` | `Go.fizz` |\n"


def mapped(header: str, rows: str) -> int:
    """Return how many rows of mapping tables there are below a header."""
    table = f"## Traceability\n\n{header}\n|---|---|---|\n{rows}"
    return sum(len(each.rows) for each in page(ACTIONS + table).mapping)


@pytest.mark.parametrize("word", ["Document", "Element", "Spec Section", "In the document"])
def test_mapping_table_is_known_by_its_constructs(word: str) -> None:
    assert mapped(f"| {word} | TLA+ | FizzBee |", ROWS) == 2


def test_index_of_documents_is_no_mapping_table() -> None:
    assert mapped("| Document | TLA+ | FizzBee |", FILES) == 0


@pytest.mark.parametrize(
    ("written", "expected"),
    [("holds", "PASS"), ("✓", "PASS"), ("violated", "FAIL"), ("PASS", "PASS"), ("open", "open")],
)
def test_other_words_for_verdicts_are_verdicts(written: str, expected: str) -> None:
    text = "## Properties\n\n### Safety S1: Good\n\n**Formal**: `x = 1`\n\n"
    table = f"## Expected\n\n| Property | Expected |\n|---|---|\n| Good | {written} |\n"
    assert [found.expected for found in page(text + table).properties] == [expected]


def stated(text: str) -> Property:
    (found,) = page(f"## Safety Properties\n\n{text}\n").properties
    return found


def test_formula_behind_a_sentence_is_the_formal_statement() -> None:
    found = stated("* **S1 Good**: it stays so.\n  `x = 1 ∧ y = 2`")
    assert [line.text for line in found.lines] == ["x = 1 ∧ y = 2"]


def test_name_behind_a_sentence_is_no_formula() -> None:
    assert stated("* **S1 Good**: it stays so. `Go`").lines == ()


def test_none_without_marks_is_an_initial_value() -> None:
    table = "## State\n\n| Variable | Type | Initial |\n|---|---|---|\n| x | {{A, NONE}} | {} |\n"
    (variable,) = page(table.format("NONE")).variables
    assert variable.initial_line is not None
    assert page(table.format("—")).variables[0].initial_line is None


def fairness(rest: str) -> list[tuple[str, str]]:
    table = f"## Fairness\n\n| Action | Fairness |\n|---|---|\n| `Go` | weak |\n| {rest} |\n"
    return [(each.action, each.kind) for each in page(ACTIONS + table).fairness]


@pytest.mark.parametrize("rest", ["all others | none", "All other actions | None", "the rest | no"])
def test_row_about_the_rest_gives_no_fairness(rest: str) -> None:
    assert fairness(rest) == [("Go", "weak")]


def test_sections_are_numbered_without_full_stops_beside_numbered_actions() -> None:
    text = "# Go\n\n## 1 State\n\n## 2 Actions\n\n### Action 1: Go\n\n"
    found = sections_of(read_prose(Source("page.md", text)))
    assert [number.text for number in found] == ["1", "2"]


def test_formula_right_behind_a_title_is_the_formal_statement() -> None:
    found = stated("- **S3 (Good)**: `∀ t ∈ Tasks : x[t] = 1`")
    assert [line.text for line in found.lines] == ["∀ t ∈ Tasks : x[t] = 1"]
    assert stated("- **S3 (Good)**: `Go`").lines == ()


def test_helper_is_the_code_behind_its_sign_without_the_words_about_it() -> None:
    text = "## Helpers\n\n**`First(e)`** = `e - size[e] + 1`, the first that `e` covers.\n"
    (helper,) = page(text).helpers
    assert (helper.name, helper.definition) == ("First", "e - size[e] + 1")
    assert helper.lines[0].is_formal


@pytest.mark.parametrize(
    "lines",
    [
        "```\nPhase = { IDLE, BUSY }\n```",
        "```\nPhase ::= IDLE | BUSY\n```",
        "```\nenum Phase { IDLE, BUSY }\n```",
        "`Phase` = `{IDLE, BUSY}`",
        "`Phase` is one of two values: `IDLE`, `BUSY`.",
        "A `Phase` is one of `IDLE` and `BUSY`",
    ],
)
def test_type_that_is_spelled_out_elsewhere_has_its_values(lines: str) -> None:
    table = (
        "## State\n\n| Variable | Type | Initial |\n|---|---|---|\n| `p` | `[W → Phase]` | IDLE |\n"
    )
    assert [each.type_text for each in page(f"{table}\n{lines}\n").variables] == [
        "[W → {IDLE, BUSY}]"
    ]
    twice = f"{table}\n{lines}\n\n```\nPhase = {{ IDLE, GONE }}\n```\n"
    assert [each.type_text for each in page(twice).variables] == ["[W → Phase]"]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("return size[e] = 0", ["size[e] = 0"]),
        ("return any(size[o] > 0 for o in Offsets)", []),
        ("if size[e] = 0:\n        return TRUE", []),
    ],
)
def test_helper_may_be_a_program(body: str, lines: list[str]) -> None:
    text = f"## Helpers\n\n```\ndef Free(e):\n    {body}\n```\n"
    (helper,) = page(text).helpers
    assert (helper.name, helper.parameters) == ("Free", ("e",))
    assert [line.text for line in helper.lines] == lines
