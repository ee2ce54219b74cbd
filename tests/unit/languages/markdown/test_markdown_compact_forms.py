"""What documents say in little room: tables of names, rows of several, variants in one item."""

from __future__ import annotations

import pytest

from conform.domain.spec import ConstructReference, Spec
from conform.errors import InputError
from conform.languages.markdown.formal.syntax import RecordOf, SetOf
from conform.languages.markdown.formal.traversal import walk
from tests.unit.languages.markdown.formal.texts import findings, read, value
from tests.unit.languages.markdown.pages import outline_of, page

PAGE = """\
# Claims

## Parameters

| Parameter | Small | Medium |
|---|---|---|
| `Workers` | `{w1, w2}` | `{w1, w2, w3}` |
| `Tasks` | `{t1}` | `{t1, t2}` |
| `Most` | 2 | 3 |

- `First` = `1` in the first half, `Most` in the second
- `Most` = 2 is enough

## State

| Variable | Domain | Initially |
|---|---|---|
| `status[t]` | `PENDING`, `COMMITTED` | `PENDING` |
| `owner[t]` | a worker or `NOBODY` | `NOBODY` |
| `tries[t]` | `0..Most` | `0` |
| `lock[t]` | `{holder: {NOBODY, SOME}, version: 0..Most}` | `{NOBODY, 0}` |
| `odd[x]` | `A`, `B` | `A` |

We write `Free` for the record `{holder: NOBODY, version: 0}`.

## Actions

### Action 1: Scan(w, t)

**Guard**: `status[t] = PENDING`

**Effect**: `owner[t] := w`

### Action 2: `Try(t)`

#### 2a. `TrySuccess(t)`

**Guard**: `tries[t] < Most`

**Effect**: `tries[t] := tries[t] + 1`

#### 2b. `TryFail(t)`

**Guard**: `tries[t] = Most`

**Effect**: `lock[t] := Free`

### Action 3: Finish(t)

Let `more = tries[t] + 1`.

**Guard**: `more ≤ Most`

**Effect**: `tries[t] := more`

Two variants say what happens otherwise:

- **FinishLate(t)** — it came too late. Guard: `more > Most`. Effect: `status[t] := COMMITTED`. So.
- **FinishNever(t)** — Guard: `status[t] = COMMITTED`. Effect: `tries[t] := 0`.

### Action 4: Write(t)

**Guard**: `status[t] = PENDING`

**Effect**: either
- *success*: `status[t] := COMMITTED`, or
- *failure*: `tries[t] := 0`

## Properties

### Safety S1: Bounded

**Formal**: `∀ t ∈ Tasks : ∀ w ∈ Workers : tries[t] ≤ Most`
"""
NAMES = """\
## Mapping

### Actions

| Action | TLA+ | FizzBee |
|---|---|---|
| 1. Scan | `Scan(w, t)` | `Scan` |
| 3. Finish | `Finish(t)` / `FinishLate(t)` | — (later) |

### Parameters

| Parameter | TLA+ | FizzBee |
|---|---|---|
| Workers | `Workers` | `WORKERS` |
| Most | `Most` | `MOST` |
"""


def claims(more: str = "") -> Spec:
    return page(PAGE + more)


def subjects(spec: Spec) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    rows = [row for table in spec.mapping for row in table.rows]
    return [(str(row.subject.kind), row.subject.names, row.subject.numbers) for row in rows]


def test_table_of_names_is_a_mapping_table_of_the_kind_in_its_header() -> None:
    spec = claims(NAMES)
    assert subjects(spec) == [
        ("action", ("Scan",), ("1",)),
        ("action", ("Finish",), ("3",)),
        ("constant", ("Workers",), ()),
        ("constant", ("Most",), ()),
    ]
    assert [row.name for row in spec.parameters] == ["Workers", "Tasks", "Most"]


@pytest.mark.parametrize("cell", ["`{w1, w2}`", "3", "`3`", "PASS", "`Workers` has 2"])
def test_table_with_values_is_no_table_of_names(cell: str) -> None:
    rows = "| Workers | `Workers` | `WORKERS` |\n"
    table = NAMES.replace(rows, f"| Workers | {cell} | `WORKERS` |\n")
    spec = claims(table)
    named = "Workers" in [name for _, names, _ in subjects(spec) for name in names]
    assert named is (cell == "`Workers` has 2")


def group(first: str, *cells: str) -> list[tuple[str, tuple[str, ...], list[str]]]:
    text = "## Mapping\n\n| Spec Section | TLA+ | FizzBee |\n|---|---|---|\n"
    rows = claims(f"{text}| {first} | {' | '.join(cells)} |\n").mapping[0].rows
    return [
        (
            row.subject.label,
            row.subject.names,
            [
                found.name
                for cell in row.cells
                for found in cell.references
                if isinstance(found, ConstructReference)
            ],
        )
        for row in rows
    ]


def test_row_about_a_range_of_labels_is_a_row_about_each() -> None:
    assert group("Liveness L1-L3", "`A` / `B` / `C`", "— (TLA+ only)") == [
        ("L1", (), ["A"]),
        ("L2", (), ["B"]),
        ("L3", (), ["C"]),
    ]


def test_row_about_all_constants_is_a_row_about_each() -> None:
    assert group("Constants", "`Workers`, `Most`", "`WORKERS`, `MOST`") == [
        ("", ("Workers",), ["Workers", "WORKERS"]),
        ("", ("Most",), ["Most", "MOST"]),
    ]


@pytest.mark.parametrize(
    ("first", "cells"),
    [
        ("Liveness L1-L3", ("`A` / `B`", "`X` / `Y`")),
        ("Liveness L1-L2", ("`A` / `B`", "`X` / `Y` / `Z`")),
        ("Constants", ("`Workers`, `Most`", "`WORKERS`")),
    ],
)
def test_row_whose_cells_do_not_match_is_told(first: str, cells: tuple[str, str]) -> None:
    with pytest.raises(InputError):
        group(first, *cells)


def test_headings_with_a_number_and_a_letter_are_outcomes() -> None:
    lines = outline_of(claims().actions)
    assert lines[1:4] == ["2:Try(t)", "  2a:TrySuccess(t)", "  2b:TryFail(t)"]


def test_variants_in_items_stand_beside_their_action() -> None:
    spec = claims()
    late, never = (each for each in spec.actions if each.name in ("FinishLate", "FinishNever"))
    assert [line.text for line in late.effect] == ["status[t] := COMMITTED"]
    assert [line.text for line in never.guard[-1:]] == ["status[t] = COMMITTED"]
    assert "Let more = tries[t] + 1" in [line.text for line in late.guard]


def test_case_with_or_behind_it_is_formal() -> None:
    outcomes = next(each for each in claims().actions if each.name == "Write").outcomes
    assert [[line.text for line in each.effect] for each in outcomes] == [
        ["status[t] := COMMITTED"],
        ["tries[t] := 0"],
    ]


def test_variable_with_an_index_is_a_function() -> None:
    status, owner, tries, lock, odd = claims().variables
    assert (status.type_text, status.domain) == ("Tasks → {PENDING, COMMITTED}", "Tasks")
    assert (owner.domain, tries.type_text) == ("Tasks", "Tasks → 0..Most")
    assert lock.domain == "Tasks"
    assert (odd.type_text, odd.domain) == ("x → {A, B}", "")


def test_elements_begin_with_what_is_stated_of_one() -> None:
    document = read(PAGE)
    assert findings(PAGE) == []
    begins = {each.name: each.initial is not None for each in document.variables}
    assert begins == {"status": True, "owner": True, "tries": True, "lock": True, "odd": False}
    lock = next(each.initial for each in document.variables if each.name == "lock")
    assert lock is not None
    assert [type(each) for each in walk(lock) if isinstance(each, SetOf | RecordOf)] == [RecordOf]
    assert {each.name: [*map(bool, each.ranges)] for each in document.actions}["Scan"] == [
        True,
        True,
    ]


def test_name_that_an_item_equates_is_a_helper_unless_it_is_a_constant() -> None:
    assert [helper.name for helper in claims().helpers] == ["First"]


def test_name_that_is_bound_over_two_sets_stands_for_neither() -> None:
    twice = PAGE.replace("## Properties\n", "For `t ∈ Workers` it is otherwise.\n\n## Properties\n")
    assert page(twice).variables[0].domain == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("|{n ∈ 1..4 : n > 1}| = count", "TRUE"),
        ("|Workers| < 2 ∨ |Workers| = 2", "TRUE"),
        ("count = 1 || count = 3 || Max = 1", "TRUE"),
    ],
)
def test_size_of_a_set_may_stand_between_bars(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("line", "is_formal"),
    [
        ("`Ready` holds", True),
        ("`Ready` holds for the current round", True),
        ("`Ready` holds for every worker", False),
        ("`Ready` holds unless it is late", False),
        ("Choose a batch size `n ∈ 1..Most`", True),
        ("Choose a worker that has `n ∈ 1..Most` of its own", False),
    ],
)
def test_words_around_a_condition(line: str, is_formal: bool) -> None:
    text = PAGE.replace("**Guard**: `more ≤ Most`", f"**Guard**:\n- `more ≤ Most`\n- {line}")
    text += "\n## Helpers\n\n### Helper: Ready\n\n**Definition**: `tries[t1] = 0`\n"
    action = next(each for each in read(text).actions if each.name == "Finish")
    assert [each.text for each in action.prose] == ([] if is_formal else [line.replace("`", "")])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("~5*10^4 states", [(50_000, True, False)]),
        ("about 1.5 × 10^5 states", [(150_000, True, False)]),
        ("2*10^5-6 states", [(200_000, True, True)]),
        ("10^4 states", [(10_000, True, True)]),
        ("7*5 states", []),
    ],
)
def test_powers_of_ten_may_have_a_factor(line: str, expected: list[tuple[int, bool, bool]]) -> None:
    counts = page(f"```\n{line}\n```\n").counts
    assert [(each.value, each.is_approximate, each.is_power) for each in counts] == expected
