"""Tables by the names of their columns, in any order of the columns."""

from __future__ import annotations

import re
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conform.domain.spec import MappingRow, Spec
from conform.errors import InputError
from tests.unit.languages.markdown.pages import page, place, shown


def table(headers: list[str], *rows: list[str]) -> str:
    """Return a table in the notation of GitHub."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


CONSTANTS = ("Constant", "Type", "Description"), ("`N`", "a number", "how many")
VARIABLES = ("Variable", "Type", "Initial Value"), ("`x`", "`1..N`", "`1`")
PARAMETERS = ("Parameter", "Small", "Medium", "Description"), ("`N`", "`1`", "2", "how many")
FAIRNESS = ("Action", "Fairness", "Why"), ("`A(w)`, `B`", "Weak", "because")
RESULTS = ("Property", "Type", "TLA+", "Notes"), ("`P`", "Safety", "PASS", "by (a) \\| (b)")


def orders(
    named: tuple[tuple[str, ...], tuple[str, ...]],
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return header and row in every order of their columns."""
    pairs = permutations(zip(*named, strict=True))
    return [(tuple(a for a, _ in pair), tuple(b for _, b in pair)) for pair in pairs]


def read(headers: tuple[str, ...], row: tuple[str, ...]) -> Spec:
    """Return what a document with one table says."""
    return page(table(list(headers), list(row)))


@pytest.mark.parametrize(("headers", "row"), orders(CONSTANTS))
def test_constants_in_any_order_of_columns(headers: tuple[str, ...], row: tuple[str, ...]) -> None:
    (constant,) = read(headers, row).constants
    assert (constant.name, constant.description) == ("N", "how many")


@pytest.mark.parametrize(("headers", "row"), orders(VARIABLES))
def test_variables_in_any_order_of_columns(headers: tuple[str, ...], row: tuple[str, ...]) -> None:
    (variable,) = read(headers, row).variables
    assert (variable.name, variable.type_text, variable.initial_text) == ("x", "1..N", "1")


@pytest.mark.parametrize(("headers", "row"), orders(PARAMETERS))
def test_parameters_in_any_order_of_columns(headers: tuple[str, ...], row: tuple[str, ...]) -> None:
    (parameter,) = read(headers, row).parameters
    assert parameter.name == "N"
    assert sorted(parameter.values) == [("Medium", "2"), ("Small", "1")]


@pytest.mark.parametrize(("headers", "row"), orders(FAIRNESS))
def test_fairness_in_any_order_of_columns(headers: tuple[str, ...], row: tuple[str, ...]) -> None:
    statements = read(headers, row).fairness
    assert [(s.action, s.parameters, s.kind) for s in statements] == [
        ("A", ("w",), "weak"),
        ("B", (), "weak"),
    ]


@pytest.mark.parametrize(("headers", "row"), orders(RESULTS))
def test_results_in_any_order_of_columns(headers: tuple[str, ...], row: tuple[str, ...]) -> None:
    spec = read(headers, row)
    assert [(r.property, r.kind, r.verdicts) for r in spec.results] == [
        ("P", "Safety", (("TLA+", "PASS"),))
    ]
    assert [(p.name, p.kind, p.expected) for p in spec.properties] == [("P", "Safety", "PASS")]


ROWS = [
    ("State: `x`", "`VARIABLE x`", "[`W.x`](w.py#L1)", "— (none)"),
    ("Action 2: `A`", "`B(w)` / `C(w)`", "`A` (either/or)", "Same names"),
    ("Actions 5-9: Group", "`D` through `E`", "—", "`f`, `g`"),
    ("Safety S1", "`P`", "`always assertion P`", ""),
]
MAPPING_HEADERS = ("Spec Section", "TLA+ Construct", "Fizzbee Construct", "Python Reference")


def essence(row: MappingRow) -> tuple[object, ...]:
    """Return what a row says, wherever it says it."""
    subject = row.subject
    cells = {
        cell.column: [re.sub(r" \d+-\d+", "", shown(found)) for found in cell.references]
        for cell in row.cells
    }
    return subject.kind, subject.names, subject.numbers, subject.label, subject.text, cells


@given(st.permutations(range(4)), st.permutations(ROWS))
def test_order_of_columns_changes_nothing_but_places(
    columns: list[int], rows: list[tuple[str, ...]]
) -> None:
    headers = [MAPPING_HEADERS[index] for index in columns]
    (straight,) = page(table(list(MAPPING_HEADERS), *map(list, rows))).mapping
    (shuffled,) = page(table(headers, *([row[i] for i in columns] for row in rows))).mapping
    assert [essence(row) for row in shuffled.rows] == [essence(row) for row in straight.rows]
    assert list(shuffled.columns) == [header for header in headers if header != "Spec Section"]


@pytest.mark.parametrize(
    ("headers", "columns"),
    [
        (["Spec Section", "TLA+ Construct"], ("TLA+ Construct",)),
        (["Spec", "TLA+", "Python"], ("TLA+", "Python")),
        (["spec construct", "RUST REFERENCE"], ("RUST REFERENCE",)),
        (["**Specification**", "`Go` Implementation"], ("Go Implementation",)),
        (["Spec Section", "TLA+ Construct", "Notes"], ("TLA+ Construct",)),
        (["Why", "Spec Section", "Code"], ("Code",)),
    ],
)
def test_mapping_table_is_known_by_its_headers(
    headers: list[str], columns: tuple[str, ...]
) -> None:
    (found,) = page(table(headers)).mapping
    assert (found.columns, found.rows) == (columns, ())


@pytest.mark.parametrize(
    "headers",
    [
        ["Layer", "Document", "Description"],
        ["Spec Section", "Description"],
        ["Parameter", "Type", "Description"],
        ["Property", "Default"],
        ["Action", "Result"],
        ["Variable", "Description"],
    ],
)
def test_other_tables_are_left_alone(headers: list[str]) -> None:
    spec = page(table(headers, ["see below"] * len(headers)))
    assert spec == Spec("page.md", "")


def test_kinds_of_fairness() -> None:
    kinds = ["Weak", "WF", "weak fairness", "WF_vars", "Strong", "SF", "strongly fair"]
    none = ["None", "—", "-", "", "no", "None (failures are rare)"]
    rows = [[f"`A{index}`", kind] for index, kind in enumerate([*kinds, *none])]
    statements = page(table(["Action", "Fairness"], *rows)).fairness
    expected = ["weak"] * 4 + ["strong"] * 3 + ["none"] * 6
    assert [statement.kind for statement in statements] == expected


def test_unknown_kind_of_fairness_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        page(table(["Action", "Fairness"], ["`A`", "sometimes"]))
    assert str(caught.value) == (
        "page.md:3:9: no kind of fairness: sometimes\n"
        "3 | | `A` | sometimes |\n"
        "  |         ^^^^^^^^^\n"
        "expected: Weak, Strong or None\n"
        "hint: begin the cell with the kind; more may follow it"
    )


def test_fairness_by_number_and_range_names_the_documents_actions() -> None:
    text = "".join(f"### Action {n}: A{n}(w)\n" for n in range(1, 6)) + "\n"
    rows = [["Actions 1-2: First", "Weak"], ["`A3` to `A5`", "Strong"]]
    statements = page(text + table(["Action", "Fairness"], *rows)).fairness
    assert [(s.action, s.parameters, s.kind) for s in statements] == [
        ("A1", ("w",), "weak"),
        ("A2", ("w",), "weak"),
        ("A3", ("w",), "strong"),
        ("A4", ("w",), "strong"),
        ("A5", ("w",), "strong"),
    ]


@pytest.mark.parametrize("cell", ["`A` through `Z`", "[a](a.py)", "—", "Actions 7-9: None"])
def test_fairness_of_no_action_is_refused(cell: str) -> None:
    with pytest.raises(InputError, match="names no action of this document"):
        page("### Action 1: A\n\n" + table(["Action", "Fairness"], [cell, "Weak"]))


def test_row_with_a_cell_too_many_is_refused_at_that_cell() -> None:
    with pytest.raises(InputError) as caught:
        page("| Spec | TLA+ |\n|---|---|\n| State: `x` | `a || b` |\n")
    assert str(caught.value).splitlines()[:3] == [
        "page.md:3:20: the row has 4 cells, its header 2",
        "3 | | State: `x` | `a || b` |",
        "  |                    ^",
    ]
    assert "\\|" in caught.value.hint


def test_row_with_cells_missing_has_empty_ones() -> None:
    (found,) = page("| Spec | TLA+ | Rust |\n|---|---|---|\n| State: `x` | `x`\n").mapping
    assert [len(cell.references) for cell in found.rows[0].cells] == [1, 0]


def test_mapping_table_that_markdown_would_lose_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        page("| Spec Section | TLA+ Construct |\n|---|---|---|\n| State: `x` | `x` |\n")
    assert caught.value.span is not None
    assert place(caught.value.span) == (2, 1, 2, 13)
    assert "2 columns, the row below it 3" in caught.value.message


def test_one_row_may_name_several_constants() -> None:
    rows = [["`Low`, `High`", "1, 3", "{1, 2}, {3, 4}"]]
    spec = page(table(["Constant", "Small", "Medium"], *rows))
    assert [(p.name, p.values) for p in spec.parameters] == [
        ("Low", (("Small", "1"), ("Medium", "{1, 2}"))),
        ("High", (("Small", "3"), ("Medium", "{3, 4}"))),
    ]
    assert [constant.name for constant in spec.constants] == ["Low", "High"]
    with pytest.raises(InputError, match="names 2 constants, the cell has 1 values"):
        page(table(["Parameter", "Small"], ["`Low`, `High`", "1"]))


def test_row_that_groups_others_is_left_out_and_one_without_a_name_refused() -> None:
    headers = ["Variable", "Type", "Initially"]
    spec = page(table(headers, ["**Of the log:**", "", ""], ["`x`", "`1..2`", "1"]))
    assert [variable.name for variable in spec.variables] == ["x"]
    with pytest.raises(InputError, match="the cell gives no name"):
        page(table(headers, ["the log's index", "`1..2`", "1"]))


def test_properties_of_a_table_supplement_those_of_sections() -> None:
    sections = "### Safety S1: P\n\n**Expected Verdict**: FAIL\n\n### Safety S2: Q\n\n"
    headers = ["Property", "Type", "TLA+", "Expected"]
    rows = [
        ["`P`", "Safety", "PASS", "PASS"],
        ["`Q`", "Safety", "—", "FAIL"],
        ["`R`", "", "PASS", ""],
    ]
    spec = page(sections + "## Results\n\n" + table(headers, *rows))
    assert [(p.name, p.expected) for p in spec.properties] == [("P", "FAIL"), ("Q", "FAIL")]
    assert [row.property for row in spec.results] == ["P", "Q", "R"]
    assert spec.results[1].verdicts == (("TLA+", "—"), ("Expected", "FAIL"))


def test_table_may_state_properties() -> None:
    headers = ["ID", "Property", "Kind", "Statement", "Formal", "Expected"]
    row = ["S1", "`P`", "Safety", "It holds.", "`x = 1`", "PASS"]
    (found,) = page(table(headers, row)).properties
    assert (found.label, found.name, found.kind) == ("S1", "P", "Safety")
    assert (found.statement, found.formal, found.expected) == ("It holds.", "x = 1", "PASS")


def test_table_may_state_actions() -> None:
    headers = ["#", "Action", "Guard", "Effect"]
    rows = [
        ["1", "`A(w)`", "`x = 1`, `y = 2`", "choose `c`; `x := c`"],
        ["3b", "B", "—", "it ends"],
    ]
    actions = page("## Actions\n\n" + table(headers, *rows)).actions
    assert [(a.number, a.name, a.parameters) for a in actions] == [
        ("1", "A", ("w",)),
        ("3b", "B", ()),
    ]
    assert [line.text for line in actions[0].guard] == ["x = 1", "y = 2"]
    assert [line.text for line in actions[0].effect] == ["choose c", "x := c"]
    assert actions[1].guard == ()


def test_tables_in_quotes_and_lists_have_their_own_places() -> None:
    text = "> - | Spec | TLA+ |\n>   |---|---|\n>   | State: `x` | `x` |\n"
    (found,) = page(text).mapping
    assert place(found.rows[0].subject.span) == (3, 7, 3, 16)
    assert place(found.rows[0].span) == (3, 5, 3, 24)
