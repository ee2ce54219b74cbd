"""Cells of mapping tables: each form gives its references, with the columns where they stand."""

from __future__ import annotations

import pytest

from conform.domain.spec import Absent, ConstructKind, SameNames
from conform.errors import InputError
from tests.unit.languages.markdown.pages import mapping_row, page, references, shown

# The cell begins in column 16 of its line: `| State: `x` | ` stands before it.
CELLS = [
    ("`A`", ["A 17-17"]),
    ("`A(w)`", ["A(w) 17-20"]),
    ("`A()`", ["A() 17-19"]),
    ("`ReadEntry(w, off)`", ["ReadEntry(w|off) 17-33"]),
    ("`F(x[1, 2], {a, b}, <<c, d>>)`", ["F(x[1, 2]|{a, b}|<<c, d>>) 17-44"]),
    ("``A(w)``", ["A(w) 18-21"]),
    ("**`A`**", ["A 19-19"]),
    ("`A(w)` / `B(w)`", ["A(w) 17-20", "B(w) 26-29"]),
    ("`A`, `B`", ["A 17-17", "B 22-22"]),
    ("`A`, `B` and `C`", ["A 17-17", "B 22-22", "C 30-30"]),
    ("`A`, and `B`", ["A 17-17", "B 26-26"]),
    ("`A`<br>`B`", ["A 17-17", "B 24-24"]),
    ("`A(w) / B(w)`", ["A(w) 17-20", "B(w) 24-27"]),
    (r"`A \/ B`", ["A 17-17", "B 22-22"]),
    ("`X` through `Y`", ["X 17-17 .. Y 29-29"]),
    ("`X` to `Y`", ["X 17-17 .. Y 24-24"]),
    ("`X`–`Y`", ["X 17-17 .. Y 21-21"]),
    ("`X through Y`", ["X 17-17 .. Y 27-27"]),
    ("`action X` through `action Y`", ["action X 17-24 .. action Y 36-43"]),
    ("`VARIABLE x`", ["VARIABLE x 17-26"]),
    ("VARIABLE `x`", ["VARIABLE x 26-26"]),
    ("`CONSTANT N`", ["CONSTANT N 17-26"]),
    ("`always assertion X`", ["always assertion X 17-34"]),
    ("`always eventually assertion X`", ["always eventually assertion X 17-45"]),
    ("`logIndex = {}`", ["logIndex [= {}] 17-29"]),
    ('`state = "IDLE"`', ['state [= "IDLE"] 17-30']),
    ("`action A` (either/or)", ["action A [either/or] 17-24"]),
    ("`A` (a (nested) note)", ["A [a (nested) note] 17-17"]),
    ("`A` — see `B`", ["A [see B] 17-17"]),
    ("`A`, which calls `B` twice", ["A [which calls B twice] 17-17"]),
    ("`A` in full, `B`", ["A [in full] 17-17", "B 30-30"]),
    ("`A` (either / or) / `B` (never)", ["A [either / or] 17-17", "B [never] 37-37"]),
    ("`Writer.append`", ["Writer.append 17-29"]),
    ("`Writer::append`", ["Writer::append 17-30"]),
    ("`def append(self, w)`", ["def append(self|w) 17-35"]),
    ("`Log!Append(w)`", ["Log!Append(w) 17-29"]),
    ("`größe`", ["größe 17-21"]),
    ("A(w)", ["A(w) 16-19"]),
    ("VARIABLE x", ["VARIABLE x 16-25"]),
    ("A(w) / B(w)", ["A(w) 16-19", "B(w) 23-26"]),
    ("A through B", ["A 16-16 .. B 26-26"]),
    ("action A (either/or)", ["action A [either/or] 16-23"]),
    ("x = {}", ["x [= {}] 16-21"]),
    ("Same action names", ["same 16-32"]),
    ("same names", ["same 16-25"]),
    ("same", ["same 16-19"]),
    ("Same names as in TLA+", ["same 16-36"]),
    ("—", ["absent [] 16-16"]),
    ("–", ["absent [] 16-16"]),
    ("-", ["absent [] 16-16"]),
    ("--", ["absent [] 16-17"]),
    ("n/a", ["absent [] 16-18"]),
    ("N/A (not needed)", ["absent [not needed] 16-31"]),
    ("none", ["absent [] 16-19"]),
    ("&mdash;", ["absent [] 16-16"]),
    ("— (uses `ENABLED`; TLA+ only)", ["absent [uses ENABLED; TLA+ only] 16-44"]),
    ("— TLA+ only", ["absent [TLA+ only] 16-26"]),
    ("[`Writer.append`](../x/w.py#L10)", ["symbol Writer.append ../x/w.py 10 16-47"]),
    ("[`append()`](w.py#L10-L20)", ["symbol append w.py 10 16-41"]),
    ("[`Writer::append`](w.rs)", ["symbol Writer::append w.rs None 16-39"]),
    ("[the writer](../x/w.py)", ["symbol - ../x/w.py None 16-38"]),
    ("[w](w.md#helpers)", ["symbol - w.md#helpers None 16-32"]),
    ("[`a`](a_b_c.py), [`b`](b.py)", ["symbol a a_b_c.py None 16-30", "symbol b b.py None 33-43"]),
    ("[`a`](a.py) / [b](b.py)", ["symbol a a.py None 16-26", "symbol - b.py None 30-38"]),
    ("[`a`](a.py) (in part)", ["symbol a a.py None 16-26"]),
    ("reference/w.py#L3", ["symbol - reference/w.py 3 16-32"]),
    (
        "`reference/__init__.py:Writer.append`",
        ["symbol Writer.append reference/__init__.py None 17-51"],
    ),
    ("`A` and [`b`](b.py)", ["A 17-17", "symbol b b.py None 24-34"]),
    ("", []),
]


@pytest.mark.parametrize(("cell", "expected"), CELLS, ids=[cell for cell, _ in CELLS])
def test_cell_gives_its_references_with_their_columns(cell: str, expected: list[str]) -> None:
    assert [shown(reference) for reference in references(cell)] == expected


def test_tabs_before_a_cell_count_to_the_next_stop() -> None:
    spec = page("| Spec | TLA+ |\n|---|---|\n|\tState: `x`\t|\t`A`\t|\n")
    row = spec.mapping[0].rows[0]
    assert row.subject.span.column == 9
    assert [shown(reference) for reference in row.cells[0].references] == ["A 34-34"]


def test_escaped_pipe_belongs_to_the_cell() -> None:
    (reference,) = references(r"`x = a \| b`")
    assert shown(reference) == "x [= a | b] 17-26"


def test_cell_keeps_its_text_as_written() -> None:
    row = mapping_row("State: `x`", "`A(w)` (either/or)")
    assert row.cells[0].text == "`A(w)` (either/or)"
    assert row.cells[0].column == "TLA+ Construct"


SUBJECTS = [
    ("State: `x`", ConstructKind.VARIABLE, ("x",), (), ""),
    ("State variable `x`", ConstructKind.VARIABLE, ("x",), (), ""),
    ("[State: `x`](#x)", ConstructKind.VARIABLE, ("x",), (), ""),
    ("State: `x`, `y`", ConstructKind.VARIABLE, ("x", "y"), (), ""),
    ("State: x", ConstructKind.VARIABLE, ("x",), (), ""),
    ("Variable: `x` (derived)", ConstructKind.VARIABLE, ("x",), (), ""),
    ("Constant: `N`", ConstructKind.CONSTANT, ("N",), (), ""),
    ("Action 1: `StartAppend`", ConstructKind.ACTION, ("StartAppend",), ("1",), ""),
    ("Action 1: `StartAppend(w)`", ConstructKind.ACTION, ("StartAppend",), ("1",), ""),
    ("Action 1: StartAppend(w)", ConstructKind.ACTION, ("StartAppend",), ("1",), ""),
    ("**Action 1**: `StartAppend`", ConstructKind.ACTION, ("StartAppend",), ("1",), ""),
    ("Action 3b: `F`", ConstructKind.ACTION, ("F",), ("3b",), ""),
    ("Action 3b", ConstructKind.ACTION, (), ("3b",), ""),
    ("Action: `F`", ConstructKind.ACTION, ("F",), (), ""),
    ("Outcome 2a: `F`", ConstructKind.ACTION, ("F",), ("2a",), ""),
    ("Actions 5-7: Crash/Recovery", ConstructKind.ACTION, (), ("5", "6", "7"), ""),
    ("Actions 10–11: Fencing", ConstructKind.ACTION, (), ("10", "11"), ""),
    ("Actions 5 through 7", ConstructKind.ACTION, (), ("5", "6", "7"), ""),
    ("Actions 3, 3b and 5-6: Mixed", ConstructKind.ACTION, (), ("3", "3b", "5", "6"), ""),
    ("Helper: `H`", ConstructKind.HELPER, ("H",), (), ""),
    ("Helper: `H(off)`", ConstructKind.HELPER, ("H",), (), ""),
    ("Safety S2", ConstructKind.PROPERTY, (), (), "S2"),
    ("Safety S2: `Name`", ConstructKind.PROPERTY, ("Name",), (), "S2"),
    ("Safety S2: Name", ConstructKind.PROPERTY, ("Name",), (), "S2"),
    ("S2: `Name`", ConstructKind.PROPERTY, ("Name",), (), "S2"),
    ("S2", ConstructKind.PROPERTY, (), (), "S2"),
    ("Liveness L3", ConstructKind.PROPERTY, (), (), "L3"),
    ("Invariant: `TypeOK`", ConstructKind.PROPERTY, ("TypeOK",), (), ""),
    ("Property: `P`", ConstructKind.PROPERTY, ("P",), (), ""),
    ("Action property S2: `P`", ConstructKind.PROPERTY, ("P",), (), "S2"),
    ("§6.1 Action 1: `A`", ConstructKind.ACTION, ("A",), ("1",), ""),
]


@pytest.mark.parametrize(
    ("cell", "kind", "names", "numbers", "label"), SUBJECTS, ids=[row[0] for row in SUBJECTS]
)
def test_subject_names_constructs(
    cell: str, kind: ConstructKind, names: tuple[str, ...], numbers: tuple[str, ...], label: str
) -> None:
    subject = mapping_row(cell, "`A`").subject
    assert (subject.kind, subject.names, subject.numbers, subject.label) == (
        kind,
        names,
        numbers,
        label,
    )
    assert subject.text == cell
    assert (subject.span.column, subject.span.end_column) == (3, len(cell) + 2)


def test_words_name_the_construct_that_they_make_when_joined() -> None:
    text = "## Actions\n\n### Store Crash: StoreCrash(s)\n\n- Guard: `x = 0`\n\n"
    spec = page(f"{text}## Mapping\n\n| Spec | TLA+ |\n|---|---|\n| Store Crash | `StoreCrash` |\n")
    assert [(each.name, each.parameters) for each in spec.actions] == [("StoreCrash", ("s",))]
    subject = spec.mapping[0].rows[0].subject
    assert (subject.kind, subject.names) == (ConstructKind.ACTION, ("StoreCrash",))


def test_words_that_the_cells_beside_them_join_are_no_unreadable_construct() -> None:
    subject = mapping_row("Store Crash", "`StoreCrash(s)`").subject
    assert (subject.names, subject.text) == ((), "Store Crash")


ACTIONS = "".join(
    f"### Action {number}: A{number}\n\n" for number in ("4", "5", "5b", "6", "9", "9b", "10")
)


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("5-9", ("5", "6", "9")),
        ("5-9b", ("5", "5b", "6", "9", "9b")),
        ("5b-6", ("5b", "6")),
        ("7-9", ("7", "9")),
        ("6-8", ("6", "8")),
        ("20-22", ("20", "21", "22")),
        ("5-6, 5", ("5", "6")),
    ],
)
def test_range_of_numbers_is_that_of_the_documents_actions(
    written: str, numbers: tuple[str, ...]
) -> None:
    row = mapping_row(f"Actions {written}: Group", "`A`", before=ACTIONS)
    assert row.subject.numbers == numbers


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("`Start`", ConstructKind.ACTION),
        ("Start(w)", ConstructKind.ACTION),
        ("`TypeOK`", ConstructKind.PROPERTY),
        ("`Covers(o)`", ConstructKind.HELPER),
    ],
)
def test_bare_subject_has_the_kind_that_the_document_declares(
    name: str, kind: ConstructKind
) -> None:
    before = "### Action 1: Start(w)\n\n### Invariant: TypeOK\n\n### Helper: Covers(o)\n\n"
    assert mapping_row(name, "`A`", before=before).subject.kind is kind


UNREADABLE = [
    ("`A", 16, 16, "tick", "a tick without a partner"),
    ("see `A`", 16, 18, "see", "prose in front"),
    ("the writer path", 20, 25, "writer", "prose alone"),
    ("`A(w`", 20, 20, "`", "an open parenthesis"),
    ("`x + 1`", 19, 19, "+", "a formula"),
    ("[`a b c d e`](x.py)", 16, 34, "link", "a sentence as code in a link"),
    ("`A` through `B / C`", 28, 34, "range", "alternatives at the end of a range"),
]


@pytest.mark.parametrize(
    ("cell", "column", "end_column", "word"),
    [row[:4] for row in UNREADABLE],
    ids=[row[4] for row in UNREADABLE],
)
def test_unreadable_cell_is_refused_where_it_goes_wrong(
    cell: str, column: int, end_column: int, word: str
) -> None:
    with pytest.raises(InputError) as caught:
        references(cell)
    error = caught.value
    assert error.span is not None
    assert (error.span.line, error.span.column, error.span.end_column) == (3, column, end_column)
    assert error.excerpt.splitlines()[1].index("^") == len("3 | ") + column - 1
    assert error.expected
    assert error.hint
    assert word in str(error)


@pytest.mark.parametrize(
    ("subject", "column", "message"),
    [
        ("Weather", 3, "Weather is nothing that this document declares"),
        ("Weather of steps", 11, "cannot read the cell at 'of'"),
        ("State: the log's index", 3, "names no construct"),
        ("Actions 9-5: Backwards", 11, "9 to 5 is not a range"),
        ("Actions 1-999999: Many", 11, "not a range"),
        ("Safety S1-S3", 13, "several labels"),
        ("Safety S1, S3", 12, "several labels"),
        ("`Stat`", 3, "Stat is nothing that this document declares"),
        ("State: `x + y`", 13, "cannot read the cell at '+'"),
        ("", 2, "ends too early"),
    ],
)
def test_unreadable_subject_is_refused_in_its_own_column(
    subject: str, column: int, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        mapping_row(subject, "`A`")
    assert caught.value.span is not None
    assert (caught.value.span.line, caught.value.span.column) == (3, column)
    assert message in caught.value.message


def test_unknown_bare_subject_offers_the_nearest_name() -> None:
    with pytest.raises(InputError) as caught:
        mapping_row("`StartApend`", "`A`", before="### Action 1: StartAppend\n\n")
    assert caught.value.hint == "did you mean StartAppend?"


def test_second_column_is_refused_at_its_own_columns() -> None:
    with pytest.raises(InputError) as caught:
        mapping_row("State: `x`", "`VARIABLE x`", "see above")
    assert str(caught.value) == (
        "page.md:3:35: cannot read the cell at 'above'\n"
        "3 | | State: `x` | `VARIABLE x` | see above |\n"
        "  |                                   ^^^^^\n"
        "expected: a construct in code (`A(w)`, several with / between), `X` through `Y`,"
        " a link to a file, Same action names, or a dash with a reason\n"
        "hint: name constructs first, in code; put prose behind them, in parentheses"
    )


def test_huge_cell_is_refused() -> None:
    with pytest.raises(InputError, match="more than 8,192 characters"):
        references("`A` " + "(" * 10_000)


LONG = ["(" * 4000, "`A` / " * 1300, "`" * 4000, " " * 4000 + "x", "and " * 2000, "[" * 4000]


@pytest.mark.parametrize("text", LONG)
def test_long_cell_is_read_or_refused_without_delay(text: str) -> None:
    try:
        found = references(f"`A` {text}")
    except InputError as error:
        assert error.span is not None
    else:
        assert found


def test_absent_and_same_names_stand_for_the_whole_cell() -> None:
    (absent,) = references("— (TLA+ only)")
    (same,) = references("Same action names (but one)")
    assert isinstance(absent, Absent)
    assert isinstance(same, SameNames)


@pytest.mark.parametrize("subject", ["Init", "`Init`", "Initial states", "Next-state relation"])
def test_row_about_what_every_model_has_is_about_no_construct(subject: str) -> None:
    row = mapping_row(subject, "`Init`")
    assert (row.subject.names, row.subject.numbers, len(row.cells[0].references)) == ((), (), 1)
