"""Types and initial values of variables in words, lists and tables: all to the same states."""

from __future__ import annotations

import pytest

from tests.unit.languages.markdown.formal.texts import counts, findings, read

PAGE = """\
# Log

## Constants

| Constant | Small |
|---|---|
| `Writers` | `{w1, w2}` |
| `Last` | 2 |

## State Variables

| Variable | Type | Initial Value | Description |
|---|---|---|---|
| `state` | STATE | STATE0 | of each writer |
| `log` | LOG | LOG0 | an entry for each offset |
| `mode` | MODE | `OPEN` | of the log |

BELOW

## Actions

### Action 1: Go(w)

**Guard:** `state[w] = IDLE ∧ mode = OPEN`

**Effect:** `state[w] := DONE`; `log[Last] := [kind: FULL, size: log[1].size + 1]`

### Action 2: Close

**Guard:** `mode = OPEN`

**Effect:** `mode := SHUT`
"""
BASE = {
    "STATE": "`[Writers → {IDLE, DONE}]`",
    "STATE0": "all `IDLE`",
    "LOG": "`[1..Last → [kind: {FULL, FREE}, size: 0..Last]]`",
    "LOG0": "`[o ∈ 1..Last ↦ [kind ↦ FREE, size ↦ 0]]`",
    "MODE": "`{OPEN, SHUT}`",
    "BELOW": "",
}
FIELDS = """\
**Entry**

| Field | Type |
|---|---|
| `kind` | `{FULL, FREE}` |
| `size` | `0..Last` |
"""
IN_WORDS = {
    "an entry for": "Kind and size of the entry for",
    "log[1].size + 1": "log[1].size + (IF log[1].kind = FREE THEN 1 ELSE 2)",
}
PAIR = "An entry is a pair `(kind, size)`."

FORMS: list[dict[str, str]] = [
    {"STATE": "`Writers → {IDLE, DONE}`"},
    {"STATE": "`Writer -> {IDLE, DONE}`"},
    {"STATE": "Function `Writers → {IDLE, DONE}`"},
    {"STATE": "function from `Writers` to `{IDLE, DONE}`"},
    {"STATE": "Map[Writers → {IDLE, DONE}]"},
    {"STATE": "`Map<Writers, {IDLE, DONE}>`"},
    {"STATE": "map of `Writers` to `{IDLE, DONE}`"},
    {"STATE": "per writer: `{IDLE, DONE}`"},
    {"STATE": "`{IDLE, DONE}` for each writer"},
    {"STATE": r"`Writers → IDLE \| DONE`", "MODE": r"`OPEN \| SHUT`"},
    {"STATE": r"`[Writers → {IDLE \| DONE}]`", "MODE": "`OPEN` / `SHUT`"},
    {"STATE": "`[Writers → Phase]`", "BELOW": "- `Phase = {IDLE, DONE}`"},
    {"STATE0": "", "BELOW": "```\nstate[w] = IDLE  for all w\n```"},
    {"STATE0": "", "BELOW": "Initially:\n\n- `state[w] = IDLE` for all `w`"},
    {"| Variable | Type | Initial Value |": "| State | Values | Starts as |"},
    {"STATE0": "`IDLE` for all writers"},
    {"STATE0": "each writer: `IDLE`"},
    {"STATE0": "`∀ w ∈ Writers : IDLE`"},
    {"STATE0": "`w ↦ IDLE`"},
    {"LOG0": "all `(FREE, 0)`"},
    {"LOG": "`[1..Last → {kind, size}]`, `kind ∈ {FULL, FREE}`, `size ∈ 0..Last`"},
    {"LOG": "`1..Last → {kind, size}` with `size ∈ 0..Last` and `kind ∈ {FULL, FREE}`"},
    {"LOG": "`1..Last → (kind, size)`", "LOG0": "`(FREE, 0)`"},
    {"LOG": "`1..Last →` pair `(kind, size)`, `kind ∈ {FULL} ∪ {FREE}`, `size ∈ 0..Last`"},
    {"LOG": "`[1..Last → (kind: {FULL, FREE}, size: 0..Last)]`", "LOG0": "`(FREE, 0)` for each"},
    {"[kind: FULL, size: log[1].size + 1]": "(kind: FULL, size: log[1].size + 1)"},
    {"[kind: FULL, size: log[1].size + 1]": "(FULL, log[1].size + 1)"},
    {"LOG0": "all `{kind: FREE, size: 0}`"},
    {"LOG0": "all entries FREE, size 0"},
    {"LOG0": "`FREE` (size 0) for every offset"},
    {"LOG": "`[1..Last → Entry]`", "LOG0": "all `[kind ↦ FREE, size ↦ 0]`", "BELOW": FIELDS},
    {"LOG": "`1..Last → {FULL, FREE} × 0..Last`", "LOG0": "`(FREE, 0)`", "BELOW": PAIR},
    {"LOG": "`1..Last → {FULL, FREE} × 0..Last`", "LOG0": "all `(FREE, 0)`"} | IN_WORDS,
    {"LOG": r"`1..Last -> {kind: \"FULL\"\|\"FREE\", size: Nat}`".replace('\\"', '"')},
]


def _page(form: dict[str, str]) -> str:
    text = PAGE
    for name, value in sorted((BASE | form).items(), reverse=True):
        text = text.replace(name, value, 1)
    return text


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_type_is_the_same(form: dict[str, str]) -> None:
    text = _page(form)
    document = read(text)
    assert findings(text) == []
    assert list(document.obstacles()) == []
    assert [each.name for each in document.variables] == ["state", "log", "mode"]
    assert counts(text) == (8, 9, 4)


LISTED = """\
### Shared

- `log` — an entry for each offset. Type: `[1..Last → [kind: {FULL, FREE}, size: 0..Last]]`. \
Initially all `[kind ↦ FREE, size ↦ 0]`.
- `mode` ∈ {OPEN, SHUT}. Initially `OPEN`.

### Of each writer `w ∈ Writers`

- `state[w]` ∈ {IDLE, DONE}. Initially `IDLE`.
"""


def test_list_has_types() -> None:
    start, end = PAGE.index("| Variable"), PAGE.index("## Actions")
    text = PAGE[:start] + LISTED + "\n" + PAGE[end:]
    document = read(text)
    assert all(each.type_set is not None for each in document.variables)
    assert "`Writers`" in text and document.actions[0].ranges[0] is not None


@pytest.mark.parametrize("stated", ["per task: `{IDLE, DONE}`", "map to `{IDLE, DONE}`"])
def test_type_over_nothing_known_is_none(stated: str) -> None:
    document = read(_page({"STATE": stated}))
    assert document.variables[0].type_set is None


@pytest.mark.parametrize("below", ["", "Pairs `(kind, size)` and `(size, kind)`."])
def test_parts_of_a_product_in_no_certain_order_are_not_guessed(below: str) -> None:
    product = {"LOG": "`1..Last → {FULL, FREE} × 0..Last`", "LOG0": "`(FREE, 0)`", "BELOW": below}
    document = read(_page(product).replace("log[1].size", "log[1].kind.size"))
    assert [each.name for each in document.variables if each.initial is None] == ["log"]


def test_table_of_fields_alone_declares_variables() -> None:
    text = _page({}).replace("| Variable |", "| Field |")
    assert [each.name for each in read(text).variables] == ["state", "log", "mode"]


@pytest.mark.parametrize(
    "text",
    ["map of" + " " * 2000 + "x", "a to " * 3000, "x per " * 3000, "a, " * 3000, "A | " * 3000],
    ids=lambda text: text[:8],
)
@pytest.mark.parametrize("place", ["STATE", "STATE0"])
def test_hostile_type_is_read_at_once(place: str, text: str) -> None:
    assert read(_page({place: text.replace("|", r"\|")})).variables


def test_gap_of_any_width_stands_before_an_initial_value() -> None:
    start, end = PAGE.index("| Variable"), PAGE.index("## Actions")
    gap = " " * 2000
    lines = (
        f"```\nmode : {{OPEN, SHUT}}{gap}Init: OPEN\nlast{gap}: 0..Last{gap}-- initially 0\n```\n\n"
    )
    mode, last = read(PAGE[:start] + lines + PAGE[end:]).variables
    assert mode.initial is not None and mode.type_set is not None
    assert last.initial is not None and last.type_set is not None
